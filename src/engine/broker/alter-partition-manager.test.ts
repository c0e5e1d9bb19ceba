import { describe, expect, test } from 'vitest';
import { errorCode } from '../../kafka/api/errors.ts';
import type { AlterPartitionResponse } from '../../kafka/api/messages.ts';
import { TestCluster } from '../test-cluster.ts';
import { onAlterPartitionResponse } from './alter-partition-manager.ts';

const ALTER_PARTITION = 56;

/** A leader whose shrink is under way; the controller does not answer. */
function pending(): TestCluster {
  const c = new TestCluster({ producer: { acks: '1' } });
  c.send().for(1200).cut([101], [1], true);
  const r = c.ownReplica(1);
  r.pendingIsr = { kind: 'shrink', isr: [1, 2], replica: 3, sent: true };
  c.ownBroker(1).alterInFlight = [0];
  return c;
}

function answered(c: TestCluster, name: Parameters<typeof errorCode>[0], topLevel = false, rest: object = {}): void {
  const code = errorCode(name);
  const partition = {
    topic: 't',
    index: 0,
    partition: 0,
    errorCode: code,
    leaderId: -1,
    leaderEpoch: -1,
    isr: [],
    leaderRecoveryState: 0 as const,
    partitionEpoch: -1,
    ...rest,
  };
  const response: AlterPartitionResponse = topLevel
    ? { errorCode: code, partitions: [], errors: [code] }
    : { errorCode: 0, partitions: [partition], errors: [code] };
  onAlterPartitionResponse(c.world, 1, response);
}

describe('rule 96: what a refused ISR change does', () => {
  test.each(['INELIGIBLE_REPLICA', 'OPERATION_NOT_ATTEMPTED'] as const)('%s: back to the committed ISR', (name) => {
    const c = pending();
    answered(c, name);
    expect(c.replica(1)).toMatchObject({ pendingIsr: null, isr: [1, 2, 3] });
  });

  test.each([
    'FENCED_LEADER_EPOCH',
    'INVALID_UPDATE_VERSION',
    'INVALID_REQUEST',
    'NEW_LEADER_ELECTED',
    'UNKNOWN_TOPIC_OR_PARTITION',
  ] as const)('%s: pending until new metadata', (name) => {
    const c = pending();
    answered(c, name);
    expect(c.replica(1).pendingIsr).not.toBeNull();
    expect(c.broker(1)).toMatchObject({ alterPending: [], alterInFlight: null });
  });

  test('anything else: again at once', () => {
    const c = pending();
    c.heal();
    answered(c, 'NOT_CONTROLLER');
    expect(c.broker(1).alterInFlight).toEqual([0]);
  });

  test('a top-level error: again after 50 ms (rule 5)', () => {
    const c = pending();
    c.heal();
    const from = c.nowMs;
    answered(c, 'NOT_CONTROLLER', true);
    expect(c.broker(1)).toMatchObject({ alterPending: [0], alterInFlight: null });
    c.until(() => c.delivered(ALTER_PARTITION, true).length > 0);
    expect((c.delivered(ALTER_PARTITION, true)[0]?.message.sentUs ?? 0) / 1000 - from).toBeGreaterThanOrEqual(50);
  });

  test('granted: the committed ISR, and what waited for it', () => {
    const c = pending();
    answered(c, 'NONE', false, { isr: [1, 2], partitionEpoch: 1, leaderEpoch: 0, leaderId: 1 });
    expect(c.replica(1)).toMatchObject({ pendingIsr: null, isr: [1, 2], partitionEpoch: 1 });
    // An answer about an older epoch says nothing any more.
    c.ownReplica(1).pendingIsr = { kind: 'shrink', isr: [1], replica: 2, sent: true };
    answered(c, 'NONE', false, { isr: [1, 2, 3], partitionEpoch: 0, leaderEpoch: 0, leaderId: 1 });
    expect(c.replica(1).isr).toEqual([1, 2]);
  });
});
