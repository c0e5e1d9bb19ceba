import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import './group-parts.tsx';
import './late-parts.tsx';
import type { Frame } from '../protocol/frame.ts';
import { type Language, loadLanguage } from '../text/index.ts';
import { withoutMembers } from './arrange.ts';
import { type FixtureOptions, makeFrame, makeInfo } from './fixture.ts';
import type { GroupSituation } from './fixture-groups.ts';
import { routeOf } from './flight-path.ts';
import {
  behindOf,
  groupState,
  isBehind,
  memberRing,
  memberWords,
  ownerRuns,
  pollRing,
  unreadOf,
} from './group-words.ts';
import { Heads } from './heads.tsx';
import { layOut } from './layout.ts';
import { keyLetter } from './palette.ts';
import { Scene } from './scene.tsx';

const SITUATIONS: readonly GroupSituation[] = [
  'stable',
  'rebalancing',
  'completing',
  'thrown-out',
  'behind',
  'unowned',
  'coordinator-gone',
  'new',
];

function propsOf(options: FixtureOptions, language: Language = 'en', width = 864) {
  const frame = withoutMembers(makeFrame(options));
  const info = makeInfo(options);
  const layout = layOut({
    width,
    height: 640,
    brokers: frame.brokers.length,
    partitions: frame.partitions.length,
    producers: frame.producers.length,
    consumers: frame.consumers.length,
    controllers: frame.controllers.length,
    groups: frame.groups.map((g) => g.members.length),
    text: language === 'zh' ? 12 : 11,
  });
  return {
    frame,
    info,
    layout,
    language,
    words: 'first' as const,
    marks: { selection: 'group:billing', hover: null, highlight: [] },
    emphasis: [],
    letters: info.keys.map(keyLetter),
    bases: new Map<string, number>(),
    tops: new Map<string, number>(),
    scrolled: new Set<string>(),
  };
}

function draw(options: FixtureOptions, language: Language = 'en', width = 864): string {
  const props = propsOf(options, language, width);
  return renderToStaticMarkup(
    <>
      <Heads {...props} />
      <Scene {...props} />
    </>,
  );
}

describe('groups on the stage', () => {
  test('every situation is drawn in both languages, at every zoom, with no bare key or empty parameter', async () => {
    await loadLanguage('zh');
    for (const situation of SITUATIONS)
      for (const partitions of [3, 12, 60])
        for (const language of ['en', 'zh'] as const) {
          const html = draw(
            { groups: [situation, 'stable'], partitions, members: 4, atUs: 90_000_000 },
            language,
            1136,
          );
          expect(html).not.toMatch(/NaN|undefined|Infinity/);
          expect(html).not.toMatch(/stage\.[a-z]/);
          expect(html).not.toMatch(/>[^<]*\{[a-z]+[|}]/i);
        }
  });

  test('a cell a partition is filled by its owner, and every cell says whose it is', () => {
    const options = { groups: ['stable'] as const, partitions: 3, members: 4, consumers: 0 };
    const html = draw(options);
    for (const p of makeFrame(options).groups[0]?.partitions ?? [])
      expect(html).toContain(
        `billing, ${p.partition}: ${p.owner} reads it, committed ${p.committed}, ${unreadOf(p)} behind`,
      );
    expect(html).toContain('Member b4 of billing: no partition left');
    expect(html).toContain('Group billing, stable · gen 4, coordinator B1, 4 members');
  });

  test('while members join again every cell is empty, and nobody is said to read it', () => {
    const html = draw({ groups: ['rebalancing'], consumers: 0 });
    expect(html.match(/nobody reads it/g)).toHaveLength(6);
    expect(html).not.toContain('ks-own"');
    expect(html).toContain('joins again');
  });

  test('members are not drawn a second time as readers', () => {
    const frame = withoutMembers(makeFrame({ groups: ['stable'], consumers: 1 }));
    expect(frame.consumers.map((c) => c.id)).toEqual(['audit']);
  });

  test('the lags in the cells add up to what the group is said to be behind', () => {
    const frame = makeFrame({ groups: ['behind'], partitions: 8 });
    const group = frame.groups[0] as Frame['groups'][number];
    const html = draw({ groups: ['behind'], partitions: 8, consumers: 0 }, 'en', 1600);
    const shown = [...html.matchAll(/billing, orders-\d+: [^"]*?(\d+) behind"/g)].map((m) => Number(m[1]));
    expect(shown).toHaveLength(8);
    expect(shown.reduce((a, b) => a + b, 0)).toBe(behindOf(group));
  });
});

describe('a member in words and rings', () => {
  const group = (situation: GroupSituation): Frame['groups'][number] =>
    makeFrame({ groups: [situation], atUs: 90_000_000 }).groups[0] as Frame['groups'][number];

  test('what it reads, that it has nothing to read, that it was thrown out, that it joins', () => {
    const words = (s: GroupSituation, k: number, room = 300): string =>
      memberWords(group(s).members[k] as Frame['groups'][number]['members'][number], 1, 'en', room, 11).text;
    expect(words('stable', 0)).toBe('reads 0');
    expect(words('stable', 3)).toBe('no partition left');
    expect(words('thrown-out', 1)).toBe('thrown out');
    expect(words('rebalancing', 0)).toBe('joins again');
    expect(words('completing', 0)).toBe('waits for its share');
    expect(words('new', 0)).toBe('joining');
    expect(words('behind', 1)).toBe('paused');
  });

  test('the ring drains from the last heartbeat to the end of the session, and is a risk at a third', () => {
    const m = { ...(group('stable').members[0] as Frame['groups'][number]['members'][number]) };
    const at = (us: number) => memberRing({ ...m, lastHeartbeatUs: 0, sessionEndsUs: 45_000_000 }, us, 'en');
    expect(at(0)?.left).toBe(1);
    expect(at(22_500_000)?.left).toBe(0.5);
    expect(at(22_500_000)?.risk).toBe(false);
    expect(at(31_000_000)?.risk).toBe(true);
    expect(at(45_000_000)?.left).toBe(0);
    expect(memberRing({ ...m, lastHeartbeatUs: null }, 0, 'en')).toBeNull();
  });

  test('the poll ring comes with the second half of max.poll.interval.ms', () => {
    const m = group('stable').members[0] as Frame['groups'][number]['members'][number];
    const ring = { kind: 'poll-interval' as const, about: 'consumer:b1', startUs: 0, endUs: 1_000_000 };
    expect(pollRing(m, [ring], 400_000, 'en')).toBeNull();
    expect(pollRing(m, [ring], 600_000, 'en')?.left).toBe(0.4);
    expect(pollRing(m, [ring], 1_100_000, 'en')).toBeNull();
  });

  test('a group says when it has no coordinator', () => {
    expect(groupState(group('coordinator-gone'), 'en')).toMatchObject({ text: 'no coordinator', tone: 'warn' });
    expect(groupState(group('rebalancing'), 'en').text).toBe('rejoining · gen 5');
  });

  test('amber is only for a risk: far behind, or nobody reads what is there', () => {
    const p = group('stable').partitions[0] as Frame['groups'][number]['partitions'][number];
    expect(isBehind({ ...p, position: p.hw - 50 })).toBe(false);
    expect(isBehind({ ...p, position: p.hw - 51 })).toBe(true);
    // Read, and not committed yet: no risk.
    expect(isBehind({ ...p, position: p.hw, committed: 0, lag: p.hw })).toBe(false);
    expect(isBehind({ ...p, owner: null, lag: 1 })).toBe(true);
    expect(isBehind({ ...p, owner: null, lag: 0 })).toBe(false);
  });

  test('neighbours of one owner are one run', () => {
    const frame = makeFrame({ groups: ['unowned'], partitions: 12, members: 3 });
    const g = frame.groups[0] as Frame['groups'][number];
    const runs = ownerRuns(
      g,
      frame.partitions.map((p) => p.name),
    );
    expect(runs.flatMap((r) => r.partitions)).toEqual(frame.partitions.map((p) => p.name));
    expect(runs.reduce((sum, r) => sum + r.lag, 0)).toBe(behindOf(g));
    for (const r of runs) for (let c = r.from; c <= r.to; c++) expect(g.partitions[c]?.owner).toBe(r.owner);
  });
});

describe('ways of a group’s requests', () => {
  test('a member’s question to its coordinator runs left of all columns and through no row', () => {
    const { frame, layout } = propsOf({ groups: ['stable', 'stable'], members: 9, partitions: 3, consumers: 1 });
    const members = new Map(
      frame.groups.flatMap((g, group) =>
        g.members.map((m, member) => [`consumer:${m.consumer}`, { group, member }] as const),
      ),
    );
    const places = {
      brokers: new Map(frame.brokers.map((b, i) => [`broker:${b.id}`, i])),
      producers: new Map<string, number>(),
      consumers: new Map([['consumer:audit', 0]]),
      columns: new Map(frame.partitions.map((p, i) => [p.name, i])),
      members,
    };
    const rows = [...layout.groupY.map((y) => [y, y + layout.groupHeight] as const)];
    for (const thing of members.keys()) {
      const points = routeOf(layout, places, thing, 'broker:2', -1) ?? [];
      expect(points.length).toBeGreaterThan(2);
      for (let i = 1; i < points.length; i++) {
        const [a, b] = [points[i - 1], points[i]] as { x: number; y: number }[];
        if (a === undefined || b === undefined) continue;
        const left = Math.min(a.x, b.x);
        const right = Math.max(a.x, b.x);
        const top = Math.min(a.y, b.y);
        const bottom = Math.max(a.y, b.y);
        for (const [from, to] of rows)
          if (bottom > from && top < to) expect(right).toBeLessThan(layout.columnX[0] as number);
        for (const block of layout.members)
          for (const rect of block)
            if (rect.y !== points[0]?.y && !(top >= rect.y + rect.height - 1 || bottom <= rect.y + 1))
              expect(right <= rect.x + 1 || left >= rect.x + rect.width - 1).toBe(true);
      }
    }
    const fetch = routeOf(layout, places, 'consumer:f1', 'broker:1', 1) ?? [];
    expect(fetch[0]?.y).toBeGreaterThan(layout.groupY[1] as number);
    expect(fetch.at(-1)?.x).toBeGreaterThan(layout.columnX[1] as number);
  });
});
