/** What a rebalance cost, in the ledger's numbers and in what was seen: from the trigger on. */
import type { LabCoordinatorSpan, LabFigures, LabMember, LabPartition, LabStep } from '../../../protocol/lab.ts';
import { observedOf } from '../../coordinator/observed.ts';
import type { World } from '../../kernel/world.ts';
import { type GroupTotals, groupTotals } from '../../ledger/group-facts.ts';

/** The ledger's numbers at the trigger. */
export interface Before {
  readonly totals: GroupTotals;
  readonly rebalances: number;
}

export function beforeTrigger(w: World, groupId: string): Before {
  return { totals: groupTotals(w, groupId), rebalances: observedOf(w, groupId)?.rebalances ?? 0 };
}

export interface Seen {
  readonly triggerUs: number;
  readonly untilUs: number;
  readonly partitions: readonly LabPartition[];
  readonly members: readonly LabMember[];
  readonly coordinator: readonly LabCoordinatorSpan[];
  readonly steps: readonly LabStep[];
}

export const NO_FIGURES: LabFigures = {
  partitionSecondsUnread: 0,
  partitionSecondsStalled: 0,
  longestUnreadUs: 0,
  processed: 0,
  reprocessed: 0,
  skipped: 0,
  requests: 0,
  requestsByApi: [],
  rebalances: 0,
  moved: 0,
  settledAfterUs: null,
  errors: [],
};

export function figuresOf(w: World, groupId: string, before: Before, seen: Seen): LabFigures {
  const now = groupTotals(w, groupId);
  const requests = seen.steps.filter((s) => s.what === 'request' && s.sentUs >= seen.triggerUs);
  const apis = new Map<string, number>();
  for (const { api } of requests) apis.set(api, (apis.get(api) ?? 0) + 1);
  return {
    partitionSecondsUnread: now.partitionSecondsUnread - before.totals.partitionSecondsUnread,
    partitionSecondsStalled: stalledSeconds(seen),
    longestUnreadUs: longestUnread(seen),
    processed: now.processed - before.totals.processed,
    reprocessed: now.reprocessed - before.totals.reprocessed,
    skipped: now.skipped - before.totals.skipped,
    requests: requests.length,
    requestsByApi: [...apis].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)),
    rebalances: (observedOf(w, groupId)?.rebalances ?? 0) - before.rebalances,
    moved: movedPartitions(seen),
    settledAfterUs: settledAfter(seen),
    errors: errorsSince(before.totals.errors, now.errors),
  };
}

/** Length of a span's part behind the trigger. */
function after(triggerUs: number, { fromUs, untilUs }: { readonly fromUs: number; readonly untilUs: number }): number {
  return Math.max(0, untilUs - Math.max(fromUs, triggerUs));
}

function stalledSeconds({ partitions, triggerUs }: Seen): number {
  let us = 0;
  for (const { spans } of partitions) for (const span of spans) if (span.stalled) us += after(triggerUs, span);
  return us / 1e6;
}

function longestUnread({ partitions, triggerUs }: Seen): number {
  let longest = 0;
  for (const { spans } of partitions) {
    let running = 0;
    for (const span of spans) {
      running = span.owner === null ? running + after(triggerUs, span) : 0;
      if (running > longest) longest = running;
    }
  }
  return longest;
}

/** Those that somebody held at the trigger and somebody else holds at the end. */
function movedPartitions({ partitions, triggerUs }: Seen): number {
  let moved = 0;
  for (const { spans } of partitions) {
    const held =
      spans.find((s) => s.fromUs <= triggerUs && s.untilUs > triggerUs)?.owner ?? lastOwnerBefore(spans, triggerUs);
    const holds = spans.at(-1)?.owner ?? null;
    if (held !== null && holds !== null && held !== holds) moved += 1;
  }
  return moved;
}

/** The trigger itself may take a partition away at its very moment. */
function lastOwnerBefore(spans: LabPartition['spans'], triggerUs: number): string | null {
  let owner: string | null = null;
  for (const span of spans) if (span.fromUs < triggerUs && span.owner !== null) owner = span.owner;
  return owner;
}

/**
 * The last moment at which anything was still to come: a partition without an owner (or with one that stands still), a group
 * that is not stable, a member that is not. Null: it is so at the end. 0: the trigger changed nothing.
 */
function settledAfter({ partitions, members, coordinator, triggerUs, untilUs }: Seen): number | null {
  let lastUs = triggerUs;
  const see = (span: { readonly fromUs: number; readonly untilUs: number }, busy: boolean): void => {
    if (busy && span.untilUs > lastUs) lastUs = span.untilUs;
    else if (!busy && span.fromUs > lastUs) lastUs = span.fromUs;
  };
  for (const { spans } of partitions) for (const s of spans) see(s, s.owner === null || s.stalled);
  for (const s of coordinator) see(s, s.state !== 'Stable');
  for (const { spans } of members) for (const s of spans) see(s, !atRest(s.state));
  return lastUs >= untilUs ? null : lastUs - triggerUs;
}

function atRest(state: string): boolean {
  return ['stable', 'gone', 'left'].includes(state.toLowerCase());
}

function errorsSince(before: GroupTotals['errors'], now: GroupTotals['errors']): LabFigures['errors'] {
  const had = new Map(before);
  return now.map(([name, count]) => [name, count - (had.get(name) ?? 0)] as const).filter(([, count]) => count > 0);
}
