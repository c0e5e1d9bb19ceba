/** Compacted logs under random kills, pauses, power losses and stops: the invariants hold, and what is counted is what is there. */
import { expect, test } from 'vitest';
import { makeStream, nextInt } from '../../base/random.ts';
import { runScenario } from '../../cli/run-scenario.ts';
import { validateScenario } from '../../protocol/parse-scenario.ts';
import type { ReplicaState } from '../broker/replica-state.ts';
import { checkInvariants } from '../invariant/index.ts';
import { historyHash } from '../kernel/hash.ts';
import type { World } from '../kernel/world.ts';
import { remainingBatches } from './cleaned-log.ts';

const RUNS = 12;
const FAULTS = [
  'broker.kill',
  'broker.pause',
  'broker.stop',
  'host.powerLoss',
  'broker.start',
  'broker.start',
  'broker.resume',
];

function scenario(seed: number): unknown {
  const random = makeStream(seed, 'compaction');
  const of = (n: number): number => nextInt(random, n);
  const steps: unknown[] = [];
  for (let atMs = 2000; atMs < 40_000; atMs += 500 + of(2500))
    steps.push({ atMs, do: FAULTS[of(FAULTS.length)], broker: 1 + of(3) });
  const config = {
    'cleanup.policy': of(3) === 0 ? 'compact,delete' : 'compact',
    'retention.ms': '15000',
    'segment.ms': String(500 + of(2000)),
    'min.cleanable.dirty.ratio': '0.05',
    'delete.retention.ms': String(of(4000)),
    'min.insync.replicas': String(1 + of(2)),
  };
  return {
    kafkascope: 1,
    seed,
    untilMs: 55_000,
    cluster: {
      brokers: 3,
      config: { 'log.cleaner.backoff.ms': '1500', 'unclean.leader.election.enable': of(2) === 0 ? 'true' : 'false' },
    },
    topics: [{ name: 't', partitions: 2, config }],
    producers: [
      {
        id: 'p',
        config: { acks: of(2) === 0 ? 'all' : '1' },
        workload: { topic: 't', ratePerSecond: 20, keys: { kind: 'random', distinct: 6 } },
      },
    ],
    consumers: [{ id: 'late', joinMs: 30_000, config: { 'auto.offset.reset': 'earliest' }, assign: ['t-0', 't-1'] }],
    steps,
  };
}

function run(seed: number): World {
  const parsed = validateScenario(scenario(seed), 'random');
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return runScenario(parsed);
}

function counted(r: ReplicaState): { bytes: number; records: number } {
  const oldest = r.segments[0]?.base ?? r.active.base;
  let bytes = 0;
  let records = 0;
  for (const { baseOffset, batch } of remainingBatches(r)) {
    if (baseOffset < oldest) continue;
    bytes += batch.sizeInBytes;
    records += batch.records.length;
  }
  return { bytes, records };
}

test('invariants, sizes and offsets hold whatever breaks', () => {
  let rounds = 0;
  for (let seed = 1; seed <= RUNS; seed++) {
    const w = run(seed);
    expect(
      checkInvariants(w).filter((x) => !x.holds),
      `seed ${seed}`,
    ).toEqual([]);
    for (const r of w.replicas) {
      if (r === null || r === undefined || r.cleaned === null) continue;
      rounds += r.cleaned.rounds;
      expect(counted(r), `seed ${seed}`).toEqual({ bytes: r.sizeBytes, records: r.recordCount });
      expect(r.segments.reduce((sum, s) => sum + s.sizeBytes, r.active.sizeBytes)).toBe(r.sizeBytes);
      expect(r.cleaned.upTo).toBeLessThanOrEqual(r.leo);
      let last = -1;
      for (const b of remainingBatches(r)) {
        expect(b.baseOffset).toBeGreaterThan(last);
        last = b.lastOffset;
      }
    }
  }
  expect(rounds).toBeGreaterThan(RUNS * 10);
});

test('the same seed gives the same history', () => {
  expect(historyHash(run(3))).toBe(historyHash(run(3)));
});
