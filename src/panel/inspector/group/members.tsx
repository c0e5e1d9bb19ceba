/** Members as cards: what each knows of itself, and what the coordinator knows of it. */
import type { GroupMemberView, GroupView } from '../../../protocol/frame.ts';
import type { GroupMemberDetail } from '../../../protocol/group-detail.ts';
import { useActions, useApp, useSay } from '../../../store/use-app.tsx';

/** The stage's words for a member's state, where it has one for it. */
const STATE_WORD: Readonly<Record<string, string>> = {
  down: 'down',
  'power-off': 'down',
  paused: 'paused',
};

export function Members({ group, details }: { group: GroupView; details: readonly GroupMemberDetail[] }) {
  return (
    <ul className="ks-grp-members">
      {group.members.map((m) => (
        <Member
          key={m.consumer}
          group={group}
          member={m}
          detail={details.find((d) => d.consumer === m.consumer) ?? null}
        />
      ))}
    </ul>
  );
}

function Member({
  group,
  member: m,
  detail,
}: {
  group: GroupView;
  member: GroupMemberView;
  detail: GroupMemberDetail | null;
}) {
  const say = useSay();
  const actions = useActions();
  const atUs = useApp((state) => state.frame?.atUs ?? 0);
  const thing = `consumer:${m.consumer}`;
  const word = STATE_WORD[m.process] ?? m.state;
  const known = m.lastHeartbeatUs !== null;
  return (
    <li className="ks-grp-member">
      <p className="ks-grp-member-head">
        <button
          type="button"
          className="ks-link"
          onClick={() => actions.select(thing)}
          onPointerEnter={() => actions.setHighlight([thing])}
          onPointerLeave={() => actions.setHighlight([])}
        >
          {m.consumer}
        </button>
        <span data-state={word}>{say(`panel.grp.member.${word}`)}</span>
        {m.leader && <em>{say('panel.grp.leader')}</em>}
      </p>
      <dl>
        <dt>{say('panel.grp.reads')}</dt>
        <dd>{m.owned.length === 0 ? say('panel.grp.nothing') : m.owned.join(', ')}</dd>
        {detail !== null && detail.assigned !== null && differ(detail.assigned, m.owned) && (
          <>
            <dt>{say('panel.grp.assigned')}</dt>
            <dd>{detail.assigned.length === 0 ? say('panel.grp.nothing') : detail.assigned.join(', ')}</dd>
          </>
        )}
        {detail?.target != null && differ(detail.target, m.owned) && (
          <>
            <dt>{say('panel.grp.target')}</dt>
            <dd>{detail.target.length === 0 ? say('panel.grp.nothing') : detail.target.join(', ')}</dd>
          </>
        )}
        {detail !== null && detail.revoking.length > 0 && (
          <>
            <dt>{say('panel.grp.revoking')}</dt>
            <dd>{detail.revoking.join(', ')}</dd>
          </>
        )}
        {detail?.brokerState != null && (
          <>
            <dt>{say('panel.grp.broker-state')}</dt>
            <dd className="ks-grp-line">{say(`panel.grp.broker-state.${detail.brokerState}`)}</dd>
          </>
        )}
        <dt>{say(group.protocol === 'classic' ? 'panel.grp.generation' : 'panel.grp.epoch')}</dt>
        <dd>{m.generation < 0 ? '–' : m.generation}</dd>
        {detail !== null && detail.groupInstanceId !== null && (
          <>
            <dt>{'group.instance.id'}</dt>
            <dd>{detail.groupInstanceId}</dd>
          </>
        )}
        <dt>{say('panel.grp.member-id')}</dt>
        <dd className="kp-mono">{m.memberId === '' ? '–' : m.memberId}</dd>
        {detail !== null && detail.clientHost !== '' && (
          <>
            <dt>{'client.id'}</dt>
            <dd>
              {detail.clientId} {detail.clientHost}
            </dd>
          </>
        )}
        <dt>{say('panel.grp.session')}</dt>
        <dd>
          {known && m.sessionEndsUs !== null
            ? say('panel.grp.session.ends', {
                us: Math.max(0, m.sessionEndsUs - atUs),
                agoUs: Math.max(0, atUs - (m.lastHeartbeatUs ?? atUs)),
              })
            : say('panel.grp.session.none')}
        </dd>
        <dt>{'max.poll.interval.ms'}</dt>
        <dd>
          {m.pollEndsUs === null
            ? say('panel.grp.poll.none')
            : say('panel.grp.poll.ends', { us: Math.max(0, m.pollEndsUs - atUs) })}
        </dd>
        {detail?.waits !== null && detail?.waits !== undefined && (
          <>
            <dt>{say('panel.grp.waits')}</dt>
            <dd>{say(`panel.grp.waits.${detail.waits}`)}</dd>
          </>
        )}
        {detail !== null && detail.protocols.length > 0 && (
          <>
            <dt>{say('panel.grp.protocols')}</dt>
            <dd>{detail.protocols.join(', ')}</dd>
          </>
        )}
        {m.lastError !== null && (
          <>
            <dt>{say('panel.grp.error')}</dt>
            <dd className="ks-wrong">{m.lastError}</dd>
          </>
        )}
      </dl>
    </li>
  );
}

function differ(a: readonly string[], b: readonly string[]): boolean {
  return a.length !== b.length || a.some((name) => !b.includes(name));
}
