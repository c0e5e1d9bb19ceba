/** The command line as CONTRACT.md says: what it prints, and how it ends. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Result } from '../protocol/result.ts';
import type { Scenario } from '../protocol/scenario.ts';
import { benchCommand } from './bench.ts';
import { checkCommand } from './check.ts';
import { runFileCommand } from './run.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'kafkascope-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

const SCENARIO: Scenario = {
  kafkascope: 1,
  title: 'acks=1 loses',
  untilMs: 15_000,
  topics: [{ name: 'orders', partitions: 1, assignment: [[1, 2, 3]] }],
  producers: [{ id: 'p1', config: { acks: '1' }, workload: { topic: 'orders', ratePerSecond: 200, count: 1000 } }],
  consumers: [{ id: 'c1', assign: ['orders-0'], config: { 'auto.offset.reset': 'earliest' }, commit: 'none' }],
  network: { latencyMs: 1, links: [{ between: [[1], [2]], latencyMs: 40 }] },
  steps: [{ atMs: 2000, do: 'broker.kill', broker: 1 }],
};

describe('run', () => {
  test('prints one JSON document and nothing else', () => {
    const { stdout, exitCode } = runFileCommand([file('a.json', SCENARIO)]);
    expect(exitCode).toBe(0);
    const result = JSON.parse(stdout) as Result;
    expect(result).toMatchObject({ kafkascope: 1, title: 'acks=1 loses', seed: 1, endedAtMs: 15_000, stepsNotRun: [] });
    expect(result.records.lost).toBeGreaterThan(0);
    expect(result.lost).toHaveLength(result.records.lost);
    expect(result.elections[0]).toMatchObject({ partition: 'orders-0', from: 1, to: 2, unclean: false });
    expect(result.partitions['orders-0']).toMatchObject({ leader: 2, isr: [2, 3], replicas: [1, 2, 3] });
    expect(result).not.toHaveProperty('events');
  });

  test('the same file gives the same hash; options beat the file', () => {
    const path = file('b.json', { ...SCENARIO, network: { latencyMs: 1, jitterMs: 2 } });
    const run = (...args: string[]): Result => JSON.parse(runFileCommand([path, ...args]).stdout) as Result;
    expect(run().hash).toBe(run().hash);
    expect(run('--seed', '8').hash).not.toBe(run().hash);
    expect(run('--seed=8')).toMatchObject({ seed: 8 });
    expect(run('--until', '1000.5')).toMatchObject({ endedAtMs: 1000.5 });
  });

  test('a step after the end stands in stepsNotRun', () => {
    const { stdout } = runFileCommand([file('c.json', SCENARIO), '--until', '1000']);
    expect(JSON.parse(stdout)).toMatchObject({ stepsNotRun: [{ step: 0, do: 'broker.kill' }] });
  });

  test('--events adds the lines in words', () => {
    const { stdout } = runFileCommand([file('d.json', SCENARIO), '--events']);
    const { events } = JSON.parse(stdout) as Result;
    expect(events?.find((e) => e.kind === 'broker.killed')).toMatchObject({
      atMs: 2000,
      text: expect.stringContaining('Broker 1 was killed'),
    });
    for (const { text } of events ?? []) expect(text).not.toMatch(/[{}]|^log\./);
  });

  test.each([
    ['not JSON', '{ "kafkascope": 1,', /bad.json/],
    ['an unknown field', { kafkascope: 1, topics: [], topcs: 1 }, /topcs.*topics/],
    ['a bad value', { ...SCENARIO, producers: [{ id: 'p', config: { acks: '2' } }] }, /producers\[0\]\.config.*acks/],
  ])('a bad file ends with 2 and says where: %s', (_name, content, says) => {
    const { stdout, stderr, exitCode } = runFileCommand([file('bad.json', content)]);
    expect(exitCode).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toMatch(says);
  });

  test.each([
    [[]],
    [['missing.json']],
    [['a.json', '--seed']],
    [['a.json', '--seed', 'x']],
    [['a.json', '--sed', '1']],
    [['a.json', 'b.json']],
  ])('a wrong call ends with 2: %j', (args) => {
    expect(runFileCommand(args)).toMatchObject({ stdout: '', exitCode: 2 });
  });
});

describe('check', () => {
  const last = (stdout: string): string => stdout.trimEnd().split('\n').at(-1) ?? '';

  test('counts expectations; misses are printed with expected and actual', () => {
    const path = file('e.json', {
      ...SCENARIO,
      expect: { 'records.sent': 1000, 'partitions.orders-0.leader': 3, 'errors.Nothing': 0 },
    });
    const { stdout, exitCode } = checkCommand([path]);
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/partitions\.orders-0\.leader: expected 3, actual 2/);
    expect(last(stdout)).toBe('2 passed, 1 failed');
  });

  test('all well ends with 0', () => {
    const { stdout, exitCode } = checkCommand([
      file('f.json', { ...SCENARIO, expect: { 'records.sent': { min: 900 } } }),
    ]);
    expect({ last: last(stdout), exitCode }).toEqual({ last: '1 passed, 0 failed', exitCode: 0 });
  });

  test('vector files count their cases', () => {
    const { stdout } = checkCommand([
      file('v.json', { item: 'varint', cases: [] }),
      file('w.json', { item: 'no-such-item', cases: [] }),
    ]);
    expect(last(stdout)).toBe('0 passed, 1 failed');
  });

  test('what cannot be checked counts as failed', () => {
    const never = { ...SCENARIO, untilMs: 1000, expect: { seed: 1 } };
    const { stdout, exitCode } = checkCommand([
      join(folder, 'none.json'),
      file('g.json', SCENARIO),
      file('h.json', '{'),
      file('i.json', never),
    ]);
    expect(last(stdout)).toBe('1 passed, 4 failed');
    expect(exitCode).toBe(1);
    expect(checkCommand([])).toMatchObject({ exitCode: 2 });
  });
});

test('bench knows its names', () => {
  expect(benchCommand(['nothing'])).toMatchObject({ stdout: '', exitCode: 2 });
});
