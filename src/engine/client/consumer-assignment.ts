/** A member's part in who reads what: its subscription, the leader's computation, what it was given (ConsumerCoordinator). */

import type {
  JoinGroupRequest,
  JoinGroupResponse,
  Subscription,
  SyncGroupRequest,
} from '../../kafka/api/messages-group.ts';
import { type Assign, AssignorException, compareText } from '../../kafka/assignor/assignor.ts';
import { assignorByName, knownAssignors } from '../../kafka/assignor/index.ts';
import { cooperativeStickyUserData, stickyUserData } from '../../kafka/consumer-protocol/sticky-user-data.ts';
import { tell } from '../kernel/schedule.ts';
import type { NodeState, World } from '../kernel/world.ts';
import { groupAssigned, groupStable } from '../ledger/group-facts.ts';
import { lateCooperative } from '../slots.ts';
import { about, type GroupConsumer, requestRejoin } from './abstract-coordinator.ts';
import { findTopic } from './client-metadata.ts';
import {
  matchesPattern,
  metadataSnapshot,
  setPatternTopics,
  setTopics,
  updatePattern,
} from './consumer-subscription.ts';
import type { AssignorMemory } from './coordinator-state.ts';
import { denseIndices } from './join-prepare.ts';
import { assignedPartition, findAssigned } from './subscription-state.ts';

/** ConsumerProtocolSubscription.HIGHEST_SUPPORTED_VERSION and that of the assignment. */
const PROTOCOL_VERSION = 3;
const NOTHING_YET: AssignorMemory = { last: null, maxGeneration: -1 };

/** ConsumerCoordinator.metadata(): the subscription as it goes into JoinGroup, once for each assignor. */
export function subscriptionMetadata(c: GroupConsumer): JoinGroupRequest['protocols'] {
  const { subscribed, generation } = c.membership;
  c.group.joinedTopics = subscribed;
  const ownedPartitions = c.partitions
    .map(({ topic, index }) => ({ topic, index }))
    .sort((a, b) => compareText(a.topic, b.topic) || a.index - b.index);
  const rackId = c.settings.clientRack === '' ? null : c.settings.clientRack;
  return knownAssignors(c.settings.partitionAssignmentStrategy).map(({ name }) => {
    const { last } = memoryOf(c, name);
    const userData =
      name === 'cooperative-sticky'
        ? cooperativeStickyUserData(last?.generation ?? -1)
        : name === 'sticky'
          ? stickyUserData(last?.partitions ?? null, last?.generation ?? -1)
          : null;
    const metadata: Subscription = {
      version: PROTOCOL_VERSION,
      topics: subscribed,
      userData,
      ownedPartitions,
      generationId: generation,
      rackId,
    };
    return { name, metadata };
  });
}

function memoryOf(c: GroupConsumer, assignor: string): AssignorMemory {
  return c.group.assignorMemory.get(assignor) ?? NOTHING_YET;
}

function remember(c: GroupConsumer, assignor: string, what: Partial<AssignorMemory>): void {
  c.group.assignorMemory = new Map(c.group.assignorMemory).set(assignor, { ...memoryOf(c, assignor), ...what });
}

function allTopics(elected: JoinGroupResponse): string[] {
  const topics = new Set<string>();
  for (const { metadata } of elected.members) for (const topic of metadata.topics) topics.add(topic);
  return [...topics].sort(compareText);
}

/** updateGroupSubscription: the leader watches what any member reads; while an update is asked for it waits for one. */
export function groupTopicsAreFresh(c: GroupConsumer, elected: JoinGroupResponse): boolean {
  const k = c.group;
  const m = c.metadata;
  if (k.electedVersion < 0) {
    setTopics(c, allTopics(elected));
    k.electedVersion = m.needFull || m.needPartial ? m.version : m.version - 1;
  }
  if (m.version <= k.electedVersion) return false;
  k.electedVersion = -1;
  return true;
}

/** onLeaderElected. null: the group chose an assignor that this member does not know, or the assignor gave up. */
export function computeAssignment(
  w: World,
  c: GroupConsumer,
  elected: JoinGroupResponse,
): SyncGroupRequest['assignments'] | null {
  updateSubscriptionMetadata(w, c);
  c.group.assignedSnapshot = c.group.snapshot;
  if (elected.skipAssignment) return [];
  const assignor = assignorByName(elected.protocolName ?? '');
  if (assignor === null) return null;
  const topics = allTopics(elected).flatMap((name) => {
    const topic = findTopic(c.metadata, name);
    return topic === null
      ? []
      : [{ name, partitionRacks: topic.partitions.map((p) => p.replicas.map((r) => c.metadata.racks[r] ?? null)) }];
  });
  const members = elected.members.map(({ memberId, groupInstanceId, metadata }) => ({
    memberId,
    groupInstanceId,
    topics: metadata.topics,
    rackId: metadata.rackId,
    ownedPartitions: metadata.ownedPartitions,
    generationId: metadata.generationId,
    userData: metadata.userData,
  }));
  const { maxGeneration } = memoryOf(c, assignor.name);
  let assigned: ReturnType<Assign>;
  try {
    assigned = assignor.assign(topics, members, { maxGeneration });
  } catch (error) {
    // Kafka's own assignor throws where claims of vanished partitions upset it; poll() passes it on.
    if (error instanceof AssignorException) return null;
    throw error;
  }
  remember(c, assignor.name, { maxGeneration: assignor.maxGeneration(members, maxGeneration) });
  return [...assigned].map(([memberId, partitions]) => ({
    memberId,
    assignment: { version: PROTOCOL_VERSION, partitions, userData: null },
  }));
}

/** maybeUpdateSubscriptionMetadata: looks at the topics again when metadata changed. */
export function updateSubscriptionMetadata(w: World, c: GroupConsumer): void {
  const k = c.group;
  if (k.snapshotVersion === c.metadata.version) return;
  k.snapshotVersion = c.metadata.version;
  updatePattern(w, c);
  const watched = c.metadata.pattern === null ? [...c.metadata.wanted].sort(compareText) : c.membership.subscribed;
  k.snapshot = metadataSnapshot(c.metadata, watched, c.settings.clientRack !== '');
}

/** ConsumerCoordinator.rejoinNeededOrPending. */
export function rejoinNeededOrPending(c: GroupConsumer): boolean {
  const k = c.group;
  const m = c.membership;
  if (m.isLeader && k.assignedSnapshot !== null && k.assignedSnapshot !== k.snapshot) {
    if (!k.rejoinNeeded) requestRejoin(c, 'cached metadata has changed');
    return true;
  }
  if (k.joinedTopics !== null && k.joinedTopics !== m.subscribed && k.joinedTopics.join() !== m.subscribed.join()) {
    if (!k.rejoinNeeded) requestRejoin(c, 'subscription has changed');
    return true;
  }
  return k.rejoinNeeded || k.join !== 'none';
}

/** onJoinComplete: takes what the leader gave, and tells the application (onPartitionsAssigned, also with nothing). */
export function onJoinComplete(
  w: World,
  c: GroupConsumer,
  given: readonly { readonly topic: string; readonly index: number }[],
): void {
  const m = c.membership;
  if (!m.isLeader) c.group.assignedSnapshot = null;
  const extra = [...new Set(given.map((p) => p.topic))].filter((topic) => !m.subscribed.includes(topic));
  if (extra.some((topic) => !matchesPattern(c, topic))) {
    requestRejoin(c, 'received assignment does not match the current subscription');
    return;
  }
  // The leader may know a topic that matches before this member does (maybeUpdateJoinedSubscription).
  if (extra.length > 0) setPatternTopics(w, c, [...m.subscribed, ...extra]);
  if (extra.length > 0) c.group.joinedTopics = m.subscribed;
  remember(c, m.protocolName ?? '', { last: { partitions: given, generation: m.generation } });
  const partitions = [...given]
    .sort((a, b) => compareText(a.topic, b.topic) || a.index - b.index)
    .map((p) => findAssigned(c, p.topic, p.index) ?? assignedPartition(p.topic, p.index));
  if (c.settings.enableAutoCommit) m.nextAutoCommitUs = w.nowUs + c.settings.autoCommitIntervalMs * 1000;
  groupStable(w, m.groupId);
  if (c.group.cooperative) {
    lateCooperative.takeOver(w, c, partitions);
    return;
  }
  c.partitions = partitions;
  m.owned = c.partitions.map((p) => p.name);
  groupAssigned(w, m.groupId, (w.nodes[c.node] as NodeState).ref, denseIndices(w, m.owned));
  tell(
    w,
    m.owned.length === 0 ? 'log.member.idle' : 'log.member.assigned',
    {
      consumer: c.id,
      group: m.groupId,
      partitions: m.owned.join(', '),
      count: m.owned.length,
      generation: m.generation,
    },
    [...about(c), ...m.owned.map((name) => `partition:${name}`)],
    'plain',
    'groups',
  );
}
