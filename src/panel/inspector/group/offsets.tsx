/** What the group has committed, partition by partition. */
import type { GroupView } from '../../../protocol/frame.ts';
import type { CommittedDetail } from '../../../protocol/group-detail.ts';
import { useActions, useApp, useSay } from '../../../store/use-app.tsx';

const MOST = 40;

export function Offsets({ group, offsets }: { group: GroupView; offsets: readonly CommittedDetail[] }) {
  const say = useSay();
  const actions = useActions();
  const atUs = useApp((state) => state.frame?.atUs ?? 0);
  if (offsets.length === 0) return null;
  const positions = new Map(group.partitions.map((p) => [p.partition, p.position]));
  return (
    <section>
      <h3>{say('panel.grp.offsets')}</h3>
      <table className="ks-grp-offsets">
        <thead>
          <tr>
            <th scope="col">{say('panel.grp.partition')}</th>
            <th scope="col">{say('panel.grp.committed')}</th>
            <th scope="col">{say('panel.grp.position')}</th>
            <th scope="col">{say('panel.grp.lag')}</th>
            <th scope="col">{say('panel.grp.when')}</th>
          </tr>
        </thead>
        <tbody>
          {offsets.slice(0, MOST).map((o) => (
            <tr key={o.partition}>
              <th scope="row">
                <button
                  type="button"
                  className="ks-link"
                  onClick={() => actions.select(`partition:${o.partition}`)}
                  onPointerEnter={() => actions.setHighlight([`partition:${o.partition}`])}
                  onPointerLeave={() => actions.setHighlight([])}
                >
                  {o.partition}
                </button>
              </th>
              <td>{o.offset < 0 ? '–' : o.offset}</td>
              <td>{(positions.get(o.partition) ?? -1) < 0 ? '–' : positions.get(o.partition)}</td>
              <td>{Math.max(0, o.hw - Math.max(0, o.offset))}</td>
              <td>{o.committedUs < 0 ? '–' : say('panel.grp.ago', { us: Math.max(0, atUs - o.committedUs) })}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {offsets.length > MOST && (
        <p className="kp-mute ks-small">{say('panel.grp.more', { n: offsets.length - MOST })}</p>
      )}
      <p className="ks-grp-more">
        <button type="button" className="ks-link" onClick={() => actions.setTab('log')}>
          {say('panel.grp.to-log')}
        </button>
      </p>
    </section>
  );
}
