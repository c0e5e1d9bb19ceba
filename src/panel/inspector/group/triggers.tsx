/** Buttons that make a group rebalance: each one click, each a command in the history that can be undone. */
import { useState } from 'react';
import type { GroupView } from '../../../protocol/frame.ts';
import type { GroupDetail } from '../../../protocol/group-detail.ts';
import { alterScenario } from '../../../store/present.ts';
import { useActions, useApp, useAppStore, useSay } from '../../../store/use-app.tsx';
import { type TriggerId, triggersOf, withMember } from './trigger-commands.ts';

const BY_MEMBER: readonly TriggerId[] = ['leave', 'crash', 'slow', 'restart'];

export function Triggers({ group, detail }: { group: GroupView; detail: GroupDetail }) {
  const say = useSay();
  const actions = useActions();
  const store = useAppStore();
  const [chosen, setChosen] = useState<string | null>(null);
  const brokers = useApp((state) => state.frame?.brokers ?? []);
  const partitions = useApp((state) => state.frame?.partitions ?? []);
  const consumers = useApp((state) => state.scenario?.consumers ?? []);
  const living = group.members.filter((m) => m.process === 'up' || m.process === 'paused');
  const member =
    living.find((m) => m.consumer === chosen) ?? living.find((m) => m.owned.length > 0) ?? living[0] ?? null;
  const triggers = triggersOf({
    group,
    member,
    details: detail.members,
    partitions,
    brokers: brokers.filter((b) => b.state === 'up').map((b) => b.id),
    consumers,
  });
  const join = (): void => {
    const { frame } = store.getState();
    // A member that is not in the scenario yet: the history is played again with it, and it joins at this moment.
    alterScenario(store, (s) => withMember(s, group.id, (frame?.atUs ?? 0) / 1000)?.scenario ?? s).catch(() =>
      actions.notice({ key: 'panel.no-answer', params: {} }, 'refusal'),
    );
  };
  const button = (id: TriggerId) => {
    const trigger = triggers.find((t) => t.id === id);
    if (trigger === undefined) return null;
    const possible = trigger.commands.length > 0;
    if (!possible && id === 'topic') return null;
    const another = id === 'join' && !possible;
    const key = another ? 'panel.grp.trigger.join-new' : `panel.grp.trigger.${id}`;
    return (
      <button
        key={id}
        type="button"
        className="ks-btn"
        disabled={!possible && !another}
        title={say(`${key}.hint`, { on: trigger.on })}
        onClick={() => {
          if (another) join();
          else for (const command of trigger.commands) actions.command(command);
        }}
      >
        {say(key, { on: trigger.on })}
      </button>
    );
  };
  return (
    <section className="ks-grp-triggers">
      <h3>{say('panel.grp.triggers')}</h3>
      {living.length > 0 && (
        <p>
          <label>
            {say('panel.grp.trigger.who')}{' '}
            <select
              className="ks-select"
              value={member?.consumer ?? ''}
              onChange={(event) => setChosen(event.target.value)}
            >
              {living.map((m) => (
                <option key={m.consumer} value={m.consumer}>
                  {m.consumer}
                </option>
              ))}
            </select>
          </label>
          {BY_MEMBER.map(button)}
        </p>
      )}
      <p>
        {button('join')}
        {button('partition')}
        {button('topic')}
        {button('move')}
        {button('kill')}
      </p>
    </section>
  );
}
