/** subscribe() called again while a consumer runs (Kafka: ClassicKafkaConsumer.subscribe, SubscriptionState.changeSubscription). */
import { compareText } from '../../kafka/assignor/assignor.ts';
import { tell } from '../kernel/schedule.ts';
import type { World } from '../kernel/world.ts';
import { groupSubscribed } from '../ledger/group-facts.ts';
import { about, type GroupConsumer } from './abstract-coordinator.ts';
import { addTopic, requestForNewTopics } from './client-metadata.ts';
import type { ConsumerState } from './consumer-state.ts';
import { subscribe, updatePattern } from './consumer-subscription.ts';

export type Subscribed = Exclude<ConsumerState['source'], { kind: 'assign' }>;

/** Why the application's call would throw; null: it is another subscription of the same kind. */
export function subscribeRefusal(c: ConsumerState, to: Subscribed): string | null {
  if (c.source.kind === to.kind) return null;
  return 'IllegalStateException: Subscription to topics, partitions and pattern are mutually exclusive';
}

/**
 * The call itself, between two polls: the next poll() sees that the subscription is not what JoinGroup was sent with, and joins
 * again ("subscription has changed"). Until then it keeps what it has, but for what was fetched of other topics.
 */
export function resubscribe(w: World, c: GroupConsumer, to: Subscribed): void {
  const m = c.membership;
  c.source = to;
  if (to.kind === 'subscribe') {
    c.buffer = c.buffer.filter(({ topic }) => to.topics.includes(topic));
    m.subscribed = [...to.topics].sort(compareText);
    groupSubscribed(w, m.groupId, m.subscribed);
    // What it watches for its group as its leader stays; the next join takes stock.
    for (const topic of m.subscribed) addTopic(c.metadata, topic);
  } else {
    subscribe(w, c);
    updatePattern(w, c);
    requestForNewTopics(c.metadata);
  }
  const topics = to.kind === 'subscribe' ? m.subscribed.join(', ') : to.pattern;
  tell(w, 'log.member.subscribes', { consumer: c.id, group: m.groupId, topics }, about(c), 'plain', 'faults');
}
