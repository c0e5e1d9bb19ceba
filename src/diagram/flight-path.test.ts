import { describe, expect, test } from 'vitest';
import { laneX, measureRoute, type Places, pointAt, progress, routeOf, sliceRoute } from './flight-path.ts';
import { type Layout, layOut } from './layout.ts';

const placesFor = (brokers: number, partitions: number, producers: number, consumers: number): Places => ({
  brokers: new Map(Array.from({ length: brokers }, (_, i) => [`broker:${i + 1}`, i])),
  producers: new Map(Array.from({ length: producers }, (_, i) => [`producer:p${i}`, i])),
  consumers: new Map(Array.from({ length: consumers }, (_, i) => [`consumer:c${i}`, i])),
  columns: new Map(Array.from({ length: partitions }, (_, i) => [`orders-${i}`, i])),
});

/** Whether the way runs through the inside of a column, more than the few pixels at its edge where it ends. */
function crossesColumn(layout: Layout, points: readonly { x: number; y: number }[]): boolean {
  for (let i = 1; i < points.length; i++) {
    const a = points[i - 1] as { x: number; y: number };
    const b = points[i] as { x: number; y: number };
    for (let t = 0; t <= 1; t += 0.02) {
      const x = a.x + (b.x - a.x) * t;
      const y = a.y + (b.y - a.y) * t;
      if (y <= layout.columnY || y >= layout.columnY + layout.columnHeight) continue;
      for (const left of layout.columnX) if (x > left + 6 && x < left + layout.columnWidth - 6) return true;
    }
  }
  return false;
}

describe('the way of a request', () => {
  test('never crosses a row at which it does not stop', () => {
    for (const [brokers, partitions, width] of [
      [3, 3, 864],
      [5, 12, 1136],
      [9, 12, 704],
      [1, 1, 390],
    ] as const) {
      const layout = layOut({
        width,
        height: 640,
        brokers,
        partitions,
        producers: 3,
        consumers: 2,
        controllers: 1,
        text: 11,
      });
      const places = placesFor(brokers, partitions, 3, 2);
      const ends = [...places.brokers.keys(), ...places.producers.keys(), ...places.consumers.keys(), 'controller:101'];
      for (let column = -1; column < partitions; column++)
        for (const from of ends)
          for (const to of ends) {
            if (from === to) continue;
            const points = routeOf(layout, places, from, to, column);
            expect(points).not.toBeNull();
            expect(crossesColumn(layout, points ?? []), `${from} ${to} ${column}`).toBe(false);
            // Only straight lines along the axes.
            points?.forEach((p, i) => {
              const before = points[i - 1];
              if (before !== undefined) expect(p.x === before.x || p.y === before.y).toBe(true);
            });
          }
    }
  });

  test('copies run on the left of their column, clients on its right', () => {
    const layout = layOut({
      width: 864,
      height: 640,
      brokers: 3,
      partitions: 3,
      producers: 1,
      consumers: 1,
      controllers: 1,
      text: 11,
    });
    const places = placesFor(3, 3, 1, 1);
    const fetch = routeOf(layout, places, 'broker:3', 'broker:1', 1);
    expect(fetch?.[1]?.x).toBe(laneX(layout, 1, 'copies'));
    const y = fetch?.map((p) => p.y) ?? [];
    expect(y[0] as number).toBeGreaterThan(y.at(-1) as number);
    const produce = routeOf(layout, places, 'producer:p0', 'broker:2', 1) ?? [];
    expect(produce.at(-2)?.x).toBe(laneX(layout, 2, 'clients'));
  });

  test('the answer takes the same way back', () => {
    const layout = layOut({
      width: 864,
      height: 640,
      brokers: 3,
      partitions: 3,
      producers: 1,
      consumers: 1,
      controllers: 1,
      text: 11,
    });
    const places = placesFor(3, 3, 1, 1);
    const there = routeOf(layout, places, 'consumer:c0', 'broker:2', 2);
    const back = routeOf(layout, places, 'broker:2', 'consumer:c0', 2);
    expect(back).toEqual(there?.slice().reverse());
  });

  test('what is not on the stage has no way', () => {
    const layout = layOut({
      width: 864,
      height: 640,
      brokers: 1,
      partitions: 1,
      producers: 0,
      consumers: 0,
      controllers: 0,
      text: 11,
    });
    expect(routeOf(layout, placesFor(1, 1, 0, 0), 'broker:1', 'producer:gone', 0)).toBeNull();
  });
});

describe('a point on the way', () => {
  const route = measureRoute([
    { x: 0, y: 0 },
    { x: 0, y: 10 },
    { x: 30, y: 10 },
  ]);

  test('is in true proportion', () => {
    expect(route.length).toBe(40);
    expect(pointAt(route, 0)).toEqual({ x: 0, y: 0 });
    expect(pointAt(route, 10)).toEqual({ x: 0, y: 10 });
    expect(pointAt(route, 25)).toEqual({ x: 15, y: 10 });
    expect(pointAt(route, 99)).toEqual({ x: 30, y: 10 });
  });

  test('a capsule bends with its way', () => {
    expect(sliceRoute(route, 5, 20)).toEqual([
      { x: 0, y: 5 },
      { x: 0, y: 10 },
      { x: 10, y: 10 },
    ]);
  });

  test('progress is linear between sent and received', () => {
    expect(progress(100, 200, 150)).toBe(0.5);
    expect(progress(100, 200, 50)).toBe(0);
    expect(progress(100, 200, 900)).toBe(1);
    expect(progress(100, 100, 100)).toBe(1);
  });
});
