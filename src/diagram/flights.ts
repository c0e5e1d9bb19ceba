/** Which requests are drawn, and as what: capsules, arrows, stuck marks, or one bundle a link. Pure. */
import type { FlightView, Frame, ThingId } from '../protocol/frame.ts';
import { measureRoute, type Places, progress, type Route, routeOf } from './flight-path.ts';
import type { Layout } from './layout.ts';

/** Above this many in the air, one mark a link and the count. */
export const BUNDLE_ABOVE = 300;
/** Over stripes the gutters are narrow: fewer, and one mark a link whatever the columns. */
export const BUNDLE_STRIPES_ABOVE = 60;

/** Between a member and its coordinator: they are about a group, not about the columns whose offsets they carry. */
const COORDINATOR: ReadonlySet<string> = new Set([
  'FindCoordinator',
  'JoinGroup',
  'SyncGroup',
  'Heartbeat',
  'LeaveGroup',
  'OffsetCommit',
  'OffsetFetch',
]);

export interface Drawn {
  readonly route: Route;
  readonly fraction: number;
  readonly kind: 'capsule' | 'arrow' | 'bundle';
  readonly length: number;
  readonly keys: readonly number[];
  readonly error: boolean;
  readonly stuck: boolean;
  readonly quiet: boolean;
  readonly count: number;
}

const isOf = (flight: FlightView, consumer: string): boolean =>
  flight.from === `consumer:${consumer}` || flight.to === `consumer:${consumer}`;

/** Heartbeats, empty fetches and metadata are drawn only where they touch what is selected. */
export function touches(flight: FlightView, selection: ThingId | null, groups: Frame['groups'] = []): boolean {
  if (selection === null) return false;
  if (flight.from === selection || flight.to === selection) return true;
  const [kind, rest = ''] = splitOnce(selection);
  if (kind === 'partition') return flight.partitions.includes(rest);
  if (kind === 'group') return groups.some((g) => g.id === rest && g.members.some((m) => isOf(flight, m.consumer)));
  if (kind === 'replica') {
    const [name = '', broker = ''] = rest.split('@');
    return flight.partitions.includes(name) && (flight.from === `broker:${broker}` || flight.to === `broker:${broker}`);
  }
  if (kind === 'link') {
    const [a, b] = rest.split('>');
    return flight.from === `broker:${a}` && flight.to === `broker:${b}`;
  }
  return false;
}

const splitOnce = (thing: string): [string, string] => {
  const at = thing.indexOf(':');
  return at < 0 ? [thing, ''] : [thing.slice(0, at), thing.slice(at + 1)];
};

export const visibleFlights = (frame: Frame, selection: ThingId | null): FlightView[] =>
  frame.flights.filter((f) => f.weight !== 'quiet' || touches(f, selection, frame.groups));

/** Pixels of a capsule for its batch: 120 bytes are short, 2 KB are as long as a capsule gets. */
export function capsuleLength(bytes: number, records: number): number {
  return Math.min(46, 8 + Math.max(records * 2.2, bytes / 60));
}

/** Routes are the same for every request of a link about a column; they are made once per layout. */
export class RouteCache {
  private readonly routes = new Map<string, Route | null>();
  private layout: Layout | null = null;
  private places: Places | null = null;

  get(layout: Layout, places: Places, from: string, to: string, column: number): Route | null {
    if (layout !== this.layout || places !== this.places) {
      this.routes.clear();
      this.layout = layout;
      this.places = places;
    }
    const id = `${from}|${to}|${column}`;
    let route = this.routes.get(id);
    if (route === undefined) {
      const points = routeOf(layout, places, from, to, column);
      route = points === null ? null : measureRoute(points);
      this.routes.set(id, route);
    }
    return route;
  }
}

export function drawnFlights(
  frame: Frame,
  selection: ThingId | null,
  layout: Layout,
  places: Places,
  cache: RouteCache,
): Drawn[] {
  const flights = visibleFlights(frame, selection);
  const columnOf = (f: FlightView): number =>
    COORDINATOR.has(f.api) ? -1 : (places.columns.get(f.partitions[0] ?? '') ?? -1);
  const stripes = layout.mode === 'stripes';
  if (flights.length > (stripes ? BUNDLE_STRIPES_ABOVE : BUNDLE_ABOVE))
    return bundles(frame, flights, columnOf, layout, places, cache);
  const out: Drawn[] = [];
  const stuck = new Map<Route, number>();
  for (const f of flights) {
    const route = cache.get(layout, places, f.from, f.to, columnOf(f));
    if (route === null) continue;
    // What stands still on one way stands at one place: one mark, and how many.
    if (f.stuck) {
      const before = stuck.get(route);
      if (before !== undefined) {
        const mark = out[before] as Drawn;
        out[before] = { ...mark, count: mark.count + 1 };
        continue;
      }
      stuck.set(route, out.length);
    }
    const fraction = f.stuck ? 0.5 : progress(f.sentUs, f.arriveUs, frame.atUs);
    const base = { fraction, error: f.error !== null, stuck: f.stuck, quiet: f.weight === 'quiet', count: 1 };
    const capsule = f.keys.length > 0;
    out.push({
      ...base,
      route,
      kind: capsule ? 'capsule' : 'arrow',
      length: capsule ? capsuleLength(f.bytes, f.records) : 13,
      keys: f.keys,
    });
    // The same request also speaks of other columns: an arrow there, so that nothing arrives unannounced.
    if (stripes || COORDINATOR.has(f.api)) continue;
    for (const name of f.partitions.slice(1, 12)) {
      const other = cache.get(layout, places, f.from, f.to, places.columns.get(name) ?? -1);
      if (other !== null && other !== route) out.push({ ...base, route: other, kind: 'arrow', length: 13, keys: [] });
    }
  }
  return out;
}

function bundles(
  frame: Frame,
  flights: readonly FlightView[],
  columnOf: (f: FlightView) => number,
  layout: Layout,
  places: Places,
  cache: RouteCache,
): Drawn[] {
  const groups = new Map<
    string,
    { first: FlightView; count: number; sum: number; keys: Set<number>; error: boolean; stuck: boolean }
  >();
  const stripes = layout.mode === 'stripes';
  for (const f of flights) {
    const id = `${f.from}|${f.to}|${stripes ? f.response : columnOf(f)}|${f.stuck}`;
    const g = groups.get(id) ?? { first: f, count: 0, sum: 0, keys: new Set<number>(), error: false, stuck: f.stuck };
    g.count++;
    g.sum += progress(f.sentUs, f.arriveUs, frame.atUs);
    g.error ||= f.error !== null;
    for (const key of f.keys) if (g.keys.size < 8) g.keys.add(key);
    groups.set(id, g);
  }
  const out: Drawn[] = [];
  for (const g of groups.values()) {
    const route = cache.get(layout, places, g.first.from, g.first.to, columnOf(g.first));
    if (route === null) continue;
    const fraction = g.stuck ? 0.5 : g.sum / g.count;
    if (g.count === 1 && !g.stuck) {
      const capsule = g.first.keys.length > 0;
      out.push({
        route,
        fraction,
        kind: capsule ? 'capsule' : 'arrow',
        length: capsule ? capsuleLength(g.first.bytes, g.first.records) : 13,
        keys: g.first.keys,
        error: g.error,
        stuck: false,
        quiet: false,
        count: 1,
      });
      continue;
    }
    out.push({
      route,
      fraction,
      kind: 'bundle',
      length: stripes ? 16 : 30,
      keys: [...g.keys],
      error: g.error,
      stuck: g.stuck,
      quiet: false,
      count: g.count,
    });
  }
  return out;
}
