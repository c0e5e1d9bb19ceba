/** What brokers and the controller tell the ledger. Observers only: nothing here changes what a node does. */
import { emptyVector, vectorCopy, vectorGet, vectorLength, vectorPush } from '../../base/vector.ts';
import { errorForCode } from '../../kafka/api/errors.ts';
import type { FetchedBatch, ProduceRequest } from '../../kafka/api/messages.ts';
import type { RecordBatch } from '../../kafka/records/record-batch.ts';
import type { ReplicaState } from '../broker/replica-state.ts';
import { tell } from '../kernel/schedule.ts';
import { BROKER_STRIDE, type PartitionName, type World } from '../kernel/world.ts';
import type { StoredBatch } from '../log/stored-batch.ts';
import { registerDropped } from '../net/network.ts';
import { chunkOf, idsOfBatch, ownChunk, ownLedger, ownTruth, rowOf } from './columns.ts';
import { groupPartitionCreated, groupPartitionDeleted, groupTruthChanged } from './group-facts.ts';
import { Status, type TruthLog } from './ledger-state.ts';
import { addCause, lose, loseOrphans, tellLost } from './losses.ts';

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

/** A topic is gone: what was in it is neither lost nor at risk. */
export function ledgerTopicDeleted(w: World, partition: number): void {
  const t = ownTruth(w, partition);
  ownLedger(w).atRisk -= t.atRisk.length;
  // Nothing threatens them any more: they went on purpose, with their topic.
  for (const id of t.atRisk) {
    const { status } = ownChunk(w, id);
    status[rowOf(id)] = (status[rowOf(id)] as number) | Status.Safe;
  }
  t.atRisk = [];
  groupPartitionDeleted(w, partition);
}

// --- copies ------------------------------------------------------------------------------------------------------

function addCopy(w: World, id: number, offset: number, partition: number, t: TruthLog): void {
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

/** A copy left the leader's log. With the last one an acknowledged record is lost: `cause` says why. */
function removeCopy(w: World, id: number, t: TruthLog, cause: () => number): boolean {
  const l = ownLedger(w);
  const c = ownChunk(w, id);
  const row = rowOf(id);
  const copies = c.copies[row] as number;
  if (copies === 0) return false;
  c.copies[row] = copies - 1;
  if (copies > 1) {
    l.duplicated -= 1;
    return false;
  }
  if (!((c.status[row] as number) & Status.Acked)) return false;
  t.acked -= 1;
  return lose(w, id, t, cause());
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
function noLongerAtRisk(w: World, t: TruthLog): void {
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

// --- elections, truncations, deaths ----------------------------------------------------------------------------------

export function ledgerElected(
  w: World,
  partition: number,
  from: number,
  to: number,
  unclean: boolean,
  why: string,
): void {
  const t = ownTruth(w, partition);
  t.election = { atUs: w.nowUs, from, to, unclean, why };
  t.healthySinceUs = -1;
  if (to < 0) {
    if (t.leaderDownSinceUs < 0) t.leaderDownSinceUs = w.nowUs;
    if (t.acked > 0) {
      const name = (w.partitions[partition] as PartitionName).name;
      tell(w, 'log.unavailable', { partition: name, records: t.acked }, [`partition:${name}`], 'risk');
    }
  }
}

/** The in-sync set changed; `whole`: every replica is in it and somebody leads. */
export function ledgerIsr(w: World, partition: number, whole: boolean): void {
  const t = ownTruth(w, partition);
  if (!whole) t.healthySinceUs = -1;
  else if (t.healthySinceUs < 0) t.healthySinceUs = w.nowUs;
}

/** The first offset at which two logs differ, from their ends backwards. */
function divergence(old: TruthLog, r: ReplicaState): number {
  const oldLength = vectorLength(old.batches);
  for (let i = vectorLength(r.batches) - 1; i >= 0; i--) {
    const mine = vectorGet(r.batches, i);
    let low = 0;
    let high = oldLength;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (vectorGet(old.batches, middle).baseOffset < mine.baseOffset) low = middle + 1;
      else high = middle;
    }
    if (low < oldLength) {
      const theirs = vectorGet(old.batches, low);
      if (
        theirs.baseOffset === mine.baseOffset &&
        theirs.batch === mine.batch &&
        theirs.leaderEpoch === mine.leaderEpoch
      )
        return mine.lastOffset + 1;
    }
  }
  return 0;
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
    if (causeIndex < 0) causeIndex = electionCause(w, r, t);
    return causeIndex;
  };
  adopt(w, r, t, cause);
  t.broker = r.broker;
  t.leaderEpoch = r.leaderEpoch;
  t.election = null;
  t.failure = -1;
}

function electionCause(w: World, r: ReplicaState, t: TruthLog): number {
  const e = t.election;
  let parent = t.failure;
  if (e !== null && e.why === 'shutdown' && parent < 0)
    parent = addCause(w, 'stopped', { broker: e.from, follower: r.broker }, -1);
  const code =
    e === null
      ? 'elected'
      : e.unclean
        ? t.broker === r.broker
          ? 'last-known'
          : 'unclean'
        : e.why === 'elected-elr'
          ? 'elected-elr'
          : 'elected';
  const l = ownLedger(w);
  vectorPush(
    l.causes,
    { code, atUs: e?.atUs ?? w.nowUs, params: { broker: r.broker, leo: r.leo, epoch: r.leaderEpoch }, parent },
    w.gen,
  );
  return vectorLength(l.causes) - 1;
}

/** Makes a replica's log the truth: what is missing from it loses a copy, what it has besides gains one. */
function adopt(w: World, r: ReplicaState, t: TruthLog, cause: () => number): void {
  const from = divergence(t, r);
  let lost = 0;
  let firstLost = -1;
  for (let i = vectorLength(t.batches) - 1; i >= 0; i--) {
    const stored = vectorGet(t.batches, i);
    if (stored.lastOffset < from) break;
    const ids = idsOfBatch(w, stored.batch);
    for (let k = ids.length - 1; k >= 0; k--) {
      const id = ids[k] as number;
      if (id >= 0 && removeCopy(w, id, t, cause)) {
        lost += 1;
        firstLost = stored.baseOffset + k;
      }
    }
  }
  // A copy of its own: the replica goes on writing into its vector.
  t.batches = vectorCopy(r.batches, w.gen);
  t.leo = r.leo;
  // Above the point where the two part nothing of the old history counts.
  t.hw = Math.max(r.highWatermark, Math.min(t.hw, from, r.leo));
  for (let i = 0; i < vectorLength(r.batches); i++) {
    const back = vectorGet(r.batches, vectorLength(r.batches) - 1 - i);
    if (back.lastOffset < from) break;
    idsOfBatch(w, back.batch).forEach((id, k) => {
      if (id >= 0) addCopy(w, id, back.baseOffset + k, r.partition, t);
    });
  }
  noLongerAtRisk(w, t);
  groupTruthChanged(w, r.partition);
  if (lost > 0) tellLost(w, r.partition, lost, r.broker, firstLost);
}

/** A replica cut its log. Its records may be in no leader's log: then this was their last copy. */
export function ledgerTruncated(
  w: World,
  r: ReplicaState,
  to: number,
  gone: readonly StoredBatch[],
  leader: number,
): void {
  let cause = -1;
  loseOrphans(w, r.partition, gone, leader, to, () => {
    if (cause < 0)
      cause = addCause(
        w,
        'truncated',
        { broker: r.broker, leader, toOffset: to },
        addCause(w, 'zombie', { broker: r.broker, leader }, -1),
      );
    return cause;
  });
}

/** A power loss took pages of a log. Decided at once only if nobody else may lead: else the next leader's log decides. */
export function ledgerPagesLost(w: World, r: ReplicaState, gone: readonly StoredBatch[]): void {
  const t = ownTruth(w, r.partition);
  let known = -1;
  const cause = (): number => {
    if (known < 0) known = addCause(w, 'power-lost', { broker: r.broker, fromOffset: r.leo }, -1);
    return known;
  };
  // What it took as a leader that had been replaced was nowhere else.
  loseOrphans(w, r.partition, gone, r.broker, r.leo, cause);
  if (t.broker !== r.broker) return;
  const p = w.controller.image.partitions[r.partition];
  if (p === null || p === undefined || p.isr.some((b) => b !== r.broker) || p.elr.some((b) => b !== r.broker)) return;
  adopt(w, r, t, cause);
}

export function ledgerHostDown(w: World, broker: number, code: 'killed' | 'power-lost' | 'paused' | 'stopped'): void {
  for (const p of w.controller.image.partitions) {
    if (p === null || !p.replicas.includes(broker)) continue;
    const t = ownTruth(w, p.partition);
    t.healthySinceUs = -1;
    if (p.leader !== broker) continue;
    if (t.leaderDownSinceUs < 0) t.leaderDownSinceUs = w.nowUs;
    if (code !== 'stopped') {
      const follower = p.replicas.find((x) => x !== broker && p.isr.includes(x)) ?? -1;
      if (code === 'power-lost')
        t.failure = addCause(w, code, { broker, fromOffset: flushedOffset(w, p.partition, broker) }, -1);
      else if (code === 'killed') t.failure = killedCause(w, broker, follower);
      else t.failure = addCause(w, code, { broker }, -1);
    }
  }
}

/** How far the copy was: one way of the link, if the follower that is first in order was there to take it. */
function killedCause(w: World, broker: number, follower: number): number {
  const from = w.brokerNode[broker] as number;
  const to = follower < 0 ? -1 : (w.brokerNode[follower] as number);
  const link = w.links.find((l) => l.from === from && l.to === to);
  const there = to >= 0 && w.nodes[to]?.process === 'up' && link !== undefined && !link.cut;
  if (there) return addCause(w, 'killed', { broker, follower, behindUs: link.latencyUs }, -1);
  return addCause(w, 'killed-uncopied', { broker, follower }, -1);
}

function flushedOffset(w: World, partition: number, broker: number): number {
  return w.replicas[partition * BROKER_STRIDE + broker]?.flushedOffset ?? 0;
}

/** The broker answers again. */
export function ledgerHostUp(w: World, broker: number): void {
  for (const p of w.controller.image.partitions) {
    if (p === null || !p.replicas.includes(broker)) continue;
    const t = ownTruth(w, p.partition);
    if (p.leader === broker && t.leaderDownSinceUs >= 0) {
      t.leaderlessUs += w.nowUs - t.leaderDownSinceUs;
      t.leaderDownSinceUs = -1;
    }
    if (p.isr.length === p.replicas.length && p.leader >= 0 && t.healthySinceUs < 0) t.healthySinceUs = w.nowUs;
  }
}

// --- acks=0 ----------------------------------------------------------------------------------------------------------

/** acks=0: a leader refused it, or nobody was there to take it. */
export function ledgerNeverAppended(w: World, broker: number, batch: RecordBatch, errorCode: number): void {
  let cause = -1;
  for (const id of idsOfBatch(w, batch)) {
    if (id < 0) continue;
    const c = chunkOf(w, id);
    const row = rowOf(id);
    if ((c.copies[row] as number) > 0 || !((c.status[row] as number) & Status.Acked)) continue;
    if (cause < 0) {
      cause =
        errorCode === 0
          ? addCause(w, 'acks-0-never-arrived', { broker, producer: '' }, -1)
          : addCause(w, 'acks-0-refused', { broker, error: errorForCode(errorCode).name }, -1);
    }
    lose(w, id, ownTruth(w, c.partition[row] as number), cause);
  }
}

registerDropped((w, request) => {
  if (request.apiKey !== 0) return;
  const body = request.body as ProduceRequest;
  if (body.acks !== 0) return;
  const broker = (w.nodes[request.to] as { nodeId: number }).nodeId;
  for (const p of body.partitionData) ledgerNeverAppended(w, broker, p.records, 0);
});
