/** Paints what flies. Segments are gathered by colour and stroked once a colour: 300 capsules take under 2 ms. */
import { type Point, pointAt, type Route, sliceRoute } from './flight-path.ts';
import type { Drawn } from './flights.ts';
import type { Palette } from './palette.ts';

export interface View {
  /** Size of the visible part, and how far the content is scrolled. */
  readonly width: number;
  readonly height: number;
  readonly scrollX: number;
  readonly scrollY: number;
  /** Nothing is painted over the row heads when the columns are scrolled under them. */
  readonly clipLeft: number;
  /** Pixels across a capsule. */
  readonly thick: number;
  /** Whether the ways are dotted; over stripes there are too many. */
  readonly tracks: boolean;
  readonly reducedMotion: boolean;
  readonly fontSize: number;
}

type Strokes = Map<string, Path2D>;

const into = (strokes: Strokes, colour: string): Path2D => {
  let path = strokes.get(colour);
  if (path === undefined) {
    path = new Path2D();
    strokes.set(colour, path);
  }
  return path;
};

function trace(path: Path2D, points: readonly Point[]): void {
  points.forEach((p, i) => {
    if (i === 0) path.moveTo(p.x, p.y);
    else path.lineTo(p.x, p.y);
  });
}

function arrowHead(path: Path2D, route: Route, distance: number, size: number): void {
  const tip = pointAt(route, distance);
  const back = pointAt(route, Math.max(0, distance - 4));
  const d = Math.hypot(tip.x - back.x, tip.y - back.y) || 1;
  const ux = (tip.x - back.x) / d;
  const uy = (tip.y - back.y) / d;
  path.moveTo(tip.x, tip.y);
  path.lineTo(tip.x - ux * size - uy * size * 0.55, tip.y - uy * size + ux * size * 0.55);
  path.lineTo(tip.x - ux * size + uy * size * 0.55, tip.y - uy * size - ux * size * 0.55);
  path.closePath();
}

/** Where a capsule's head and tail are: it is whole from the first moment and stops with its head at the end. */
export function span(item: Drawn): { from: number; to: number } {
  const length = Math.min(item.length, item.route.length * 0.6);
  const to = length + (item.route.length - length) * item.fraction;
  return { from: to - length, to };
}

export function paintFlights(
  ctx: CanvasRenderingContext2D,
  view: View,
  items: readonly Drawn[],
  palette: Palette,
): void {
  ctx.clearRect(0, 0, view.width, view.height);
  if (items.length === 0) return;
  ctx.save();
  ctx.beginPath();
  ctx.rect(view.clipLeft, 0, view.width - view.clipLeft, view.height);
  ctx.clip();
  ctx.translate(-view.scrollX, -view.scrollY);
  const tracks = new Path2D();
  const seen = new Set<Route>();
  const bodies: Strokes = new Map();
  const caps: Strokes = new Map();
  const edges = new Path2D();
  const errors = new Path2D();
  const thin: Strokes = new Map();
  const heads: Strokes = new Map();
  const marks: { item: Drawn; at: Point }[] = [];
  for (const item of items) {
    const { from, to } = span(item);
    if (view.tracks && item.kind !== 'arrow' && !seen.has(item.route)) {
      seen.add(item.route);
      trace(tracks, item.route.points);
    }
    if (item.kind === 'arrow') {
      const colour = item.error ? palette.lost : item.quiet ? palette.faint : palette.mute;
      const whole = view.reducedMotion;
      trace(into(thin, colour), whole ? item.route.points : sliceRoute(item.route, from, to - 4));
      arrowHead(into(heads, colour), item.route, whole ? item.route.length : to, view.tracks ? 7 : 5);
    } else if (view.reducedMotion && !item.stuck) {
      trace(into(thin, item.error ? palette.lost : palette.ink), item.route.points);
      arrowHead(into(heads, item.error ? palette.lost : palette.ink), item.route, item.route.length, 8);
      capsule(item, from, to);
    } else capsule(item, from, to);
    if (item.error || item.stuck || item.count > 1) marks.push({ item, at: pointAt(item.route, (from + to) / 2) });
  }
  function capsule(item: Drawn, from: number, to: number): void {
    const colours =
      item.keys.length === 0
        ? [palette.mute]
        : item.keys.map((k) => (k < 0 ? palette.none : (palette.keys[k % palette.keys.length] as string)));
    const each = (to - from) / colours.length;
    colours.forEach((colour, i) => {
      // The head is the first record of the batch. Ends are round, joints are flat.
      const end = to - i * each;
      const part = sliceRoute(item.route, end - each, end);
      trace(into(i === 0 || i === colours.length - 1 ? caps : bodies, colour), part);
    });
    trace(item.error ? errors : edges, sliceRoute(item.route, from, to));
  }
  ctx.lineJoin = 'round';
  ctx.lineCap = 'round';
  ctx.strokeStyle = palette.mute;
  ctx.globalAlpha = 0.5;
  ctx.lineWidth = 1.2;
  ctx.setLineDash([0.5, 4.5]);
  ctx.stroke(tracks);
  ctx.setLineDash([]);
  ctx.globalAlpha = 1;
  ctx.lineWidth = view.thick + 2.4;
  ctx.strokeStyle = palette.panel;
  ctx.stroke(edges);
  ctx.strokeStyle = palette.lost;
  ctx.lineWidth = view.thick + 3.4;
  ctx.stroke(errors);
  ctx.lineWidth = view.thick;
  for (const [colour, path] of caps) {
    ctx.strokeStyle = colour;
    ctx.stroke(path);
  }
  ctx.lineCap = 'butt';
  for (const [colour, path] of bodies) {
    ctx.strokeStyle = colour;
    ctx.stroke(path);
  }
  ctx.lineWidth = 1.4;
  for (const [colour, path] of thin) {
    ctx.strokeStyle = colour;
    ctx.stroke(path);
  }
  for (const [colour, path] of heads) {
    ctx.fillStyle = colour;
    ctx.fill(path);
  }
  for (const mark of marks) paintMark(ctx, view, mark.item, mark.at, palette);
  ctx.restore();
}

/** A cross for an error, two bars for what stands still, the count of a bundle. */
function paintMark(ctx: CanvasRenderingContext2D, view: View, item: Drawn, at: Point, palette: Palette): void {
  if (item.count > 1) {
    const label = String(item.count);
    ctx.font = `600 ${view.fontSize}px ui-monospace, "DejaVu Sans Mono", monospace`;
    const width = ctx.measureText(label).width + (view.tracks ? 8 : 5);
    const high = view.tracks ? 16 : 13;
    ctx.fillStyle = item.stuck ? palette.warn : palette.ink;
    ctx.beginPath();
    ctx.roundRect(at.x - width / 2, at.y - high / 2, width, high, high / 2);
    ctx.fill();
    ctx.fillStyle = palette.panel;
    ctx.textAlign = 'center';
    ctx.textBaseline = 'middle';
    ctx.fillText(label, at.x, at.y + 0.5);
    return;
  }
  ctx.beginPath();
  ctx.arc(at.x, at.y, 6.5, 0, Math.PI * 2);
  ctx.fillStyle = palette.panel;
  ctx.fill();
  ctx.lineWidth = 1.6;
  ctx.strokeStyle = item.error ? palette.lost : palette.warn;
  ctx.stroke();
  ctx.beginPath();
  if (item.error) {
    ctx.moveTo(at.x - 2.6, at.y - 2.6);
    ctx.lineTo(at.x + 2.6, at.y + 2.6);
    ctx.moveTo(at.x + 2.6, at.y - 2.6);
    ctx.lineTo(at.x - 2.6, at.y + 2.6);
  } else {
    ctx.moveTo(at.x - 1.9, at.y - 3);
    ctx.lineTo(at.x - 1.9, at.y + 3);
    ctx.moveTo(at.x + 1.9, at.y - 3);
    ctx.lineTo(at.x + 1.9, at.y + 3);
  }
  ctx.stroke();
}
