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
  const { pattern } = c.metadata;
  if (pattern === null) return;
  const matches = new RegExp(`^(?:${pattern.source})$`);
  const topics = c.metadata.topics
    .map((t) => t.name)
    .filter((name) => matches.test(name) && !pattern.except.includes(name))
    .sort(compareText);
  // The same list stays the same object: whether it changed is asked in every poll().
  if (topics.join() === c.membership.subscribed.join()) return;
  c.membership.subscribed = topics;
  groupSubscribed(w, c.membership.groupId, topics);
}

/** MetadataSnapshot: how many partitions each watched topic has, as one text that is cheap to compare. */
export function metadataSnapshot(m: ClientMetadata, topics: readonly string[]): string {
  return topics
    .map((name) => {
      const topic = findTopic(m, name);
      return topic === null ? '' : `${name}:${topic.partitions.length}`;
    })
    .filter((text) => text !== '')
    .join(',');
}
