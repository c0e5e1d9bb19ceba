/** The lab's arithmetic: which part of time is shown, where lanes stand, and what is under the pointer. Pure; pixels and microseconds. */
import type { LabGap, LabPartition, LabRun, LabSpan } from '../../protocol/lab.ts';
import type { Domain, LaneBox } from '../time-strip/lane-math.ts';

/** The closest view: a few milliseconds from edge to edge, so that a request's slope is seen. */
const CLOSEST_US = 5_000;
const SHORTEST_FIT_US = 200_000;

/** From the earliest to the latest of all runs. */
export function wholeOf(runs: readonly LabRun[]): Domain {
  if (runs.length === 0) return { fromUs: 0, toUs: 1_000_000 };
  return {
    fromUs: Math.min(...runs.map(({ fromUs }) => fromUs)),
    toUs: Math.max(...runs.map(({ untilUs }) => untilUs)),
  };
}

/** The moment from which nothing more is unread, stalled or about to settle in a run. */
export function quietFrom(run: LabRun): number {
  let last = run.triggerUs;
  const { settledAfterUs } = run.figures;
  if (settledAfterUs !== null) last = run.triggerUs + settledAfterUs;
  for (const { spans } of run.partitions) {
    for (const { fromUs, untilUs, owner } of spans) {
      if (owner !== null || untilUs <= run.triggerUs) continue;
      // What nobody reads to the end has no end to show: its beginning is enough.
      last = Math.max(last, untilUs >= run.untilUs ? fromUs : untilUs);
    }
  }
  return Math.min(last, run.untilUs);
}

/** What matters of all runs: from a little before the trigger until a little after the last of them is at rest. */
export function fitted(runs: readonly LabRun[]): Domain {
  const whole = wholeOf(runs);
  if (runs.length === 0) return whole;
  const from = Math.min(...runs.map(({ triggerUs }) => triggerUs));
  const to = Math.max(...runs.map(quietFrom));
  const length = Math.max(SHORTEST_FIT_US, to - from);
  return {
    fromUs: Math.max(whole.fromUs, Math.round(from - length * 0.12)),
    toUs: Math.min(whole.toUs, Math.round(from + length * 1.22)),
  };
}

function clampTo(whole: Domain, fromUs: number, length: number): Domain {
  const most = whole.toUs - whole.fromUs;
  const kept = Math.round(Math.min(most, length));
  const from = Math.round(Math.max(whole.fromUs, Math.min(fromUs, whole.toUs - kept)));
  return { fromUs: from, toUs: from + kept };
}

/** Zooms about a moment that stays where it is; a factor below 1 comes closer. */
export function zoomed(domain: Domain, whole: Domain, aboutUs: number, factor: number): Domain {
  const length = Math.max(CLOSEST_US, (domain.toUs - domain.fromUs) * factor);
  const share = (aboutUs - domain.fromUs) / (domain.toUs - domain.fromUs);
  return clampTo(whole, aboutUs - share * length, length);
}

export const panned = (domain: Domain, whole: Domain, byUs: number): Domain =>
  clampTo(whole, domain.fromUs + byUs, domain.toUs - domain.fromUs);

/** Moves the shown part on when the cursor leaves it. An answer may arrive after the end: there is no more to show than there is. */
export function followed(domain: Domain, whole: Domain, cursorUs: number): Domain {
  const atUs = Math.max(whole.fromUs, Math.min(whole.toUs, cursorUs));
  if (atUs >= domain.fromUs && atUs <= domain.toUs) return domain;
  const length = domain.toUs - domain.fromUs;
  return clampTo(whole, atUs - length * (atUs > domain.toUs ? 0.25 : 0.75), length);
}

export type ShapeKind = 'held' | 'stalled' | LabGap;

export interface LaneShape {
  readonly kind: ShapeKind;
  readonly x: number;
  readonly width: number;
  readonly owner: string | null;
  readonly span: LabSpan;
}

export const kindOf = (span: LabSpan): ShapeKind =>
  span.owner === null ? (span.gap ?? 'never') : span.stalled ? 'stalled' : 'held';

/** The spans of a lane that are in view. What is shorter than a pixel is drawn a pixel wide where nobody reads, so that no gap is lost. */
export function laneShapes(spans: readonly LabSpan[], domain: Domain, box: LaneBox): LaneShape[] {
  const perUs = (box.right - box.left) / (domain.toUs - domain.fromUs);
  const shapes: LaneShape[] = [];
  for (const span of spans) {
    if (span.untilUs <= domain.fromUs || span.fromUs >= domain.toUs) continue;
    const x = box.left + (Math.max(span.fromUs, domain.fromUs) - domain.fromUs) * perUs;
    const right = box.left + (Math.min(span.untilUs, domain.toUs) - domain.fromUs) * perUs;
    const kind = kindOf(span);
    const gap = kind !== 'held' && kind !== 'stalled';
    const width = gap ? Math.max(1, right - x) : right - x;
    if (!gap && width < 0.25) continue;
    shapes.push({ kind, x, width, owner: span.owner, span });
  }
  return shapes;
}

export interface LaneRow {
  /** The partitions that this row stands for: one, or several alike in a picture of many. */
  readonly partitions: readonly LabPartition[];
  readonly y: number;
  readonly height: number;
}

export type FateOfPartition = 'same' | 'paused' | 'moved' | 'unowned';

export interface RowGroup {
  readonly fate: FateOfPartition;
  readonly count: number;
  readonly y: number;
  readonly height: number;
}

export interface Rows {
  readonly rows: readonly LaneRow[];
  /** What the rows have in common, where they are too thin for names; empty otherwise. */
  readonly groups: readonly RowGroup[];
  readonly height: number;
  readonly thin: boolean;
}

/** Above this, lanes are thin rows without names of their own. */
export const MOST_NAMED = 40;
const GROUP_GAP = 6;
const LEAST_GROUP = 16;
/** The most that partitions of one fate take together, pixels: what changes gets more of the room than what stays. */
const MOST_GROUP: Readonly<Record<FateOfPartition, number>> = { same: 64, paused: 120, moved: 96, unowned: 64 };

const FATES: readonly FateOfPartition[] = ['same', 'paused', 'moved', 'unowned'];

/** What a partition goes through from the trigger on. */
export function fateOf(partition: LabPartition, triggerUs: number): FateOfPartition {
  const after = partition.spans.filter(({ untilUs }) => untilUs > triggerUs);
  const first = after[0]?.owner ?? null;
  const last = after.at(-1)?.owner ?? null;
  if (last === null) return 'unowned';
  if (first !== last) return 'moved';
  return after.every(({ owner }) => owner === first) ? 'same' : 'paused';
}

interface Sorted {
  readonly partition: LabPartition;
  readonly fate: number;
  readonly owner: string;
  readonly gapFrom: number;
}

function sortedByFate(run: LabRun): Sorted[] {
  const all = run.partitions.map((partition): Sorted => {
    const gap = partition.spans.find(({ owner, untilUs }) => owner === null && untilUs > run.triggerUs);
    const owner = partition.spans.find(({ untilUs }) => untilUs > run.triggerUs)?.owner ?? '';
    return { partition, fate: FATES.indexOf(fateOf(partition, run.triggerUs)), owner, gapFrom: gap?.fromUs ?? 0 };
  });
  return all.sort((a, b) => a.gapFrom - b.gapFrom || (a.owner < b.owner ? -1 : a.owner > b.owner ? 1 : 0));
}

/** A lane a partition with its name; or, of very many, thin rows grouped by what happens to them. */
export function rowsOf(run: LabRun, pitch: number): Rows {
  const count = run.partitions.length;
  if (count <= MOST_NAMED) {
    const height = Math.max(7, Math.round(pitch * 0.72));
    const rows = run.partitions.map((partition, i) => ({
      partitions: [partition],
      y: i * pitch + Math.round((pitch - height) / 2),
      height,
    }));
    return { rows, groups: [], height: count * pitch, thin: false };
  }
  const sorted = sortedByFate(run);
  const rows: LaneRow[] = [];
  const groups: RowGroup[] = [];
  let y = 0;
  for (const [index, fate] of FATES.entries()) {
    const mine = sorted.filter((each) => each.fate === index).map(({ partition }) => partition);
    if (mine.length === 0) continue;
    const perRow = Math.ceil(mine.length / MOST_GROUP[fate]);
    const lines = Math.ceil(mine.length / perRow);
    // A handful among hundreds keeps room enough to be seen and named.
    const each = Math.max(Math.ceil(LEAST_GROUP / lines), Math.min(6, Math.floor(MOST_GROUP[fate] / lines)));
    const from = y;
    for (let i = 0; i < mine.length; i += perRow) {
      rows.push({ partitions: mine.slice(i, i + perRow), y, height: each });
      y += each;
    }
    groups.push({ fate, count: mine.length, y: from, height: y - from });
    y += GROUP_GAP;
  }
  return { rows, groups, height: Math.max(0, y - GROUP_GAP), thin: true };
}

/** The row under a height; null: between two. */
export function rowAt(rows: readonly LaneRow[], y: number): LaneRow | null {
  return rows.find((row) => y >= row.y - 2 && y < row.y + row.height + 2) ?? null;
}

/** How high a named lane is, so that all variants stand on the page where that can be: 16 to 26 pixels. */
export function pitchFor(available: number, variants: number, lanes: number, headHeight: number): number {
  if (lanes === 0) return 22;
  const room = available / Math.max(1, variants) - headHeight;
  return Math.max(16, Math.min(26, Math.floor(room / lanes)));
}
