/** Every record as a small block, however many there are: one canvas, and the way into each of them. */
import { useLayoutEffect, useRef, useState } from 'react';
import { keyVariable } from '../../diagram/palette.ts';
import { useApp } from '../../store/use-app.tsx';

interface BlocksProps {
  /** A hue for each record; -1: no key. */
  readonly hues: readonly number[];
  readonly width: number;
  /** The chosen one; -1: none. */
  readonly record: number;
  readonly onRecord: (record: number) => void;
}

/** Side and gap in pixels; many records have smaller blocks. */
function blockSize(count: number): readonly [number, number] {
  if (count <= 600) return [15, 1.6];
  return count <= 4_000 ? [8, 1] : [4, 1];
}

export function RecordBlocks({ hues, width, record, onRecord }: BlocksProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const theme = useApp((state) => state.resolvedTheme);
  const [hover, setHover] = useState(-1);
  const [size, gap] = blockSize(hues.length);
  const columns = Math.max(1, Math.floor((width + gap) / (size + gap)));
  const rows = Math.ceil(hues.length / columns);
  const pitch = size + gap;
  const rowPitch = size + (size > 8 ? 5 : 1);
  const height = rows * rowPitch;

  // biome-ignore lint/correctness/useExhaustiveDependencies: the theme decides what the variables say
  useLayoutEffect(() => {
    const element = canvas.current;
    const context = element?.getContext('2d') ?? null;
    if (element === null || context === null || width === 0) return;
    const ratio = devicePixelRatio;
    element.width = Math.ceil(width * ratio);
    element.height = Math.ceil(height * ratio);
    context.scale(ratio, ratio);
    const style = getComputedStyle(element);
    const colour = (name: string): string => style.getPropertyValue(name).trim();
    for (const [i, hue] of hues.entries()) {
      const x = (i % columns) * pitch;
      const y = Math.floor(i / columns) * rowPitch;
      context.globalAlpha = 0.85;
      context.fillStyle = colour(keyVariable(hue));
      context.beginPath();
      context.roundRect(x, y + 1, size, size, size > 8 ? 3 : 1);
      context.fill();
      if (i !== record && i !== hover) continue;
      context.globalAlpha = 1;
      context.lineWidth = i === record ? 2 : 1;
      context.strokeStyle = colour(i === record ? '--accent' : '--ink');
      context.stroke();
    }
  }, [hues, width, height, columns, record, hover, theme, pitch, rowPitch, size]);

  const at = (event: { clientX: number; clientY: number; currentTarget: HTMLElement }): number => {
    const box = event.currentTarget.getBoundingClientRect();
    const column = Math.floor((event.clientX - box.left) / pitch);
    const i = Math.floor((event.clientY - box.top) / rowPitch) * columns + column;
    return column < columns && i < hues.length ? i : -1;
  };
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a canvas has no focus; the steps in the list of fields lead to each record
    <canvas
      ref={canvas}
      className="kb-blocks"
      aria-hidden="true"
      style={{ width, height }}
      onPointerMove={(event) => event.pointerType === 'mouse' && setHover(at(event))}
      onPointerLeave={() => setHover(-1)}
      onClick={(event) => {
        const hit = at(event);
        if (hit >= 0) onRecord(hit);
      }}
    />
  );
}

/** Keyed records have the hue of their key, as everywhere; without any key neighbours only differ, as fields do. */
export function huesOf(keys: readonly (string | null)[], known: readonly string[]): number[] {
  if (keys.every((key) => key === null)) return keys.map((_, i) => (i * 7) % 5);
  const places = new Map(known.map((key, i) => [key, i]));
  return keys.map((key) => {
    if (key === null) return -1;
    const place = places.get(key) ?? places.size;
    places.set(key, place);
    return place;
  });
}
