/** Where to begin: the offsets that the group has committed (Kafka: ConsumerCoordinator.initWithCommittedOffsetsIfNeeded, OffsetFetch). */
import { errorCode, errorForCode } from '../../kafka/api/errors-core.ts';
import type { OffsetFetchRequest, OffsetFetchResponse } from '../../kafka/api/messages-group.ts';
import { tell } from '../kernel/schedule.ts';
import type { World } from '../kernel/world.ts';
import { groupPositioned } from '../ledger/group-facts.ts';
import {
  about,
  callCoordinator,
  coordinatorUnknown,
  ensureCoordinator,
  GroupApi,
  type GroupConsumer,
  retryPauseUs,
} from './abstract-coordinator.ts';
import { currentLeader, sawEpoch } from './client-metadata.ts';
import { NEVER } from './client-network.ts';
import type { AssignedPartition, ConsumerState } from './consumer-state.ts';
import { denseOf } from './offset-fetcher.ts';
import { findAssigned, hasResetPolicy, maybeValidate, requestPolicyReset, seekTo } from './subscription-state.ts';

const LOSES_THE_COORDINATOR = [errorCode('COORDINATOR_NOT_AVAILABLE'), errorCode('NOT_COORDINATOR')];
const UNSTABLE_OFFSET_COMMIT = errorCode('UNSTABLE_OFFSET_COMMIT');

/** Asks for the committed offsets of these partitions. Returns when to look again. */
export function fetchCommittedOffsets(w: World, c: GroupConsumer, partitions: readonly AssignedPartition[]): number {
  const k = c.group;
  const findUs = ensureCoordinator(w, c);
  if (coordinatorUnknown(c)) return findUs;
  if (k.fetchInFlight) return NEVER;
  if (k.fetchNotBeforeUs > w.nowUs) return k.fetchNotBeforeUs;
  const asked = partitions.map(({ topic, index }) => ({ topic, index }));
  const memberEpoch = c.async?.commitEpoch ?? -1;
  const request: OffsetFetchRequest = {
    groupId: c.membership.groupId,
    // The classic client names no member here.
    memberId: memberEpoch < 0 ? '' : c.membership.memberId,
    memberEpoch,
    requireStable: true,
    partitions: asked.map((p) => ({ ...p, partition: denseOf(c, p) })),
  };
  k.fetchInFlight = true;
  callCoordinator(
    w,
    c,
    { kind: 'committed', partitions: asked },
    GroupApi.OffsetFetch,
    request,
    60 + 12 * asked.length,
  );
  return NEVER;
}

export function committedOffsetsLost(w: World, c: GroupConsumer): void {
  const k = c.group;
  k.fetchInFlight = false;
  k.fetchNotBeforeUs = w.nowUs + retryPauseUs(w, c, k.fetchAttempts);
  k.fetchAttempts += 1;
}

/** OffsetFetchResponseHandler and refreshCommittedOffsets. */
export function handleOffsetFetch(
  w: World,
  c: GroupConsumer,
  asked: readonly { readonly topic: string; readonly index: number }[],
  body: OffsetFetchResponse,
  lose: (why: string) => void,
): void {
  const k = c.group;
  const error = body.errorCode;
  if (error !== 0) {
    const { name, exception, retriable } = errorForCode(error);
    committedOffsetsLost(w, c);
    if (LOSES_THE_COORDINATOR.includes(error)) lose(name);
    else if (!retriable) c.pendingError = exception === 'GroupAuthorizationException' ? exception : 'KafkaException';
    return;
  }
  if (body.partitions.some((p) => p.errorCode === UNSTABLE_OFFSET_COMMIT)) {
    committedOffsetsLost(w, c);
    return;
  }
  k.fetchInFlight = false;
  k.fetchAttempts = 0;
  if (body.partitions.some((p) => p.errorCode !== 0)) {
    c.pendingError = 'KafkaException';
    return;
  }
  for (const { topic, index } of asked) {
    const p = findAssigned(c, topic, index);
    const answer = body.partitions.find((a) => a.topic === topic && a.index === index);
    if (p === null || answer === undefined || p.fetchState !== 'initializing') continue;
    if (answer.committedOffset < 0) nothingCommitted(w, c, p);
    else startAt(w, c, p, answer.committedOffset, answer.committedLeaderEpoch);
  }
}

function nothingCommitted(w: World, c: GroupConsumer, p: AssignedPartition): void {
  if (hasResetPolicy(c)) requestPolicyReset(w, c, p);
  else c.pendingError = 'NoOffsetForPartitionException';
}

function startAt(w: World, c: GroupConsumer, p: AssignedPartition, offset: number, leaderEpoch: number): void {
  const dense = denseOf(c, p);
  if (leaderEpoch >= 0 && dense >= 0) sawEpoch(c.metadata, dense, leaderEpoch);
  seekTo(p, offset, leaderEpoch, -1, -1);
  // Its last record was of an epoch that a later leader may have cut: asked before the first fetch.
  const { leader, epoch } = currentLeader(c.metadata, p.topic, p.index);
  maybeValidate(p, leader, epoch);
  positioned(w, c, p);
  tell(w, 'log.member.committed-start', { consumer: c.id, partition: p.name, offset }, [
    ...about(c),
    `partition:${p.name}`,
  ]);
}

/** A partition got a position: the first one of its group there is where `skipped` begins. */
export function positioned(w: World, c: ConsumerState, p: AssignedPartition): void {
  if (c.membership === null || p.offset < 0) return;
  const partition = w.partitionByName.get(p.name);
  if (partition !== undefined) groupPositioned(w, c.membership.groupId, partition, p.offset);
}
