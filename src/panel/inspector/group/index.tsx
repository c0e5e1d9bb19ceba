/** The State tab of a group: what can make it rebalance, how it stands, its members, its coordinator, its offsets, and what went wrong. */
import { useApp, useSay } from '../../../store/use-app.tsx';
import { ShareRecords } from '../share/records.tsx';
import { StateRows } from '../state-tab.tsx';
import { useDetail } from '../use-detail.ts';
import { Coordinators } from './coordinators.tsx';
import { Faults } from './faults.tsx';
import { Members } from './members.tsx';
import { Models } from './models.tsx';
import { Offsets } from './offsets.tsx';
import { StateTimes } from './state-times.tsx';
import { Triggers } from './triggers.tsx';
import './group.css';

/** Labels whose rows have a view of their own here. */
const SHOWN_BELOW = ['member', 'offset', 'partition', 'processed', 'reprocessed', 'skipped'].map(
  (l) => `state.group.${l}`,
);

export default function GroupState() {
  const say = useSay();
  const detail = useDetail('state');
  const group = useApp((state) => state.frame?.groups.find((g) => `group:${g.id}` === state.selection) ?? null);
  if (detail?.group === undefined || detail.group === null || group === null) return null;
  const rows = detail.state.filter(({ label }) => !SHOWN_BELOW.includes(label));
  return (
    <div className="ks-grp">
      <Triggers group={group} detail={detail.group} />
      <StateRows rows={rows} />
      {group.protocol !== 'share' && <Faults group={group} faults={detail.group.faults} />}
      <StateTimes times={detail.group.states} />
      <section>
        <h3>{say('panel.grp.members', { count: group.members.length })}</h3>
        <Members group={group} details={detail.group.members} />
      </section>
      {detail.share != null && <ShareRecords group={group} detail={detail.share} />}
      {group.protocol !== 'share' && <Offsets group={group} offsets={detail.group.offsets} />}
      <Coordinators group={group} detail={detail.group} />
      <Models />
    </div>
  );
}
