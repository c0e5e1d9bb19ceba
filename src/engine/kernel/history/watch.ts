/** What just happened, asked from outside: for steps to the next request or to the next event of a thing. */
import type { ThingId } from '../../../protocol/frame.ts';
import { type Message, Transport } from '../../net/message.ts';
import { hasRecords, partitionsOf } from '../../projection/message-content.ts';
import type { SimEvent } from '../event.ts';
import type { NodeState, TimedCommand, World } from '../world.ts';

/** What one step of the kernel ran, and the first message number that was free before it. */
export interface Done {
  readonly event: SimEvent | null;
  readonly command: TimedCommand | null;
  readonly firstMessage: number;
  readonly firstLine: number;
}

export type Test = (w: World, done: Done) => boolean;

/** Messages that were sent since `firstMessage` and are under way. A cut link's are left out: they are not seen to move. */
function eachSent(w: World, firstMessage: number, visit: (m: Message) => boolean): boolean {
  if (w.nextMessageId === firstMessage) return false;
  for (const { message } of w.queue) if (message !== null && message.id >= firstMessage && visit(message)) return true;
  return false;
}

/** A real request (or its answer) left or arrived. */
export const requestMoved: Test = (w, { event, firstMessage }) => {
  if (event !== null && event.message !== null && isRequest(event.message)) return true;
  return eachSent(w, firstMessage, isRequest);
};

function isRequest(m: Message): boolean {
  return m.apiKey >= 0;
}

/** Records left on their way from, to or for the thing. */
export function carriesRecordsTo(w: World, firstMessage: number, thing: ThingId): boolean {
  const touches = toucher(w, thing);
  return eachSent(w, firstMessage, (m) => hasRecords(m.body) && touches(m));
}

export function touchTest(thing: ThingId): Test {
  return (w, { event, command, firstMessage, firstLine }) => {
    if (command !== null) return true;
    const touches = toucher(w, thing);
    if (event !== null) {
      if (event.message !== null && touches(event.message)) return true;
      if (event.node >= 0 && event.node === nodeIndexOf(w, thing)) return true;
    }
    if (eachSent(w, firstMessage, touches)) return true;
    return toldAbout(w, firstLine, thing);
  };
}

function toldAbout(w: World, firstLine: number, thing: ThingId): boolean {
  const { chunks, tail } = w.lines;
  const full = chunks.length * 64;
  for (let i = Math.max(0, firstLine - full); i < tail.length; i++) if (tail[i]?.about.includes(thing)) return true;
  return false;
}

/** The node that a thing is or stands on; -1 for a partition, topic or link. */
export function nodeIndexOf(w: World, thing: ThingId): number {
  const colon = thing.indexOf(':');
  const kind = thing.slice(0, colon);
  const name = thing.slice(colon + 1);
  if (kind === 'broker' || kind === 'controller' || kind === 'producer' || kind === 'consumer')
    return w.nodeById.get(name) ?? -1;
  return -1;
}

/** Whether a message concerns a thing (as the page decides it for flights). */
export function toucher(w: World, thing: ThingId): (m: Message) => boolean {
  const colon = thing.indexOf(':');
  const kind = thing.slice(0, colon);
  const name = thing.slice(colon + 1);
  switch (kind) {
    case 'partition': {
      const partition = w.partitionByName.get(name) ?? -1;
      return (m) => partitionsOf(m.body).includes(partition);
    }
    case 'group':
      return (m) => m.apiKey >= 8 && m.apiKey <= 14 && (isMember(w, m.from, name) || isMember(w, m.to, name));
    case 'topic':
      return (m) => partitionsOf(m.body).some((p) => w.partitions[p]?.topic === name);
    case 'replica': {
      const at = name.lastIndexOf('@');
      const partition = w.partitionByName.get(name.slice(0, at)) ?? -1;
      const broker = w.brokerNode[Number(name.slice(at + 1))] ?? -1;
      return (m) => (m.from === broker || m.to === broker) && partitionsOf(m.body).includes(partition);
    }
    case 'link': {
      const [a = '', b = ''] = name.split('>');
      const ends = [w.nodeById.get(a) ?? -1, w.nodeById.get(b) ?? -1];
      return (m) => ends.includes(m.from) && ends.includes(m.to);
    }
    default: {
      const node = nodeIndexOf(w, thing);
      return (m) => m.apiKey > Transport.Close && (m.from === node || m.to === node);
    }
  }
}

function isMember(w: World, node: number, groupId: string): boolean {
  const { kind, ref } = w.nodes[node] as NodeState;
  return kind === 'consumer' && w.consumers[ref]?.membership?.groupId === groupId;
}
