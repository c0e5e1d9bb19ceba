/**
 * What observers hear of share partitions: counts, what a learner should read, and whether a rule was broken (111: an accepted record
 * comes no more, the start offset never goes back). No handler reads any of it.
 */
import { tell } from '../kernel/schedule.ts';
import type { LogLineFact, PartitionName, World } from '../kernel/world.ts';
import type { ShareObserved } from './observed-state.ts';
import type { AcknowledgementBatch, TimedOut } from './partition/acknowledge.ts';
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
  const consumer = consumerOf(w, member);
  const about = [`group:${p.groupId}`, `partition:${name}`];
  if (consumer !== '') about.push(`consumer:${consumer}`);
  const all = { group: p.groupId, partition: name, consumer, ...params };
  tell(w, `log.share.${what}`, all, about, tone, lane);
}

/** The consumer that bears this member id now; '' where it is gone. */
export function consumerOf(w: World, member: string): string {
  const ref = w.share[4].findIndex((c) => c !== null && c.memberId === member);
  return ref < 0 ? '' : (w.consumers[ref]?.id ?? '');
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
  for (const r of records)
    if (isTerminalIn(o, r.firstOffset, r.lastOffset) && o.problem === null)
      o.problem = `${r.firstOffset}-${r.lastOffset} was delivered again after it was done with`;
  observeStart(w, p);
  const again = records.filter((r) => r.deliveryCount > 1);
  const count = countOf(records);
  const deliveries = again.reduce((most, r) => Math.max(most, r.deliveryCount), 1);
  const what = again.length > 0 ? 'acquired-again' : 'acquired';
  say(w, p, what, member, { count, offsets: offsetsText(records), again: countOf(again), deliveries });
}

/** A member's acknowledgements, as it sent them; they hold once they are written. */
export function observeAcknowledged(
  w: World,
  p: SharePartition,
  member: string,
  batches: readonly AcknowledgementBatch[],
): void {
  const of = (wanted: number): { firstOffset: number; lastOffset: number }[] =>
    batches.flatMap(({ firstOffset, lastOffset, types }) => {
      if (types.length === 1) return types[0] === wanted ? [{ firstOffset, lastOffset }] : [];
      return types.flatMap((type, i) =>
        type === wanted ? [{ firstOffset: firstOffset + i, lastOffset: firstOffset + i }] : [],
      );
    });
  const o = ownShareObserved(w, p.groupId, p.id.partition);
  const [accepted, released, rejected, renewed] = [of(1), of(2), of(3), of(4)];
  o.accepted += countOf(accepted);
  o.released += countOf(released);
  o.rejected += countOf(rejected);
  const tellOf = (what: string, ranges: typeof accepted, tone: LogLineFact['tone'] = 'plain'): void => {
    if (ranges.length > 0) say(w, p, what, member, { count: countOf(ranges), offsets: offsetsText(ranges) }, tone);
  };
  tellOf('accepted', accepted);
  tellOf('released', released);
  tellOf('rejected', rejected, 'risk');
  tellOf('renewed', renewed);
}

/** Changes that are written: what is terminal now must not come again. */
export function observeUpdates(w: World, p: SharePartition, updates: readonly StateUpdate[]): void {
  const o = ownShareObserved(w, p.groupId, p.id.partition);
  for (const u of updates)
    if (u.state === 'ACKNOWLEDGED' || u.state === 'ARCHIVED') addTerminal(o, u.firstOffset, u.lastOffset);
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

export function observeSessionEnded(
  w: World,
  p: SharePartition,
  member: string,
  updates: readonly StateUpdate[],
): void {
  if (updates.length === 0) return;
  say(w, p, 'session-released', member, { count: countOf(updates), offsets: offsetsText(updates) }, 'risk', 'groups');
}
