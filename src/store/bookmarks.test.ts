import { expect, test } from 'vitest';
import type { BranchView } from '../protocol/frame.ts';
import { parseScenario, validateScenario } from '../protocol/parse-scenario.ts';
import { serializeScenario } from '../protocol/serialize-scenario.ts';
import { bookmarksOf, keptBookmarks, placeOf } from './bookmarks.ts';

const view = (id: number, parent: number | null, forkUs: number, current = false): BranchView => ({
  id,
  parent,
  forkUs,
  title: { key: 'branch.first', params: {} },
  what: null,
  name: null,
  note: '',
  current,
});
const at = (atUs: number, branch: number, id = atUs) => ({ id, atUs, note: `n${atUs}`, branch });

// 0 -> 1 (from 5 s) -> 2 (from 8 s), and 3 beside 1.
const tree = (current: number) =>
  [view(0, null, 0), view(1, 0, 5), view(2, 1, 8), view(3, 0, 2)].map((b) => ({ ...b, current: b.id === current }));

test('a bookmark is here in its branch and in those that parted later', () => {
  expect(placeOf(at(7, 1), tree(1))).toBe('here');
  expect(placeOf(at(7, 1), tree(2))).toBe('here');
  expect(placeOf(at(9, 1), tree(2))).toBe('other');
  expect(placeOf(at(4, 0), tree(2))).toBe('here');
  expect(placeOf(at(6, 0), tree(2))).toBe('other');
  expect(placeOf(at(4, 0), tree(3))).toBe('other');
  expect(placeOf(at(9, 7), tree(0))).toBe('gone');
});

test('a file keeps those of this branch and of where it came from, in time order', () => {
  const all = [at(9, 2), at(1, 0), at(3, 3), at(6, 1)];
  expect(keptBookmarks(all, tree(2)).map(({ atMs }) => atMs)).toEqual([0.001, 0.006, 0.009]);
  expect(keptBookmarks(all, tree(0)).map(({ atMs }) => atMs)).toEqual([0.001]);
  expect(keptBookmarks([{ ...at(5, 0), note: '' }], tree(0))).toEqual([{ atMs: 0.005 }]);
});

test('a scenario file holds them, and says what is wrong with one', () => {
  const scenario = {
    kafkascope: 1,
    topics: [],
    bookmarks: [{ atMs: 12.5, note: 'here' }, { atMs: 40 }],
  };
  const parsed = validateScenario(scenario, 'x');
  if (!parsed.ok) throw new Error(parsed.problems[0]?.message);
  expect(bookmarksOf(parsed.scenario)).toEqual([
    { id: 0, atUs: 12_500, note: 'here', branch: 0 },
    { id: 1, atUs: 40_000, note: '', branch: 0 },
  ]);
  expect(parseScenario(serializeScenario(parsed.scenario), 'y')).toMatchObject({ scenario });
  // No part of what runs.
  const bare = validateScenario({ kafkascope: 1, topics: [] }, 'x');
  expect(bare.ok && parsed.resolved).toEqual(bare.ok && bare.resolved);

  const places = (bookmarks: unknown): string[] => {
    const wrong = validateScenario({ ...scenario, bookmarks }, 'x');
    return wrong.ok ? [] : wrong.problems.map(({ place }) => place);
  };
  expect(places([{ note: 'no time' }])).toEqual(['bookmarks[0].atMs']);
  expect(places([{ atMs: 1, nots: 'x' }])).toEqual(['bookmarks[0].nots']);
  expect(places([{ atMs: -1 }])).toEqual(['bookmarks[0].atMs']);
  expect(places([{ atMs: 1, note: 3 }])).toEqual(['bookmarks[0].note']);
  expect(places('x')).toEqual(['bookmarks']);
});
