import { describe, expect, test } from 'vitest';
import { mergePartitionChange, type PartitionRegistration } from './metadata-image.ts';
import { buildPartitionChange, type PartitionChange } from './partition-change-builder.ts';

function partition(fields: Partial<PartitionRegistration> = {}): PartitionRegistration {
  return {
    partition: 0,
    topic: 't',
    topicId: 1,
    partitionId: 0,
    replicas: [1, 2, 3],
    isr: [1, 2, 3],
    elr: [],
    lastKnownElr: [],
    removingReplicas: [],
    addingReplicas: [],
    leader: 1,
    leaderRecoveryState: 0,
    leaderEpoch: 5,
    partitionEpoch: 9,
    ...fields,
  };
}

function change(
  p: PartitionRegistration,
  fields: Partial<PartitionChange> & { alive?: readonly number[] },
): PartitionRegistration | null {
  const { alive = [1, 2, 3], ...rest } = fields;
  const record = buildPartitionChange(p, {
    election: 'online',
    targetIsr: p.isr,
    minIsr: 1,
    elrEnabled: true,
    isAcceptableLeader: (b) => alive.includes(b),
    why: 'fenced',
    ...rest,
  });
  return record === null ? null : mergePartitionChange(p, record);
}

describe('rule 52: epochs', () => {
  test('every change raises the partition epoch; a new leader the leader epoch; a shrink alone does not', () => {
    expect(change(partition(), { targetIsr: [1, 3] })).toMatchObject({
      isr: [1, 3],
      leader: 1,
      leaderEpoch: 5,
      partitionEpoch: 10,
    });
    expect(change(partition(), { targetIsr: [2, 3], alive: [2, 3] })).toMatchObject({
      leader: 2,
      leaderEpoch: 6,
      partitionEpoch: 10,
    });
    expect(change(partition(), {})).toBeNull();
  });
  test('a replica that leaves the assignment raises the leader epoch of the same leader', () => {
    const moving = partition({ replicas: [1, 2, 3, 4], addingReplicas: [4], removingReplicas: [3] });
    expect(change(moving, { targetIsr: [1, 2, 3, 4] })).toMatchObject({
      replicas: [1, 2, 4],
      isr: [1, 2, 4],
      leader: 1,
      leaderEpoch: 6,
    });
  });
});

describe('rule 54: who stays eligible', () => {
  test('who leaves while the rest is below the min ISR', () => {
    const first = change(partition(), { targetIsr: [1, 2], minIsr: 2 }) as PartitionRegistration;
    expect(first.elr).toEqual([]);
    const second = change(first, { targetIsr: [1], minIsr: 2 }) as PartitionRegistration;
    expect(second).toMatchObject({ isr: [1], elr: [2], leader: 1 });
    const third = change(second, { targetIsr: [], alive: [], minIsr: 2 }) as PartitionRegistration;
    expect(third).toMatchObject({ isr: [], elr: [1, 2], leader: -1, lastKnownElr: [1] });
  });
  test('the ELR empties when enough are in sync again', () => {
    expect(change(partition({ isr: [1], elr: [2] }), { targetIsr: [1, 3], minIsr: 2 })).toMatchObject({
      isr: [1, 3],
      elr: [],
    });
  });
  test('the last leader leaves too', () => {
    expect(change(partition({ isr: [1] }), { targetIsr: [], alive: [2, 3] })).toMatchObject({
      leader: -1,
      isr: [],
      elr: [1],
      lastKnownElr: [1],
      leaderEpoch: 6,
    });
  });
  test('who stopped uncleanly is not eligible', () => {
    expect(
      change(partition({ isr: [1], elr: [2], leader: 1 }), { uncleanShutdownReplicas: [2], minIsr: 2 }),
    ).toMatchObject({ elr: [] });
  });
  test('without the feature the last member stays in the ISR of a leaderless partition', () => {
    expect(change(partition({ isr: [1] }), { targetIsr: [], alive: [2, 3], elrEnabled: false })).toMatchObject({
      leader: -1,
      isr: [1],
      elr: [],
      lastKnownElr: [],
    });
  });
});

describe('rule 55: elections', () => {
  test('a valid leader stays, else the first assigned live member of the ISR', () => {
    expect(change(partition({ leader: 3 }), {})).toBeNull();
    expect(change(partition({ replicas: [3, 1, 2], leader: 3 }), { targetIsr: [2, 1], alive: [1, 2] })).toMatchObject({
      leader: 1,
      isr: [2, 1],
    });
  });
  test('of the ELR only if the ISR is empty, and then the ISR is the one', () => {
    const p = partition({ leader: -1, isr: [], elr: [2, 3], lastKnownElr: [1] });
    expect(change(p, { alive: [1, 3], minIsr: 2 })).toMatchObject({
      leader: 3,
      isr: [3],
      elr: [2],
      lastKnownElr: [],
      leaderRecoveryState: 0,
    });
    expect(change(partition({ leader: 1, isr: [1], elr: [2] }), { alive: [2], minIsr: 2 })).toMatchObject({
      leader: -1,
      isr: [1],
    });
  });
  test('the lone last known leader, even with unclean elections off', () => {
    const p = partition({ leader: -1, isr: [], elr: [], lastKnownElr: [2] });
    expect(change(p, { alive: [1, 3] })).toBeNull();
    expect(change(p, { alive: [1, 2] })).toMatchObject({
      leader: 2,
      isr: [2],
      lastKnownElr: [],
      leaderRecoveryState: 1,
    });
    expect(change(partition({ leader: -1, isr: [], elr: [], lastKnownElr: [2, 3] }), {})).toBeNull();
  });
  test('unclean if allowed: ISR of one, recovering', () => {
    const p = partition({ leader: -1, isr: [1], elr: [] });
    expect(change(p, { election: 'unclean', alive: [2, 3], elrEnabled: false })).toMatchObject({
      leader: 2,
      isr: [2],
      elr: [],
      leaderRecoveryState: 1,
      leaderEpoch: 6,
    });
    expect(change(p, { election: 'online', alive: [2, 3], elrEnabled: false })).toBeNull();
  });
  test('preferred', () => {
    expect(change(partition({ leader: 2 }), { election: 'preferred' })).toMatchObject({ leader: 1 });
    expect(change(partition({ leader: 2 }), { election: 'preferred', alive: [2, 3] })).toBeNull();
  });
});

describe('rule 58: a reassignment ends', () => {
  const moving = partition({ replicas: [4, 5, 1, 2, 3], addingReplicas: [4, 5], removingReplicas: [1, 2, 3] });
  test('when all added replicas are in sync; all targets if it removes more than it adds', () => {
    expect(change(moving, { targetIsr: [1, 2, 3, 4], alive: [1, 2, 3, 4, 5] })).toMatchObject({
      replicas: [4, 5, 1, 2, 3],
      addingReplicas: [4, 5],
    });
    expect(change(moving, { targetIsr: [1, 2, 3, 4, 5], alive: [1, 2, 3, 4, 5] })).toMatchObject({
      replicas: [4, 5],
      isr: [4, 5],
      leader: 4,
      addingReplicas: [],
      removingReplicas: [],
    });
    const shrinking = partition({ replicas: [1, 2, 3], removingReplicas: [3] });
    expect(change(shrinking, { targetIsr: [1, 3] })).toMatchObject({ replicas: [1, 2, 3], isr: [1, 3] });
    expect(change(shrinking, { targetIsr: [1, 2, 3] })).toMatchObject({ replicas: [1, 2], isr: [1, 2] });
  });
});
