/** Carries ISR changes to the controller: one request in flight, all waiting partitions in it (Kafka: AlterPartitionManager). Rules 5, 96. */
import { errorCode } from '../../kafka/api/errors-core.ts';
import type { AlterPartitionRequest, AlterPartitionResponse } from '../../kafka/api/messages.ts';
import { EventKind } from '../kernel/event.ts';
import { registerEvent, schedule, tell } from '../kernel/schedule.ts';
import type { PartitionName, World } from '../kernel/world.ts';
import type { Connection } from '../net/connection-state.ts';
import { ready, sendRequest } from '../net/network.ts';
import { afterHighWatermark, afterIsrCommit } from './delayed-operations.ts';
import { commitIsr, maybeIncrementLeaderHW } from './partition.ts';
import { brokerState, ownBroker, ownReplica, replicaOf } from './replicas.ts';

const ALTER_PARTITION = 56;
const RETRY_US = 50_000;
const INELIGIBLE_REPLICA = errorCode('INELIGIBLE_REPLICA');
const OPERATION_NOT_ATTEMPTED = errorCode('OPERATION_NOT_ATTEMPTED');
const STAY_PENDING = [
  errorCode('FENCED_LEADER_EPOCH'),
  errorCode('INVALID_UPDATE_VERSION'),
  errorCode('INVALID_REQUEST'),
  errorCode('NEW_LEADER_ELECTED'),
  errorCode('UNKNOWN_TOPIC_OR_PARTITION'),
  errorCode('UNKNOWN_TOPIC_ID'),
];

/** A partition of this broker has a pending ISR change: send it as soon as no other request is in flight. */
export function submitAlterPartition(w: World, brokerId: number, partition: number): void {
  const b = ownBroker(w, brokerId);
  if (!b.alterPending.includes(partition)) b.alterPending.push(partition);
  propagate(w, brokerId);
}

export function propagate(w: World, brokerId: number): void {
  const b = brokerState(w, brokerId);
  if (b.alterInFlight !== null || b.alterPending.length === 0 || b.controllerConnection < 0) return;
  if (!ready(w, b.controllerConnection)) {
    const c = w.connections[b.controllerConnection] as Connection;
    if (c.state === 'closed') schedule(w, Math.max(c.retryAtUs, w.nowUs + 1000), EventKind.AlterPartitionRetry, b.node);
    return;
  }
  const mine = ownBroker(w, brokerId);
  const partitions: AlterPartitionRequest['partitions'][number][] = [];
  for (const partition of mine.alterPending) {
    const r = replicaOf(w, brokerId, partition);
    if (r === null || r.role !== 'leader' || r.pendingIsr === null) continue;
    const owned = ownReplica(w, brokerId, partition);
    owned.pendingIsr = { ...(owned.pendingIsr as NonNullable<typeof owned.pendingIsr>), sent: true };
    const { topic, index } = w.partitions[partition] as PartitionName;
    const newIsrWithEpochs = r.pendingIsr.isr.map((id) => ({
      brokerId: id,
      brokerEpoch: id === brokerId ? mine.brokerEpoch : epochOf(w, brokerId, partition, id),
    }));
    partitions.push({
      topic,
      index,
      partition,
      leaderEpoch: owned.leaderEpoch,
      newIsrWithEpochs,
      leaderRecoveryState: owned.recovering && r.pendingIsr.isr.length === 1 ? 1 : 0,
      partitionEpoch: owned.partitionEpoch,
    });
  }
  mine.alterPending = [];
  if (partitions.length === 0) return;
  mine.alterInFlight = partitions.map((p) => p.partition);
  const body: AlterPartitionRequest = { brokerId, brokerEpoch: mine.brokerEpoch, partitions };
  sendRequest(w, mine.controllerConnection, ALTER_PARTITION, body, 60 + 50 * partitions.length);
}

/** The epoch a follower's fetches carry; -1 before its first one under this leader (the controller then does not compare). */
function epochOf(w: World, brokerId: number, partition: number, follower: number): number {
  return replicaOf(w, brokerId, partition)?.remotes.find((x) => x.brokerId === follower)?.brokerEpoch ?? -1;
}

registerEvent(EventKind.AlterPartitionRetry, (w, event) =>
  propagate(w, Number((w.nodes[event.node] as { nodeId: number }).nodeId)),
);

/** The request came to nothing (connection lost, top-level error): everything in it waits again. */
export function alterPartitionFailed(w: World, brokerId: number): void {
  const b = ownBroker(w, brokerId);
  for (const partition of b.alterInFlight ?? [])
    if (!b.alterPending.includes(partition)) b.alterPending.push(partition);
  b.alterInFlight = null;
  // Not sent at all since no connection came about: it waits for the next attempt too.
  if (b.alterPending.length === 0) return;
  schedule(w, w.nowUs + RETRY_US, EventKind.AlterPartitionRetry, b.node);
}

export function onAlterPartitionResponse(w: World, brokerId: number, response: AlterPartitionResponse): void {
  if (response.errorCode !== 0) {
    alterPartitionFailed(w, brokerId);
    return;
  }
  ownBroker(w, brokerId).alterInFlight = null;
  for (const answer of response.partitions) onPartition(w, brokerId, answer);
  propagate(w, brokerId);
}

function onPartition(w: World, brokerId: number, answer: AlterPartitionResponse['partitions'][number]): void {
  const known = replicaOf(w, brokerId, answer.partition);
  if (known === null || known.role !== 'leader' || known.pendingIsr === null) return;
  const r = ownReplica(w, brokerId, answer.partition);
  if (answer.errorCode === 0) {
    // Partition.handleAlterPartitionUpdate: an answer about an older epoch says nothing any more.
    if (answer.leaderEpoch < r.leaderEpoch || answer.partitionEpoch < r.partitionEpoch) return;
    commitIsr(r, answer.isr, answer.partitionEpoch, answer.leaderRecoveryState === 1);
    if (maybeIncrementLeaderHW(w, r)) afterHighWatermark(w, brokerId, answer.partition);
    afterIsrCommit(w, brokerId, answer.partition);
    return;
  }
  const name = (w.partitions[answer.partition] as PartitionName).name;
  if (answer.errorCode === INELIGIBLE_REPLICA || answer.errorCode === OPERATION_NOT_ATTEMPTED) {
    r.pendingIsr = null;
    tell(w, 'log.isr.refused', { broker: brokerId, partition: name, error: 'INELIGIBLE_REPLICA' }, [
      `partition:${name}`,
      `broker:${brokerId}`,
    ]);
    return;
  }
  if (STAY_PENDING.includes(answer.errorCode)) return;
  const b = ownBroker(w, brokerId);
  b.alterPending.push(answer.partition);
}
