import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkVectorFile } from '../../cli/check-vectors.ts';
import vectors from '../../kafka/vectors/leader-epoch-cache.json?raw';
import {
  assign,
  endOffsetFor,
  epochEntriesInRange,
  epochEntry,
  type LeaderEpochs,
  NO_LEADER_EPOCHS,
  previousEntry,
  truncateFromEnd,
  truncateFromStart,
} from './leader-epoch-file-cache.ts';

// The same cases in every run: a failure can be repeated.
fc.configureGlobal({ seed: 20 });

const SAMPLE: LeaderEpochs = [
  { epoch: 2, startOffset: 5 },
  { epoch: 4, startOffset: 9 },
  { epoch: 7, startOffset: 20 },
];

test('golden vectors: leader-epoch-cache', () => {
  const report = checkVectorFile(JSON.parse(vectors), 'leader-epoch-cache.json');
  expect(report).toEqual({ passed: 60, failed: 0, misses: [] });
});

test('rule 15: the end of an epoch', () => {
  const end = (epoch: number) => endOffsetFor(SAMPLE, epoch, 33);
  expect(end(7)).toEqual({ epoch: 7, endOffset: 33 });
  expect(end(5)).toEqual({ epoch: 4, endOffset: 20 });
  expect(end(1)).toEqual({ epoch: 1, endOffset: 5 });
  expect(end(8)).toEqual({ epoch: -1, endOffset: -1 });
  expect(end(-1)).toEqual({ epoch: -1, endOffset: -1 });
});

test('what changes nothing gives back the same array', () => {
  expect(assign(SAMPLE, 7, 25)).toBe(SAMPLE);
  expect(truncateFromEnd(SAMPLE, 21)).toBe(SAMPLE);
  expect(truncateFromEnd(SAMPLE, -1)).toBe(SAMPLE);
  expect(truncateFromStart(SAMPLE, 5)).toBe(SAMPLE);
  expect(truncateFromStart(SAMPLE, 4)).toBe(SAMPLE);
});

test('negative epochs and offsets are refused', () => {
  expect(() => assign(SAMPLE, -1, 3)).toThrow('neither may be negative');
  expect(() => assign(SAMPLE, 3, -1)).toThrow('neither may be negative');
});

test('entries can be asked for singly and by range', () => {
  expect(epochEntry(SAMPLE, 4)).toEqual({ epoch: 4, startOffset: 9 });
  expect(epochEntry(SAMPLE, 5)).toBeUndefined();
  expect(previousEntry(SAMPLE, 4)).toEqual({ epoch: 2, startOffset: 5 });
  expect(epochEntriesInRange(SAMPLE, 7, 20)).toEqual([
    { epoch: 2, startOffset: 7 },
    { epoch: 4, startOffset: 9 },
  ]);
});

test('whatever happens, entries rise strictly in epoch and offset', () => {
  const op = fc.tuple(fc.constantFrom(assign, truncateFromEnd, truncateFromStart), fc.nat(20), fc.nat(50));
  fc.assert(
    fc.property(fc.array(op, { maxLength: 40 }), (ops) => {
      let epochs = NO_LEADER_EPOCHS;
      for (const [change, epoch, offset] of ops) {
        epochs = change === assign ? assign(epochs, epoch, offset) : (change as typeof truncateFromEnd)(epochs, offset);
        for (let index = 1; index < epochs.length; index++) {
          expect(epochs[index].epoch).toBeGreaterThan(epochs[index - 1].epoch);
          expect(epochs[index].startOffset).toBeGreaterThan(epochs[index - 1].startOffset);
        }
      }
    }),
  );
});
