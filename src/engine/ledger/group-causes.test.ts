/** Why something was processed twice or never: the chain of each shipped story of the consumer's side, and the ones by hand. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { validateScenario } from '../../protocol/parse-scenario.ts';
import { loadLanguage, text } from '../../text/index.ts';
import '../../text/whole.ts';
import { runScenario } from '../../cli/run-scenario.ts';
import type { World } from '../kernel/world.ts';
import { storyOf } from '../projection/story.ts';
import { faultsOfRecord, readFaults } from './group-causes.ts';
import { groupTotals } from './group-facts.ts';

function run(scenario: unknown): World {
  const parsed = validateScenario(scenario, 'test');
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return runScenario(parsed);
}

const shipped = (name: string, change: (s: { untilMs?: number }) => void = () => {}): World => {
  const scenario = JSON.parse(readFileSync(new URL(`../../scenario/${name}.json`, import.meta.url), 'utf8'));
  change(scenario);
  return run(scenario);
};

const brief = (w: World, group = 'g') =>
  readFaults(w, group).map((f) => ({
    what: `${f.kind} ${f.partition} ${f.fromOffset}-${f.toOffset}`,
    keys: f.chain.map((m) => m.phrase.key.replace(/^(log|why)\./, '')),
  }));

describe('the four stories of trace C1', () => {
  test('committed before it was processed: skipped, since the next reader begins behind it', () => {
    const w = shipped('c1-commit-before-processing');
    expect(brief(w)).toEqual([
      {
        what: 'skipped orders-0 27-40',
        keys: [
          'consumer.reset',
          'skipped.mode.before',
          'consumer.crashed',
          'group.session-ended',
          'member.committed-start',
          'skipped.skipped',
        ],
      },
    ]);
    const [fault] = readFaults(w, 'g');
    expect(fault?.count).toBe(groupTotals(w, 'g').skipped);
    expect(fault?.chain.map((m) => m.atUs)).toEqual([...(fault?.chain ?? [])].map((m) => m.atUs).sort((a, b) => a - b));
  });

  test('committed by poll() while another thread had the records: skipped', () => {
    const [fault, ...more] = brief(shipped('c1-autocommit-async-processing'));
    expect(more).toEqual([]);
    expect(fault?.what).toBe('skipped orders-0 20-60');
    expect(fault?.keys).toContain('skipped.mode.thread');
  });

  test('processed, and dead before the commit: processed again', () => {
    const w = shipped('c1-manual-commit-after-processing');
    expect(brief(w)).toEqual([
      {
        what: 'again orders-0 20-33',
        keys: [
          'again.first',
          'consumer.crashed',
          'group.session-ended',
          'again.mode.sync',
          'member.committed-start',
          'again.again',
        ],
      },
    ]);
    const auto = brief(shipped('c1-autocommit-crash-before-processing'));
    expect(auto[0]?.keys).toContain('again.mode.auto');
  });

  test('while it lives, what is committed and not yet processed is only in its hands', () => {
    const w = shipped('c1-commit-before-processing', (s) => {
      s.untilMs = 5250;
    });
    const [fault] = readFaults(w, 'g');
    expect(fault).toMatchObject({ kind: 'in-hands', partition: 'orders-0' });
    expect(fault?.chain.at(-1)?.phrase.key).toBe('why.skipped.in-hands');
    expect(faultsOfRecord(w, 'orders-0', fault?.fromOffset ?? -1)).toEqual([]);
  });
});

describe('a member that is too slow', () => {
  const SLOW = {
    kafkascope: 1,
    untilMs: 40_000,
    topics: [{ name: 'orders', assignment: [[1, 2, 3]] }],
    producers: [{ id: 'p', workload: { topic: 'orders', count: 40, ratePerSecond: 1000 } }],
    consumers: [1, 2].map((n) => ({
      id: `c${n}`,
      joinMs: n === 1 ? 1000 : 9000,
      config: {
        'group.id': 'g',
        'auto.offset.reset': 'earliest',
        'max.poll.interval.ms': '6000',
        'max.poll.records': '10',
      },
      subscribe: ['orders'],
      processMs: n === 1 ? 1500 : 1,
      commit: 'sync',
    })),
  };

  test('it goes on with what it holds although another reads already; its commit is refused', () => {
    const w = run(SLOW);
    const faults = readFaults(w, 'g');
    const keys = faults.flatMap((f) => f.chain.map((m) => m.phrase.key));
    expect(groupTotals(w, 'g').errors.map(([name]) => name)).toContain('CommitFailedException');
    expect(faults.reduce((sum, f) => sum + (f.kind === 'again' ? f.count : 0), 0)).toBe(
      groupTotals(w, 'g').reprocessed,
    );
    expect(keys).toContain('log.member.too-slow');
    expect(keys).toContain('why.again.zombie');
  });

  test('the story of a record tells it too, and every sentence is there in both languages', async () => {
    await loadLanguage('zh');
    const w = run(SLOW);
    const again = readFaults(w, 'g').find((f) => f.kind === 'again');
    const keys = storyOf(w, again?.record ?? -1)?.moments.map((m) => m.phrase.key) ?? [];
    expect(keys).toContain('why.again.again');
    for (const { phrase } of again?.chain ?? [])
      for (const language of ['en', 'zh'] as const) {
        const said = text(language, phrase.key, phrase.params);
        expect(said).not.toBe(phrase.key);
        expect(said).not.toMatch(/[{}]/);
      }
  });
});

test('two groups: each has its own faults, and a group without any has none', () => {
  const w = shipped('o42-two-groups');
  expect(readFaults(w, 'g')).toEqual([]);
  expect(readFaults(w, 'h')).toEqual([]);
  expect(readFaults(w, 'nobody')).toEqual([]);
});
