import { expect, test } from 'vitest';
import { checkVectorFile } from '../../cli/check-vectors.ts';
import { endTransactionBatch } from '../../kafka/records/control-record.ts';
import { fieldsOfRecords, makeBatch, type RecordBatch, recordOf } from '../../kafka/records/record-batch.ts';
import vectors from '../../kafka/vectors/producer-state.json?raw';
import type { AppendOrigin } from './producer-append-info.ts';
import {
  analyzeAndValidate,
  applyAppend,
  hasOngoingTransaction,
  loadProducersFromRecords,
  startVerification,
  type ValidationOptions,
} from './producer-state-append.ts';
import {
  cloneProducerStates,
  createProducerStates,
  firstUndecidedOffset,
  firstUnstableOffset,
  hasLateTransaction,
  onHighWatermarkUpdated,
  type ProducerStates,
  removeExpiredProducers,
  removeStraySnapshots,
  takeSnapshot,
  truncateAndReload,
  truncateFullyAndStartAt,
} from './producer-state-manager.ts';

const DAY_MS = 86_400_000;

/** One record a batch, and a log that only counts. */
function log(states: ProducerStates = createProducerStates()) {
  return {
    states,
    append(batch: RecordBatch, origin: AppendOrigin = 'CLIENT', options: ValidationOptions = {}) {
      const baseOffset = states.mapEndOffset;
      const validation = analyzeAndValidate(states, [{ batch, baseOffset }], origin, options);
      if (validation.kind === 'error') return validation.error;
      if (validation.kind === 'duplicate') return `duplicate of ${validation.batch.lastOffset}`;
      applyAppend(states, validation, baseOffset + batch.lastOffsetDelta + 1);
      return baseOffset;
    },
  };
}

function data(baseSequence: number, options: { pid?: number; epoch?: number; txn?: boolean; atMs?: number } = {}) {
  const { pid = 1, epoch = 0, txn = false, atMs = 1000 } = options;
  const fields = { producerId: pid, producerEpoch: epoch, baseSequence, isTransactional: txn };
  return makeBatch(fieldsOfRecords([recordOf(atMs, null, 'v')], fields));
}

function marker(type: 'COMMIT' | 'ABORT', epoch = 0, coordinatorEpoch = 0, pid = 1) {
  return endTransactionBatch({ type, coordinatorEpoch }, pid, epoch, 2000);
}

const V1 = { transactionVersion: 1 };
const V2 = { transactionVersion: 2 };

test('golden vectors: producer-state', () => {
  const report = checkVectorFile(JSON.parse(vectors), 'producer-state.json');
  expect(report).toEqual({ passed: 84, failed: 0, misses: [] });
});

test('rules 38 and 39: the last five batches are recognised, an older one is out of order', () => {
  const one = log();
  for (let sequence = 0; sequence < 7; sequence++) one.append(data(sequence));
  expect([2, 3, 4, 5, 6].map((sequence) => one.append(data(sequence)))).toEqual(
    [2, 3, 4, 5, 6].map((offset) => `duplicate of ${offset}`),
  );
  expect(one.append(data(1))).toBe('OUT_OF_ORDER_SEQUENCE_NUMBER');
  expect(one.append(data(8))).toBe('OUT_OF_ORDER_SEQUENCE_NUMBER');
  expect(one.append(data(7))).toBe(7);
});

test('rule 40: a new epoch starts at 0, an unknown producer anywhere, and sequences wrap', () => {
  const one = log();
  expect(one.append(data(2147483647))).toBe(0);
  expect(one.append(data(0))).toBe(1);
  expect(one.append(data(1, { epoch: 1 }))).toBe('OUT_OF_ORDER_SEQUENCE_NUMBER');
  expect(one.append(data(0, { epoch: 1 }))).toBe(2);
});

test('rule 40, transactions V2: the batch that opens one starts at 0 where no batch is remembered', () => {
  const one = log();
  const guard = startVerification(one.states, 1, 5, 0, true, 0) as number;
  const verified = { isVerificationEnabled: true, guard };
  expect(one.append(data(5, { txn: true }), 'CLIENT', verified)).toBe('OUT_OF_ORDER_SEQUENCE_NUMBER');
  startVerification(one.states, 1, 0, 0, true, 0);
  expect(one.append(data(0, { txn: true }), 'CLIENT', verified)).toBe(0);
});

test('rule 41: a lower epoch is refused on produce and taken from a leader', () => {
  const one = log();
  one.append(data(0, { epoch: 3 }));
  expect(one.append(data(0, { epoch: 2 }))).toBe('INVALID_PRODUCER_EPOCH');
  expect(one.append(data(0, { epoch: 2 }), 'REPLICATION')).toBe(1);
});

test('rule 42: forgotten a day after the last record, never inside a transaction', () => {
  const one = log();
  one.append(data(0, { pid: 1, atMs: 1000 }));
  one.append(data(0, { pid: 2, atMs: 1000, txn: true }));
  removeExpiredProducers(one.states, 1000 + DAY_MS - 1, DAY_MS);
  expect([...one.states.producers.keys()]).toEqual([1, 2]);
  removeExpiredProducers(one.states, 1000 + DAY_MS, DAY_MS);
  expect([...one.states.producers.keys()]).toEqual([2]);
});

test('rule 43: an ended transaction stays unstable until the high watermark passes its marker', () => {
  const one = log();
  one.append(data(0, { txn: true }));
  one.append(data(0, { pid: 2, txn: true }));
  one.append(marker('COMMIT'), 'COORDINATOR', V1);
  expect([firstUnstableOffset(one.states), firstUndecidedOffset(one.states)]).toEqual([0, 1]);
  onHighWatermarkUpdated(one.states, 2);
  expect(firstUnstableOffset(one.states)).toBe(0);
  onHighWatermarkUpdated(one.states, 3);
  expect(firstUnstableOffset(one.states)).toBe(1);
});

test('rule 44: a marker of an old coordinator is fenced; a follower takes it', () => {
  const one = log();
  one.append(marker('COMMIT', 0, 5), 'COORDINATOR', V1);
  expect(one.append(marker('COMMIT', 0, 4), 'COORDINATOR', V1)).toBe('TRANSACTION_COORDINATOR_FENCED');
  expect(one.append(marker('COMMIT', 0, 4), 'REPLICATION')).toBe(1);
});

test('rule 99: a V2 marker must raise the epoch, unless it repeats one that has ended the transaction', () => {
  const one = log();
  one.append(data(0, { epoch: 4, txn: true }));
  expect(one.append(marker('COMMIT', 4), 'COORDINATOR', V2)).toBe('INVALID_PRODUCER_EPOCH');
  expect(one.append(marker('COMMIT', 5), 'COORDINATOR', V2)).toBe(1);
  expect(one.append(marker('COMMIT', 5), 'COORDINATOR', V2)).toBe(2);
  one.append(data(0, { epoch: 32767, txn: true }));
  expect(one.append(marker('ABORT', 32767), 'COORDINATOR', V2)).toBe(4);
  expect(() => one.append(marker('COMMIT', 32767), 'COORDINATOR')).toThrow('must say its transaction version');
});

test('a plain batch inside an open transaction is refused, and nothing of it is kept', () => {
  const one = log();
  one.append(data(0, { txn: true }));
  expect(one.append(data(1))).toBe('INVALID_TXN_STATE');
  expect(one.append(data(1, { txn: true }))).toBe(1);
});

test('verification: only the current guard opens a transaction, and an open one needs none', () => {
  const one = log();
  const [none, on] = [{ isVerificationEnabled: true }, (guard: number) => ({ isVerificationEnabled: true, guard })];
  expect(one.append(data(0, { txn: true }), 'CLIENT', none)).toBe('INVALID_TXN_STATE');
  const guard = startVerification(one.states, 1, 0, 0, false, 0) as number;
  expect(one.append(data(0, { txn: true }), 'CLIENT', on(guard + 1))).toBe('INVALID_TXN_STATE');
  expect(one.append(data(0, { txn: true }), 'CLIENT', on(guard))).toBe(0);
  expect(hasOngoingTransaction(one.states, 1, 0)).toBe(true);
  expect(startVerification(one.states, 1, 1, 0, false, 0)).toBe(0);
  expect(one.append(data(1, { txn: true }), 'CLIENT', none)).toBe(1);
  one.append(marker('ABORT', 1), 'COORDINATOR', V2);
  expect(one.append(data(1, { txn: true }), 'CLIENT', on(guard))).toBe('INVALID_PRODUCER_EPOCH');
  expect(startVerification(one.states, 1, 0, 0, false, 0)).toMatchObject({ error: 'INVALID_PRODUCER_EPOCH' });
});

test('rule 95: a reload knows only the last batch of each producer', () => {
  const one = log();
  for (let sequence = 0; sequence < 3; sequence++) one.append(data(sequence));
  expect(takeSnapshot(one.states)?.offset).toBe(3);
  expect(takeSnapshot(one.states)).toBeNull();
  const restarted = log(createProducerStates(one.states.snapshots));
  truncateAndReload(restarted.states, 0, 3, 2000, DAY_MS);
  expect(restarted.append(data(2))).toBe('duplicate of 2');
  expect(restarted.append(data(1))).toBe('OUT_OF_ORDER_SEQUENCE_NUMBER');
  expect(restarted.append(data(3))).toBe(3);
});

test('rule 94: a truncation goes back to the latest snapshot in range, and the log is replayed from there', () => {
  const one = log();
  one.append(data(0, { txn: true }));
  takeSnapshot(one.states);
  one.append(marker('COMMIT'), 'COORDINATOR', V1);
  one.append(data(1));
  takeSnapshot(one.states);
  truncateAndReload(one.states, 0, 2, 2000, DAY_MS);
  expect([one.states.mapEndOffset, firstUndecidedOffset(one.states)]).toEqual([1, 0]);
  loadProducersFromRecords(one.states, [{ batch: marker('COMMIT'), baseOffset: 1 }]);
  one.states.mapEndOffset = 2;
  expect([firstUndecidedOffset(one.states), firstUnstableOffset(one.states)]).toEqual([null, 0]);
  expect(one.append(data(1))).toBe(2);
  truncateFullyAndStartAt(one.states, 50);
  expect([one.states.producers.size, one.states.snapshots, one.states.mapEndOffset]).toEqual([0, [], 50]);
});

test('a reload leaves out producers that have expired meanwhile, and snapshots outside the log', () => {
  const one = log();
  one.append(data(0, { atMs: 1000 }));
  takeSnapshot(one.states);
  const old = log(createProducerStates(one.states.snapshots));
  truncateAndReload(old.states, 0, 9, 1000 + DAY_MS, DAY_MS);
  expect([old.states.producers.size, old.states.mapEndOffset]).toEqual([0, 1]);
  const deleted = log(createProducerStates(one.states.snapshots));
  truncateAndReload(deleted.states, 1, 9, 2000, DAY_MS);
  expect([deleted.states.snapshots, deleted.states.mapEndOffset]).toEqual([[], 1]);
});

test('of snapshots without a segment only one past all segments stays', () => {
  const offsets = (bases: readonly number[]): number[] => {
    const states = createProducerStates([5, 10, 12, 30].map((offset) => ({ offset, entries: [] })));
    removeStraySnapshots(states, bases);
    return states.snapshots.map((snapshot) => snapshot.offset);
  };
  expect(offsets([0, 10])).toEqual([10, 30]);
  expect(offsets([0, 40])).toEqual([]);
  expect(offsets([])).toEqual([30]);
});

test('a transaction is late when it outlives the longest time-out by five minutes', () => {
  const one = log();
  one.append(data(0, { txn: true, atMs: 1000 }));
  expect(hasLateTransaction(one.states, 1000 + 900_000 + 300_000, 900_000)).toBe(false);
  expect(hasLateTransaction(one.states, 1001 + 900_000 + 300_000, 900_000)).toBe(true);
});

test('a clone goes its own way', () => {
  const one = log();
  one.append(data(0, { txn: true }));
  const before = cloneProducerStates(one.states);
  const shown = structuredClone(before);
  one.append(data(1, { txn: true }));
  one.append(marker('ABORT'), 'COORDINATOR', V1);
  startVerification(one.states, 9, 0, 0, true, 0);
  expect(before).toEqual(shown);
});

test('several batches of one append are checked on top of each other, all or nothing', () => {
  const { states, append } = log();
  append(data(0));
  const batches = [data(1), data(2), data(4)].map((batch, index) => ({ batch, baseOffset: index + 1 }));
  expect(analyzeAndValidate(states, batches, 'CLIENT')).toMatchObject({ error: 'OUT_OF_ORDER_SEQUENCE_NUMBER' });
  expect(states.producers.get(1)?.batches).toHaveLength(1);
  const good = analyzeAndValidate(states, batches.slice(0, 2), 'CLIENT');
  if (good.kind !== 'ok') throw new Error('refused');
  applyAppend(states, good, 3);
  expect(states.producers.get(1)?.batches.map((batch) => batch.lastSeq)).toEqual([0, 1, 2]);
});
