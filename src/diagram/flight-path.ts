/**
 * The way of a request: out of its sender, along the bus or straight into a gutter between two columns, to the row where
 * it stops. It never crosses a row at which it does not stop. Pure geometry in the content's coordinates.
 */
import { type Layout, rowMiddle } from './layout.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Where things stand: from a thing's id to its place. */
export interface Places {
  readonly brokers: ReadonlyMap<string, number>;
  readonly producers: ReadonlyMap<string, number>;
  readonly consumers: ReadonlyMap<string, number>;
  /** Members of groups, by their consumer. */
  readonly members?: ReadonlyMap<string, { readonly group: number; readonly member: number }>;
  /** From a partition's name to its column. */
  readonly columns: ReadonlyMap<string, number>;
}

type End =
  | { readonly kind: 'broker'; readonly row: number }
  | { readonly kind: 'producer'; readonly index: number }
  | { readonly kind: 'consumer'; readonly index: number }
  | { readonly kind: 'member'; readonly group: number; readonly member: number }
  | { readonly kind: 'controller' };

export function placeOf(thing: string, places: Places): End | null {
  const row = places.brokers.get(thing);
  if (row !== undefined) return { kind: 'broker', row };
  const producer = places.producers.get(thing);
  if (producer !== undefined) return { kind: 'producer', index: producer };
  const member = places.members?.get(thing);
  if (member !== undefined) return { kind: 'member', ...member };
  const consumer = places.consumers.get(thing);
  if (consumer !== undefined) return { kind: 'consumer', index: consumer };
  return thing.startsWith('controller:') ? { kind: 'controller' } : null;
}

/** Two lanes in a gutter: clients of the column on its left, copies of the column on its right. */
export function laneX(layout: Layout, gutter: number, lane: 'clients' | 'copies'): number {
  const first = layout.columnX[0] as number;
  const left = gutter === 0 ? first - layout.gutter : (layout.columnX[gutter - 1] as number) + layout.columnWidth;
  return left + layout.gutter * (lane === 'clients' ? 0.3 : 0.72);
}

/** How far inside a column's edge a request ends. */
const INTO = 5;

function brokerEnd(layout: Layout, row: number, column: number, side: 'left' | 'right'): Point {
  const y = rowMiddle(layout, row);
  if (column < 0) return { x: layout.headWidth - 4, y };
  const x = layout.columnX[column] as number;
  const into = Math.min(INTO, layout.columnWidth / 3);
  return { x: side === 'left' ? x + into : x + layout.columnWidth - into, y };
}

/** Out of a row below the columns: the first by its upper edge, the others by their side into the gutter. */
function fromRow(layout: Layout, y: number, height: number, first: boolean, column: number, x: number): Point[] {
  if (!first && column >= 0) {
    const edge = (layout.columnX[column] as number) + layout.columnWidth - Math.min(INTO, layout.columnWidth / 3);
    return [
      { x: edge, y: y + height / 2 },
      { x, y: y + height / 2 },
    ];
  }
  const inset = Math.min(16, layout.columnWidth / 2);
  const from = column < 0 ? layout.headWidth - 12 : (layout.columnX[column] as number) + layout.columnWidth - inset;
  return [
    { x: from, y },
    { x: from, y: layout.readerBusY },
    { x, y: layout.readerBusY },
  ];
}

/** A member speaks with its coordinator: up between its neighbours, along the bus over its group's members, to the edge. */
function fromMember(layout: Layout, group: number, member: number, x: number): Point[] {
  const all = layout.members[group];
  const rect = all?.[member];
  const first = all?.[0];
  if (rect === undefined || first === undefined) return [];
  const bus = first.y - 5;
  if (rect.y === first.y) {
    const top = rect.x + Math.min(20, rect.width / 2);
    return [
      { x: top, y: rect.y },
      { x: top, y: bus },
      { x, y: bus },
    ];
  }
  const aside = rect.x - 4;
  const y = rect.y + rect.height / 2;
  return [
    { x: rect.x, y },
    { x: aside, y },
    { x: aside, y: bus },
    { x, y: bus },
  ];
}

/** From the end to its lane, lane point last. */
function leave(layout: Layout, end: End, column: number, side: 'left' | 'right', x: number): Point[] {
  switch (end.kind) {
    case 'broker': {
      const at = brokerEnd(layout, end.row, column, side);
      return [at, { x, y: at.y }];
    }
    case 'producer': {
      const card = layout.producers[end.index];
      if (card === undefined) return [];
      // A card above other cards is left at its side.
      if (layout.producers.some((other) => other.y > card.y)) {
        const edge = card.x + card.width;
        const y = card.y + card.height / 2;
        return [
          { x: edge, y },
          { x: edge + 5, y },
          { x: edge + 5, y: layout.busY },
          { x, y: layout.busY },
        ];
      }
      const px = Math.max(card.x + 16, Math.min(card.x + card.width - 16, x));
      const bottom = { x: px, y: card.y + card.height };
      return px === x ? [bottom] : [bottom, { x: px, y: layout.busY }, { x, y: layout.busY }];
    }
    case 'consumer': {
      const y = layout.readerY[end.index];
      if (y === undefined) return [];
      return fromRow(layout, y, layout.readerHeight, end.index === 0 && layout.groupY.length === 0, column, x);
    }
    case 'member': {
      const y = layout.groupY[end.group];
      if (column >= 0 && y !== undefined) return fromRow(layout, y, layout.groupHeight, end.group === 0, column, x);
      return fromMember(layout, end.group, end.member, x);
    }
    default: {
      const c = layout.controller;
      return [
        { x: c.x + c.width, y: c.y + c.height / 2 },
        { x, y: c.y + c.height / 2 },
      ];
    }
  }
}

/** The polyline of a request from one thing to another about a column (-1: about none), or null if it has no way here. */
export function routeOf(layout: Layout, places: Places, from: string, to: string, column: number): Point[] | null {
  const a = placeOf(from, places);
  const b = placeOf(to, places);
  if (a === null || b === null) return null;
  const copies = a.kind === 'broker' && b.kind === 'broker';
  const control = a.kind === 'controller' || b.kind === 'controller';
  const used = control ? -1 : column;
  const side = copies ? 'left' : 'right';
  const gutter = used < 0 ? 0 : copies ? used : used + 1;
  const x = laneX(layout, gutter, copies || control ? 'copies' : 'clients');
  const out = leave(layout, a, used, side, x);
  const back = leave(layout, b, used, side, x);
  if (out.length === 0 || back.length === 0) return null;
  const points = [...out, ...back.reverse()];
  return points.filter((p, i) => i === 0 || p.x !== points[i - 1]?.x || p.y !== points[i - 1]?.y);
}

export interface Route {
  readonly points: readonly Point[];
  /** Distance from the start at each point. */
  readonly at: readonly number[];
  readonly length: number;
}

export function measureRoute(points: readonly Point[]): Route {
  const at = [0];
  for (let i = 1; i < points.length; i++) {
    const a = points[i - 1] as Point;
    const b = points[i] as Point;
    at.push((at[i - 1] as number) + Math.hypot(b.x - a.x, b.y - a.y));
  }
  return { points, at, length: at[at.length - 1] as number };
}

export function pointAt(route: Route, distance: number): Point {
  const d = Math.max(0, Math.min(route.length, distance));
  let i = 1;
  while (i < route.at.length - 1 && (route.at[i] as number) < d) i++;
  const a = route.points[i - 1] as Point;
  const b = route.points[i] ?? a;
  const from = route.at[i - 1] as number;
  const span = (route.at[i] ?? from) - from;
  const t = span === 0 ? 0 : (d - from) / span;
  return { x: a.x + (b.x - a.x) * t, y: a.y + (b.y - a.y) * t };
}

/** The part of a route between two distances: a capsule bends with its way. */
export function sliceRoute(route: Route, start: number, end: number): Point[] {
  const from = Math.max(0, Math.min(route.length, start));
  const to = Math.max(from, Math.min(route.length, end));
  const out = [pointAt(route, from)];
  for (let i = 1; i < route.at.length - 1; i++) {
    const d = route.at[i] as number;
    if (d > from && d < to) out.push(route.points[i] as Point);
  }
  out.push(pointAt(route, to));
  return out;
}

/** How far a request has come, 0..1: linear between the moments it was sent and received. */
export function progress(sentUs: number, arriveUs: number, nowUs: number): number {
  if (arriveUs <= sentUs) return nowUs >= arriveUs ? 1 : 0;
  return Math.max(0, Math.min(1, (nowUs - sentUs) / (arriveUs - sentUs)));
}
