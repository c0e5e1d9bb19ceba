/** Which way of rebalancing costs least, and whether a slow member turns that round: from measured figures alone. Pure. */
import type { LabRun, LabVariant } from '../protocol/lab.ts';

/** Partition-seconds in tenths: what the page shows is what is compared, so two figures that read alike count as equal. */
export const tenths = (seconds: number): number => Math.round(seconds * 10);

export interface Ranked {
  readonly variant: LabVariant;
  /** Partition-seconds not read. */
  readonly cost: number;
}

/** From the least to the most; equal ones in the order given. */
export function ranking(runs: readonly LabRun[]): readonly Ranked[] {
  return runs
    .map(({ variant, figures }) => ({ variant, cost: figures.partitionSecondsUnread }))
    .sort((a, b) => tenths(a.cost) - tenths(b.cost));
}

/** Pairs of variants of which the one that costs less here costs more there. */
export function turned(
  here: readonly Ranked[],
  there: readonly Ranked[],
): readonly (readonly [LabVariant, LabVariant])[] {
  const costThere = new Map(there.map(({ variant, cost }) => [variant, tenths(cost)]));
  const pairs: [LabVariant, LabVariant][] = [];
  for (const [i, less] of here.entries()) {
    for (const more of here.slice(i + 1)) {
      if (tenths(less.cost) >= tenths(more.cost)) continue;
      const a = costThere.get(less.variant);
      const b = costThere.get(more.variant);
      if (a !== undefined && b !== undefined && a > b) pairs.push([less.variant, more.variant]);
    }
  }
  return pairs;
}

export interface Verdict {
  /** `one`: a single run; `same`: no difference that shows; `ranked`: least and most differ. */
  readonly kind: 'one' | 'same' | 'ranked';
  /** Those that cost least, and those that cost most; figures that read alike stand together. */
  readonly least: readonly Ranked[];
  readonly most: readonly Ranked[];
}

export function verdict(ranked: readonly Ranked[]): Verdict | null {
  const least = ranked[0];
  const most = ranked.at(-1);
  if (least === undefined || most === undefined) return null;
  const kind = ranked.length === 1 ? 'one' : tenths(least.cost) === tenths(most.cost) ? 'same' : 'ranked';
  const like = (one: Ranked) => ranked.filter(({ cost }) => tenths(cost) === tenths(one.cost));
  return { kind, least: like(least), most: like(most) };
}

export interface FigureRow {
  readonly id: string;
  /** null: not within the window. */
  readonly values: ReadonlyMap<LabVariant, number | null>;
  /** Which ones are best; empty where all are alike or where less is not better. */
  readonly best: ReadonlySet<LabVariant>;
}

/** Two values that read alike on the page are alike. */
const LESS_IS_BETTER = [
  'unread',
  'longest',
  'stalled',
  'reprocessed',
  'skipped',
  'requests',
  'rebalances',
  'moved',
  'settled',
];

function bestOf(id: string, values: ReadonlyMap<LabVariant, number | null>): Set<LabVariant> {
  if (!LESS_IS_BETTER.includes(id)) return new Set();
  const shown = (value: number): number => {
    if (id === 'unread' || id === 'stalled') return tenths(value);
    return id === 'settled' || id === 'longest' ? Math.round(value / 100_000) : value;
  };
  const known = [...values.values()].filter((value) => value !== null).map(shown);
  const least = Math.min(...known);
  if (known.length < 2 || (known.length === values.size && known.every((value) => value === least))) return new Set();
  return new Set(
    [...values].filter(([, value]) => value !== null && shown(value) === least).map(([variant]) => variant),
  );
}

/** The figures as rows, a column a variant; requests by API stand under their sum, the most frequent first. */
export function figureRows(runs: readonly LabRun[]): readonly FigureRow[] {
  const row = (id: string, pick: (run: LabRun) => number | null): FigureRow => {
    const values = new Map(runs.map((run) => [run.variant, pick(run)]));
    return { id, values, best: bestOf(id, values) };
  };
  const sums = new Map<string, number>();
  for (const { figures } of runs)
    for (const [api, count] of figures.requestsByApi) sums.set(api, (sums.get(api) ?? 0) + count);
  const apis = [...sums].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).map(([api]) => api);
  const errors = [...new Set(runs.flatMap(({ figures }) => figures.errors.map(([name]) => name)))].sort();
  const of = (list: readonly (readonly [string, number])[], name: string): number =>
    list.find(([key]) => key === name)?.[1] ?? 0;
  return [
    row('unread', ({ figures }) => figures.partitionSecondsUnread),
    row('longest', ({ figures }) => figures.longestUnreadUs),
    row('stalled', ({ figures }) => figures.partitionSecondsStalled),
    row('settled', ({ figures }) => figures.settledAfterUs),
    row('reprocessed', ({ figures }) => figures.reprocessed),
    row('skipped', ({ figures }) => figures.skipped),
    row('rebalances', ({ figures }) => figures.rebalances),
    row('moved', ({ figures }) => figures.moved),
    row('requests', ({ figures }) => figures.requests),
    ...apis.map((api) => row(`api.${api}`, ({ figures }) => of(figures.requestsByApi, api))),
    ...errors.map((name) => row(`error.${name}`, ({ figures }) => of(figures.errors, name))),
  ];
}

/** Whether another one costs least there, or most: what changes places in between does not turn the order round. */
export function turnsRound(here: Verdict, there: Verdict): boolean {
  const apart = (a: readonly Ranked[], b: readonly Ranked[]): boolean =>
    !a.some(({ variant }) => b.some((other) => other.variant === variant));
  return apart(here.least, there.least) || apart(here.most, there.most);
}
