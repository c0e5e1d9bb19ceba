/** What a verb needs to know besides the thing, made from its spec's arguments. */
import { useState } from 'react';
import type { StepCommand } from '../../protocol/engine-client.ts';
import type { Frame, ThingId } from '../../protocol/frame.ts';
import { type ArgSpec, findVerb } from '../../protocol/verbs/index.ts';
import { parseThing } from '../../store/thing.ts';
import { useActions, useAppStore, useSay } from '../../store/use-app.tsx';
import { Dialog } from '../kit/dialog.tsx';
import { verbTitle } from '../menu/verbs-for.ts';

/** Types with a control here; what else is optional keeps its default. */
const ASKED = [
  'topicName',
  'partitionName',
  'ms',
  'textOrNull',
  'text',
  'count',
  'seekTarget',
  'boolean',
  'offset',
  'topicNames',
  'pattern',
];

const FIRST: Readonly<Record<string, string>> = {
  ms: '30000',
  count: '1',
  seekTarget: 'beginning',
  boolean: 'false',
  offset: '0',
};

function answeredByThing(arg: ArgSpec, thing: ThingId): string | number | null {
  const { kind, name } = parseThing(thing);
  if (arg.type === 'nodeId') return Number(name);
  if (arg.type === 'producerId' || arg.type === 'consumerId') return name;
  if (arg.type === 'topicName' && kind === 'topic') return name;
  if (arg.type === 'partitionName' && kind === 'partition') return name;
  if (arg.type === 'partitionName' && kind === 'replica') return name.slice(0, name.lastIndexOf('@'));
  return null;
}

function options(arg: ArgSpec, frame: Frame | null, thing: ThingId): readonly string[] | null {
  if (frame === null) return null;
  if (arg.type === 'topicName') return [...new Set(frame.partitions.map(({ topic }) => topic))];
  if (arg.type === 'boolean') return ['false', 'true'];
  if (arg.type !== 'partitionName') return null;
  const { name } = parseThing(thing);
  const read = frame.consumers.find(({ id }) => id === name)?.positions.map(({ partition }) => partition);
  return read ?? frame.partitions.map((partition) => partition.name);
}

function parsed(arg: ArgSpec, value: string): unknown {
  if (arg.type === 'boolean') return value === 'true';
  if (arg.type === 'ms' || arg.type === 'count' || arg.type === 'offset') return Number(value);
  if (arg.type === 'topicNames') return value.split(',').flatMap((name) => name.trim() || []);
  if (arg.type === 'seekTarget') return /^\d+$/.test(value) ? Number(value) : value;
  return value;
}

export default function AskDialog({ verb, thing, onClose }: { verb: string; thing: ThingId; onClose: () => void }) {
  const say = useSay();
  const actions = useActions();
  const { frame } = useAppStore().getState();
  const spec = findVerb(verb);
  const asked = (spec?.args ?? []).filter((arg) => answeredByThing(arg, thing) === null && ASKED.includes(arg.type));
  const [values, setValues] = useState<Readonly<Record<string, string>>>(() =>
    Object.fromEntries(asked.map((arg) => [arg.name, FIRST[arg.type] ?? options(arg, frame, thing)?.[0] ?? ''])),
  );
  if (spec === undefined) return null;

  const send = (): void => {
    const command: Record<string, unknown> & { do: string } = { do: verb };
    for (const arg of spec.args) {
      const own = answeredByThing(arg, thing);
      const typed = values[arg.name];
      if (own !== null) command[arg.name] = own;
      else if (typed !== undefined && (typed !== '' || arg.required)) command[arg.name] = parsed(arg, typed);
    }
    actions.command(command as StepCommand);
    onClose();
  };
  return (
    <Dialog
      title={verbTitle(say(`verb.${verb}`))}
      onClose={onClose}
      footer={
        <button type="button" className="ks-btn ks-btn-fill" onClick={send}>
          {verbTitle(say(`verb.${verb}`))}
        </button>
      }
    >
      <p className="kp-mute">{say(`verb.${verb}.hint`)}</p>
      {asked.map((arg) => {
        const list = options(arg, frame, thing);
        const set = (value: string): void => setValues({ ...values, [arg.name]: value });
        return (
          // biome-ignore lint/a11y/noLabelWithoutControl: the control is one of the two below
          <label key={arg.name} className="ks-field">
            <span>{say(`panel.arg.${arg.name}`)}</span>
            {list === null ? (
              <input
                className="ks-input"
                value={values[arg.name] ?? ''}
                inputMode={arg.type === 'ms' || arg.type === 'count' ? 'numeric' : 'text'}
                onChange={(event) => set(event.target.value)}
              />
            ) : (
              <select className="ks-select" value={values[arg.name]} onChange={(event) => set(event.target.value)}>
                {list.map((option) => (
                  <option key={option}>{option}</option>
                ))}
              </select>
            )}
          </label>
        );
      })}
    </Dialog>
  );
}
