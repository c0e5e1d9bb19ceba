/** Compression under random faults: every codec comes up, and leaders keep, repack and refuse batches while they die and stop. */
import { expect, test } from 'vitest';
import { vectorGet, vectorLength } from '../base/vector.ts';
import { errorCode } from '../kafka/api/errors-core.ts';
import { fuzzSeed } from './fuzz/run.ts';

test('kept, repacked and refused batches of every codec, and no rule is broken', { timeout: 300_000 }, () => {
  const codecs = new Set<string>();
  const sum = { kept: 0, repacked: 0, plainBytes: 0, bytesIn: 0 };
  let tooLarge = 0;
  for (let seed = 1; seed <= 24; seed++) {
    const { failure, world } = fuzzSeed(seed, undefined, { events: 3000 });
    expect(failure).toBeNull();
    for (const { work } of world.brokers) {
      for (const topic of work?.topics.values() ?? [])
        for (const key of ['kept', 'repacked', 'plainBytes', 'bytesIn'] as const) sum[key] += topic[key];
    }
    tooLarge += world.requestErrors.get(errorCode('MESSAGE_TOO_LARGE')) ?? 0;
    for (const r of world.replicas) {
      if (r === null || r === undefined) continue;
      for (let i = 0; i < vectorLength(r.batches); i++) codecs.add(vectorGet(r.batches, i).batch.compression);
    }
  }
  expect([...codecs].sort()).toEqual(['gzip', 'lz4', 'none', 'snappy', 'zstd']);
  expect(sum.kept).toBeGreaterThan(100);
  expect(sum.repacked).toBeGreaterThan(100);
  expect(sum.bytesIn).toBeLessThan(sum.plainBytes);
  expect(tooLarge).toBeGreaterThan(0);
});
