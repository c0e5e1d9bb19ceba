/** The same with Kafka's own tools: for the selected thing, and for each command that was done on the page. */
import { useState } from 'react';
import { commandOf, commandsFor, type ShellCommand } from '../../../protocol/commands.ts';
import type { Frame, ThingId } from '../../../protocol/frame.ts';
import { thingPhrase } from '../../../store/thing.ts';
import { useApp, useAppStore, useSay } from '../../../store/use-app.tsx';
import { CopyButton } from './copy-text.tsx';

/** Everything that a tool knows, in the stage's order. */
function thingsOf(frame: Frame): ThingId[] {
  const topics = [...new Set(frame.partitions.map(({ topic }) => topic))];
  return [
    ...topics.map((topic) => `topic:${topic}`),
    ...frame.partitions.map(({ name }) => `partition:${name}`),
    ...frame.brokers.map(({ id }) => `broker:${id}`),
    ...frame.controllers.map(({ id }) => `controller:${id}`),
    ...frame.producers.map(({ id }) => `producer:${id}`),
    ...frame.consumers.map(({ id }) => `consumer:${id}`),
    ...frame.groups.map(({ id }) => `group:${id}`),
  ];
}

function Row({ shell, at }: { shell: ShellCommand; at?: string }) {
  const say = useSay();
  const does = say(shell.key, shell.params);
  return (
    <li>
      <p className="ks-small">
        {at !== undefined && <b>{at} </b>}
        <span className="kp-mute">{does}</span>
      </p>
      {shell.text !== '' && (
        <div className="ks-io-shell">
          <pre className="kp-mono">
            <code>{shell.text}</code>
          </pre>
          <CopyButton text={shell.text} label={does} />
        </div>
      )}
    </li>
  );
}

/** `replica:orders-0@2` has the commands of its partition; a link and a record have none. */
function known(selection: ThingId | null, things: readonly ThingId[]): ThingId | null {
  if (selection === null) return null;
  const of = selection.startsWith('replica:') ? `partition:${selection.slice(8).replace(/@\d+$/, '')}` : selection;
  return things.includes(of) ? of : null;
}

export default function CommandsTab() {
  const say = useSay();
  const store = useAppStore();
  // Positions move with time; a list that is read and copied stands still.
  const [present] = useState(() => store.getState().frame);
  const info = useApp((state) => state.info);
  const selection = useApp((state) => state.selection);
  const commands = useApp((state) => state.timeline.commands);
  const things = present === null ? [] : thingsOf(present);
  const [chosen, setChosen] = useState<ThingId | null>(null);
  const thing = chosen ?? known(selection, things) ?? things[0] ?? null;
  if (present === null || thing === null) return null;
  const done = commands.filter(({ off }) => !off);
  return (
    <>
      <p className="kp-mute">{say('inout.commands.hint')}</p>
      <label className="ks-io-inline">
        <span>{say('inout.commands.thing')}</span>
        <select className="ks-select" value={thing} onChange={(event) => setChosen(event.target.value)}>
          {things.map((id) => (
            <option key={id} value={id}>
              {say.phrase(thingPhrase(id))}
            </option>
          ))}
        </select>
      </label>
      <ul className="ks-io-commands">
        {commandsFor(thing, present, info).map((shell) => (
          <Row key={shell.key + shell.text} shell={shell} />
        ))}
      </ul>
      <h3>{say('inout.commands.done')}</h3>
      {done.length === 0 && <p className="kp-mute">{say('inout.commands.none')}</p>}
      <ul className="ks-io-commands">
        {done.slice(0, 100).map((each) => (
          <Row
            key={each.id}
            at={say('inout.commands.at', { at: each.atUs, what: say.phrase(each.phrase) })}
            shell={commandOf(each.command as Parameters<typeof commandOf>[0])}
          />
        ))}
      </ul>
      {done.length > 100 && <p className="kp-mute">{say('inout.more', { count: done.length - 100 })}</p>}
    </>
  );
}
