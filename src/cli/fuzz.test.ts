/** The fuzzer: 500 seeds break no rule, that it finds what is planted, and that it shrinks. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { makeStream } from '../base/random.ts';
import { historyHash } from '../engine/kernel/hash.ts';
import { NO_BUGS } from '../engine/kernel/make-world.ts';
import type { PlantedBugs } from '../engine/kernel/world.ts';
import { validateScenario } from '../protocol/parse-scenario.ts';
import { groupCluster } from './fuzz/group-cluster.ts';
import { fuzzSeed, replay } from './fuzz/run.ts';
import { shrink } from './fuzz/shrink.ts';
import { fuzzCommand } from './fuzz.ts';

/** `npm run fuzz` itself: bundled, since vitest's modules run at half the speed. */
function fuzz(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const tool = fileURLToPath(new URL('./tools/run.mjs', import.meta.url));
  return new Promise((done) => {
    execFile(process.execPath, [tool, 'fuzz', ...args], { maxBuffer: 1e8 }, (error, stdout, stderr) => {
      done({ code: error === null ? 0 : Number(error.code ?? 1), stdout, stderr });
    });
  });
}

test('random faults break no rule: 500 seeds of 20,000 events', { timeout: 300_000 }, async () => {
  // Made once, before two processes want it.
  expect((await fuzz('1')).code).toBe(0);
  for (const run of await Promise.all([fuzz('250', '--from', '1'), fuzz('250', '--from', '251')])) {
    expect(run.stderr + run.stdout).toMatch(/250 seeds from \d+: \d+ events in [\d.]+ s, every rule held\.\n$/);
    expect(run.code).toBe(0);
  }
});

test('whatever happens to groups breaks no rule: 8 seeds of every protocol', { timeout: 300_000 }, async () => {
  const run = await fuzz('--groups', '8', '--from', '1');
  expect(run.stderr + run.stdout).toMatch(/8 seeds from 1: \d+ events in [\d.]+ s, every rule held\.\n$/);
});

test('groups of every protocol come up, grow, lose members and their coordinator', () => {
  const scenarios = Array.from({ length: 30 }, (_, i) => groupCluster(i, makeStream(i, 'fuzz groups')));
  const configs = scenarios.flatMap((s) => (s.consumers ?? []).map((c) => c.config ?? {}));
  const classes = new Set(configs.flatMap((c) => String(c['partition.assignment.strategy'] ?? 'default').split(',')));
  expect(classes.size).toBeGreaterThanOrEqual(5);
  expect(new Set(configs.map((c) => c['group.protocol']))).toEqual(new Set(['consumer', undefined]));
  expect(configs.some((c) => 'group.instance.id' in c)).toBe(true);
});

/** Seeds until the bug shows, from each of several starts. */
function seedsNeeded(bug: keyof PlantedBugs): { seeds: number[]; rules: string[] } {
  const seeds: number[] = [];
  const rules: string[] = [];
  for (const start of [101, 201, 301]) {
    for (let seed = start; ; seed++) {
      if (seed > start + 60) throw new Error(`${bug} is not found within 60 seeds from ${start}`);
      const { failure } = fuzzSeed(seed, { ...NO_BUGS, [bug]: true });
      if (failure === null) continue;
      seeds.push(seed - start + 1);
      if (!rules.includes(failure.invariant)) rules.push(failure.invariant);
      break;
    }
  }
  return { seeds, rules };
}

describe('planted bugs are found', () => {
  test.each(Object.keys(NO_BUGS) as (keyof PlantedBugs)[])('%s', { timeout: 180_000 }, (bug) => {
    const { seeds, rules } = seedsNeeded(bug);
    console.info(`${bug}: seeds needed from three starts ${seeds.join(', ')}; broken: ${rules.join(', ')}`);
    expect(Math.max(...seeds)).toBeLessThanOrEqual(60);
  });
});

describe('a run', () => {
  test('is the same every time', () => {
    const [first, second] = [fuzzSeed(12), fuzzSeed(12)];
    expect(historyHash(first.world)).toBe(historyHash(second.world));
    expect(second.scenario).toEqual(first.scenario);
  });

  test('is a scenario file that gives the same failure, and shrinks to few commands', { timeout: 120_000 }, () => {
    const bugs = { ...NO_BUGS, ackBeforeMinIsr: true };
    const found = Array.from({ length: 60 }, (_, i) => i + 1).find(
      (seed) => fuzzSeed(seed, bugs).failure?.invariant === 'acked-on-leader',
    );
    const run = fuzzSeed(found ?? 0, bugs);
    expect(run.failure?.invariant).toBe('acked-on-leader');
    expect(replay(run.scenario, bugs, false)?.message).toBe(run.failure?.message);
    const small = shrink(run, bugs);
    expect(small?.scenario.steps?.length).toBeLessThanOrEqual(4);
    expect(small?.failure.invariant).toBe('acked-on-leader');
    expect(validateScenario(JSON.parse(JSON.stringify(small?.scenario)), 'small').ok).toBe(true);
    // Without the bug the same few commands break nothing.
    expect(replay(small!.scenario, NO_BUGS, false)).toBeNull();
  });
});

describe('the command', () => {
  test('says what is wrong with a call', () => {
    expect(fuzzCommand(['x']).stderr).toContain('"x" is not a whole number');
    expect(fuzzCommand(['--wrong']).exitCode).toBe(2);
    expect(fuzzCommand(['--bug', 'none']).stderr).toContain('there is no planted bug "none"');
  });
  test('runs as many seeds as asked', () => {
    const { exitCode, stderr } = fuzzCommand(['2', '--from', '7']);
    expect(exitCode).toBe(0);
    expect(stderr).toContain('2 seeds from 7');
  });
});
