import { expect, test } from 'vitest';
import type { BranchSummary, BranchView } from '../../protocol/frame.ts';
import { changedFacts } from '../dialogs/changed-facts.ts';
import { beginningOf, branchRows, differs } from './tree.ts';

const view = (id: number, parent: number | null): BranchView => ({
  id,
  parent,
  forkUs: 0,
  title: { key: 'branch.first', params: {} },
  what: null,
  name: null,
  note: '',
  current: false,
});

test('a branch stands behind the one that it came from; one whose parent is gone begins anew', () => {
  const rows = branchRows([view(0, null), view(1, 0), view(2, 0), view(3, 1), view(5, 4)]);
  expect(rows.map(({ branch, depth }) => [branch.id, depth])).toEqual([
    [0, 0],
    [1, 1],
    [3, 2],
    [2, 1],
    [5, 0],
  ]);
});

test('the beginning is where all edits of a branch began', () => {
  const all = [view(0, null), view(1, 0), view(3, 1), view(5, 4)];
  expect([0, 1, 3, 5].map((id) => beginningOf(all, id))).toEqual([0, 0, 0, 5]);
});

test('what reads as the same is the same', () => {
  expect(differs('us', 7_900_000, 8_000_000)).toBe(false);
  expect(differs('us', 3_000, 41_000)).toBe(true);
  expect(differs('n', 3, 4)).toBe(true);
  expect(differs('us', null, 5)).toBe(true);
  expect(differs('us', null, null)).toBe(false);
});

test('what was done in one of two branches only is named with its side', () => {
  const summary = (commands: BranchSummary['commands']): BranchSummary =>
    ({
      branch: 0,
      atUs: 0,
      totals: {},
      ack: {},
      leaderless: [],
      settings: [],
      errors: [],
      luck: null,
      commands,
    }) as unknown as BranchSummary;
  const kill = { atUs: 5, phrase: { key: 'command.broker.kill', params: { broker: 1 } } };
  const { done } = changedFacts(summary([kill, { ...kill, atUs: 9 }]), summary([kill, { ...kill, atUs: 7 }]));
  expect(done.map(({ atUs, in: side }) => [atUs, side])).toEqual([
    [7, 'to'],
    [9, 'from'],
  ]);
});
