/** What each canvas painted last, for those who want it as shapes. */
import type { Drawn } from './flights.ts';

const painted = new WeakMap<Element, { readonly items: readonly Drawn[]; readonly thick: number }>();

export function rememberFlights(canvas: Element, items: readonly Drawn[], thick: number): void {
  painted.set(canvas, { items, thick });
}

export const flightsOf = (canvas: Element): { readonly items: readonly Drawn[]; readonly thick: number } | null =>
  painted.get(canvas) ?? null;
