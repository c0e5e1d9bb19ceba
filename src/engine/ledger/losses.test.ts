/** Losses that no election decides, and that the ledger's log stays the leader's. */
import { describe, expect, test } from 'vitest';
import { vectorGet, vectorLength } from '../../base/vector.ts';
import { ledgerTotals } from '../invariant/ledger-totals.ts';
import { TestCluster } from '../test-cluster.ts';

const PRODUCER = { acks: '1', 'linger.ms': '0', 'metadata.max.age.ms': '300000', 'enable.idempotence': 'false' };

/** Broker 1 and its producer are alone; broker 2 has been elected, and broker 1 does not know. */
function zombie(): TestCluster {
  const c = new TestCluster({ producer: PRODUCER });
  c.send(2).for(1200).cut([1, 'p'], [2, 3, 101]);
  c.until(() => c.replica(2).role === 'leader');
  c.send().for(50);
  expect(c.world.ledger).toMatchObject({ acked: 3, lost: 0, atRisk: 1 });
  return c;
}

function causes(c: TestCluster): string[] {
  return Array.from(
    { length: vectorLength(c.world.ledger.causes) },
    (_, i) => vectorGet(c.world.ledger.causes, i).code,
  );
}

describe('what a replaced leader acknowledged', () => {
  test('is lost when it cuts its log', () => {
    const c = zombie();
    c.heal();
    c.until(() => c.world.ledger.lost === 1, 10_000);
    expect(c.world.ledger.atRisk).toBe(0);
    expect(causes(c)).toContain('truncated');
    expect(ledgerTotals(c.world)).toBeNull();
  });
  test('is lost with its pages when the host loses power', () => {
    const c = zombie();
    c.powerLoss(1);
    expect(c.world.ledger).toMatchObject({ lost: 1, atRisk: 0 });
    expect(causes(c)).toContain('power-lost');
    expect(ledgerTotals(c.world)).toBeNull();
  });
});

test('an acknowledgement that arrives after the last copy has gone is a loss', () => {
  const c = new TestCluster({
    producer: { ...PRODUCER, 'request.timeout.ms': '120000', 'delivery.timeout.ms': '300000' },
  });
  c.send(2).for(1200).cut([1], [2, 3, 101]).cut([1], ['p'], true).send();
  // Stored and answered; the answer is held back until long after broker 1 has cut it away.
  c.until(() => c.replica(2).role === 'leader');
  expect(c.replica(1).leo).toBe(3);
  c.do({ do: 'network.heal', between: [[1], [2, 3, 101]], oneWay: false });
  c.until(() => c.replica(1).leo === 2, 20_000);
  expect(c.world.ledger).toMatchObject({ acked: 2, lost: 0 });
  c.heal();
  c.until(() => c.world.ledger.acked === 3, 60_000);
  expect(c.world.ledger).toMatchObject({ lost: 1, atRisk: 0 });
  expect(ledgerTotals(c.world)).toBeNull();
});

test('after a change of leader the ledger’s log goes on as its own copy', () => {
  const c = new TestCluster({ producer: { ...PRODUCER, 'batch.size': '0' } });
  for (let i = 0; i < 5; i++) c.send().for(5);
  c.for(1200).kill(1);
  c.until(() => c.replica(2).role === 'leader');
  for (let i = 0; i < 70; i++) c.send().for(20);
  c.for(2000);
  const t = c.world.ledger.truth[0];
  expect(vectorLength(t!.batches)).toBe(vectorLength(c.replica(2).batches));
  expect(ledgerTotals(c.world)).toBeNull();
});
