import { describe, expect, test } from 'vitest';
import './group-parts.tsx';
import './late-parts.tsx';
import type { Frame } from '../protocol/frame.ts';
import { frameOfColumn } from './close-view.tsx';
import { makeFrame } from './fixture.ts';
import { drawnFlights, RouteCache } from './flights.ts';
import { hurtOf } from './hurt.ts';
import { type LayoutInput, layOut, STRIPES_ABOVE } from './layout.ts';
import { stripeLabelEvery, stripeShapes } from './stripes.ts';
import { columnsInView } from './use-columns.ts';

const input = (more: Partial<LayoutInput>): LayoutInput => ({
  width: 1136,
  height: 640,
  brokers: 9,
  partitions: 60,
  producers: 8,
  consumers: 0,
  controllers: 1,
  groups: [12, 12, 12, 12],
  text: 11,
  ...more,
});

describe('semantic zoom', () => {
  test('records up to eight columns, bars over eight, stripes over forty', () => {
    const mode = (partitions: number, width = 1600): string => layOut(input({ partitions, width })).mode;
    expect(STRIPES_ABOVE).toBe(40);
    expect(mode(8)).toBe('cells');
    expect(mode(9)).toBe('bars');
    expect(mode(STRIPES_ABOVE)).toBe('bars');
    expect(mode(STRIPES_ABOVE + 1)).toBe('stripes');
    expect(mode(30, 700)).toBe('stripes');
    expect(mode(3, 390)).toBe('cells');
    expect(mode(12, 390)).toBe('bars');
  });

  test('9 brokers, 60 partitions and 4 groups of 12 members fit a laptop’s stage without scrolling', () => {
    const l = layOut(input({}));
    expect(l.width).toBe(1136);
    expect(l.height).toBe(640);
    expect(l.members.flat()).toHaveLength(48);
    for (const rect of l.members.flat()) {
      expect(rect.x + rect.width).toBeLessThanOrEqual(1136);
      expect(rect.y + rect.height).toBeLessThanOrEqual(640);
    }
  });

  test('groups and members never overlap, at any size', () => {
    for (const width of [390, 704, 864, 1136, 1900])
      for (const height of [460, 640, 1000])
        for (const brokers of [1, 3, 9, 30])
          for (const partitions of [3, 12, 60, 300])
            for (const groups of [[3], [4, 1], [12, 12, 12, 12]])
              for (const consumers of [0, 2])
                for (const text of [11, 14]) {
                  const l = layOut(input({ width, height, brokers, partitions, groups, consumers, text, breaks: [1] }));
                  const name = JSON.stringify({ width, height, brokers, partitions, groups, consumers, text });
                  let end = l.columnY + l.columnHeight;
                  for (const y of l.groupY) {
                    expect(y, name).toBeGreaterThan(end);
                    end = y + l.groupHeight;
                  }
                  for (const y of l.readerY) {
                    expect(y, name).toBeGreaterThan(end);
                    end = y + l.readerHeight;
                  }
                  // Several groups may share one row: then beside each other.
                  const one = l.members.length > 1 && l.members[1]?.[0]?.y === l.members[0]?.[0]?.y;
                  for (const block of one ? [l.members.flat()] : l.members) {
                    for (const rect of block) expect(rect.y, name).toBeGreaterThan(end);
                    end = Math.max(...block.map((r) => r.y + r.height));
                    const seen = new Set(block.map((r) => `${r.x}/${r.y}`));
                    expect(seen.size, name).toBe(block.length);
                    for (const rect of block) expect(rect.width, name).toBeGreaterThanOrEqual(50);
                  }
                  expect(end, name).toBeLessThan(l.height);
                  expect(l.groupHeight, name).toBeGreaterThanOrEqual(34);
                }
  });
});

describe('a stripe', () => {
  const frame = makeFrame({ brokers: 9, partitions: 60, situation: 'elected' });
  const layout = layOut(input({ groups: [] }));
  const rows = new Map(frame.brokers.map((b, i) => [b.id, i]));
  const life = 'duuuuuuuu';

  test('shows the leader, its copies and what is dead as different forms', () => {
    const shapes = stripeShapes(frame.partitions[0] as Frame['partitions'][number], layout, rows, life);
    expect(shapes.leader).not.toBe('');
    expect(shapes.copies).not.toBe('');
    expect(shapes.ghost).not.toBe('');
  });

  test('stays the same while leader and copies grow together: nothing is drawn anew', () => {
    const p = frame.partitions[30] as Frame['partitions'][number];
    const grown = {
      ...p,
      hw: p.hw + 1000,
      leo: p.leo + 1000,
      replicas: p.replicas.map((r) => ({ ...r, leo: r.leo + 1000, hw: r.hw + 1000 })),
    };
    expect(stripeShapes(grown, layout, rows, life)).toEqual(stripeShapes(p, layout, rows, life));
    const behind = { ...grown, replicas: grown.replicas.map((r, i) => (i === 1 ? { ...r, leo: r.leo - 20 } : r)) };
    expect(stripeShapes(behind, layout, rows, life)).not.toEqual(stripeShapes(p, layout, rows, life));
  });

  test('says why it hurts, worst first', () => {
    const p = frame.partitions[30] as Frame['partitions'][number];
    const calm = { ...p, atRisk: 0 };
    expect(hurtOf(calm)).toBeNull();
    expect(hurtOf({ ...calm, atRisk: 2 })).toBe('at-risk');
    expect(hurtOf({ ...calm, atRisk: 2, isr: [p.leader] })).toBe('under-replicated');
    expect(hurtOf({ ...calm, atRisk: 2, isr: [p.leader], available: false })).toBe('no-leader');
  });

  test('numbers never touch', () => {
    for (const pitch of [5, 8, 13, 17, 30])
      expect(stripeLabelEvery(pitch, 6.7, 299) * pitch).toBeGreaterThanOrEqual(3 * 6.7);
  });

  test('from near by: its own brokers, its groups, nothing else', () => {
    const all = makeFrame({ brokers: 9, partitions: 60, groups: ['stable'] });
    const near = frameOfColumn(all, 'orders-10');
    expect(near?.partitions.map((p) => p.name)).toEqual(['orders-10']);
    expect(near?.brokers.map((b) => b.id)).toEqual([2, 3, 4]);
    expect(frameOfColumn(all, 'none-1')).toBeNull();
  });
});

describe('what is asked of the engine', () => {
  test('the columns in view, one more at each side; all of them where all are seen', () => {
    const wide = layOut(input({ partitions: 40, width: 864 }));
    expect(wide.mode).toBe('stripes');
    const bars = layOut(input({ partitions: 20, width: 864 }));
    expect(bars.mode).toBe('bars');
    const first = columnsInView(bars, 0, 864);
    expect(first?.first).toBe(0);
    expect(first?.last).toBeLessThan(19);
    const last = columnsInView(bars, bars.width - 864, bars.width);
    expect(last?.last).toBe(19);
    expect(last?.first).toBeGreaterThan(0);
    expect(columnsInView(layOut(input({ partitions: 3 })), 0, 1136)).toBeNull();
  });
});

test('over stripes many requests are one mark a link, with their count', () => {
  const frame = makeFrame({ brokers: 9, partitions: 60, producers: 8, flights: 400 });
  const layout = layOut(input({ groups: [] }));
  const places = {
    brokers: new Map(frame.brokers.map((b, i) => [`broker:${b.id}`, i])),
    producers: new Map(frame.producers.map((p, i) => [`producer:${p.id}`, i])),
    consumers: new Map<string, number>(),
    columns: new Map(frame.partitions.map((p, i) => [p.name, i])),
  };
  const drawn = drawnFlights(frame, null, layout, places, new RouteCache());
  expect(drawn.length).toBeLessThan(150);
  expect(drawn.some((d) => d.count > 5)).toBe(true);
  expect(drawn.reduce((sum, d) => sum + d.count, 0)).toBeGreaterThan(400);
});
