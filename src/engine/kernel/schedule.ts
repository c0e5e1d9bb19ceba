import { heapPush } from '../../base/event-heap.ts';
import { vectorPush } from '../../base/vector.ts';
import type { Phrase, ThingId } from '../../protocol/frame.ts';
import type { Message } from '../net/message.ts';
import type { EventKindId, SimEvent } from './event.ts';
import type { LogLineFact, NodeState, World } from './world.ts';

/** Puts a timer of a node's present process into the queue. `atUs` may not lie in the past. */
export function schedule(w: World, atUs: number, kind: EventKindId, node: number, arg = 0): void {
  const incarnation = node < 0 ? 0 : (w.nodes[node] as NodeState).incarnation;
  push(w, { atUs: atUs < w.nowUs ? w.nowUs : atUs, seq: w.nextSeq, kind, node, incarnation, arg, message: null });
}

/** Puts a message's arrival into the queue; the network handles it, whatever process then stands there. */
export function scheduleMessage(w: World, kind: EventKindId, message: Message): void {
  push(w, { atUs: message.arriveUs, seq: w.nextSeq, kind, node: -1, incarnation: 0, arg: 0, message });
}

function push(w: World, event: SimEvent): void {
  w.nextSeq += 1;
  heapPush(w.queue, event);
}

type Handler = (w: World, event: SimEvent) => void;
const handlers: (Handler | undefined)[] = [];

/** Registers the one handler of an event kind (called while modules load). */
export function registerEvent(kind: EventKindId, handler: Handler): void {
  handlers[kind] = handler;
}

export function handlerOf(kind: number): Handler {
  const handler = handlers[kind];
  if (handler === undefined) throw new Error(`no handler for event kind ${kind}`);
  return handler;
}

/** Says in words what happened. Observers only: no handler reads these lines. */
export function tell(
  w: World,
  key: string,
  params: Phrase['params'],
  about: readonly ThingId[],
  tone: LogLineFact['tone'] = 'plain',
  lane: LogLineFact['lane'] = null,
  fromUs?: number,
): void {
  const fact: LogLineFact = { atUs: w.nowUs, phrase: { key, params }, about, tone, lane };
  vectorPush(w.lines, fromUs === undefined ? fact : { ...fact, fromUs }, w.gen);
  if (tone !== 'plain' || lane !== null) w.interest = 'decision';
}
