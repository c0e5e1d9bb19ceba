/** What the lanes are filled with: three ways of being read by nobody, and owners that stand still. Each has a form of its own. */
import { READER_HUES } from '../../diagram/palette.ts';
import type { LabGap } from '../../protocol/lab.ts';

export const GAPS: readonly LabGap[] = ['revoked', 'lost', 'never'];

/** Lines of a pattern's tile, 7 pixels wide and high. */
const TILES: Readonly<Record<LabGap, string>> = {
  revoked: 'M-1 8L8 -1M-2 2L2 -2M5 9L9 5',
  lost: 'M-1 8L8 -1M-2 2L2 -2M5 9L9 5M-1 -1L8 8M-2 5L2 9M5 -2L9 2',
  never: 'M1.5 1.5h1.4M5 5h1.4',
};
const TILE = 7;

/** Stands once on the page; the lanes' drawings refer to it. */
export function Patterns() {
  return (
    <svg className="kl-patterns" width={0} height={0} aria-hidden="true">
      <defs>
        {GAPS.map((gap) => (
          <pattern key={gap} id={`kl-${gap}`} width={TILE} height={TILE} patternUnits="userSpaceOnUse">
            <rect width={TILE} height={TILE} className="kl-gap-ground" />
            <path d={TILES[gap]} className={`kl-gap-lines kl-gap-${gap}`} />
          </pattern>
        ))}
        {Array.from({ length: READER_HUES }, (_, hue) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a hue is its number
          <pattern key={hue} id={`kl-stalled-${hue}`} width={5} height={5} patternUnits="userSpaceOnUse">
            <rect width={5} height={5} fill={`color-mix(in srgb, var(--c${hue + 1}) 14%, var(--panel))`} />
            <path d="M1.5 0V5" stroke={`color-mix(in srgb, var(--c${hue + 1}) 45%, var(--panel))`} />
          </pattern>
        ))}
      </defs>
    </svg>
  );
}

/** How much of a hue stays where a partition is held by whom it was held before. */
const PALE = 0.34;

/** The same fillings for a canvas, which knows neither CSS variables nor the page's patterns. */
export interface CanvasFills {
  readonly hues: readonly string[];
  /** The same hues, pale. */
  readonly pale: readonly string[];
  readonly stalled: readonly (CanvasPattern | string)[];
  readonly gaps: Readonly<Record<LabGap, CanvasPattern | string>>;
  readonly ink: string;
}

function tile(
  size: number,
  draw: (context: CanvasRenderingContext2D) => void,
  whole: CanvasRenderingContext2D,
  ratio: number,
) {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = Math.round(size * ratio);
  const context = canvas.getContext('2d');
  if (context === null) return '#888';
  context.scale(canvas.width / size, canvas.width / size);
  draw(context);
  const pattern = whole.createPattern(canvas, 'repeat');
  pattern?.setTransform(new DOMMatrix().scale(size / canvas.width));
  return pattern ?? '#888';
}

export function canvasFills(element: Element, whole: CanvasRenderingContext2D, ratio: number): CanvasFills {
  const style = getComputedStyle(element);
  const read = (name: string): string => style.getPropertyValue(name).trim() || '#888';
  const hues = Array.from({ length: READER_HUES }, (_, hue) => read(`--c${hue + 1}`));
  const lost = read('--lost');
  const mixed = (hue: string): string => {
    whole.fillStyle = hue;
    const [r, g, b] = [1, 3, 5].map((at) => Number.parseInt(String(whole.fillStyle).slice(at, at + 2), 16));
    return `rgb(${r} ${g} ${b} / ${PALE})`;
  };
  const panel = read('--panel');
  const ground = (context: CanvasRenderingContext2D, size: number, colour: string, alpha: number): void => {
    context.fillStyle = panel;
    context.fillRect(0, 0, size, size);
    context.globalAlpha = alpha;
    context.fillStyle = colour;
    context.fillRect(0, 0, size, size);
    context.globalAlpha = 1;
  };
  const gap = (name: LabGap) =>
    tile(
      TILE,
      (context) => {
        ground(context, TILE, lost, 0.1);
        context.strokeStyle = lost;
        context.lineWidth = name === 'never' ? 1.4 : 1.2;
        context.stroke(new Path2D(TILES[name]));
      },
      whole,
      ratio,
    );
  return {
    hues,
    pale: hues.map(mixed),
    stalled: hues.map((hue) =>
      tile(
        5,
        (context) => {
          ground(context, 5, hue, 0.14);
          context.globalAlpha = 0.45;
          context.strokeStyle = hue;
          context.stroke(new Path2D('M1.5 0V5'));
        },
        whole,
        ratio,
      ),
    ),
    gaps: { revoked: gap('revoked'), lost: gap('lost'), never: gap('never') },
    ink: read('--ink'),
  };
}
