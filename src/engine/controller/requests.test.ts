/** The controller's answers to single requests. */
import { describe, expect, test } from 'vitest';
import { errorForCode } from '../../kafka/api/errors.ts';
import type { AlterPartitionRequest, AlterPartitionResponse, SimpleResponse } from '../../kafka/api/messages.ts';
import { TestCluster } from '../test-cluster.ts';
import { ownController } from './quorum-controller.ts';

const ALTER_PARTITION = 56;
const ALTER_REASSIGNMENTS = 45;
const ALTER_CONFIGS = 44;

function alter(c: TestCluster, patch: Partial<AlterPartitionRequest['partitions'][number]>, from = 1): string {
  const p = c.partition();
  const partition = {
    topic: 't',
    index: 0,
    partition: 0,
    leaderEpoch: p.leaderEpoch,
    partitionEpoch: p.partitionEpoch,
    leaderRecoveryState: 0 as const,
    newIsrWithEpochs: [1, 2].map((brokerId) => ({ brokerId, brokerEpoch: c.registration(brokerId).epoch })),
    ...patch,
  };
  const answer = c.ask<AlterPartitionResponse>(101, ALTER_PARTITION, {
    brokerId: from,
    brokerEpoch: c.registration(from).epoch,
    partitions: [partition],
  });
  return errorForCode(answer.partitions[0]?.errorCode ?? answer.errorCode).name;
}

/** Changes what the controller knows of the partition. */
function known(c: TestCluster, patch: object): void {
  const mine = ownController(c.world);
  mine.image = { ...mine.image, partitions: mine.image.partitions.map((p) => (p === null ? p : { ...p, ...patch })) };
}

describe('rule 57: AlterPartition', () => {
  const ready = (): TestCluster => new TestCluster().for(100);
  const member = (brokerId: number, brokerEpoch = -1) => ({ brokerId, brokerEpoch });

  test('a newer leader or partition epoch than the controller’s', () => {
    expect(alter(ready(), { leaderEpoch: 1 })).toBe('NOT_CONTROLLER');
    expect(alter(ready(), { partitionEpoch: 1 })).toBe('NOT_CONTROLLER');
  });
  test('an old leader epoch, an old partition epoch', () => {
    const c = ready();
    known(c, { leaderEpoch: 3, partitionEpoch: 7 });
    expect(alter(c, { leaderEpoch: 2 })).toBe('FENCED_LEADER_EPOCH');
    expect(alter(c, { partitionEpoch: 6 })).toBe('INVALID_UPDATE_VERSION');
  });
  test('not from the leader, or more than one member while recovering', () => {
    expect(alter(ready(), {}, 2)).toBe('INVALID_REQUEST');
    const c = ready();
    known(c, { leaderRecoveryState: 1 });
    expect(alter(c, { leaderRecoveryState: 1 })).toBe('INVALID_REQUEST');
    expect(alter(ready(), { leaderRecoveryState: 1, newIsrWithEpochs: [member(1)] })).toBe('INVALID_REQUEST');
    expect(alter(ready(), { newIsrWithEpochs: [member(2), member(3)] })).toBe('INVALID_REQUEST');
  });
  test('a member that is fenced, shutting down, unregistered or of another epoch', () => {
    expect(alter(ready(), { newIsrWithEpochs: [member(1), member(2, 999)] })).toBe('INELIGIBLE_REPLICA');
    for (const patch of [{ fenced: true }, { inControlledShutdown: true }]) {
      const c = ready();
      const mine = ownController(c.world);
      mine.image = { ...mine.image, brokers: mine.image.brokers.map((b) => (b?.id === 2 ? { ...b, ...patch } : b)) };
      expect(alter(c, {})).toBe('INELIGIBLE_REPLICA');
    }
  });
  test('a stale broker epoch of the one who asks', () => {
    const answer = ready().ask<AlterPartitionResponse>(101, ALTER_PARTITION, {
      brokerId: 1,
      brokerEpoch: 999,
      partitions: [],
    });
    expect(errorForCode(answer.errorCode).name).toBe('STALE_BROKER_EPOCH');
  });
  test('it ended a reassignment that took the leader away', () => {
    const c = ready();
    known(c, { replicas: [3, 2, 1], addingReplicas: [3], removingReplicas: [1], isr: [1, 2] });
    expect(alter(c, { newIsrWithEpochs: [member(1), member(2), member(3)] })).toBe('NEW_LEADER_ELECTED');
    expect(c.partition()).toMatchObject({ replicas: [3, 2], isr: [2, 3], leader: 3 });
  });
  test('granted: the ISR and the next partition epoch', () => {
    const c = ready();
    expect(alter(c, {})).toBe('NONE');
    expect(c.partition()).toMatchObject({ isr: [1, 2], partitionEpoch: 1, leaderEpoch: 0 });
  });
});

function setConfig(
  c: TestCluster,
  resourceType: 'TOPIC' | 'BROKER',
  resourceName: string,
  value: string | null,
): SimpleResponse {
  const configs = [{ name: 'min.insync.replicas', configOperation: value === null ? 'DELETE' : 'SET', value }];
  return c.ask<SimpleResponse>(101, ALTER_CONFIGS, { resources: [{ resourceType, resourceName, configs }] });
}

describe('rule 88: min.insync.replicas with eligible leader replicas', () => {
  test('of one broker it is refused', () => {
    expect(errorForCode(setConfig(new TestCluster().for(100), 'BROKER', '2', '2').errorCode).name).toBe(
      'INVALID_CONFIG',
    );
    expect(setConfig(new TestCluster({ elr: false }).for(100), 'BROKER', '2', '2').errorCode).toBe(0);
  });
  test('the cluster’s cannot be removed', () => {
    const c = new TestCluster().for(100);
    expect(setConfig(c, 'BROKER', '', '2').errorCode).toBe(0);
    expect(errorForCode(setConfig(c, 'BROKER', '', null).errorCode).name).toBe('INVALID_CONFIG');
    const off = new TestCluster({ elr: false }).for(100);
    expect(setConfig(off, 'BROKER', '', null).errorCode).toBe(0);
  });
});

describe('rule 100: a change of min.insync.replicas clears ELRs', () => {
  const withElr = (): TestCluster => {
    const c = new TestCluster({
      topics: ['a', 'b'].map((name) => ({ name, assignment: [[1, 2, 3]], config: { 'min.insync.replicas': '3' } })),
    });
    c.to(3000).pause(3);
    c.until(() => c.partition(0).elr.length === 1 && c.partition(1).elr.length === 1);
    return c;
  };
  test('a topic’s own: of that topic', () => {
    const c = withElr();
    setConfig(c, 'TOPIC', 'a', '2');
    expect([c.partition(0).elr, c.partition(1).elr]).toEqual([[], [3]]);
  });
  test('the cluster’s: of all', () => {
    const c = withElr();
    setConfig(c, 'BROKER', '', '2');
    expect([c.partition(0).elr, c.partition(1).elr]).toEqual([[], []]);
  });
});

test('a reassignment during another one: who has joined the ISR for the first leaves it in order', () => {
  const c = new TestCluster({ brokers: 4, topics: [{ name: 't', assignment: [[4, 1]] }] }).to(500);
  known(c, { replicas: [2, 4, 1], addingReplicas: [2], removingReplicas: [1], isr: [1, 2, 4] });
  c.ask(101, ALTER_REASSIGNMENTS, { partitions: [{ topic: 't', index: 0, partition: 0, replicas: [4, 3] }] });
  const p = c.partition();
  expect([...p.removingReplicas]).toEqual([1, 2]);
  expect([...p.addingReplicas]).toEqual([3]);
  expect([...p.replicas]).toEqual([4, 3, 1, 2]);
  for (const member of p.isr) expect(p.replicas).toContain(member);
});
