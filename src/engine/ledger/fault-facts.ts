/** What deaths, elections and truncations mean for the ledger. Observers only, as partition-facts.ts. */
import { emptyVector, vectorCopy, vectorGet, vectorLength, vectorPush } from '../../base/vector.ts';
import { errorForCode } from '../../kafka/api/errors.ts';
import type { RecordBatch } from '../../kafka/records/record-batch.ts';
import type { ReplicaState } from '../broker/replica-state.ts';
import { tell } from '../kernel/schedule.ts';
import { BROKER_STRIDE, nodeOf, type PartitionName, type World } from '../kernel/world.ts';
import { isCompacted } from '../log/cleaned-log.ts';
import type { StoredBatch } from '../log/stored-batch.ts';
import { chunkOf, idsOfBatch, ownChunk, ownLedger, ownTruth, rowOf } from './columns.ts';
import { groupPartitionDeleted, groupTruthChanged } from './group-facts.ts';
import { Status, type TruthLog } from './ledger-state.ts';
import { addCause, lose, loseOrphans, tellLost } from './losses.ts';
import { addCopy, noLongerAtRisk } from './partition-facts.ts';

/** A broker removed its log of a deleted partition: what was in it is neither lost nor at risk. */
export function ledgerTopicDeleted(w: World, partition: number, broker: number): void {
  const t = ownTruth(w, partition);
  ownLedger(w).atRisk -= t.atRisk.length;
  // Nothing threatens them any more: they went on purpose, with their topic.
  for (const id of t.atRisk) {
    const { status } = ownChunk(w, id);
    status[rowOf(id)] = (status[rowOf(id)] as number) | Status.Safe;
  }
  t.atRisk = [];
  groupPartitionDeleted(w, partition);
  if (t.broker >= 0 && t.broker !== broker && nodeOf(w, t.broker).process !== 'down') return;
  // The log that counted is no more. A producer that tries again may write the same records into a topic of the same name.
  for (let i = 0; i < vectorLength(t.batches); i++) {
    for (const id of idsOfBatch(w, vectorGet(t.batches, i).batch)) if (id >= 0) forgetCopy(w, id);
  }
  t.batches = emptyVector(w.gen);
  t.acked = 0;
}

/** A copy went on purpose. */
function forgetCopy(w: World, id: number): void {
  const c = ownChunk(w, id);
  const row = rowOf(id);
  const copies = c.copies[row] as number;
  if (copies === 0) return;
  c.copies[row] = copies - 1;
  if (copies > 1) ownLedger(w).duplicated -= 1;
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
function divergence(old: TruthLog, r: ReplicaState, compacted: boolean): number {
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
        (theirs.batch === mine.batch || (compacted && theirs.lastOffset === mine.lastOffset)) &&
        theirs.leaderEpoch === mine.leaderEpoch
      )
        return mine.lastOffset + 1;
    }
  }
  return 0;
}

export function electionCause(w: World, r: ReplicaState, t: TruthLog): number {
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

/** The old truth below an offset with all that compaction took since, and a replica's log from there on. */
function joined(t: TruthLog, r: ReplicaState, from: number, gen: number): TruthLog['batches'] {
  const batches = emptyVector<StoredBatch>(gen);
  for (let i = 0; i < vectorLength(t.batches); i++)
    if (vectorGet(t.batches, i).lastOffset < from) vectorPush(batches, vectorGet(t.batches, i), gen);
  for (let i = 0; i < vectorLength(r.batches); i++)
    if (vectorGet(r.batches, i).lastOffset >= from) vectorPush(batches, vectorGet(r.batches, i), gen);
  return batches;
}

/** Makes a replica's log the truth: what is missing from it loses a copy, what it has besides gains one. */
export function adopt(w: World, r: ReplicaState, t: TruthLog, cause: () => number): void {
  // What compaction took is missing from one log and not from another; an offset and its epoch still name one batch.
  const compacted = isCompacted(w, r.partition);
  const from = divergence(t, r, compacted);
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
  t.batches = compacted ? joined(t, r, from, w.gen) : vectorCopy(r.batches, w.gen);
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

/** A broker is no replica any more after a reassignment: what only its log held goes with it. */
export function ledgerReplicaRemoved(w: World, r: ReplicaState): void {
  const gone: StoredBatch[] = [];
  for (let i = 0; i < vectorLength(r.batches); i++) gone.push(vectorGet(r.batches, i));
  let known = -1;
  loseOrphans(w, r.partition, gone, r.broker, r.logStart, () => {
    if (known < 0) known = addCause(w, 'reassigned-away', { broker: r.broker }, -1);
    return known;
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
