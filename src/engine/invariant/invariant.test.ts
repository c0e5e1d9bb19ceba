/** Each checker is seen to fail on a world that was broken by hand, and to hold on one that was not. */
import { describe, expect, test } from 'vitest';
import { vectorPush, vectorTruncate } from '../../base/vector.ts';
import { ownController } from '../controller/quorum-controller.ts';
import type { SimEvent } from '../kernel/event.ts';
import { EventKind } from '../kernel/event.ts';
import { ownLedger, ownTruth } from '../ledger/columns.ts';
import { updateHighWatermark } from '../log/unified-log.ts';
import { TestCluster } from '../test-cluster.ts';
import { checkInvariants, INVARIANTS } from './index.ts';
import { atRest } from './liveness.ts';

function cluster(): TestCluster {
  const c = new TestCluster({
    topic: { 'min.insync.replicas': '2' },
    producers: [{ id: 'p', config: { acks: 'all' }, workload: { topic: 't', ratePerSecond: 50 } }],
    consumers: [{ id: 'c', assign: ['t-0'], commit: 'none', config: { 'auto.offset.reset': 'earliest' } }],
  });
  return c.to(4000);
}

function broken(c: TestCluster): string[] {
  return checkInvariants(c.world)
    .filter((x) => !x.holds)
    .map((x) => x.name);
}

function known(c: TestCluster, patch: object): void {
  const mine = ownController(c.world);
  mine.image = { ...mine.image, partitions: mine.image.partitions.map((p) => (p === null ? p : { ...p, ...patch })) };
}

test('all hold on a healthy cluster, and names are unique', () => {
  const report = checkInvariants(cluster().world);
  expect(report.every((x) => x.holds && x.message === null)).toBe(true);
  expect(new Set(report.map((x) => x.name)).size).toBe(INVARIANTS.length);
});

describe('each is seen to fail', () => {
  test.each<[string, (c: TestCluster) => unknown]>([
    ['leader-in-isr', (c) => known(c, { isr: [2, 3] })],
    ['isr-and-elr', (c) => known(c, { isr: [1, 2], elr: [2] })],
    ['elr-below-min-isr', (c) => known(c, { isr: [1, 2], elr: [3] })],
    [
      'fenced-not-in-isr',
      (c) => {
        const mine = ownController(c.world);
        mine.image = {
          ...mine.image,
          brokers: mine.image.brokers.map((b) => (b?.id === 3 ? { ...b, fenced: true } : b)),
        };
      },
    ],
    ['maximal-isr', (c) => Object.assign(c.ownReplica(1), { isr: [1, 2] })],
    ['log-shape', (c) => Object.assign(c.ownReplica(2), { leo: c.replica(2).leo + 1 })],
    [
      'logs-match',
      (c) => {
        const r = c.ownReplica(3);
        const last = r.batches.tail.at(-1);
        if (last === undefined) throw new Error('no batch');
        vectorTruncate(r.batches, r.batches.chunks.length * 64 + r.batches.tail.length - 1, c.world.gen);
        vectorPush(r.batches, { ...last, batch: c.batch(last.batch.records.length) }, c.world.gen);
        updateHighWatermark(r, r.leo);
        updateHighWatermark(c.ownReplica(1), c.replica(1).leo);
      },
    ],
    [
      'committed-on-isr',
      (c) => {
        c.cut([1], [2, 3]).for(300);
        updateHighWatermark(c.ownReplica(1), c.replica(1).leo);
      },
    ],
    ['ledger-totals', (c) => Object.assign(ownLedger(c.world), { acked: -1 })],
    ['ledger-totals', (c) => Object.assign(ownTruth(c.world, 0), { acked: -1 })],
    [
      'event-order',
      (c) => void c.world.queue.push({ ...(c.world.queue[0] as SimEvent), atUs: 1, kind: EventKind.DiskFlush }),
    ],
  ])('%s', (name, breakIt) => {
    const c = cluster();
    expect(broken(c)).toEqual([]);
    breakIt(c);
    expect(broken(c)).toContain(name);
  });

  test('acked-on-leader, and not where Kafka promises nothing', () => {
    const c = cluster();
    c.do({ do: 'producer.stop', producer: 'p' }).for(1500);
    // Broker 2 has forgotten all of it and leads.
    const r = c.ownReplica(2);
    r.role = 'leader';
    r.leaderEpoch = 1;
    vectorTruncate(r.batches, 0, c.world.gen);
    Object.assign(r, { leo: 0, highWatermark: 0, sizeBytes: 0, recordCount: 0, flushedOffset: 0, epochs: [] });
    known(c, { leader: 2, leaderEpoch: 1 });
    expect(broken(c)).toContain('acked-on-leader');
    vectorPush(c.world.elections, { atUs: 1, partition: 0, from: 1, to: 2, unclean: true }, c.world.gen);
    expect(broken(c)).not.toContain('acked-on-leader');
  });

  test('reads-repeat', () => {
    const c = cluster();
    const connection = c.world.connections.find(
      (x) =>
        c.world.nodes[x.client]?.kind === 'consumer' &&
        x.recent.some((e) => e.request.apiKey === 1 && e.response !== null),
    );
    const exchange = connection?.recent.findLast(
      (e) =>
        e.request.apiKey === 1 &&
        (e.response as { responses: { records: unknown[] }[] } | null)?.responses[0]?.records.length,
    );
    const answer = exchange?.response as { responses: { records: { batch: object }[] }[] };
    const records = answer.responses[0]?.records ?? [];
    records[0] = { ...(records[0] as object), batch: c.batch() };
    expect(broken(c)).toContain('reads-repeat');
  });
});

describe('what Kafka allows is no violation', () => {
  test('a leader that does not know it was replaced', () => {
    const c = cluster();
    c.cut([1], [2, 3, 101]).for(14_000);
    expect(c.partition().leader).toBe(2);
    expect(c.replica(1).role).toBe('leader');
    expect(broken(c)).toEqual([]);
  });
  test('a member that lost its pages and has not registered again', () => {
    const c = cluster();
    c.powerLoss(3).for(100);
    expect(c.partition().isr).toContain(3);
    expect(c.replica(3).leo).toBe(0);
    expect(broken(c)).toEqual([]);
  });
});

test('a healed cluster comes to rest, and until then it is said what is missing', () => {
  const c = cluster();
  c.kill(3).for(500);
  expect(atRest(c.world)).toBe('broker 3 is down');
  c.start(3).do({ do: 'producer.stop', producer: 'p' });
  c.until(() => atRest(c.world) === null, 30_000);
});
