/** Resetting positions by ListOffsets and validating them by OffsetForLeaderEpoch (Kafka: OffsetFetcher, OffsetFetcherUtils). */
import type { ListOffsetsResponse, OffsetForLeaderEpochResponse } from '../../kafka/api/messages.ts';
import { tell } from '../kernel/schedule.ts';
import type { World } from '../kernel/world.ts';
import { ready, sendRequest } from '../net/network.ts';
import { inGroup } from './abstract-coordinator.ts';
import { currentLeader, findPartition, requestUpdate, sawEpoch } from './client-metadata.ts';
import { Api, connectionOf, NEVER, nodeReady, notReadyUntilUs } from './client-network.ts';
import { fetchCommittedOffsets, positioned } from './committed-offsets.ts';
import type { AssignedPartition, ConsumerRequest, ConsumerState, ResetRequest } from './consumer-state.ts';
import {
  completeValidation,
  findAssigned,
  hasResetPolicy,
  policyName,
  requestPolicyReset,
  seekTo,
  validateOnMetadataChange,
} from './subscription-state.ts';

type ListRequest = Extract<ConsumerRequest, { kind: 'list' }>;
type EpochRequest = Extract<ConsumerRequest, { kind: 'epoch' }>;

/** KafkaConsumer.updateFetchPositions. Returns when to try again what cannot be asked now. */
export function updateFetchPositions(w: World, c: ConsumerState): number {
  const validateUs = validatePositions(w, c);
  const without = c.partitions.filter((p) => p.fetchState === 'initializing');
  // A group may have committed where to begin; only without that does the policy count.
  if (without.length > 0 && inGroup(c)) return Math.min(validateUs, fetchCommittedOffsets(w, c, without));
  if (without.length > 0 && !hasResetPolicy(c)) {
    c.pendingError = 'NoOffsetForPartitionException';
    return NEVER;
  }
  for (const p of without) requestPolicyReset(w, c, p);
  return Math.min(validateUs, resetPositions(w, c));
}

/** Those that wait for an answer of some leader, by leader; the rest says when to look again. */
function byLeader(
  w: World,
  c: ConsumerState,
  state: AssignedPartition['fetchState'],
  leaderOf: (p: AssignedPartition) => number,
): { readonly groups: Map<number, AssignedPartition[]>; readonly wakeUs: number } {
  const groups = new Map<number, AssignedPartition[]>();
  let wakeUs = NEVER;
  for (const p of c.partitions) {
    if (p.fetchState !== state) continue;
    if (p.nextRetryUs > w.nowUs) {
      wakeUs = Math.min(wakeUs, p.nextRetryUs);
      continue;
    }
    const leader = leaderOf(p);
    if (leader < 0) {
      requestUpdate(c.metadata, true);
    } else if (!ready(w, connectionOf(w, c, leader)) || !nodeReady(w, c, leader)) {
      wakeUs = Math.min(wakeUs, notReadyUntilUs(w, c, leader));
    } else {
      const group = groups.get(leader);
      if (group === undefined) groups.set(leader, [p]);
      else group.push(p);
    }
  }
  return { groups, wakeUs };
}

function resetPositions(w: World, c: ConsumerState): number {
  const { groups, wakeUs } = byLeader(w, c, 'await-reset', (p) => currentLeader(c.metadata, p.topic, p.index).leader);
  for (const [broker, group] of groups) {
    const partitions = group.map((p) => ({
      topic: p.topic,
      index: p.index,
      partition: denseOf(c, p),
      currentLeaderEpoch: currentLeader(c.metadata, p.topic, p.index).epoch,
      timestamp: (p.reset as ResetRequest).timestamp,
    }));
    const connection = connectionOf(w, c, broker);
    const isolationLevel = c.settings.isolationLevel === 'read_committed' ? 1 : 0;
    const correlationId = sendRequest(
      w,
      connection,
      Api.ListOffsets,
      { replicaId: -1, isolationLevel, partitions },
      50 + 40 * group.length,
    );
    const resets = group.map((p) => ({ topic: p.topic, index: p.index, reset: p.reset as ResetRequest }));
    c.requests.push({ kind: 'list', connection, correlationId, broker, resets });
    for (const p of group) p.nextRetryUs = w.nowUs + c.settings.requestTimeoutMs * 1000;
  }
  return wakeUs;
}

export function denseOf(c: ConsumerState, p: { readonly topic: string; readonly index: number }): number {
  return findPartition(c.metadata, p.topic, p.index)?.partition ?? -1;
}

function backOff(w: World, c: ConsumerState, p: AssignedPartition | null): void {
  if (p !== null) p.nextRetryUs = w.nowUs + Math.max(c.settings.retryBackoffMs, 1) * 1000;
  requestUpdate(c.metadata);
}

export function handleListOffsets(w: World, c: ConsumerState, request: ListRequest, body: ListOffsetsResponse): void {
  for (const answer of body.partitions) {
    const p = findAssigned(c, answer.topic, answer.index);
    const asked = request.resets.find((r) => r.topic === answer.topic && r.index === answer.index);
    if (p === null || asked === undefined) continue;
    if (answer.errorCode !== 0) {
      backOff(w, c, p);
      continue;
    }
    // Nothing at or after that time: the position stays unknown until the next try, after request.timeout.ms.
    if (answer.offset < 0) continue;
    if (answer.leaderEpoch >= 0) sawEpoch(c.metadata, answer.partition, answer.leaderEpoch);
    if (p.fetchState !== 'await-reset' || p.reset !== asked.reset) continue;
    const { leader, epoch } = currentLeader(c.metadata, p.topic, p.index);
    seekTo(p, answer.offset, -1, leader, epoch);
    positioned(w, c, p);
    const about = [`consumer:${c.id}`, `partition:${p.name}`];
    if (asked.reset.bySeek)
      tell(w, 'log.consumer.seek', { consumer: c.id, offset: answer.offset, partition: p.name }, about);
    else
      tell(
        w,
        'log.consumer.reset',
        { consumer: c.id, partition: p.name, policy: policyName(c.settings.autoOffsetReset), offset: answer.offset },
        about,
      );
  }
}

export function handleListOffsetsLost(w: World, c: ConsumerState, request: ListRequest): void {
  for (const r of request.resets) backOff(w, c, findAssigned(c, r.topic, r.index));
}

function validatePositions(w: World, c: ConsumerState): number {
  validateOnMetadataChange(c);
  const { groups, wakeUs } = byLeader(w, c, 'await-validation', (p) => p.leader);
  for (const [broker, group] of groups) {
    const partitions = group.map((p) => ({
      topic: p.topic,
      index: p.index,
      partition: denseOf(c, p),
      currentLeaderEpoch: p.leaderEpoch,
      leaderEpoch: p.offsetEpoch,
    }));
    const connection = connectionOf(w, c, broker);
    const correlationId = sendRequest(
      w,
      connection,
      Api.OffsetForLeaderEpoch,
      { replicaId: -1, partitions },
      50 + 36 * group.length,
    );
    c.requests.push({ kind: 'epoch', connection, correlationId, broker, positions: group.map((p) => ({ ...p })) });
    for (const p of group) p.nextRetryUs = w.nowUs + c.settings.requestTimeoutMs * 1000;
  }
  return wakeUs;
}

export function handleOffsetForLeaderEpoch(
  w: World,
  c: ConsumerState,
  request: EpochRequest,
  body: OffsetForLeaderEpochResponse,
): void {
  for (const asked of request.positions) {
    const p = findAssigned(c, asked.topic, asked.index);
    const answer = body.partitions.find((a) => a.topic === asked.topic && a.index === asked.index);
    if (p === null) continue;
    if (answer === undefined || answer.errorCode !== 0) backOff(w, c, p);
    else completeValidation(w, c, p, asked, answer.leaderEpoch, answer.endOffset);
  }
}

export function handleOffsetForLeaderEpochLost(w: World, c: ConsumerState, request: EpochRequest): void {
  for (const asked of request.positions) backOff(w, c, findAssigned(c, asked.topic, asked.index));
}
