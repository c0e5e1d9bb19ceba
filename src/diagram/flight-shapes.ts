/** What the canvas of flights shows, as shapes: for pictures that are not a canvas. */
import { type Point, pointAt, sliceRoute } from './flight-path.ts';
import type { Drawn } from './flights.ts';
import { span } from './flights-canvas.ts';
import { flightsOf } from './painted.ts';
import { type Palette, readPalette } from './palette.ts';

export interface Shape {
  readonly name: 'path' | 'circle' | 'rect' | 'text';
  readonly attributes: Readonly<Record<string, string | number>>;
  readonly text?: string;
}

const r1 = (v: number): number => Math.round(v * 10) / 10;
const lineOf = (points: readonly Point[]): string =>
  points.map((p, i) => `${i === 0 ? 'M' : 'L'}${r1(p.x)} ${r1(p.y)}`).join('');

/** `themed`: an element whose CSS variables give the colours. */
export function flightShapes(canvas: Element, themed: Element): Shape[] {
  const last = flightsOf(canvas);
  return last === null ? [] : shapesOf(last.items, readPalette(themed), last.thick);
}

/** Pure: drawn flights to shapes, in the order in which they are painted. */
export function shapesOf(items: readonly Drawn[], palette: Palette, thick: number): Shape[] {
  const tracks: Shape[] = [];
  const bodies: Shape[] = [];
  const marks: Shape[] = [];
  for (const item of items) {
    const { from, to } = span(item);
    const colour = item.error ? palette.lost : item.quiet ? palette.faint : palette.mute;
    if (item.kind === 'arrow') {
      bodies.push(stroke(lineOf(sliceRoute(item.route, from, to)), colour, 1.4));
      bodies.push({ name: 'path', attributes: { d: head(item, to), fill: colour } });
    } else {
      if (thick > 4)
        tracks.push({
          name: 'path',
          attributes: {
            d: lineOf(item.route.points),
            fill: 'none',
            stroke: palette.mute,
            'stroke-width': 1.2,
            'stroke-dasharray': '0.5 4.5',
            'stroke-linecap': 'round',
            opacity: 0.5,
          },
        });
      const keys = item.keys.length === 0 ? [null] : item.keys;
      const each = (to - from) / keys.length;
      bodies.push(
        stroke(lineOf(sliceRoute(item.route, from, to)), item.error ? palette.lost : palette.panel, thick + 2.4),
      );
      keys.forEach((key, i) => {
        const end = to - i * each;
        const fill =
          key === null ? palette.mute : key < 0 ? palette.none : (palette.keys[key % palette.keys.length] ?? '');
        bodies.push(stroke(lineOf(sliceRoute(item.route, end - each, end)), fill, thick));
      });
    }
    if (item.error || item.stuck || item.count > 1)
      marks.push(...markShapes(item, pointAt(item.route, (from + to) / 2), palette));
  }
  return [...tracks, ...bodies, ...marks];
}

const stroke = (d: string, colour: string, width: number): Shape => ({
  name: 'path',
  attributes: {
    d,
    fill: 'none',
    stroke: colour,
    'stroke-width': width,
    'stroke-linecap': 'round',
    'stroke-linejoin': 'round',
  },
});

function head(item: Drawn, distance: number): string {
  const tip = pointAt(item.route, distance);
  const back = pointAt(item.route, Math.max(0, distance - 4));
  const d = Math.hypot(tip.x - back.x, tip.y - back.y) || 1;
  const [ux, uy] = [(tip.x - back.x) / d, (tip.y - back.y) / d];
  const at = (along: number, across: number): string =>
    `${r1(tip.x - ux * along - uy * across)} ${r1(tip.y - uy * along + ux * across)}`;
  return `M${at(0, 0)}L${at(7, 3.9)}L${at(7, -3.9)}z`;
}

function markShapes(item: Drawn, at: Point, palette: Palette): Shape[] {
  const [x, y] = [r1(at.x), r1(at.y)];
  if (item.count > 1) {
    const width = String(item.count).length * 7 + 8;
    const fill = item.stuck ? palette.warn : palette.ink;
    return [
      { name: 'rect', attributes: { x: x - width / 2, y: y - 8, width, height: 16, rx: 8, fill } },
      {
        name: 'text',
        attributes: {
          x,
          y: y + 4,
          fill: palette.panel,
          'text-anchor': 'middle',
          'font-size': 11,
          'font-weight': 600,
          'font-family': 'monospace',
        },
        text: String(item.count),
      },
    ];
  }
  const colour = item.error ? palette.lost : palette.warn;
  const d = item.error ? `M${x - 2.6} ${y - 2.6}l5.2 5.2m0 -5.2l-5.2 5.2` : `M${x - 1.9} ${y - 3}v6m3.8 -6v6`;
  return [
    { name: 'circle', attributes: { cx: x, cy: y, r: 6.5, fill: palette.panel, stroke: colour, 'stroke-width': 1.6 } },
    { name: 'path', attributes: { d, fill: 'none', stroke: colour, 'stroke-width': 1.6 } },
  ];
}
