import { describe, expect, test } from 'vitest';
import type { FlightView } from '../protocol/frame.ts';
import { makeFrame } from './fixture.ts';
import type { Places } from './flight-path.ts';
import { BUNDLE_ABOVE, capsuleLength, drawnFlights, RouteCache, touches, visibleFlights } from './flights.ts';
import { layOut } from './layout.ts';

const flight = (over: Partial<FlightView> = {}): FlightView => ({
  id: 1,
  from: 'producer:checkout',
  to: 'broker:1',
  api: 'Produce',
  response: false,
  correlationId: 1,
  sentUs: 0,
  arriveUs: 1000,
  partitions: ['orders-0'],
  keys: [1, 2],
  records: 2,
  bytes: 300,
  error: null,
  weight: 'data',
  stuck: false,
  ...over,
});

const layout = layOut({
  width: 864,
  height: 640,
  brokers: 3,
  partitions: 3,
  producers: 2,
  consumers: 1,
  controllers: 1,
  text: 11,
});
const places: Places = {
  brokers: new Map([1, 2, 3].map((b, i) => [`broker:${b}`, i])),
  producers: new Map([
    ['producer:checkout', 0],
    ['producer:web', 1],
  ]),
  consumers: new Map([['consumer:audit', 0]]),
  columns: new Map([0, 1, 2].map((p) => [`orders-${p}`, p])),
};
const draw = (flights: FlightView[], selection: string | null = null) =>
  drawnFlights({ ...makeFrame({ atUs: 500 }), flights }, selection, layout, places, new RouteCache());

describe('what is drawn', () => {
  test('quiet requests only where they touch the selection', () => {
    const beat = flight({ weight: 'quiet', from: 'broker:2', to: 'controller:101', partitions: [], keys: [] });
    const frame = { ...makeFrame(), flights: [beat, flight()] };
    expect(visibleFlights(frame, null)).toHaveLength(1);
    expect(visibleFlights(frame, 'broker:2')).toHaveLength(2);
    expect(touches(flight(), 'partition:orders-0')).toBe(true);
    expect(touches(flight(), 'replica:orders-0@1')).toBe(true);
    expect(touches(flight(), 'replica:orders-0@2')).toBe(false);
    expect(touches(flight({ from: 'broker:3', to: 'broker:1' }), 'link:3>1')).toBe(true);
  });

  test('a batch is a capsule at its true place, a request without records an arrow', () => {
    const [capsule] = draw([flight()]);
    expect(capsule).toMatchObject({ kind: 'capsule', fraction: 0.5, keys: [1, 2] });
    expect(draw([flight({ keys: [], records: 0 })])[0]?.kind).toBe('arrow');
    expect(capsuleLength(4000, 40)).toBe(46);
    expect(capsuleLength(90, 1)).toBeLessThan(capsuleLength(900, 9));
  });

  test('a request about three columns is seen in three gutters', () => {
    expect(draw([flight({ partitions: ['orders-0', 'orders-1', 'orders-2'] })]).map((d) => d.kind)).toEqual([
      'capsule',
      'arrow',
      'arrow',
    ]);
  });

  test('what stands still on one way is one mark with a count', () => {
    const drawn = draw([
      flight({ stuck: true }),
      flight({ stuck: true }),
      flight({ stuck: true, partitions: ['orders-1'] }),
    ]);
    expect(drawn.map((d) => d.count)).toEqual([2, 1]);
    expect(drawn[0]?.fraction).toBe(0.5);
  });

  test('above three hundred: one bundle a link, nothing lost from the count', () => {
    const many = Array.from({ length: BUNDLE_ABOVE + 1 }, (_, i) => flight({ id: i, partitions: [`orders-${i % 3}`] }));
    const drawn = draw(many);
    expect(drawn).toHaveLength(3);
    expect(drawn.reduce((n, d) => n + d.count, 0)).toBe(many.length);
  });
});
