import { expect, test } from 'vitest';
import { checkVectorFile } from '../../cli/check-vectors.ts';
import vectors from '../vectors/builtin-partitioner.json?raw';
import {
  builtInPartitioner,
  nextPartition,
  partitionLoadStats,
  updatePartitionInfo,
  withCurrentPartition,
  withLoadStats,
} from './built-in-partitioner.ts';

const TOPIC = { available: [0, 1, 2], numPartitions: 3 };

test('golden vectors: builtin-partitioner', () => {
  const report = checkVectorFile(JSON.parse(vectors), 'builtin-partitioner.json');
  expect(report).toEqual({ passed: 60, failed: 0, misses: [] });
});

test('rule 78: weights are the longest queue plus one, less the own queue', () => {
  expect(partitionLoadStats([0, 3, 1], [0, 1, 2], 3)?.cumulative).toEqual([4, 5, 8]);
});

test('rule 78: switches at a batch unless forbidden, at two in any case', () => {
  const never = (): number => {
    throw new Error('no draw is due');
  };
  let state = withCurrentPartition(builtInPartitioner(100), TOPIC, () => 1);
  const append = (bytes: number, enableSwitch: boolean, draw: () => number) => {
    const { partitioner, switched } = updatePartitionInfo(state, bytes, enableSwitch, TOPIC, draw);
    state = withCurrentPartition(partitioner, TOPIC, never);
    return [switched, state.sticky.partition, state.sticky.producedBytes];
  };
  expect(append(99, true, never)).toEqual([false, 1, 99]);
  expect(append(1, false, never)).toEqual([false, 1, 100]);
  expect(append(99, false, never)).toEqual([false, 1, 199]);
  expect(append(1, false, () => 5)).toEqual([true, 2, 0]);
  expect(append(100, true, () => 2)).toEqual([true, 2, 0]);
});

test('rule 109: weights only once queues differ, or a slow partition is left out', () => {
  const partitioner = builtInPartitioner(100);
  expect(withLoadStats(partitioner, [2, 2], [0, 1], 2).loadStats).toBeNull();
  expect(withLoadStats(partitioner, [2, 2], [0, 1], 1).loadStats).toEqual({ cumulative: [1], partitionIds: [0] });
  expect(withLoadStats(partitioner, [2], [0], 1).loadStats).toBeNull();
});

test('a negative draw loses its sign, and without a leader all partitions are candidates', () => {
  expect(nextPartition(null, { available: [], numPartitions: 4 }, -1)).toBe(2147483647 % 4);
  expect(() => builtInPartitioner(0)).toThrow('at least 1');
});
