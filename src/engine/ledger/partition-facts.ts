/** What brokers and the controller tell the ledger. Observers only: nothing here changes what a node does. */
import { emptyVector, vectorPush } from '../../base/vector.ts';
import type { FetchedBatch, ProduceRequest } from '../../kafka/api/messages.ts';
import type { ReplicaState } from '../broker/replica-state.ts';
import type { PartitionName, World } from '../kernel/world.ts';
import type { StoredBatch } from '../log/stored-batch.ts';
import { registerDropped } from '../net/network.ts';
import { lateFacts } from '../slots.ts';
import { chunkOf, idsOfBatch, ownChunk, ownLedger, ownTruth, rowOf } from './columns.ts';
import { groupPartitionCreated } from './group-facts.ts';
import { Status, type TruthLog } from './ledger-state.ts';

export function ledgerPartitionCreated(w: World, partition: number): void {
  ownLedger(w).truth.push({
    gen: w.gen,
    broker: -1,
    leaderEpoch: -1,
    batches: emptyVector(w.gen),
    leo: 0,
    hw: 0,
    acked: 0,
    atRisk: [],
    election: null,
    failure: -1,
    healthySinceUs: w.nowUs,
    leaderDownSinceUs: -1,
    leaderlessUs: 0,
    progress: [],
    hwSteps: emptyVector(w.gen),
  });
  groupPartitionCreated(w, (w.partitions[partition] as PartitionName).topic, partition);
}

// --- copies ------------------------------------------------------------------------------------------------------

export function addCopy(w: World, id: number, offset: number, partition: number, t: TruthLog): void {
  const l = ownLedger(w);
  const c = ownChunk(w, id);
  const row = rowOf(id);
  c.copies[row] = (c.copies[row] as number) + 1;
  if ((c.copies[row] as number) > 1) {
    l.duplicated += 1;
    return;
  }
  c.offset[row] = offset;
  let status = c.status[row] as number;
  if (!(status & Status.EverWritten)) noteOrder(w, id, partition);
  status = (c.status[row] as number) | Status.EverWritten;
  if (status & Status.Acked) {
    t.acked += 1;
    if (status & Status.Lost) {
      status &= ~Status.Lost;
      l.lost -= 1;
      if (offset < t.hw) status |= Status.Safe;
      else {
        t.atRisk.push(id);
        l.atRisk += 1;
      }
    }
  }
  c.status[row] = status;
}

/** CONTRACT, reordered: a record whose first copy stands behind that of a later one of the same producer and partition. */
function noteOrder(w: World, id: number, partition: number): void {
  const l = ownLedger(w);
  const c = ownChunk(w, id);
  const row = rowOf(id);
  const key = (c.producer[row] as number) * 4096 + partition;
  const highest = l.highestOrdinal.get(key) ?? -1;
  const ordinal = c.ordinal[row] as number;
  if (ordinal > highest) l.highestOrdinal.set(key, ordinal);
  else {
    l.reordered += 1;
    c.status[row] = (c.status[row] as number) | Status.Reordered;
  }
}

/** A leader stored a client's batch. */
export function ledgerAppended(w: World, r: ReplicaState, stored: StoredBatch, acks: number): void {
  const t = ownTruth(w, r.partition);
  const ids = idsOfBatch(w, stored.batch);
  const isTruth = t.broker === r.broker;
  if (isTruth) {
    vectorPush(t.batches, stored, w.gen);
    t.leo = r.leo;
  }
  for (let i = 0; i < ids.length; i++) {
    const id = ids[i] as number;
    if (id < 0) continue;
    const c = ownChunk(w, id);
    const row = rowOf(id);
    const offset = stored.baseOffset + i;
    if ((c.writtenUs[row] as number) < 0) {
      c.writtenUs[row] = w.nowUs;
      c.acks[row] = (acks === -1 ? 2 : acks) | (Math.min(r.isr.length, 63) << 2);
      c.writtenBy[row] = r.broker;
    }
    c.partition[row] = r.partition;
    if (isTruth) addCopy(w, id, offset, r.partition, t);
    else {
      // A leader that was replaced and does not know it: its record is in nobody's truth.
      c.status[row] = (c.status[row] as number) | Status.EverWritten;
      // A retry may stand in the true log already: that is where it is.
      if ((c.copies[row] as number) === 0) c.offset[row] = offset;
    }
  }
}

export function ledgerCopied(w: World, r: ReplicaState, batches: readonly FetchedBatch[], _from: number): void {
  if (batches.length === 0) return;
  const t = ownTruth(w, r.partition);
  let progress = t.progress.find((p) => p.broker === r.broker);
  if (progress === undefined) {
    progress = { broker: r.broker, steps: emptyVector(w.gen) };
    t.progress.push(progress);
  }
  vectorPush(progress.steps, r.leo, w.gen);
  vectorPush(progress.steps, w.nowUs, w.gen);
}

/** The leader's high watermark moved: what lies below it is no longer at risk. */
export function ledgerHighWatermark(w: World, r: ReplicaState): void {
  const t = ownTruth(w, r.partition);
  if (t.broker !== r.broker) return;
  t.hw = r.highWatermark;
  vectorPush(t.hwSteps, t.hw, w.gen);
  vectorPush(t.hwSteps, w.nowUs, w.gen);
  noLongerAtRisk(w, t);
}

/** What stands in the log below the high watermark is safe. */
export function noLongerAtRisk(w: World, t: TruthLog): void {
  if (t.atRisk.length === 0) return;
  const left: number[] = [];
  for (const id of t.atRisk) {
    const c = chunkOf(w, id);
    const row = rowOf(id);
    if ((c.copies[row] as number) > 0 && (c.offset[row] as number) < t.hw) {
      const mine = ownChunk(w, id);
      mine.status[row] = (mine.status[row] as number) | Status.Safe;
    } else left.push(id);
  }
  ownLedger(w).atRisk -= t.atRisk.length - left.length;
  t.atRisk = left;
}

/** A broker took over a partition: its log is the truth from now on. */
export function ledgerLeads(w: World, r: ReplicaState): void {
  const t = ownTruth(w, r.partition);
  if (t.leaderDownSinceUs >= 0) {
    t.leaderlessUs += w.nowUs - t.leaderDownSinceUs;
    t.leaderDownSinceUs = -1;
  }
  if (t.broker < 0) {
    t.broker = r.broker;
    t.leaderEpoch = r.leaderEpoch;
    return;
  }
  let causeIndex = -1;
  const cause = (): number => {
    if (causeIndex < 0) causeIndex = lateFacts.electionCause(w, r, t);
    return causeIndex;
  };
  lateFacts.adopt(w, r, t, cause);
  t.broker = r.broker;
  t.leaderEpoch = r.leaderEpoch;
  t.election = null;
  t.failure = -1;
}

registerDropped((w, request) => {
  if (request.apiKey !== 0) return;
  const body = request.body as ProduceRequest;
  if (body.acks !== 0) return;
  const broker = (w.nodes[request.to] as { nodeId: number }).nodeId;
  for (const p of body.partitionData) lateFacts.ledgerNeverAppended(w, broker, p.records, 0);
});
