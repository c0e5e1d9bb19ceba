/** The time strip's arithmetic: what part of time is shown, and the shapes of its lanes. Pure. */

import { fitText, textWidth } from '../../diagram/measure.ts';

export interface Domain {
  readonly fromUs: number;
  readonly toUs: number;
}

export interface LaneBox {
  readonly left: number;
  readonly right: number;
}

export type XScale = (us: number) => number;

const SECOND = 1e6;
/** Lengths that the strip shows by itself, in seconds: it grows in few steps, so that marks do not creep. */
const STEPS = [30, 60, 120, 180, 300, 420, 600, 900, 1200, 1800, 2700, 3600];
/** The closest view: a fifth of a virtual second, about one follower's fetch over a slow link from edge to edge. */
const CLOSEST_US = 20_000;

/** Without a choice of the learner's: from the start to a little beyond what has been seen, but no further than the end. */
export function ownDomain(knownUs: number, endUs: number): Domain {
  const wanted = (knownUs / SECOND) * 1.12;
  const step = STEPS.find((seconds) => seconds >= wanted) ?? Math.ceil(wanted / 3600) * 3600;
  return { fromUs: 0, toUs: Math.max(SECOND, Math.min(step * SECOND, endUs)) };
}

export function xScale(domain: Domain, box: LaneBox): XScale & { invert(x: number): number } {
  // By hand: d3's linear scale brings colours, formats and interpolation along, a tenth of the page's first load.
  const perUs = (box.right - box.left) / (domain.toUs - domain.fromUs);
  return Object.assign((us: number) => box.left + (us - domain.fromUs) * perUs, {
    invert: (x: number) => domain.fromUs + (x - box.left) / perUs,
  });
}

/** Zooms about a moment that stays where it is; factor below 1 comes closer. */
export function zoom(domain: Domain, aboutUs: number, factor: number, endUs: number): Domain {
  const length = Math.max(CLOSEST_US, Math.min(endUs, (domain.toUs - domain.fromUs) * factor));
  const share = (aboutUs - domain.fromUs) / (domain.toUs - domain.fromUs);
  return clampDomain(aboutUs - share * length, length, endUs);
}

export function pan(domain: Domain, byUs: number, endUs: number): Domain {
  return clampDomain(domain.fromUs + byUs, domain.toUs - domain.fromUs, endUs);
}

/** Moves a chosen part of time on by its own length when the playhead leaves it. */
export function follow(domain: Domain, atUs: number, endUs: number): Domain {
  const length = domain.toUs - domain.fromUs;
  if (atUs >= domain.fromUs && atUs <= domain.toUs) return domain;
  return clampDomain(atUs - length * 0.15, length, endUs);
}

function clampDomain(fromUs: number, length: number, endUs: number): Domain {
  const from = Math.max(0, Math.min(Math.round(fromUs), Math.max(0, endUs - length)));
  return { fromUs: from, toUs: from + Math.round(length) };
}

/** One value a pixel column: the largest of the buckets that fall into it. */
export function columns(
  rows: readonly number[],
  bucketUs: number,
  domain: Domain,
  width: number,
  step: number,
): number[] {
  const count = Math.max(1, Math.floor(width / step));
  const out = new Array<number>(count).fill(0);
  const perColumn = (domain.toUs - domain.fromUs) / count;
  const first = Math.max(0, Math.floor(domain.fromUs / bucketUs));
  const last = Math.min(rows.length - 1, Math.floor(domain.toUs / bucketUs));
  for (let i = first; i <= last; i++) {
    const row = rows[i]!;
    if (row === 0) continue;
    // A bucket wider than a column fills all the columns it covers.
    const a = Math.max(0, Math.floor((i * bucketUs - domain.fromUs) / perColumn));
    const b = Math.min(count - 1, Math.max(a, Math.ceil(((i + 1) * bucketUs - domain.fromUs) / perColumn) - 1));
    for (let column = a; column <= b; column++) if (row > out[column]!) out[column] = row;
  }
  return out;
}

/** Bars from the base line up, as one path. The square root keeps a quiet second visible beside a busy one. */
export function barsPath(values: readonly number[], box: LaneBox, baseY: number, height: number, step: number): string {
  const top = Math.max(1, ...values);
  let path = '';
  for (const [i, value] of values.entries()) {
    if (value === 0) continue;
    const h = Math.max(1, Math.round(Math.sqrt(value / top) * height));
    path += `M${box.left + i * step} ${baseY}v${-h}h${step - 1}v${h}z`;
  }
  return path;
}

/** A filled curve in steps; empty when there is nothing to show. */
export function areaPath(values: readonly number[], box: LaneBox, baseY: number, height: number, step: number): string {
  const top = Math.max(0, ...values);
  if (top === 0) return '';
  let path = `M${box.left} ${baseY}`;
  for (const [i, value] of values.entries()) {
    const y = baseY - (value === 0 ? 0 : Math.max(1, (value / top) * height));
    path += `V${Math.round(y * 10) / 10}H${box.left + (i + 1) * step}`;
  }
  return `${path}V${baseY}Z`;
}

export interface Tick {
  readonly us: number;
  readonly label: string;
}

/** Round values in steps of 1, 2 or 5 times a power of ten, about `count` of them, as d3's `ticks` chooses them. */
function niceTicks(from: number, to: number, count: number): number[] {
  const raw = (to - from) / count;
  if (!(raw > 0)) return [];
  const power = Math.floor(Math.log10(raw));
  const error = raw / 10 ** power;
  const factor = error >= Math.sqrt(50) ? 10 : error >= Math.sqrt(10) ? 5 : error >= Math.SQRT2 ? 2 : 1;
  // Below one the step's inverse is whole, and dividing by it keeps the values as written.
  const value = (n: number): number => (power < 0 ? (n * factor) / 10 ** -power : n * factor * 10 ** power);
  const step = value(1);
  const values: number[] = [];
  for (let n = Math.ceil(from / step - 1e-9); value(n) <= to + step * 1e-9; n++) values.push(value(n));
  return values;
}

export function ticks(domain: Domain, width: number): Tick[] {
  const values = niceTicks(domain.fromUs / SECOND, domain.toUs / SECOND, Math.max(2, Math.floor(width / 130)));
  const step = values.length > 1 ? values[1]! - values[0]! : 1;
  const decimals = step >= 1 ? 0 : Math.min(6, Math.ceil(-Math.log10(step) - 1e-9));
  return values.map((seconds) => ({ us: seconds * SECOND, label: `${seconds.toFixed(decimals)} s` }));
}

export interface FlagLabel {
  readonly text: string;
  /** Where its middle stands, and what it covers. */
  readonly x: number;
  readonly from: number;
  readonly to: number;
}

const FLAG_LABEL_MOST = 150;
const FLAG_LABEL_GAP = 12;

/** The names under the flags: each stays within the lanes, and where flags stand closer than their names, some go without. */
export function flagLabels(
  flags: readonly { readonly id: number; readonly x: number; readonly name: string }[],
  box: LaneBox,
  size: number,
): ReadonlyMap<number, FlagLabel> {
  const labels = new Map<number, FlagLabel>();
  let end = Number.NEGATIVE_INFINITY;
  for (const { id, x, name } of [...flags].sort((a, b) => a.x - b.x)) {
    if (x < box.left - 1 || x > box.right + 1) continue;
    const text = fitText(name, FLAG_LABEL_MOST, size);
    const half = textWidth(text, size) / 2;
    const middle = Math.max(box.left + half - 8, Math.min(box.right - half + 8, x));
    if (middle - half < end + FLAG_LABEL_GAP) continue;
    end = middle + half;
    labels.set(id, { text, x: middle, from: middle - half, to: end });
  }
  return labels;
}
