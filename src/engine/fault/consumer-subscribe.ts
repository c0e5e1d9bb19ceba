import { inGroup } from '../client/abstract-coordinator.ts';
import { ownConsumer, runConsumer } from '../client/consumer.ts';
import { runningConsumer } from '../client/consumer-commands.ts';
import { type Subscribed, subscribeRefusal } from '../client/resubscribe.ts';
import type { World } from '../kernel/world.ts';
import { type Refusal, registerVerb } from './register.ts';

/** Who else hears of the call: members of other protocols than classic, whose client part fills this in. Null: nobody yet. */
export const otherProtocols: { subscribe: ((w: World, ref: number, to: Subscribed) => Refusal) | null } = {
  subscribe: null,
};

registerVerb('consumer.subscribe', (w, { consumer, topics, pattern }) => {
  const ref = runningConsumer(w, consumer);
  if (typeof ref === 'string') return ref;
  const c = ownConsumer(w, ref);
  const to: Subscribed = pattern === null ? { kind: 'subscribe', topics: topics ?? [] } : { kind: 'pattern', pattern };
  const refusal = subscribeRefusal(c, to);
  if (refusal !== null) return refusal;
  if (c.idle) return `${consumer} does not run here yet.`;
  if (c.share || !inGroup(c)) {
    const { subscribe } = otherProtocols;
    return subscribe === null ? 'consumer.subscribe is not modelled yet for this protocol' : subscribe(w, ref, to);
  }
  c.group.subscribeDue = to;
  runConsumer(w, ref);
  return null;
});
