/**
 * A replica's records as a few paths, one for each look, so that a log of forty records costs ten elements. What a form
 * means: hatched = not committed; crossed outline = lost; double outline = stored twice; dashed = no record yet; ghosted
 * = on a broker that does not answer; amber outline = acknowledged and not yet safe.
 */
import type { LogWindow } from '../protocol/frame.ts';
import { type Axis, offsetX } from './axis.ts';

export const FLAG = { acked: 1, lost: 2, twice: 4, control: 8, delivered: 16, firstOfBatch: 32, differs: 64 } as const;

export type CellKind =
  | 'absent'
  | 'solid'
  | 'ghost'
  | 'control'
  | 'gap'
  | 'hatch'
  | 'unknown'
  | 'risk'
  | 'twice'
  | 'differs'
  | 'lost'
  | 'cross'
  | 'ring';

export interface CellShape {
  readonly kind: CellKind;
  /** The key's hue for solid and ghost; -1: no key; 0 for the others. */
  readonly hue: number;
  readonly d: string;
}

export interface CellInput {
  readonly axis: Axis;
  readonly mode: 'cells' | 'bars';
  readonly height: number;
  readonly log: LogWindow;
  readonly logStart: number;
  readonly leo: number;
  /** The leader's high watermark. */
  readonly hw: number;
  readonly ghost: boolean;
  readonly hues: number;
  readonly emphasis: readonly number[];
}

const r1 = (v: number): number => Math.round(v * 100) / 100;

function box(x: number, y: number, w: number, h: number, radius: number): string {
  const r = Math.min(radius, w / 2, h / 2);
  if (r <= 0) return `M${r1(x)} ${r1(y)}h${r1(w)}v${r1(h)}h${r1(-w)}z`;
  return `M${r1(x + r)} ${r1(y)}h${r1(w - 2 * r)}a${r} ${r} 0 0 1 ${r} ${r}v${r1(h - 2 * r)}a${r} ${r} 0 0 1 ${-r} ${r}h${r1(2 * r - w)}a${r} ${r} 0 0 1 ${-r} ${-r}v${r1(2 * r - h)}a${r} ${r} 0 0 1 ${r} ${-r}z`;
}

/** In the order in which they are painted. */
const ORDER: readonly CellKind[] = [
  'absent',
  'unknown',
  'solid',
  'ghost',
  'gap',
  'control',
  'hatch',
  'twice',
  'differs',
  'risk',
  'lost',
  'cross',
  'ring',
];

export function cellShapes(input: CellInput): CellShape[] {
  const paths = new Map<string, { kind: CellKind; hue: number; d: string }>();
  const put = (kind: CellKind, hue: number, d: string): void => {
    const id = `${kind}${hue}`;
    const found = paths.get(id);
    if (found === undefined) paths.set(id, { kind, hue, d });
    else found.d += d;
  };
  const { axis, log } = input;
  const marked = new Set(input.emphasis);
  for (let slot = 0; slot < axis.slots; slot++) {
    const offset = axis.base + slot;
    if (offset < input.logStart) continue;
    const x = offsetX(axis, offset);
    if (input.mode === 'cells') cell(input, put, marked, x, offset, offset - log.base);
    else bar(input, put, marked, x, offset, offset - log.base);
  }
  return [...paths.values()].sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind) || a.hue - b.hue);
}

type Put = (kind: CellKind, hue: number, d: string) => void;

function cell(input: CellInput, put: Put, marked: ReadonlySet<number>, x: number, offset: number, i: number): void {
  const w = input.axis.cell;
  const h = input.height;
  if (offset >= input.leo) {
    put('absent', 0, box(x + 0.5, 0.5, w - 1, h - 1, 4));
    return;
  }
  const key = input.log.keys[i];
  // The engine has not sent this part of the log (yet): a blank box rather than something wrong.
  if (key === undefined) {
    put('unknown', 0, box(x, 0, w, h, 4));
    return;
  }
  const flags = input.log.flags[i] ?? 0;
  const hue = key < 0 ? -1 : key % input.hues;
  const open = offset >= input.hw;
  const lost = (flags & FLAG.lost) !== 0;
  if (key === -2) put('gap', 0, `M${r1(x + w / 2 - 2)} ${r1(h / 2)}h4`);
  else if (lost) {
    put('lost', 0, box(x + 1, 1, w - 2, h - 2, 3.5));
    const a = Math.min(8, w - 8);
    put('cross', 0, `M${r1(x + (w - a) / 2)} ${r1((h - a) / 2)}l${a} ${a}m0 ${-a}l${-a} ${a}`);
  } else if ((flags & FLAG.control) !== 0) put('control', 0, `M${r1(x + w / 2)} ${r1(h / 2 - 6)}l5 6l-5 6l-5 -6z`);
  else {
    if (input.ghost) put('ghost', hue, box(x + 1, 1, w - 2, h - 2, 3.5));
    else put('solid', hue, box(x, 0, w, h, 4));
    if (open) put('hatch', 0, box(x, 0, w, h, 4));
    if ((flags & FLAG.twice) !== 0)
      put('twice', 0, box(x + 0.6, 0.6, w - 1.2, h - 1.2, 4) + box(x + 3, 3, w - 6, h - 6, 2.5));
    if ((flags & FLAG.differs) !== 0) put('differs', 0, box(x + 0.6, 0.6, w - 1.2, h - 1.2, 4));
    if (open && (flags & FLAG.acked) !== 0) put('risk', 0, box(x + 0.8, 0.8, w - 1.6, h - 1.6, 3.5));
  }
  const id = input.log.ids[i] ?? -1;
  if (id >= 0 && marked.has(id)) put('ring', 0, box(x - 3, -3, w + 6, h + 6, 6));
}

/** A bar too thin to hatch says "not committed" by its height. */
function bar(input: CellInput, put: Put, marked: ReadonlySet<number>, x: number, offset: number, i: number): void {
  if (offset >= input.leo) return;
  const key = input.log.keys[i];
  const w = input.axis.pitch > 3 ? input.axis.pitch - 0.6 : input.axis.pitch;
  const h = input.height;
  if (key === undefined) {
    put('unknown', 0, box(x, 0, w, h, 0));
    return;
  }
  if (key === -2) {
    put('gap', 0, `M${r1(x)} ${r1(h / 2)}h${r1(w)}`);
    return;
  }
  const flags = input.log.flags[i] ?? 0;
  const hue = key < 0 ? -1 : key % input.hues;
  const open = offset >= input.hw;
  if ((flags & FLAG.control) !== 0) {
    // A marker, no record: a thin stroke from top to bottom.
    put('control', 0, `M${r1(x + w / 2)} 0v${r1(h)}`);
    return;
  }
  if ((flags & FLAG.lost) !== 0) put('lost', 0, box(x + 0.5, h * 0.25, Math.max(1, w - 1), h * 0.5, 0));
  else put(input.ghost ? 'ghost' : 'solid', hue, box(x, open ? h * 0.4 : 0, w, open ? h * 0.6 : h, 0));
  if ((flags & FLAG.twice) !== 0) put('twice', 0, `M${r1(x)} -2h${r1(w)}`);
  if ((flags & (FLAG.differs | FLAG.lost)) === FLAG.differs)
    put('differs', 0, box(x + 0.4, 0.4, Math.max(1, w - 0.8), h - 0.8, 0));
  if (open && (flags & (FLAG.acked | FLAG.lost)) === FLAG.acked) put('risk', 0, `M${r1(x)} ${r1(h + 1.5)}h${r1(w)}`);
  const id = input.log.ids[i] ?? -1;
  if (id >= 0 && marked.has(id)) put('ring', 0, box(x - 2, -3, w + 4, h + 6, 2));
}

/** The letters in the boxes: one text element with a position for each. */
export interface CellLetter {
  readonly x: number;
  readonly letter: string;
  readonly ghost: boolean;
}

export function cellLetters(input: CellInput, letters: readonly string[]): CellLetter[] {
  if (input.mode !== 'cells' || input.axis.cell < 10) return [];
  const out: CellLetter[] = [];
  for (let slot = 0; slot < input.axis.slots; slot++) {
    const offset = input.axis.base + slot;
    const i = offset - input.log.base;
    const key = input.log.keys[i];
    const flags = input.log.flags[i] ?? 0;
    if (offset >= input.leo || offset < input.logStart || key === undefined || key < 0) continue;
    if ((flags & (FLAG.lost | FLAG.control)) !== 0) continue;
    const letter = letters[key] ?? '';
    if (letter !== '')
      out.push({ x: r1(offsetX(input.axis, offset) + input.axis.cell / 2), letter, ghost: input.ghost });
  }
  return out;
}
