import { describe, expect, test } from 'vitest';
import { checkExpect, lookUp } from './expect.ts';
import type { Result } from './result.ts';
import type { Json } from './scenario.ts';

const result = {
  records: { sent: 10, acked: 8, lost: 3 },
  latencyMs: { ack: { p50: 3, p99: null } },
  errors: { NotEnoughReplicasException: 2 },
  requestErrors: {},
  partitions: {
    'orders-0': { leader: 2, isr: [2, 3], codecs: { none: 12 } },
    'my.topic-0': { leader: 1, isr: [] },
    my: { 'topic-0': { leader: 9 } },
    "it's-0": { leader: 4 },
  },
  groups: {
    billing: {
      state: 'Stable',
      committed: { 'orders-0': 12 },
      errors: { CommitFailedException: 1 },
      members: { c1: ['orders-0'] },
    },
  },
  elections: [
    { atMs: 1, to: 2, unclean: false },
    { atMs: 5, to: -1, unclean: false },
  ],
  lost: [{ ordinal: 14, why: [{ code: 'acked-before-copied' }] }],
  stepsNotRun: [],
  title: 'x',
} as unknown as Result;

/** The paths that missed. */
function misses(expected: Record<string, Json>): string[] {
  return checkExpect(result, expected).map((miss) => miss.path);
}

describe('paths', () => {
  test.each<[string, Json]>([
    ['records.lost', 3],
    ['partitions.orders-0.leader', 2],
    ['partitions.my.topic-0.leader', 1],
    ["partitions['my.topic-0'].leader", 1],
    ['partitions["my.topic-0"].leader', 1],
    ["partitions['my']['topic-0'].leader", 9],
    ["partitions['my'].topic-0.leader", 9],
    ["partitions['it\\'s-0'].leader", 4],
    ["['records'].lost", 3],
    ['elections.0.to', 2],
    ['elections[1].to', -1],
    ['elections.-1.to', -1],
    ['elections.length', 2],
    ['partitions.orders-0.isr.length', 2],
    ['partitions.orders-0.isr.1', 3],
    ['groups.billing.members.c1.0', 'orders-0'],
    ['groups.billing.members.length', 1],
    ['groups.billing.committed.orders-0', 12],
    ['lost.0.why.0.code', 'acked-before-copied'],
    ['latencyMs.ack.p99', null],
    ['stepsNotRun.length', 0],
    ['records.length', 3],
  ])('%s is %o', (path, value) => {
    expect(lookUp(result as unknown as Json, path)).toMatchObject({ found: true, value });
    expect(misses({ [path]: value })).toEqual([]);
  });

  test.each([
    'record.lost',
    'records.lost.deeper',
    'partitions.orders-1.leader',
    'elections.2.to',
    'elections.x',
    'elections.0.to.length',
    'lost.0.why.1',
    "partitions['orders-1']",
    "partitions['orders-0'",
    'partitions[0]',
    'groups.shipping.errors.CommitFailedException',
    'recordsX.lost',
    'errors.a.b',
  ])('%s is not there', (path) => {
    expect(lookUp(result as unknown as Json, path)).toEqual({ found: false });
    expect(misses({ [path]: 0 })).toEqual([path]);
    expect(misses({ [path]: { min: 0 } })).toEqual([path]);
    expect(misses({ [path]: { absent: true } })).toEqual([]);
  });

  test.each([
    'errors.TimeoutException',
    'requestErrors.NOT_LEADER_OR_FOLLOWER',
    "errors['TimeoutException']",
    'groups.billing.errors.TimeoutException',
    'partitions.orders-0.codecs.zstd',
  ])('the counter %s is 0 when nothing was counted', (path) => {
    expect(misses({ [path]: 0 })).toEqual([]);
    expect(misses({ [path]: { max: 0 } })).toEqual([]);
    expect(misses({ [path]: { min: 1 } })).toEqual([path]);
    expect(misses({ [path]: { absent: true } })).toEqual([]);
  });

  test('a counter that was counted is there', () => {
    expect(misses({ 'errors.NotEnoughReplicasException': { absent: true } })).toEqual([
      'errors.NotEnoughReplicasException',
    ]);
  });

  test('a name like a prototype field is an ordinary name', () => {
    expect(misses({ 'records.constructor': { absent: true }, 'records.__proto__': { absent: true } })).toEqual([]);
  });
});

describe('matchers', () => {
  test.each<[string, Json]>([
    ['records.acked', { min: 8 }],
    ['records.acked', { max: 8 }],
    ['records.acked', { min: 1, max: 9 }],
    ['records.acked', { not: 9 }],
    ['records.acked', { not: { min: 9 } }],
    ['partitions.orders-0.isr', [2, 3]],
    ['partitions.orders-0.isr', { length: 2 }],
    ['partitions.orders-0.isr', { length: { min: 1, max: 2 } }],
    ['partitions.orders-0.isr', { not: [3, 2] }],
    ['elections', { length: 2 }],
    ['groups.billing.members', { c1: ['orders-0'] }],
    ['groups.billing.members', { length: 1 }],
    ['elections.0', { unclean: false, to: 2, atMs: 1 }],
    ['groups.billing.state', { not: 'Dead' }],
  ])('%s is %o', (path, expected) => {
    expect(misses({ [path]: expected })).toEqual([]);
  });

  test.each<[string, Json]>([
    ['records.acked', 9],
    ['records.acked', '8'],
    ['records.acked', { min: 9 }],
    ['records.acked', { max: 7 }],
    ['records.acked', { min: 1, not: 8 }],
    ['records.acked', { length: 1 }],
    ['records.acked', { absent: true }],
    ['partitions.orders-0.isr', [3, 2]],
    ['partitions.orders-0.isr', [2]],
    ['partitions.orders-0.isr', { length: 3 }],
    ['partitions.orders-0.isr', { min: 1 }],
    ['groups.billing.members', {}],
    ['groups.billing.members', { c1: ['orders-0'], c2: [] }],
    ['latencyMs.ack.p99', { min: 0 }],
    ['groups.billing.state', { min: 0 }],
  ])('%s is not %o', (path, expected) => {
    expect(misses({ [path]: expected })).toEqual([path]);
  });

  test('a miss says what was expected and what was there', () => {
    expect(checkExpect(result, { 'records.acked': { min: 9, max: 20 }, 'records.x': 1 })).toEqual([
      {
        path: 'records.acked',
        expected: '{"min":9,"max":20}',
        actual: '8',
        message: 'records.acked: expected at least 9 and at most 20, actual 8',
      },
      {
        path: 'records.x',
        expected: '1',
        actual: 'nothing there',
        message: 'records.x: expected 1, actual nothing there',
      },
    ]);
  });

  test('long values are shortened', () => {
    const long = { ...result, lost: Array.from({ length: 1000 }, (_, ordinal) => ({ ordinal })) } as unknown as Result;
    expect(checkExpect(long, { lost: [] })[0]?.actual.length).toBeLessThan(240);
  });
});
