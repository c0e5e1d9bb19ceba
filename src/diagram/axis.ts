/**
 * The offset axis of one column, shared by all its replicas. The window follows the tail in steps, so that a record that
 * arrives fills a slot instead of moving all the others; it is a pure function of the tail, so stepping back gives the
 * same picture.
 */
export interface Axis {
  /** The first offset shown. */
  readonly base: number;
  readonly slots: number;
  /** Pixels from one record to the next, and of one record. */
  readonly pitch: number;
  readonly cell: number;
  /** The left edge of the first slot, in the column's own coordinates. */
  readonly x0: number;
}

/** Slots kept free behind the tail: room for what comes next, and for the words on the right. */
export const freeSlots = (slots: number): number => Math.max(1, Math.floor(slots * 0.13));

export const scrollStep = (slots: number): number => Math.max(1, Math.floor(slots / 8));

/** The base of a window whose tail (the largest log end among the replicas) is `top`. */
export function followBase(top: number, slots: number): number {
  const step = scrollStep(slots);
  const over = top + freeSlots(slots) - slots;
  return over <= 0 ? 0 : Math.ceil(over / step) * step;
}

/** A dragged window stays between 0 and the tail. */
export function clampBase(base: number, top: number, slots: number): number {
  return Math.max(0, Math.min(Math.round(base), followBase(top, slots)));
}

export const offsetX = (axis: Axis, offset: number): number => axis.x0 + (offset - axis.base) * axis.pitch;

/** The offset at a pixel of the column, or null outside the window. */
export function offsetAt(axis: Axis, x: number): number | null {
  const slot = Math.floor((x - axis.x0) / axis.pitch);
  return slot < 0 || slot >= axis.slots ? null : axis.base + slot;
}

/** Where the line "everything below is safe" stands: in the gap before the slot of `hw`, held at the window's edges. */
export function markX(axis: Axis, hw: number): { readonly x: number; readonly out: 'left' | 'right' | null } {
  const gap = axis.pitch - axis.cell;
  if (hw < axis.base) return { x: axis.x0 - gap / 2, out: 'left' };
  if (hw > axis.base + axis.slots) return { x: axis.x0 + axis.slots * axis.pitch - gap / 2, out: 'right' };
  return { x: offsetX(axis, hw) - gap / 2, out: null };
}

/** Which offsets carry a number: every 1st, 2nd, 5th, ... so that the numbers never touch. */
export function labelEvery(pitch: number, highest: number, charWidth: number): number {
  const width = String(Math.max(0, highest)).length * charWidth + 6;
  for (const every of [1, 2, 5, 10, 20, 50]) if (every * pitch >= width) return every;
  return 100;
}
