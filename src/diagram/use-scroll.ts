import { type PointerEvent, type RefObject, useEffect, useRef, useState } from 'react';
import { clampBase, followBase, scrollStep } from './axis.ts';
import type { Layout } from './layout.ts';

/** Columns that were dragged back, by partition: the first offset shown. Absent: the window follows the tail. */
export type Scrolls = Readonly<Record<string, number>>;

interface Drag {
  readonly partition: string;
  readonly x: number;
  readonly base: number;
  readonly by: 'cells' | 'track';
  readonly pointer: number;
  moved: boolean;
}

export interface ScrollActions {
  readonly scrolls: Scrolls;
  scrollBy(partition: string, by: number | 'start' | 'end'): void;
  onPointerDown(event: PointerEvent): void;
  onPointerMove(event: PointerEvent): boolean;
  onPointerUp(event: PointerEvent): boolean;
}

/** Dragging a column's window; what is dragged is told to the engine, which then sends those records. */
export function useScroll(
  world: number,
  layout: Layout | null,
  tops: RefObject<ReadonlyMap<string, number>>,
  tell: (partition: string, base: number | null) => void,
): ScrollActions {
  const [scrolls, setScrolls] = useState<Scrolls>({});
  const drag = useRef<Drag | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another world begins without dragged columns.
  useEffect(() => setScrolls((now) => (Object.keys(now).length === 0 ? now : {})), [world]);
  const slots = layout?.slots ?? 1;
  const baseOf = (partition: string): number =>
    scrolls[partition] ?? followBase(tops.current.get(partition) ?? 0, slots);
  const set = (partition: string, base: number): void => {
    const top = tops.current.get(partition) ?? 0;
    const next = clampBase(base, top, slots);
    const follows = next >= followBase(top, slots);
    const { [partition]: before, ...rest } = scrolls;
    if (follows ? before === undefined : before === next) return;
    setScrolls(follows ? rest : { ...rest, [partition]: next });
    tell(partition, follows ? null : next);
  };
  return {
    scrolls,
    scrollBy(partition, by) {
      if (by === 'start') set(partition, 0);
      else if (by === 'end') set(partition, Number.MAX_SAFE_INTEGER);
      else set(partition, baseOf(partition) + by * scrollStep(slots));
    },
    onPointerDown(event) {
      if (event.button !== 0 || !(event.target instanceof Element)) return;
      const track = event.target.closest('[data-track]')?.getAttribute('data-track') ?? null;
      const thing = event.target.closest('[data-thing]')?.getAttribute('data-thing') ?? '';
      const replica = event.pointerType === 'touch' ? null : (/^replica:(.+)@\d+$/.exec(thing)?.[1] ?? null);
      const partition = track ?? replica;
      if (partition === null) return;
      drag.current = {
        partition,
        x: event.clientX,
        base: baseOf(partition),
        by: track === null ? 'cells' : 'track',
        pointer: event.pointerId,
        moved: false,
      };
    },
    onPointerMove(event) {
      const d = drag.current;
      if (d === null || layout === null || d.pointer !== event.pointerId) return false;
      const dx = event.clientX - d.x;
      if (!d.moved && Math.abs(dx) < 4) return false;
      if (!d.moved) event.currentTarget.setPointerCapture(event.pointerId);
      d.moved = true;
      const last = followBase(tops.current.get(d.partition) ?? 0, slots);
      const width = layout.columnWidth - 2 * layout.pad;
      const thumb = Math.max(14, (slots / (last + slots)) * width);
      set(
        d.partition,
        d.by === 'cells' ? d.base - dx / layout.pitch : d.base + (dx / Math.max(1, width - thumb)) * last,
      );
      return true;
    },
    onPointerUp(event) {
      const moved = drag.current?.moved ?? false;
      drag.current = null;
      if (moved && event.currentTarget.hasPointerCapture(event.pointerId))
        event.currentTarget.releasePointerCapture(event.pointerId);
      return moved;
    },
  };
}
