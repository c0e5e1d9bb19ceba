import type { Frame, ProcessState, ThingId } from '../../protocol/frame.ts';
import { parseThing } from '../../store/thing.ts';
import { useApp, useSay } from '../../store/use-app.tsx';

function stateOf(thing: ThingId, frame: Frame): { state: ProcessState; sinceUs: number | null } | null {
  const { kind, name } = parseThing(thing);
  if (kind === 'broker' || kind === 'controller') {
    const list = kind === 'broker' ? frame.brokers : frame.controllers;
    return list.find((broker) => String(broker.id) === name) ?? null;
  }
  if (kind !== 'producer' && kind !== 'consumer') return null;
  const list = kind === 'producer' ? frame.producers : frame.consumers;
  const found = list.find((client) => client.id === name);
  return found === undefined ? null : { state: found.state, sinceUs: null };
}

/** 'down 9.1 s' beside the name of what is not simply at work. */
export function ThingState({ thing }: { thing: ThingId }) {
  const say = useSay();
  const state = useApp(({ frame }) => (frame === null ? null : (stateOf(thing, frame)?.state ?? null)));
  const forUs = useApp(({ frame }) => {
    const since = frame === null ? null : (stateOf(thing, frame)?.sinceUs ?? null);
    return since === null ? null : Math.floor((frame!.atUs - since) / 100_000) * 100_000;
  });
  if (state === null || state === 'up') return null;
  return (
    <span className="ks-thing-state" data-state={state}>
      {forUs === null ? say(`panel.state.${state}`) : say(`panel.state.${state}.for`, { forUs })}
    </span>
  );
}
