/**
 * Produces that wait for their copies at a broker (Kafka: DelayedProduce and its purgatory), and the occasions on which waiting
 * requests are looked at. One time-out event is pending at most. Fetches that wait: delayed-fetch.ts.
 */
import { errorCode } from '../../kafka/api/errors-core.ts';
import type { ProducePartitionResponse, ProduceResponse } from '../../kafka/api/messages.ts';
import { EventKind } from '../kernel/event.ts';
import { registerEvent, schedule } from '../kernel/schedule.ts';
import type { World } from '../kernel/world.ts';
import { respond } from '../net/network.ts';
import type { DelayedProduce, DelayedProducePartition } from './broker-state.ts';
import { coordinatorHooks } from './coordinator-hooks.ts';
import { tryCompleteFetches } from './delayed-fetch.ts';
import { checkEnoughReplicasReachOffset } from './partition.ts';
import { brokerState, ownBroker, replicaOf } from './replicas.ts';

export { tryCompleteFetches } from './delayed-fetch.ts';

const NOT_LEADER_OR_FOLLOWER = errorCode('NOT_LEADER_OR_FOLLOWER');
const NOT_ENOUGH_REPLICAS_AFTER_APPEND = errorCode('NOT_ENOUGH_REPLICAS_AFTER_APPEND');
const REQUEST_TIMED_OUT = errorCode('REQUEST_TIMED_OUT');

// --- produces --------------------------------------------------------------------------------------------------------

export function parkProduce(w: World, brokerId: number, operation: Omit<DelayedProduce, 'id'>): void {
  const b = ownBroker(w, brokerId);
  b.delayedProduces.push({ ...operation, id: b.nextOperation });
  b.nextOperation += 1;
  armProduceExpiry(w, brokerId);
}

function armProduceExpiry(w: World, brokerId: number): void {
  const b = brokerState(w, brokerId);
  if (b.delayedProduces.length === 0) return;
  let earliestUs = Number.MAX_SAFE_INTEGER;
  for (const p of b.delayedProduces) if (p.deadlineUs < earliestUs) earliestUs = p.deadlineUs;
  if (b.produceExpireArmedUs > w.nowUs && b.produceExpireArmedUs <= earliestUs) return;
  const mine = ownBroker(w, brokerId);
  mine.produceExpireArmedUs = earliestUs;
  schedule(w, earliestUs, EventKind.DelayedProduceExpire, mine.node);
}

registerEvent(EventKind.DelayedProduceExpire, (w, event) => {
  const brokerId = (w.nodes[event.node] as { nodeId: number }).nodeId;
  const b = brokerState(w, brokerId);
  if (b.produceExpireArmedUs > event.atUs) return;
  const due = b.delayedProduces.filter((p) => p.deadlineUs <= w.nowUs);
  if (due.length > 0) completeProduces(w, brokerId, due);
  ownBroker(w, brokerId).produceExpireArmedUs = 0;
  armProduceExpiry(w, brokerId);
});

/** The answer for one partition as things stand; null while it still waits. */
function outcome(w: World, brokerId: number, p: DelayedProducePartition): number | null {
  if (p.requiredOffset < 0) return p.errorCode;
  const r = replicaOf(w, brokerId, p.partition);
  if (r === null) return NOT_LEADER_OR_FOLLOWER;
  const copies = checkEnoughReplicasReachOffset(w, r, p.requiredOffset, p.leaderEpoch);
  if (copies === 'enough') return 0;
  if (copies === 'after-append') return NOT_ENOUGH_REPLICAS_AFTER_APPEND;
  if (copies === 'not-leader') return NOT_LEADER_OR_FOLLOWER;
  return null;
}

function isDecided(w: World, brokerId: number, p: DelayedProduce): boolean {
  for (const part of p.partitions) if (outcome(w, brokerId, part) === null) return false;
  return true;
}

function completeProduces(w: World, brokerId: number, due: readonly DelayedProduce[]): void {
  const b = ownBroker(w, brokerId);
  b.delayedProduces = b.delayedProduces.filter((p) => !due.includes(p));
  for (const p of due) {
    const responses = p.partitions.map((part): ProducePartitionResponse => {
      // Rule 23: what is undecided when time is up has timed out, and its data stays.
      const code = outcome(w, brokerId, part) ?? REQUEST_TIMED_OUT;
      return producePartitionResponse(w, brokerId, part, code, null);
    });
    const body: ProduceResponse = {
      responses,
      errors: responses.filter((x) => x.errorCode !== 0).map((x) => x.errorCode),
    };
    respond(w, p.request, body, 60 + 40 * responses.length);
  }
}

/** Rule 29: an answer that says "not leader" also says who leads, as far as this broker knows. */
export function producePartitionResponse(
  w: World,
  brokerId: number,
  p: Omit<DelayedProducePartition, 'errorCode'>,
  code: number,
  errorMessage: string | null,
): ProducePartitionResponse {
  const { topic, index, partition } = p;
  const r = replicaOf(w, brokerId, partition);
  const known = brokerState(w, brokerId).image.partitions[partition];
  const currentLeader =
    code === NOT_LEADER_OR_FOLLOWER && known ? { leaderId: known.leader, leaderEpoch: known.leaderEpoch } : null;
  return {
    topic,
    index,
    partition,
    errorCode: code,
    baseOffset: code === 0 ? p.baseOffset : -1,
    logAppendTimeMs: -1,
    logStartOffset: r?.logStart ?? -1,
    errorMessage,
    currentLeader,
  };
}

export function tryCompleteProduces(w: World, brokerId: number, partition: number): void {
  const b = brokerState(w, brokerId);
  if (b.delayedProduces.length === 0) return;
  let due: DelayedProduce[] | null = null;
  for (const p of b.delayedProduces) {
    if (!p.partitions.some((part) => part.partition === partition) || !isDecided(w, brokerId, p)) continue;
    if (due === null) due = [];
    due.push(p);
  }
  if (due !== null) completeProduces(w, brokerId, due);
}

// --- occasions -------------------------------------------------------------------------------------------------------

/** Rule 11: an advance of the high watermark serves producers and consumers, never a follower's wait. */
export function afterHighWatermark(w: World, brokerId: number, partition: number): void {
  tryCompleteProduces(w, brokerId, partition);
  tryCompleteFetches(w, brokerId, partition, false, true);
  coordinatorHooks.highWatermarkMoved(w, brokerId, partition);
}

export function afterIsrCommit(w: World, brokerId: number, partition: number): void {
  tryCompleteProduces(w, brokerId, partition);
}

/** The broker no longer leads the partition, or leads it under another epoch: everybody who waits hears of it (rule 92). */
export function afterLeadershipChange(w: World, brokerId: number, partition: number): void {
  tryCompleteProduces(w, brokerId, partition);
  tryCompleteFetches(w, brokerId, partition, true, true);
  coordinatorHooks.leadershipChanged(w, brokerId, partition);
}
