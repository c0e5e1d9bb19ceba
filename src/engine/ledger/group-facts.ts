/**
 * What a group has processed, in CONTRACT's words: processed, reprocessed, skipped, and for how long its partitions were
 * read by nobody. Fed by facts of its members and of its coordinator; an observer that no node reads.
 */
import { vectorGet, vectorLength, vectorPush } from '../../base/vector.ts';
import type { FetchedBatch } from '../../kafka/api/messages.ts';
import { own, type World } from '../kernel/world.ts';
import { chunkOf, ownLedger, recordId, rowOf } from './columns.ts';
import {
  cloneGroupLedger,
  cloneGroupPartition,
  cloneProcessedChunk,
  type GroupLedger,
  type GroupPartition,
  newGroupLedger,
  newGroupPartition,
  PROCESSED_WORDS,
  type ProcessedChunk,
} from './group-state.ts';
import { LEDGER_CHUNK } from './ledger-state.ts';

function ownGroup(w: World, groupId: string): GroupLedger {
  const { groups } = ownLedger(w);
  let at = groups.findIndex((g) => g.groupId === groupId);
  if (at < 0) at = groups.push(newGroupLedger(w.gen, groupId)) - 1;
  return own(w, groups, at, cloneGroupLedger);
}

/** Groups without any fact about them have no ledger. */
export function groupLedger(w: World, groupId: string): GroupLedger | null {
  return w.ledger.groups.find((g) => g.groupId === groupId) ?? null;
}

function ownPartition(w: World, g: GroupLedger, partition: number): GroupPartition {
  while (g.partitions.length <= partition) g.partitions.push(null);
  if (g.partitions[partition] === null) g.partitions[partition] = newGroupPartition(w.gen, w.nowUs);
  return own(w, g.partitions as GroupPartition[], partition, cloneGroupPartition);
}

// --- what was processed ----------------------------------------------------------------------------------------------

/** Whether the group has processed a record. */
export function isDone(g: GroupLedger, id: number): boolean {
  const word = g.done[Math.floor(id / LEDGER_CHUNK)]?.words[rowOf(id) >> 5] ?? 0;
  return ((word >>> (id & 31)) & 1) === 1;
}

function setDone(w: World, g: GroupLedger, id: number): void {
  const chunk = Math.floor(id / LEDGER_CHUNK);
  while (g.done.length <= chunk) g.done.push(null);
  if (g.done[chunk] === null) g.done[chunk] = { gen: w.gen, words: new Uint32Array(PROCESSED_WORDS) };
  const { words } = own(w, g.done as ProcessedChunk[], chunk, cloneProcessedChunk);
  const at = rowOf(id) >> 5;
  words[at] = (words[at] as number) | (1 << (id & 31));
}

/** A reader of the group knows where to read: its first position there counts for `skipped`. */
export function groupPositioned(w: World, groupId: string, partition: number, offset: number): void {
  if ((groupLedger(w, groupId)?.partitions[partition]?.first ?? -1) >= 0) return;
  const p = ownPartition(w, ownGroup(w, groupId), partition);
  p.first = offset;
  p.frontier = offset;
  recount(w, ownGroup(w, groupId), partition);
}

/** The application of a consumer (its ref) finished the records at positions `from` up to, not including, `to` of a batch. */
export function groupProcessed(
  w: World,
  groupId: string,
  partition: number,
  stored: FetchedBatch,
  from: number,
  to: number,
  consumer = -1,
): void {
  const g = ownGroup(w, groupId);
  const p = ownPartition(w, g, partition);
  const { batch, baseOffset } = stored;
  let twice = false;
  for (let at = from; at < to; at++) {
    const offset = baseOffset + (batch.records[at]?.offsetDelta ?? at);
    const id = recordId(w, batch.producer, batch.records[at]?.ordinal ?? -1);
    g.processed += 1;
    if (id >= 0 && isDone(g, id)) {
      g.reprocessed += 1;
      for (const n of [id, offset, consumer, w.nowUs]) vectorPush(g.again, n, w.gen);
    } else if (id >= 0) {
      setDone(w, g, id);
      if (offset >= p.first && offset < p.counted) p.unprocessed -= 1;
      // Its other copy was counted as unprocessed too.
      if ((chunkOf(w, id).copies[rowOf(id)] as number) > 1) twice = true;
    }
    if (offset + 1 > p.highest) p.highest = offset + 1;
    if (offset === p.frontier) p.frontier = offset + 1;
  }
  if (twice) recount(w, g, partition);
  if (p.frontier < p.highest) p.frontier = advance(w, g, p, partition);
}

/** Counts anew what of the committed part nobody has processed. */
function recount(w: World, g: GroupLedger, partition: number): void {
  const p = ownPartition(w, g, partition);
  if (p.first < 0 || p.committed < 0) return;
  p.counted = countedUpTo(w, p, partition);
  p.unprocessed = unprocessedBetween(w, g, partition, p.first, p.counted);
}

/** What is committed may lie beyond the log's end (a seek, a log that was cut): what is not there yet cannot be counted yet. */
function countedUpTo(w: World, p: GroupPartition, partition: number): number {
  return Math.max(p.first, Math.min(p.committed, w.ledger.truth[partition]?.leo ?? 0));
}

/** How far everything from the frontier on has been processed; control batches are nobody's work. */
function advance(w: World, g: GroupLedger, p: GroupPartition, partition: number): number {
  let reached = p.frontier;
  visit(w, partition, p.frontier, p.highest, (id, offset) => {
    if (id >= 0 && !isDone(g, id)) return false;
    reached = offset + 1;
    return true;
  });
  return reached;
}

/**
 * The data records of the leader's log in [from, to), in order, until `each` says that it has seen enough. `each` gets -1 for
 * a record that the ledger does not know and for the place of a control record.
 */
export function visit(
  w: World,
  partition: number,
  from: number,
  to: number,
  each: (id: number, offset: number, isControl: boolean) => boolean,
): void {
  const batches = w.ledger.truth[partition]?.batches;
  if (batches === undefined || from >= to) return;
  let low = 0;
  let high = vectorLength(batches);
  while (low < high) {
    const middle = (low + high) >> 1;
    if (vectorGet(batches, middle).lastOffset < from) low = middle + 1;
    else high = middle;
  }
  for (let i = low; i < vectorLength(batches); i++) {
    const { baseOffset, batch } = vectorGet(batches, i);
    if (baseOffset >= to) return;
    for (let k = 0; k < batch.records.length; k++) {
      const record = batch.records[k];
      const offset = baseOffset + (record?.offsetDelta ?? k);
      if (offset < from) continue;
      if (offset >= to) return;
      const id = batch.isControl ? -1 : recordId(w, batch.producer, record?.ordinal ?? -1);
      if (!each(id, offset, batch.isControl)) return;
    }
  }
}

function unprocessedBetween(w: World, g: GroupLedger, partition: number, from: number, to: number): number {
  let found = 0;
  visit(w, partition, from, to, (id) => {
    if (id >= 0 && !isDone(g, id)) found += 1;
    return true;
  });
  return found;
}

/** The coordinator holds this offset as committed (-1: no longer any). May go back. */
export function groupCommitted(w: World, groupId: string, partition: number, offset: number): void {
  const g = ownGroup(w, groupId);
  const p = ownPartition(w, g, partition);
  if (p.committed === offset) return;
  p.committed = offset;
  vectorPush(p.commits, offset, w.gen);
  vectorPush(p.commits, w.nowUs, w.gen);
  if (p.first < 0) return;
  const from = Math.max(p.counted, p.first);
  const to = countedUpTo(w, p, partition);
  if (to >= from) p.unprocessed += unprocessedBetween(w, g, partition, from, to);
  else p.unprocessed -= unprocessedBetween(w, g, partition, to, from);
  p.counted = to;
}

/** Another log is the truth of a partition now: what was counted in the old one is counted in it. */
export function groupTruthChanged(w: World, partition: number): void {
  for (const { groupId, partitions } of w.ledger.groups)
    if ((partitions[partition]?.counted ?? -1) >= 0) recount(w, ownGroup(w, groupId), partition);
}

// --- who holds what --------------------------------------------------------------------------------------------------

function integrate(w: World, g: GroupLedger): void {
  if (g.stableSinceUs >= 0) g.unreadUs += g.unread * (w.nowUs - g.integratedUs);
  g.integratedUs = w.nowUs;
}

/** A member subscribes to these topics; what a group once read it is expected to read on. */
export function groupSubscribed(w: World, groupId: string, topics: readonly string[]): void {
  const fresh = topics.filter((topic) => !(groupLedger(w, groupId)?.topics.includes(topic) ?? false));
  if (fresh.length === 0) return;
  const g = ownGroup(w, groupId);
  g.topics = [...g.topics, ...fresh];
  w.partitions.forEach(({ topic }, partition) => {
    if (fresh.includes(topic)) expectPartition(w, g, partition);
  });
}

function expectPartition(w: World, g: GroupLedger, partition: number): void {
  integrate(w, g);
  const p = ownPartition(w, g, partition);
  if (p.subscribed) return;
  p.subscribed = true;
  if (p.owner < 0) g.unread += 1;
}

/** A partition came into being (or is gone) while groups may already be subscribed to its topic. */
export function groupPartitionCreated(w: World, topic: string, partition: number): void {
  for (const { groupId, topics } of w.ledger.groups)
    if (topics.includes(topic)) expectPartition(w, ownGroup(w, groupId), partition);
}

export function groupPartitionDeleted(w: World, partition: number): void {
  for (const { groupId, partitions } of w.ledger.groups) {
    if (!(partitions[partition]?.subscribed ?? false)) continue;
    const g = ownGroup(w, groupId);
    integrate(w, g);
    const p = ownPartition(w, g, partition);
    p.subscribed = false;
    if (p.owner < 0) g.unread -= 1;
  }
}

/** onPartitionsAssigned. */
export function groupAssigned(w: World, groupId: string, consumer: number, partitions: readonly number[]): void {
  setOwner(w, groupId, partitions, (p) => {
    p.owner = consumer;
  });
}

/** onPartitionsRevoked, onPartitionsLost, or its process ended. */
export function groupReleased(w: World, groupId: string, consumer: number, partitions: readonly number[]): void {
  setOwner(w, groupId, partitions, (p) => {
    // Whoever lost it without knowing may give it back after another has taken it.
    if (p.owner === consumer) p.owner = -1;
  });
}

function setOwner(w: World, groupId: string, partitions: readonly number[], change: (p: GroupPartition) => void): void {
  if (partitions.length === 0) return;
  const g = ownGroup(w, groupId);
  integrate(w, g);
  for (const partition of partitions) {
    const p = ownPartition(w, g, partition);
    const before = p.owner;
    change(p);
    if (p.owner === before) continue;
    p.sinceUs = w.nowUs;
    if (p.subscribed && before < 0 !== p.owner < 0) g.unread += p.owner < 0 ? 1 : -1;
  }
}

/** A generation of the group is stable: from the first one on it is counted what nobody reads. */
export function groupStable(w: World, groupId: string): void {
  if ((groupLedger(w, groupId)?.stableSinceUs ?? -1) >= 0) return;
  const g = ownGroup(w, groupId);
  g.stableSinceUs = w.nowUs;
  g.integratedUs = w.nowUs;
}

/** An exception reached the application of a member, by its simple name. */
export function groupError(w: World, groupId: string, exception: string): void {
  const { errors } = ownGroup(w, groupId);
  errors.set(exception, (errors.get(exception) ?? 0) + 1);
}

// --- reading ---------------------------------------------------------------------------------------------------------

export interface GroupTotals {
  readonly processed: number;
  readonly reprocessed: number;
  readonly skipped: number;
  readonly partitionSecondsUnread: number;
  /** Sorted by name. */
  readonly errors: readonly (readonly [string, number])[];
}

/** A group's numbers now; zeros for one that nothing is known of. */
export function groupTotals(w: World, groupId: string): GroupTotals {
  const g = groupLedger(w, groupId);
  if (g === null) return { processed: 0, reprocessed: 0, skipped: 0, partitionSecondsUnread: 0, errors: [] };
  let skipped = 0;
  g.partitions.forEach((p, partition) => {
    if (p === null || p.first < 0 || p.committed < 0) return;
    const later = p.counted < p.committed ? countedUpTo(w, p, partition) : p.counted;
    skipped += p.unprocessed + unprocessedBetween(w, g, partition, p.counted, later);
  });
  const unreadUs = g.unreadUs + (g.stableSinceUs < 0 ? 0 : g.unread * (w.nowUs - g.integratedUs));
  return {
    processed: g.processed,
    reprocessed: g.reprocessed,
    skipped,
    partitionSecondsUnread: unreadUs / 1e6,
    errors: [...g.errors].sort(([a], [b]) => (a < b ? -1 : 1)),
  };
}

/** One partition as the group reads it; null: nothing is known. Offsets as in GroupPartitionView. */
export function groupPartition(w: World, groupId: string, partition: number): Readonly<GroupPartition> | null {
  return groupLedger(w, groupId)?.partitions[partition] ?? null;
}
