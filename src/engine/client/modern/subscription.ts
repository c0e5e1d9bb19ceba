/** subscribe() under group.protocol=consumer: topics by name, or a pattern that the coordinator resolves (SubscriptionPattern, RE2/J). */
import { compareText } from '../../../kafka/assignor/assignor.ts';
import { tell } from '../../kernel/schedule.ts';
import type { World } from '../../kernel/world.ts';
import { groupSubscribed } from '../../ledger/group-facts.ts';
import { about } from '../abstract-coordinator.ts';
import type { ConsumerState } from '../consumer-state.ts';
import { setTopics } from '../consumer-subscription.ts';
import type { AsyncConsumer } from './state.ts';

/** The call itself: it joins with its next poll(), or tells its coordinator with its next heartbeat. */
export function subscribe(w: World, c: AsyncConsumer, to: ConsumerState['source']): void {
  const m = c.membership;
  if (to.kind === 'assign') return;
  c.async.subscriptionUpdated = true;
  if (to.kind === 'pattern') {
    c.async.regex = to.pattern;
    return;
  }
  c.async.regex = null;
  m.subscribed = [...to.topics].sort(compareText);
  groupSubscribed(w, m.groupId, m.subscribed);
  setTopics(c, m.subscribed);
}

/** subscribe() once more. What was fetched of topics that it no longer wants is dropped; what it owns stays until it is told. */
export function subscribeAgain(w: World, c: AsyncConsumer, to: ConsumerState['source']): void {
  c.source = to;
  if (to.kind === 'subscribe') c.buffer = c.buffer.filter(({ topic }) => to.topics.includes(topic));
  subscribe(w, c, to);
  const topics = to.kind === 'pattern' ? to.pattern : c.membership.subscribed.join(', ');
  const params = { consumer: c.id, group: c.membership.groupId, topics };
  tell(w, 'log.modern-member.subscribes', params, about(c), 'plain', 'faults');
}

/** Under a pattern the member knows the topics of its partitions alone. */
export function topicsAssigned(w: World, c: AsyncConsumer): void {
  if (c.async.regex === null) return;
  const topics = [...new Set(c.partitions.map((p) => p.topic))].sort(compareText);
  if (topics.join() === c.membership.subscribed.join()) return;
  c.membership.subscribed = topics;
  groupSubscribed(w, c.membership.groupId, topics);
}
