import { describe, expect, test } from 'vitest';
import './late-parts.tsx';
import { arrange, isFolded, matchOf, NO_WISH, pains, withoutMembers } from './arrange.ts';
import { hiddenWords } from './find-bar.tsx';
import { makeFrame } from './fixture.ts';
import { layOut } from './layout.ts';

const big = makeFrame({
  brokers: 9,
  partitions: 60,
  topics: 3,
  producers: 8,
  consumers: 1,
  groups: ['stable', 'unowned'],
  members: 12,
  situation: 'paused',
});

describe('what is found', () => {
  test('a partition, a topic, a broker, a group, a member', () => {
    expect([...(matchOf(big, 'orders-7').partitions ?? [])]).toEqual(['orders-7']);
    expect(matchOf(big, 'orders-7').found).toEqual(['partition:orders-7']);
    expect(matchOf(big, 'PAY').partitions?.size).toBe(20);
    const broker = matchOf(big, 'broker 3');
    expect(broker.found).toEqual(['broker:3']);
    for (const p of big.partitions) expect(broker.partitions?.has(p.name)).toBe(p.replicas.some((r) => r.broker === 3));
    const group = matchOf(big, 'fraud');
    expect([...(group.groups ?? [])]).toEqual(['fraud']);
    expect(group.partitions?.size).toBe(60);
    const member = matchOf(big, 'b3');
    expect(member.found).toEqual(['consumer:b3']);
    expect([...(member.partitions ?? [])]).toEqual(big.groups[0]?.members[2]?.owned);
    expect(matchOf(big, 'nothing like it').partitions?.size).toBe(0);
    expect(matchOf(big, '  ').partitions).toBeNull();
  });
});

describe('what hurts', () => {
  const pain = pains(big);

  test('is worst where nobody leads, and nothing hurts a healthy cluster without readers that lag', () => {
    for (const p of big.partitions) {
      const at = pain.get(p.name);
      if (!p.available) expect(at).toBe(0);
      else if (p.isr.length < p.replicas.length) expect(at).toBe(1);
    }
    const well = makeFrame({ partitions: 4, groups: ['stable'] });
    const calm = { ...well, partitions: well.partitions.map((p) => ({ ...p, atRisk: 0 })) };
    expect(new Set(pains(calm).values())).toEqual(new Set([9]));
  });

  test('only what hurts: the rest is hidden and counted', () => {
    const a = arrange(big, { ...NO_WISH, hurting: true }, pain);
    const hurting = big.partitions.filter((p) => (pain.get(p.name) ?? 9) < 9);
    expect(a.frame.partitions.map((p) => p.name)).toEqual(hurting.map((p) => p.name));
    expect(a.hiddenHealthy).toBe(60 - hurting.length);
    expect(hiddenWords(a, { ...NO_WISH, hurting: true }, 'en')).toBe(
      `${60 - hurting.length} healthy partitions hidden`,
    );
  });

  test('what hurts first: in order of pain, and nothing is left out', () => {
    const a = arrange(big, { ...NO_WISH, sorted: true }, pain);
    const order = a.frame.partitions.map((p) => pain.get(p.name) ?? 9);
    expect(order).toEqual([...order].sort((x, y) => x - y));
    expect(new Set(a.frame.partitions.map((p) => p.name)).size).toBe(60);
    expect(a.frame.brokers[0]?.id).toBe(1);
    expect(a.headings).toEqual([]);
  });
});

describe('topics', () => {
  test('stand side by side, each with its heading', () => {
    const a = arrange(big, NO_WISH, new Map());
    expect(a.headings.map((h) => [h.topic, h.from, h.to])).toEqual([
      ['orders', 0, 19],
      ['payments', 20, 39],
      ['clicks', 40, 59],
    ]);
    expect(a.breaks).toEqual([20, 40]);
    expect(a.frame.partitions).toBe(big.partitions);
  });

  test('fold into one column, to which the requests of all their partitions go', () => {
    const a = arrange(big, { ...NO_WISH, folded: ['payments'] }, new Map());
    expect(a.frame.partitions).toHaveLength(41);
    expect(a.wide).toEqual([20]);
    expect(isFolded(a.frame.partitions[20] as (typeof big.partitions)[number])).toBe(true);
    expect(a.columns.get('payments-0')).toBe(20);
    expect(a.columns.get('payments-19')).toBe(20);
    expect(a.columns.get('clicks-0')).toBe(21);
    const layout = layOut({
      width: 1136,
      height: 640,
      brokers: 9,
      partitions: 41,
      producers: 8,
      consumers: 1,
      controllers: 1,
      groups: [12, 12],
      breaks: a.breaks,
      wide: a.wide,
      text: 11,
    });
    expect((layout.columnX[21] as number) - (layout.columnX[20] as number)).toBeGreaterThan(layout.wideWidth);
    expect(layout.width).toBe(1136);
  });

  test('with one topic there is no heading', () => {
    expect(arrange(makeFrame({ partitions: 3 }), NO_WISH, new Map()).headings).toEqual([]);
  });
});

test('nothing wished for and no groups: the very same frame goes on', () => {
  const frame = makeFrame({ partitions: 3 });
  expect(withoutMembers(frame)).toBe(frame);
  expect(arrange(frame, NO_WISH, new Map()).frame.partitions).toBe(frame.partitions);
});
