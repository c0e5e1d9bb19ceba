import { type RefObject, useEffect, useRef, useState } from 'react';
import type { Frame } from '../protocol/frame.ts';
import type { Layout } from './layout.ts';
import type { Size } from './use-size.ts';

/** Records of a window beyond what is shown: the step in which it scrolls, and what another log has beyond its leader's. */
const SPARE = 16;

/** The columns between two edges of the visible part, one more at each side; null: all of them. Pure. */
export function columnsInView(layout: Layout, from: number, to: number): { first: number; last: number } | null {
  const n = layout.columnX.length;
  let first = 0;
  let last = n - 1;
  while (first < last && (layout.columnX[first] as number) + layout.columnWidth < from + layout.headWidth) first++;
  while (last > first && (layout.columnX[last] as number) > to) last--;
  first = Math.max(0, first - 1);
  last = Math.min(n - 1, last + 1);
  return first === 0 && last === n - 1 ? null : { first, last };
}

/** Tells the engine whose records are in view, so that a frame carries no others. */
export function useColumns(
  layout: Layout | null,
  size: Size | null,
  scroller: RefObject<HTMLElement | null>,
  frame: Frame,
  near: string | null,
  tell: ((columns: readonly string[] | null, windowRecords: number) => void) | undefined,
): void {
  const [left, setLeft] = useState(0);
  const latest = useRef(tell);
  latest.current = tell;
  useEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    // In steps, so that scrolling asks a few times and not at every pixel.
    const onScroll = (): void => setLeft(Math.floor(element.scrollLeft / 40) * 40);
    element.addEventListener('scroll', onScroll, { passive: true });
    return () => element.removeEventListener('scroll', onScroll);
  }, [scroller]);
  const view = layout === null || size === null ? null : columnsInView(layout, left, left + size.width + 40);
  const names =
    layout === null || size === null
      ? null
      : layout.mode === 'stripes'
        ? near === null
          ? ''
          : near
        : view === null
          ? null
          : frame.partitions
              .slice(view.first, view.last + 1)
              .map((p) => p.name)
              .join(' ');
  const records = layout === null ? 64 : Math.ceil((layout.slots + SPARE) / 8) * 8;
  const known = layout !== null && size !== null;
  useEffect(() => {
    if (!known) return;
    const columns = names === null ? null : names === '' ? [] : names.split(' ');
    latest.current?.(columns, layout?.mode === 'stripes' ? 40 : records);
  }, [known, names, records, layout?.mode]);
}
