/** What a consumer group counts of its members (ConsumerGroup.updateMember, removeMember and what they keep up to date). */
import {
  type AssignedPartitions,
  type ConsumerGroup,
  type ConsumerGroupMember,
  isReconciledTo,
  partitionKey,
  type SubscriptionCount,
} from './consumer-group.ts';

export function addCount(counts: Map<string, number>, key: string, delta: number): void {
  const count = (counts.get(key) ?? 0) + delta;
  if (count > 0) counts.set(key, count);
  else counts.delete(key);
}

export function addTopicCount(
  topics: Map<string, SubscriptionCount>,
  topic: string,
  names: number,
  regexes: number,
): void {
  const known = topics.get(topic) ?? { names: 0, regexes: 0 };
  const next = { names: known.names + names, regexes: known.regexes + regexes };
  if (next.names > 0 || next.regexes > 0) topics.set(topic, next);
  else topics.delete(topic);
}

/** The counts of names as they will be once `before` has become `after`; null: it is not there. */
export function topicsWith(
  g: ConsumerGroup,
  before: ConsumerGroupMember | null,
  after: ConsumerGroupMember | null,
): Map<string, SubscriptionCount> {
  const topics = new Map(g.subscribedTopics);
  for (const topic of before?.subscribedTopicNames ?? []) addTopicCount(topics, topic, -1, 0);
  for (const topic of after?.subscribedTopicNames ?? []) addTopicCount(topics, topic, 1, 0);
  return topics;
}

/** The members' wishes as they will be: patterns. */
export function regexesWith(
  g: ConsumerGroup,
  before: ConsumerGroupMember | null,
  after: ConsumerGroupMember | null,
): Map<string, number> {
  const regexes = new Map(g.regexes);
  if (before !== null && before.subscribedTopicRegex !== '') addCount(regexes, before.subscribedTopicRegex, -1);
  if (after !== null && after.subscribedTopicRegex !== '') addCount(regexes, after.subscribedTopicRegex, 1);
  return regexes;
}

function addPartitionEpochs(g: ConsumerGroup, partitions: AssignedPartitions, epoch: number): void {
  for (const [topicId, byPartition] of partitions) {
    for (const partition of byPartition.keys()) {
      const key = partitionKey(topicId, partition);
      const held = g.partitionEpochs.get(key);
      // Two of them would own it at once: the assignment is broken.
      if (held !== undefined && held >= epoch)
        throw new Error(`group ${g.groupId}: ${topicId}-${partition} is still owned at epoch ${held}, not ${epoch}`);
      g.partitionEpochs.set(key, epoch);
    }
  }
}

function removePartitionEpochs(g: ConsumerGroup, partitions: AssignedPartitions, epoch: number): void {
  for (const [topicId, byPartition] of partitions) {
    for (const partition of byPartition.keys()) {
      const key = partitionKey(topicId, partition);
      if (g.partitionEpochs.get(key) === epoch) g.partitionEpochs.delete(key);
    }
  }
}

function count(g: ConsumerGroup, m: ConsumerGroupMember, delta: 1 | -1): void {
  for (const topic of m.subscribedTopicNames) addTopicCount(g.subscribedTopics, topic, delta, 0);
  if (m.subscribedTopicRegex !== '') addCount(g.regexes, m.subscribedTopicRegex, delta);
  if (m.serverAssignorName !== null) addCount(g.serverAssignors, m.serverAssignorName, delta);
  if (m.classicMemberMetadata === null) return;
  g.classicProtocolMembers += delta;
  for (const { name } of m.classicMemberMetadata.supportedProtocols) addCount(g.classicProtocols, name, delta);
}

export function updateMember(g: ConsumerGroup, m: ConsumerGroupMember): void {
  const old = g.members.get(m.memberId);
  if (old !== undefined) {
    count(g, old, -1);
    removePartitionEpochs(g, old.assignedPartitions, old.memberEpoch);
    removePartitionEpochs(g, old.partitionsPendingRevocation, old.memberEpoch);
  }
  g.members.set(m.memberId, m);
  count(g, m, 1);
  addPartitionEpochs(g, m.assignedPartitions, m.memberEpoch);
  addPartitionEpochs(g, m.partitionsPendingRevocation, m.memberEpoch);
  if (m.instanceId !== null) g.staticMembers.set(m.instanceId, m.memberId);
}

export function removeMember(g: ConsumerGroup, memberId: string): void {
  const old = g.members.get(memberId);
  if (old === undefined) return;
  g.members.delete(memberId);
  count(g, old, -1);
  removePartitionEpochs(g, old.assignedPartitions, old.memberEpoch);
  removePartitionEpochs(g, old.partitionsPendingRevocation, old.memberEpoch);
  if (old.instanceId !== null && g.staticMembers.get(old.instanceId) === memberId)
    g.staticMembers.delete(old.instanceId);
}

/** Rule 102. */
export function stateOf(g: ConsumerGroup): ConsumerGroup['state'] {
  if (g.members.size === 0) return 'Empty';
  if (g.groupEpoch > g.assignmentEpoch) return 'Assigning';
  for (const m of g.members.values()) if (!isReconciledTo(m, g.assignmentEpoch)) return 'Reconciling';
  return 'Stable';
}
