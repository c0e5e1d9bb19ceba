import { expect, test } from 'vitest';
import { controlType, endTransactionBatch, endTransactionMarker, leaderChangeValue } from './control-record.ts';
import { decodeBatch, encodeBatch, fieldsOfRecords, makeBatch, recordOf } from './record-batch.ts';

test('a marker comes back from its bytes', () => {
  const batch = endTransactionBatch({ type: 'ABORT', coordinatorEpoch: 70_000 }, 5, 2, 1_000);
  const { batch: read } = decodeBatch(encodeBatch(batch, 9, 0), 0);
  expect([controlType(read), read.isTransactional, read.baseSequence]).toEqual(['ABORT', true, -1]);
  expect(endTransactionMarker(read)).toEqual({ type: 'ABORT', coordinatorEpoch: 70_000 });
});

test('an emptied control batch, a data batch and a record of the quorum hold no marker', () => {
  const emptied = makeBatch(fieldsOfRecords([], { isControl: true, isTransactional: true, producerId: 5 }));
  const data = makeBatch(fieldsOfRecords([recordOf(0, 'k', 'v')]));
  expect([controlType(emptied), endTransactionMarker(emptied)]).toEqual([null, null]);
  expect(endTransactionMarker(data)).toBeNull();
});

test('a control record without a readable key or value is refused', () => {
  const broken = makeBatch(fieldsOfRecords([recordOf(0, 'k', 'v')], { isControl: true }));
  expect(() => controlType(broken)).toThrow('key has 1 bytes instead of 4');
});

test('a list of more than 126 voters needs two bytes for its length', () => {
  const voterIds = Array.from({ length: 127 }, (_unused, id) => id);
  const change = { version: 0, leaderId: 1, voterIds, grantingVoterIds: [] };
  expect([...leaderChangeValue(change).slice(6, 8)]).toEqual([0x80, 0x01]);
});
