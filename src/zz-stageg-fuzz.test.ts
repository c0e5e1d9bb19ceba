import { test, expect } from 'vitest';
import { validateScenario } from '/work/main/src/protocol/parse-scenario.ts';
import { runScenario } from '/work/main/src/cli/run-scenario.ts';
import { checkInvariants } from '/work/main/src/engine/invariant/index.ts';
test('compaction under faults', () => {
  let cleaned = 0, runs = 0;
  for (let seed = 1; seed <= 120; seed++) {
    let s = seed * 7919; const rnd = (n: number) => { s = (s * 1103515245 + 12345) % 2147483648; return Math.floor(s / 65536) % n; };
    const steps: any[] = [];
    for (let t = 2000; t < 50000; t += 500 + rnd(2500)) {
      const b = 1 + rnd(3);
      const kind = ['broker.kill', 'broker.start', 'broker.pause', 'broker.resume', 'broker.stop', 'host.powerLoss', 'broker.start', 'broker.start', 'broker.resume'][rnd(9)];
      steps.push({ atMs: t, do: kind, broker: b });
    }
    const sc = { kafkascope: 1, seed, untilMs: 70000, cluster: { brokers: 3, config: { 'log.cleaner.backoff.ms': '700', 'unclean.leader.election.enable': rnd(2) ? 'true' : 'false' } },
      topics: [{ name: 't', partitions: 2, config: { 'cleanup.policy': rnd(3) === 0 ? 'compact,delete' : 'compact', 'retention.ms': '15000', 'segment.ms': String(500 + rnd(2000)), 'min.cleanable.dirty.ratio': '0.05', 'delete.retention.ms': String(rnd(4000)), 'min.insync.replicas': String(1 + rnd(2)) } }],
      producers: [{ id: 'p', config: { acks: rnd(2) ? 'all' : '1' }, workload: { topic: 't', ratePerSecond: 30, keys: { kind: 'random', distinct: 6 }, values: { kind: 'size', bytes: 40 } } }],
      consumers: [{ id: 'c', config: { 'group.id': 'g', 'auto.offset.reset': 'earliest' }, subscribe: ['t'] }, { id: 'late', joinMs: 30000, config: { 'auto.offset.reset': 'earliest' }, assign: ['t-0', 't-1'] }],
      steps };
    const parsed = validateScenario(sc, 'f'); if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
    const w = runScenario(parsed);
    runs++;
    for (const r of w.replicas) if (r?.cleaned) cleaned += r.cleaned.rounds;
    const bad = checkInvariants(w).filter((x) => !x.holds);
    if (bad.length) { console.log(seed, JSON.stringify(bad)); expect(bad).toEqual([]); }
    for (const r of w.replicas) if (r?.cleaned) {
      let bytes = 0, n = 0; const oldest = r.segments[0]?.base ?? r.active.base;
      const up = r.cleaned.upTo; const all = [...r.cleaned.batches]; 
      for (const b of all) if (b.baseOffset >= oldest) { bytes += b.batch.sizeInBytes; n += b.batch.records.length; }
      for (const ch of [...r.batches.chunks, r.batches.tail]) for (const b of ch) if (b.baseOffset >= up && b.baseOffset >= oldest) { bytes += b.batch.sizeInBytes; n += b.batch.records.length; }
      if (bytes !== r.sizeBytes || n !== r.recordCount) console.log('size', seed, r.partition, r.broker, bytes, r.sizeBytes, n, r.recordCount, up, r.logStart, oldest, r.leo);
      const seg = r.segments.reduce((a, x) => a + x.sizeBytes, r.active.sizeBytes);
      if (seg !== r.sizeBytes) console.log('seg', seed, r.partition, r.broker, seg, r.sizeBytes);
    }
  }
  console.log('runs', runs, 'rounds', cleaned);
});
