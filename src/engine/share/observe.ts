/**
 * What observers hear of share partitions: counts, what a learner should read, and whether a rule was broken (111: an accepted record
 * comes no more, the start offset never goes back). No handler reads any of it.
 */
import { tell } from '../kernel/schedule.ts';
import type { LogLineFact, PartitionName, World } from '../kernel/world.ts';
import { groupAssigned, groupPartition, groupReleased, groupStable } from '../ledger/group-facts.ts';
import type { ShareObserved } from './observed-state.ts';
import { type AcknowledgementBatch, AckType, type TimedOut } from './partition/acknowledge.ts';
import type { AcquiredRecords, StateUpdate } from './partition/state.ts';
import type { SharePartition } from './share-state.ts';
import { ownShareObserved } from './tables.ts';

function say(
  w: World,
  p: SharePartition,
  what: string,
  member: string,
  params: Readonly<Record<string, string | number>>,
  tone: LogLineFact['tone'] = 'plain',
  lane: LogLineFact['lane'] = null,
): void {
  const { name } = w.partitions[p.id.partition] as PartitionName;
  const consumer = member === '' ? '' : consumerOf(w, member);
  const about = [`group:${p.groupId}`, `partition:${name}`];
  if (member !== '') about.push(`consumer:${consumer}`);
  const all = { group: p.groupId, partition: name, consumer, ...params };
  tell(w, `log.share.${what}`, all, about, tone, lane);
}

/** The consumer that bears this member id, or bore it last. */
export function consumerOf(w: World, member: string): string {
  const ref = w.share[4].findIndex((c) => c !== null && c.memberId === member);
  // A process that is gone and whose consumer has started anew is known by its id only.
  return ref < 0 ? member.slice(0, 6) : (w.consumers[ref]?.id ?? '');
}

function countOf(ranges: readonly { readonly firstOffset: number; readonly lastOffset: number }[]): number {
  return ranges.reduce((sum, r) => sum + r.lastOffset - r.firstOffset + 1, 0);
}

/** "3, 5-7" */
export function offsetsText(ranges: readonly { readonly firstOffset: number; readonly lastOffset: number }[]): string {
  const joined: [number, number][] = [];
  for (const r of ranges) {
    const last = joined[joined.length - 1];
    if (last !== undefined && last[1] + 1 === r.firstOffset) last[1] = r.lastOffset;
    else joined.push([r.firstOffset, r.lastOffset]);
  }
  return joined.map(([a, b]) => (a === b ? `${a}` : `${a}-${b}`)).join(', ');
}

function isTerminalIn(o: ShareObserved, first: number, last: number): boolean {
  return o.terminal.some(([a, b]) => a <= last && b >= first);
}

function addTerminal(o: ShareObserved, first: number, last: number): void {
  const next: [number, number][] = [];
  let mine: [number, number] = [first, last];
  for (const [a, b] of o.terminal) {
    if (b + 1 < mine[0]) next.push([a, b]);
    else if (a > mine[1] + 1) {
      next.push(mine);
      mine = [a, b];
    } else mine = [Math.min(a, mine[0]), Math.max(b, mine[1])];
  }
  next.push(mine);
  o.terminal = next;
}

export function observeStart(w: World, p: SharePartition): void {
  const o = ownShareObserved(w, p.groupId, p.id.partition);
  const { startOffset } = p.data;
  if (o.place !== p.place) {
    o.place = p.place;
    o.startOffset = startOffset;
  }
  if (startOffset < o.startOffset && o.problem === null)
    o.problem = `the start offset went back from ${o.startOffset} to ${startOffset}`;
  o.startOffset = Math.max(o.startOffset, startOffset);
}

export function observeAcquired(
  w: World,
  p: SharePartition,
  member: string,
  records: readonly AcquiredRecords[],
): void {
  const o = ownShareObserved(w, p.groupId, p.id.partition);
  o.acquisitions += countOf(records);
  // A leader that has not heard of its successor gives out what that one has ended; its own writes are fenced.
  const stale = p.leaderEpoch < o.writtenEpoch;
  for (const r of records)
    if (!stale && isTerminalIn(o, r.firstOffset, r.lastOffset) && o.problem === null)
      o.problem = `${r.firstOffset}-${r.lastOffset} was delivered again after it was done with`;
  observeStart(w, p);
  const again = records.filter((r) => r.deliveryCount > 1);
  if (again.length > 0) noteDeliveries(o, again);
  const count = countOf(records);
  const deliveries = again.reduce((most, r) => Math.max(most, r.deliveryCount), 1);
  const what = again.length > 0 ? 'acquired-again' : 'acquired';
  say(w, p, what, member, { count, offsets: offsetsText(records), again: countOf(again), deliveries });
}

/** Offsets of records that came again are kept, up to so many of each partition. */
const MOST_OFFSETS = 1000;

function noteDeliveries(o: ShareObserved, again: readonly AcquiredRecords[]): void {
  const deliveries = new Map(o.deliveries);
  for (const r of again)
    for (let offset = r.firstOffset; offset <= r.lastOffset; offset++) {
      deliveries.delete(offset);
      deliveries.set(offset, r.deliveryCount);
    }
  for (const offset of deliveries.keys()) {
    if (deliveries.size <= MOST_OFFSETS) break;
    deliveries.delete(offset);
  }
  o.deliveries = deliveries;
}

type Range = { firstOffset: number; lastOffset: number };

/** A member's acknowledgements, and the changes they make; what was done with already changes nothing. */
export function observeAcknowledged(
  w: World,
  p: SharePartition,
  member: string,
  batches: readonly AcknowledgementBatch[],
  updates: readonly StateUpdate[],
): void {
  const counts = (offset: number): boolean => updates.some((u) => u.firstOffset <= offset && u.lastOffset >= offset);
  const of = new Map<number, Range[]>();
  let late = 0;
  for (const { firstOffset, lastOffset, types } of batches)
    for (let offset = firstOffset; offset <= lastOffset; offset++) {
      const type = (types.length === 1 ? types[0] : types[offset - firstOffset]) as number;
      if (type !== AckType.RENEW && !counts(offset)) late += 1;
      else of.set(type, [...(of.get(type) ?? []), { firstOffset: offset, lastOffset: offset }]);
    }
  const o = ownShareObserved(w, p.groupId, p.id.partition);
  const [released, rejected] = [AckType.RELEASE, AckType.REJECT].map((t) => of.get(t) ?? []);
  o.released += released?.length ?? 0;
  o.rejected += rejected?.length ?? 0;
  o.late += late;
  const offsets = (rejected ?? []).map((r) => r.firstOffset);
  if (offsets.length > 0)
    o.rejectedOffsets = [...new Set([...o.rejectedOffsets, ...offsets])].sort((a, b) => a - b).slice(0, MOST_OFFSETS);
  const tellOf = (what: string, type: number, tone: LogLineFact['tone'] = 'plain'): void => {
    const ranges = of.get(type) ?? [];
    if (ranges.length > 0) say(w, p, what, member, { count: ranges.length, offsets: offsetsText(ranges) }, tone);
  };
  tellOf('accepted', AckType.ACCEPT);
  tellOf('released', AckType.RELEASE);
  tellOf('rejected', AckType.REJECT, 'risk');
  tellOf('renewed', AckType.RENEW);
  if (late > 0) say(w, p, 'late', member, { count: late });
}

/** Changes that are written: what is terminal now must not come again. */
export function observeUpdates(w: World, p: SharePartition, updates: readonly StateUpdate[]): void {
  const o = ownShareObserved(w, p.groupId, p.id.partition);
  o.writtenEpoch = Math.max(o.writtenEpoch, p.leaderEpoch);
  for (const u of updates) {
    if (u.state === 'ACKNOWLEDGED') {
      o.accepted += u.lastOffset - u.firstOffset + 1;
      for (let offset = u.firstOffset; offset <= u.lastOffset; offset++)
        if (isTerminalIn(o, offset, offset)) o.acceptedTwice += 1;
    }
    if (u.state === 'ACKNOWLEDGED' || u.state === 'ARCHIVED') addTerminal(o, u.firstOffset, u.lastOffset);
  }
  observeStart(w, p);
}

/** Released or timed out for the last allowed time: nobody will see them again. */
export function observeArchived(w: World, p: SharePartition, updates: readonly StateUpdate[], limit: number): void {
  const given = updates.filter((u) => u.state === 'ARCHIVED' && u.deliveryCount >= limit);
  if (given.length === 0) return;
  ownShareObserved(w, p.groupId, p.id.partition).archived += countOf(given);
  say(w, p, 'archived', '', { count: countOf(given), offsets: offsetsText(given), limit }, 'harm', 'groups');
}

export function observeExpired(w: World, p: SharePartition, released: readonly TimedOut[]): void {
  const o = ownShareObserved(w, p.groupId, p.id.partition);
  o.expired += countOf(released);
  for (const u of released) if (u.state === 'ARCHIVED') addTerminal(o, u.firstOffset, u.lastOffset);
  for (const member of new Set(released.map((r) => r.member))) {
    const mine = released.filter((r) => r.member === member);
    say(w, p, 'lock-ended', member, { count: countOf(mine), offsets: offsetsText(mine) }, 'harm', 'groups');
  }
  observeStart(w, p);
}

/** A completion by a consumer's application, with what it made of the record; null: nothing yet. */
export function observeProcessed(
  w: World,
  groupId: string,
  partition: number,
  consumer: number,
  offset: number,
  deliveryCount: number,
  ack: number | null,
): void {
  const o = ownShareObserved(w, groupId, partition);
  o.recent = [...o.recent.slice(-(MOST_RECENT - 1)), { atUs: w.nowUs, consumer, offset, deliveryCount, ack }];
}

/** Completions that are kept for the page. */
const MOST_RECENT = 200;

export function observeSessionEnded(
  w: World,
  p: SharePartition,
  member: string,
  updates: readonly StateUpdate[],
): void {
  if (updates.length === 0) return;
  say(w, p, 'session-released', member, { count: countOf(updates), offsets: offsetsText(updates) }, 'risk', 'groups');
}

/** Who holds a partition for the ledger: the first living member that has it; nobody, if none has. */
export function observeOwners(w: World, groupId: string): void {
  const holders = new Map<number, number>();
  w.share[4].forEach((s, ref) => {
    const process = w.nodes[w.consumers[ref]?.node ?? -1]?.process;
    if (s === null || s.groupId !== groupId || (process !== 'up' && process !== 'paused')) return;
    for (const { partition } of s.partitions) if (!holders.has(partition)) holders.set(partition, ref);
  });
  if (holders.size > 0) groupStable(w, groupId);
  for (let partition = 0; partition < w.partitions.length; partition++) {
    const before = groupPartition(w, groupId, partition)?.owner ?? -1;
    const now = holders.get(partition) ?? -1;
    if (before === now) continue;
    if (now >= 0) groupAssigned(w, groupId, now, [partition]);
    else groupReleased(w, groupId, before, [partition]);
  }
}
