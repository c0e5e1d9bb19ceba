/**
 * From a frame to what the stage shows of it: what is found, what hurts, in which order, which topics are folded into
 * one column. Members stand in their groups and are no readers of their own. Pure; the caller decides what hurts for how
 * long, so that columns do not jump.
 */
import type { Frame, GroupView, PartitionView, ThingId } from '../protocol/frame.ts';
import { isBehind, memberThings } from './group-words.ts';
import { hurtOf } from './hurt.ts';

export function withoutMembers(frame: Frame): Frame {
  if (frame.groups.length === 0) return frame;
  const members = memberThings(frame);
  return { ...frame, consumers: frame.consumers.filter((c) => !members.has(`consumer:${c.id}`)) };
}

export interface Wish {
  /** A topic, partition, broker, group or member; '' for everything. */
  readonly query: string;
  readonly hurting: boolean;
  readonly sorted: boolean;
  readonly folded: readonly string[];
}

export const NO_WISH: Wish = { query: '', hurting: false, sorted: false, folded: [] };

/** How bad it is, worst first: 0 no leader, 1 a copy out of sync, 2 nobody reads or far behind, 3 at risk; 9: nothing. */
export function painOf(p: PartitionView, groups: readonly GroupView[], byName: ReadonlyMap<string, boolean>): number {
  const hurt = hurtOf(p);
  if (hurt === 'no-leader') return 0;
  if (hurt === 'under-replicated') return 1;
  if (groups.length > 0 && byName.get(p.name) === true) return 2;
  return hurt === 'at-risk' ? 3 : 9;
}

export function pains(frame: Frame): Map<string, number> {
  const behind = new Map<string, boolean>();
  for (const g of frame.groups) for (const p of g.partitions) if (isBehind(p)) behind.set(p.partition, true);
  return new Map(frame.partitions.map((p) => [p.name, painOf(p, frame.groups, behind)]));
}

/** A stretch of columns of one topic. */
export interface Heading {
  readonly topic: string;
  readonly from: number;
  readonly to: number;
  readonly count: number;
  readonly folded: boolean;
}

export interface Arranged {
  readonly frame: Frame;
  readonly headings: readonly Heading[];
  readonly breaks: readonly number[];
  /** Columns that stand for a whole topic. */
  readonly wide: readonly number[];
  /** From a partition's name to its column, folded ones too. */
  readonly columns: ReadonlyMap<string, number>;
  /** What the find box points at. */
  readonly found: readonly ThingId[];
  readonly hiddenHealthy: number;
  readonly hiddenOther: number;
  readonly matches: number;
}

interface Match {
  readonly partitions: ReadonlySet<string> | null;
  readonly groups: ReadonlySet<string> | null;
  readonly found: readonly ThingId[];
}

/** What a text in the find box means. Names win over numbers; `broker 3`, `b3` and `B3` are a broker. */
export function matchOf(frame: Frame, text: string): Match {
  const query = text.trim().toLowerCase();
  if (query === '') return { partitions: null, groups: null, found: [] };
  const broker = /^(?:broker ?|b)(\d+)$/.exec(query);
  const id = broker === null ? -1 : Number(broker[1]);
  const members = frame.groups.flatMap((g) => g.members.map((m) => ({ g, m })));
  const exact = members.filter(({ m }) => m.consumer.toLowerCase() === query);
  const named = frame.partitions.filter((p) => p.name.toLowerCase().includes(query));
  const groups = frame.groups.filter((g) => g.id.toLowerCase().includes(query));
  const partitions = new Set<string>();
  const found: ThingId[] = [];
  const shown = new Set<string>();
  for (const p of named) partitions.add(p.name);
  if (named.length === 1) found.push(`partition:${named[0]?.name}`);
  for (const g of groups) {
    shown.add(g.id);
    found.push(`group:${g.id}`);
    if (named.length === 0) for (const p of g.partitions) partitions.add(p.partition);
  }
  for (const { g, m } of exact) {
    shown.add(g.id);
    found.push(`consumer:${m.consumer}`);
    for (const name of m.owned) partitions.add(name);
  }
  if (frame.brokers.some((b) => b.id === id) && exact.length === 0 && named.length === 0) {
    found.push(`broker:${id}`);
    for (const p of frame.partitions) if (p.replicas.some((r) => r.broker === id)) partitions.add(p.name);
  }
  return { partitions, groups: shown.size === 0 ? null : shown, found };
}

/** A topic in one column: the sums of its partitions. */
function foldedView(topic: string, all: readonly PartitionView[]): PartitionView {
  const first = all[0] as PartitionView;
  return {
    ...first,
    name: topic,
    topic,
    index: -1,
    hw: 0,
    leo: 0,
    atRisk: all.reduce((sum, p) => sum + p.atRisk, 0),
    available: all.every((p) => p.available),
    replicas: [],
  };
}

export const isFolded = (p: PartitionView): boolean => p.index < 0;

/** `pain`: by partition, as in `pains`, held for a while by the caller. */
export function arrange(frame: Frame, wish: Wish, pain: ReadonlyMap<string, number>): Arranged {
  const match = matchOf(frame, wish.query);
  const painOfName = (name: string): number => pain.get(name) ?? 9;
  const matching =
    match.partitions === null ? frame.partitions : frame.partitions.filter((p) => match.partitions?.has(p.name));
  const kept = wish.hurting ? matching.filter((p) => painOfName(p.name) < 9) : matching;
  const ordered = wish.sorted
    ? kept
        .map((p, i) => ({ p, i }))
        .sort((a, b) => painOfName(a.p.name) - painOfName(b.p.name) || a.i - b.i)
        .map((x) => x.p)
    : kept;
  const folded = new Set(wish.sorted ? [] : wish.folded);
  const shown: PartitionView[] = [];
  const headings: { topic: string; from: number; to: number; count: number; folded: boolean }[] = [];
  const columns = new Map<string, number>();
  const wide: number[] = [];
  for (const p of ordered) {
    let heading = headings.at(-1);
    const fold = folded.has(p.topic);
    if (heading?.topic !== p.topic) {
      heading = { topic: p.topic, from: shown.length, to: shown.length, count: 0, folded: fold };
      headings.push(heading);
      if (fold) wide.push(shown.length);
    }
    heading.count++;
    if (!fold) shown.push(p);
    else if (heading.count === 1)
      shown.push(
        foldedView(
          p.topic,
          ordered.filter((x) => x.topic === p.topic),
        ),
      );
    heading.to = shown.length - 1;
    columns.set(p.name, shown.length - 1);
  }
  const several = !wish.sorted && new Set(frame.partitions.map((p) => p.topic)).size > 1;
  const groups = match.groups === null ? frame.groups : frame.groups.filter((g) => match.groups?.has(g.id));
  const brokers = wish.sorted
    ? frame.brokers
        .map((b, i) => ({ b, i }))
        .sort((x, y) => ill(x.b) - ill(y.b) || x.i - y.i)
        .map((x) => x.b)
    : frame.brokers;
  const plain = shown.length === frame.partitions.length && wide.length === 0 && !wish.sorted;
  return {
    frame: {
      ...withoutMembers(frame),
      partitions: plain ? frame.partitions : shown,
      groups,
      brokers,
    },
    headings: several && (headings.length > 1 || wide.length > 0) ? headings : [],
    breaks: several ? headings.slice(1).map((h) => h.from) : [],
    wide,
    columns,
    found: match.found,
    matches: matching.length,
    hiddenHealthy: matching.length - kept.length,
    hiddenOther: frame.partitions.length - matching.length,
  };
}

const ill = (b: Frame['brokers'][number]): number => (b.state === 'up' ? (b.fenced ? 1 : 2) : 0);
