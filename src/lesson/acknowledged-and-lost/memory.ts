/** What this lesson remembers between steps: small, plain JSON, every number from the engine. */
import type { BranchSummary, Frame, PartitionView, RecordRow, RecordStory } from '../../protocol/frame.ts';
import type { LessonData, LessonWorld } from '../../scenario/lesson-view.ts';

export const PARTITION = 'orders-0';
export const PRODUCER = 'checkout';
/** The broker that leads orders-0 and breaks, and the follower that is first in order. */
export const LEADER = 1;
export const FIRST_FOLLOWER = 2;

export interface LostRow {
  readonly id: number;
  readonly value: string;
  readonly offset: number;
  readonly ackedUs: number;
}

/** One branch's figures, kept for the cards. */
export interface Figures {
  readonly branch: number;
  readonly atUs: number;
  readonly lost: number;
  readonly acked: number;
  readonly pending: number;
  readonly failed: number;
  readonly ackHealthyUs: number;
  readonly leaderlessUs: number;
  readonly idempotent: boolean;
  readonly luck: { readonly key: string; readonly params: Readonly<Record<string, string | number>> } | null;
  /** Produce requests refused for lack of in-sync copies; null where it was not asked. */
  readonly refused: number | null;
}

export interface Followed {
  readonly id: number;
  readonly value: string;
  readonly offset: number;
  readonly sentUs: number;
  readonly ackedUs: number | null;
  readonly safeUs: number | null;
  readonly moments: RecordStory['moments'];
}

export interface Memory {
  readonly followed?: Followed | null;
  /** The learner's own lines, null while the shop's flow. */
  readonly words?: string | null;
  readonly attempt?: number;
  readonly killUs?: number;
  readonly atRiskAtKill?: number;
  readonly electedUs?: number;
  readonly lostRows?: readonly LostRow[];
  readonly first?: Figures;
  readonly all?: Figures;
  readonly gapRow?: LostRow | null;
  readonly powerUs?: number;
  readonly epochAtPower?: number;
  readonly backUs?: number;
  readonly oneRows?: readonly LostRow[];
  readonly one?: Figures;
  readonly two?: Figures;
}

/** The memory as it was saved. It is our own; a field that is not there is undefined, and every step can live with that. */
export const memory = (data: LessonData): Memory => data as Memory;

/** Keeps the compiler on our side when a step writes. */
export const remember = (change: Memory): LessonData => change as LessonData;

export function partition(frame: Frame, name = PARTITION): PartitionView | undefined {
  return frame.partitions.find((each) => each.name === name);
}

export function broker(frame: Frame, id: number) {
  return frame.brokers.find((each) => each.id === id);
}

export function producer(frame: Frame) {
  return frame.producers.find((each) => each.id === PRODUCER);
}

/** The lesson's cluster: three brokers, orders-0 with three copies, checkout at work. */
export function isTheShop(frame: Frame): boolean {
  return frame.brokers.length >= 3 && partition(frame)?.replicas.length === 3 && producer(frame) !== undefined;
}

/** As the lesson needs it before the fault: orders-0 led by broker 1, everybody up, acks=1. */
export function isShopAtWork(frame: Frame): boolean {
  return (
    isTheShop(frame) &&
    producer(frame)?.acks === '1' &&
    partition(frame)?.leader === LEADER &&
    frame.brokers.every(({ state, fenced }) => state === 'up' && !fenced)
  );
}

export function currentBranch(world: LessonWorld): number {
  return world.branches.find(({ current }) => current)?.id ?? world.frame.branch;
}

export function figuresOf(summary: BranchSummary, refused: number | null = null): Figures {
  return {
    branch: summary.branch,
    atUs: summary.atUs,
    lost: summary.totals.lost,
    acked: summary.totals.acked,
    pending: summary.totals.pending,
    failed: summary.totals.failed,
    ackHealthyUs: summary.ack.p50WhileHealthy,
    leaderlessUs: summary.leaderless.find((each) => each.partition === PARTITION)?.totalUs ?? 0,
    idempotent: summary.settings.some(({ key, value }) => key === 'enable.idempotence' && value === 'true'),
    luck: summary.luck,
    refused,
  };
}

export function lostRows(rows: readonly RecordRow[]): LostRow[] {
  return rows.flatMap(({ id, value, offset, ackedUs }) =>
    ackedUs === null || offset === null ? [] : [{ id, value: value ?? '', offset, ackedUs }],
  );
}

/** Distinct values, each with its first record: with the learner's own three lines many records say the same. */
export function byValue(rows: readonly LostRow[]): { row: LostRow; count: number }[] {
  const found = new Map<string, { row: LostRow; count: number }>();
  for (const row of rows) {
    const known = found.get(row.value);
    if (known === undefined) found.set(row.value, { row, count: 1 });
    else known.count += 1;
  }
  return [...found.values()];
}

/** A value short enough for a sentence; cut between code points. */
export function shorten(value: string, length = 40): string {
  const points = [...value.trim()];
  return points.length <= length ? points.join('') : `${points.slice(0, length - 1).join('')}…`;
}
