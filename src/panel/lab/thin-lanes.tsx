/** Very many partitions: rows a pixel or a few high on a canvas, grouped by what happens to them, each group with its words. */
import { useLayoutEffect, useRef } from 'react';
import { fitText, textWidth } from '../../diagram/measure.ts';
import { READER_HUES } from '../../diagram/palette.ts';
import type { LabRun } from '../../protocol/lab.ts';
import { spanAt } from '../../store/lab-cursor.ts';
import { useApp, useSay } from '../../store/use-app.tsx';
import type { Domain, LaneBox } from '../time-strip/lane-math.ts';
import { laneShapes, type Rows } from './geometry.ts';
import { type CanvasFills, canvasFills } from './patterns.tsx';

/** Neighbouring rows with one owner name it once, where together they are this high. */
const NAME_HEIGHT = 13;

interface Painting {
  readonly context: CanvasRenderingContext2D;
  readonly fills: CanvasFills;
  readonly font: string;
}

function paintRows({ context, fills }: Painting, run: LabRun, rows: Rows, domain: Domain, box: LaneBox): void {
  const hues = new Map(run.members.map(({ consumer, hue }) => [consumer, hue % READER_HUES]));
  for (const { partitions, y, height } of rows.rows) {
    // The rows are sorted: the one in the middle stands for its few neighbours.
    const { spans } = partitions[partitions.length >> 1]!;
    const shown = height > 3 ? height - 1 : height;
    const before = spanAt(spans, run.triggerUs)?.owner ?? null;
    for (const { kind, x, width, owner } of laneShapes(spans, domain, box)) {
      const hue = hues.get(owner ?? '') ?? 0;
      context.fillStyle =
        kind === 'held'
          ? (owner === before ? fills.pale : fills.hues)[hue]!
          : kind === 'stalled'
            ? fills.stalled[hue]!
            : fills.gaps[kind];
      context.fillRect(x, y, width, shown);
    }
  }
}

/** Names of owners over runs of rows that they hold at the left edge of what is shown. */
function paintNames({ context, fills, font }: Painting, rows: Rows, domain: Domain, box: LaneBox): void {
  context.font = font;
  context.fillStyle = fills.ink;
  context.textBaseline = 'middle';
  let i = 0;
  while (i < rows.rows.length) {
    const ownerAt = (k: number): string | null => {
      const row = rows.rows[k];
      if (row === undefined) return null;
      const { spans } = row.partitions[row.partitions.length >> 1]!;
      const first = laneShapes(spans, domain, box)[0];
      return first?.kind === 'held' && first.width > 40 ? first.owner : null;
    };
    const owner = ownerAt(i);
    const from = rows.rows[i]!;
    let last = from;
    let k = i + 1;
    while (k < rows.rows.length && rows.rows[k]!.y <= last.y + last.height && ownerAt(k) === owner) {
      last = rows.rows[k]!;
      k += 1;
    }
    const height = last.y + last.height - from.y;
    if (owner !== null && height >= NAME_HEIGHT && textWidth(owner, 11, 'bold') < 40)
      context.fillText(owner, box.left + 6, from.y + height / 2);
    i = k;
  }
}

export function ThinLanes(props: { run: LabRun; rows: Rows; domain: Domain; box: LaneBox; width: number }) {
  const { run, rows, domain, box, width } = props;
  const say = useSay();
  const theme = useApp((state) => state.resolvedTheme);
  const canvas = useRef<HTMLCanvasElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the theme's colours are read from the element
  useLayoutEffect(() => {
    const element = canvas.current;
    const context = element?.getContext('2d') ?? null;
    if (element === null || context === null) return;
    const ratio = devicePixelRatio || 1;
    element.width = Math.round(width * ratio);
    element.height = Math.round(rows.height * ratio);
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    const font = `700 11px ${getComputedStyle(element).fontFamily}`;
    const painting = { context, fills: canvasFills(element, context, ratio), font };
    paintRows(painting, run, rows, domain, box);
    paintNames(painting, rows, domain, box);
  }, [run, rows, domain, box, width, theme]);
  return (
    <div className="kl-thin" style={{ height: rows.height }}>
      <canvas
        ref={canvas}
        style={{ width, height: rows.height }}
        role="img"
        aria-label={rows.groups.map(({ fate, count }) => say(`lab.fate.${fate}.says`, { count })).join(' ')}
      />
      {rows.groups.map(({ fate, count, y, height }) => {
        const whole = say(`lab.fate.${fate}`, { count });
        return (
          <span
            key={fate}
            className="kl-fate"
            style={{ top: y + Math.max(0, (height - 30) / 2), width: box.left - 6 }}
            aria-hidden="true"
          >
            {height >= 30 ? whole : fitText(whole, box.left - 8, 11)}
          </span>
        );
      })}
    </div>
  );
}
