/**
 * Online migration between the protocols (KIP-848; group.consumer.migration.policy): a classic group whose first member of the new
 * protocol joins becomes a consumer group that serves the others in theirs; when the last of the new protocol has gone it becomes a
 * classic group again (GroupMetadataManager.convertToConsumerGroup, convertToClassicGroup).
 */
import { errorCode } from '../../../kafka/api/errors.ts';
import type { Assignment } from '../../../kafka/api/messages-group.ts';
import { wallMs } from '../../kernel/world.ts';
import { joinError, syncError } from '../answers.ts';
import {
  addMember,
  CONSUMER_PROTOCOL_TYPE,
  computeSubscribedTopics,
  metadataUnder,
  newGroup,
  selectProtocol,
} from '../classic-group.ts';
import { groupMetadataBytes } from '../group-metadata-bytes.ts';
import { answerJoin } from '../join-answers.ts';
import { prepareRebalance, touchSession as touchClassicSession } from '../rebalance.ts';
import type { ClassicGroup, ClassicGroupMember } from '../shard-state.ts';
import { configOfShard, consumerGroupIn, groupIn, ownShard } from '../shards.ts';
import { answer } from '../turns.ts';
import type { RebalanceReason } from '../words.ts';
import {
  type AssignedPartitions,
  type ConsumerGroup,
  type ConsumerGroupMember,
  NO_TARGET,
  newConsumerGroup,
  newMember,
} from './consumer-group.ts';
import { updateMember } from './counts.ts';
import { GroupError } from './errors.ts';
import { idOfUuid, metadataHash, topicById, uuidOf } from './metadata.ts';
import type { Operation } from './operation.ts';
import { groupRecords, groupTombstones } from './records.ts';
import { touchSession } from './timers.ts';
import { sayMigrated } from './words.ts';
import type { GroupRecord } from './write.ts';

const REBALANCE_IN_PROGRESS = errorCode('REBALANCE_IN_PROGRESS');

/** An Empty classic group makes room: its offsets stay. */
export function emptyClassicTombstones(classic: ClassicGroup): GroupRecord[] {
  return [{ key: { type: 'GroupMetadataKey', group: classic.groupId }, value: null }];
}

/** Refused with GROUP_ID_NOT_FOUND, which tells the member that there is no consumer group of that name. */
export function validateUpgrade(op: Operation, classic: ClassicGroup): void {
  const refuse = (why: string): never => {
    throw new GroupError('GROUP_ID_NOT_FOUND', `The classic group ${classic.groupId} is not upgraded: ${why}.`);
  };
  if (!op.config.upgrade) refuse('group.consumer.migration.policy does not allow it');
  if (classic.protocolType !== CONSUMER_PROTOCOL_TYPE) refuse('its members are not consumers');
  if (classic.members.length > op.config.maxSize) refuse('it has more members than a consumer group may have');
  for (const m of classic.members)
    if (m.assignment !== null && m.assignment.userData !== null && m.assignment.userData !== '')
      refuse('its assignor keeps data of its own, which would be lost');
}

/** Whoever waits in a rebalance is told to join again; the consumer group's records follow the classic one's tombstone. */
export function convertToConsumerGroup(op: Operation, classic: ClassicGroup): ConsumerGroup {
  const { w, groupId } = op;
  for (const m of classic.members) {
    if (m.awaitingJoin !== null) answerJoin(w, m.awaitingJoin, joinError(REBALANCE_IN_PROGRESS, m.memberId));
    if (m.awaitingSync !== null) answer(w, m.awaitingSync, syncError(REBALANCE_IN_PROGRESS), 60);
    m.awaitingJoin = null;
    m.awaitingSync = null;
  }
  // Kafka asks a group for its protocol that has none before its first generation.
  if (classic.protocolName === null)
    throw new GroupError('UNKNOWN_SERVER_ERROR', `Group ${groupId} has not chosen a protocol yet.`);
  const g = newConsumerGroup(groupId, w.nowUs);
  g.groupEpoch = classic.generation;
  g.assignmentEpoch = classic.generation;
  for (const m of classic.members) {
    const [assigned, target] = assignmentOf(op, m, classic.generation);
    g.targetAssignment.set(m.memberId, target);
    updateMember(g, consumerMember(classic, m, assigned));
  }
  g.metadataHash = metadataHash(op.image, g.subscribedTopics.keys());
  op.records.push(...emptyClassicTombstones(classic), ...groupRecords(g));
  op.after.push(() => {
    const persisted = consumerGroupIn(ownShard(w, op.index), groupId);
    if (persisted === null) return;
    for (const m of classic.members)
      if (persisted.members.has(m.memberId)) touchSession(w, op.index, persisted, m.memberId, m.sessionTimeoutMs);
    sayMigrated(w, groupId, 'consumer', '');
  });
  return g;
}

function assignmentOf(
  op: Operation,
  m: ClassicGroupMember,
  epoch: number,
): [AssignedPartitions, Map<string, readonly number[]>] {
  const assigned = new Map<number, Map<number, number>>();
  const target = new Map<string, number[]>();
  for (const { topic, index } of m.assignment?.partitions ?? []) {
    const known = op.image.topics.get(topic);
    if (known === undefined) continue;
    const epochs = assigned.get(known.topicId) ?? new Map<number, number>();
    assigned.set(known.topicId, epochs.set(index, epoch));
    const uuid = uuidOf(known.topicId);
    target.set(uuid, [...(target.get(uuid) ?? []), index]);
  }
  return [assigned, target];
}

function consumerMember(
  classic: ClassicGroup,
  m: ClassicGroupMember,
  assigned: AssignedPartitions,
): ConsumerGroupMember {
  const subscription = metadataUnder(m, classic.protocolName);
  return {
    ...newMember(m.memberId),
    memberEpoch: classic.generation,
    previousMemberEpoch: classic.generation,
    instanceId: m.groupInstanceId,
    rackId: subscription.rackId,
    rebalanceTimeoutMs: m.rebalanceTimeoutMs,
    clientId: m.clientId,
    clientHost: m.clientHost,
    subscribedTopicNames: [...new Set(subscription.topics)].sort((a, b) => (a < b ? -1 : 1)),
    assignedPartitions: assigned,
    classicMemberMetadata: { sessionTimeoutMs: m.sessionTimeoutMs, supportedProtocols: m.protocols },
  };
}

/** Whether those who stay all speak the classic protocol, and may have a classic group again. */
export function canDowngrade(op: Operation, g: ConsumerGroup, leaving: readonly ConsumerGroupMember[]): boolean {
  const staying = g.members.size - leaving.length;
  if (staying <= 0) return false;
  return onlyClassicStay(g, leaving) && op.config.downgrade && staying <= configOfShard(op.w, op.shard).maxSize;
}

/** The same for a static member of the new protocol whose place one of the classic protocol takes. */
export function canDowngradeFor(op: Operation, g: ConsumerGroup, replaced: ConsumerGroupMember): boolean {
  const alone = g.classicProtocolMembers === g.members.size - 1 && replaced.classicMemberMetadata === null;
  return alone && op.config.downgrade && g.members.size <= configOfShard(op.w, op.shard).maxSize;
}

function onlyClassicStay(g: ConsumerGroup, leaving: readonly ConsumerGroupMember[]): boolean {
  const gone = leaving.filter((m) => m.classicMemberMetadata !== null).length;
  return g.classicProtocolMembers - gone === g.members.size - leaving.length;
}

/** `joining`: takes the place of the last member of the new protocol. `reason` null: the assignment is still good. */
export function convertToClassicGroup(
  op: Operation,
  g: ConsumerGroup,
  leaving: readonly ConsumerGroupMember[],
  joining: ConsumerGroupMember | null,
  reason: RebalanceReason | null,
): void {
  const { w, index, groupId } = op;
  const replacedId = joining?.instanceId == null ? null : (g.staticMembers.get(joining.instanceId) ?? null);
  op.records.push(...groupTombstones(g, (id) => (joining !== null && id === replacedId ? joining.memberId : id)));
  const classic = classicGroupOf(op, g, leaving, joining, replacedId);
  const value = groupMetadataBytes(classic, (m) => m.assignment);
  op.records.push({ key: { type: 'GroupMetadataKey', group: groupId }, value });
  op.after.push(() => {
    const shard = ownShard(w, index);
    const persisted = groupIn(shard, groupId);
    if (persisted === null) return;
    persisted.stateTimestampMs = wallMs(w);
    for (const m of persisted.members) {
      // The record knows only the chosen protocol; its member supports more.
      m.protocols = classic.members.find((x) => x.memberId === m.memberId)?.protocols ?? m.protocols;
      touchClassicSession(w, index, m, m.sessionTimeoutMs);
    }
    sayMigrated(w, groupId, 'classic', joining?.clientId ?? leaving[0]?.clientId ?? '');
    if (reason !== null) prepareRebalance(w, index, persisted, reason);
  });
}

function classicGroupOf(
  op: Operation,
  g: ConsumerGroup,
  leaving: readonly ConsumerGroupMember[],
  joining: ConsumerGroupMember | null,
  replacedId: string | null,
): ClassicGroup {
  const classic = newGroup(op.w, g.groupId);
  classic.state = 'Stable';
  classic.generation = g.groupEpoch;
  const staying = [...g.members.values()].filter((m) => !leaving.includes(m) && m.memberId !== replacedId);
  if (joining !== null) staying.push(joining);
  for (const m of staying) {
    const from = m === joining && replacedId !== null ? replacedId : m.memberId;
    addMember(classic, classicMember(op, m, g.targetAssignment.get(from) ?? NO_TARGET), CONSUMER_PROTOCOL_TYPE);
  }
  classic.protocolName = selectProtocol(classic);
  classic.subscribedTopics = computeSubscribedTopics(classic);
  return classic;
}

function classicMember(
  op: Operation,
  m: ConsumerGroupMember,
  target: ReadonlyMap<string, readonly number[]>,
): ClassicGroupMember {
  const metadata = m.classicMemberMetadata;
  const protocols = metadata?.supportedProtocols ?? [];
  return {
    memberId: m.memberId,
    groupInstanceId: m.instanceId,
    clientId: m.clientId,
    clientHost: m.clientHost,
    sessionTimeoutMs: metadata?.sessionTimeoutMs ?? 0,
    rebalanceTimeoutMs: m.rebalanceTimeoutMs,
    protocols,
    assignment: classicAssignment(op, target, protocols[0]?.metadata.version ?? 3),
    awaitingJoin: null,
    awaitingSync: null,
    isNew: false,
    sessionEndsUs: 0,
    lastContactUs: op.w.nowUs,
  };
}

/** ConsumerProtocolAssignment of a target; topics that are gone have no name. */
export function classicAssignment(
  op: Operation,
  partitions: ReadonlyMap<string, Iterable<number>>,
  version: number,
): Assignment {
  const named: { topic: string; index: number }[] = [];
  for (const [uuid, indices] of partitions) {
    const topic = topicById(op.image, idOfUuid(uuid));
    if (topic !== null) for (const index of indices) named.push({ topic: topic.name, index });
  }
  named.sort((a, b) => (a.topic === b.topic ? a.index - b.index : a.topic < b.topic ? -1 : 1));
  return { version, partitions: named, userData: null };
}
