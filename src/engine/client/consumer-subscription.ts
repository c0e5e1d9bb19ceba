/** Which topics a consumer subscribes to and watches (Kafka: SubscriptionState, ConsumerMetadata). */
import { compareText } from '../../kafka/assignor/assignor.ts';
import type { World } from '../kernel/world.ts';
import { groupSubscribed } from '../ledger/group-facts.ts';
import type { GroupConsumer } from './abstract-coordinator.ts';
import { addTopic, type ClientMetadata, findTopic } from './client-metadata.ts';

/** Internal topics, which no pattern matches while exclude.internal.topics is true. */
const INTERNAL_TOPICS = ['__consumer_offsets', '__transaction_state', '__share_group_state'];

/** The topics whose metadata it asks for from now on. */
export function setTopics(c: GroupConsumer, topics: readonly string[]): void {
  const m = c.metadata;
  for (const topic of topics) addTopic(m, topic);
  if (m.wanted.length === topics.length) return;
  m.wanted = m.wanted.filter((topic) => topics.includes(topic));
  m.newTopics = m.newTopics.filter((topic) => topics.includes(topic));
}

/** subscribe(): the topics as written; with a pattern they come with metadata. */
export function subscribe(w: World, c: GroupConsumer): void {
  if (c.source.kind === 'subscribe') {
    c.membership.subscribed = [...c.source.topics].sort(compareText);
    groupSubscribed(w, c.membership.groupId, c.membership.subscribed);
    setTopics(c, c.membership.subscribed);
  } else if (c.source.kind === 'pattern') {
    c.metadata.pattern = {
      source: c.source.pattern,
      except: c.settings.excludeInternalTopics ? INTERNAL_TOPICS : [],
    };
  }
}

/** updatePatternSubscription: the topics that match now. */
export function updatePattern(w: World, c: GroupConsumer): void {
  if (c.metadata.pattern === null) return;
  setPatternTopics(
    w,
    c,
    c.metadata.topics.map((t) => t.name).filter((name) => matchesPattern(c, name)),
  );
}

/** Whether it reads by a pattern that this topic's whole name matches. */
export function matchesPattern(c: GroupConsumer, topic: string): boolean {
  const { pattern } = c.metadata;
  return pattern !== null && !pattern.except.includes(topic) && new RegExp(`^(?:${pattern.source})$`).test(topic);
}

/** subscribeFromPattern. The same list stays the same object: whether it changed is asked in every poll(). */
export function setPatternTopics(w: World, c: GroupConsumer, names: string[]): void {
  const topics = names.sort(compareText);
  if (topics.join() === c.membership.subscribed.join()) return;
  c.membership.subscribed = topics;
  groupSubscribed(w, c.membership.groupId, topics);
}

/**
 * MetadataSnapshot: how many partitions each watched topic has, and for a client with a rack in which racks their replicas are,
 * as one text that is cheap to compare.
 */
export function metadataSnapshot(m: ClientMetadata, topics: readonly string[], withRacks: boolean): string {
  return topics
    .map((name) => {
      const topic = findTopic(m, name);
      if (topic === null) return '';
      const racks = withRacks ? topic.partitions.map((p) => racksOf(m, p.replicas)).join(';') : '';
      return `${name}:${topic.partitions.length}${racks}`;
    })
    .filter((text) => text !== '')
    .join(',');
}

function racksOf(m: ClientMetadata, replicas: readonly number[]): string {
  return [...new Set(replicas.map((broker) => m.racks[broker] ?? ''))].sort(compareText).join('+');
}
