/** What LogValidator demands of a batch and of each record, in its order (validateBatch, validateRecord). */

import type { CompressionType } from '../codec.ts';
import { wrapInt64 } from '../legacy/int64.ts';
import { codecOf, ensureValid, lookedAtInText, type RawMessage } from '../legacy/raw-message.ts';
import { refused } from '../legacy/refusal-keys.ts';
import type { ProducedRecordError } from './produced.ts';
import {
  BATCH_ATTRIBUTES_AT,
  baseOffset,
  baseSequence,
  COUNT_AT,
  codec,
  count,
  isControl,
  isLogAppendTime,
  isTransactional,
  LAST_OFFSET_DELTA_AT,
  lastOffsetDelta,
  producerId,
  type RawBatch,
} from './raw-batch.ts';
import type { RawRecord } from './raw-record.ts';
import { RecordErrors } from './refusals.ts';
import { type Context, refuse } from './validation-context.ts';

/** The codec of a batch, or of an entry of a message set. */
export function codecOfBatch(batch: RawBatch): CompressionType {
  return batch.message === null ? codec(batch) : codecOf(batch.message);
}

/** Everything is from a client: brokers' own appends (coordinators, replication) do not come this way. */
export function validateBatch(first: RawBatch, batch: RawBatch, context: Context): void {
  if (first.magic !== batch.magic) {
    const params = { magic: batch.magic, first: first.magic };
    const text = `magic ${batch.magic} follows a batch of magic ${first.magic}`;
    refuse('InvalidRecordException', batch.at + 16, 'magic-mixed', params, text);
  }
  if (batch.magic === 2) validateOffsets(batch);
  if (isControl(batch)) {
    const text = 'clients may not write control records';
    refuse('InvalidRecordException', batch.at + BATCH_ATTRIBUTES_AT, 'control', {}, text);
  }
  const id = producerId(batch);
  const hasProducerId = id > -1n;
  if (hasProducerId && baseSequence(batch) < 0) {
    const params = { sequence: baseSequence(batch), producerId: `${id}` };
    refuse(
      'InvalidRecordException',
      batch.at + 53,
      'sequence',
      params,
      `sequence ${params.sequence} of producer ${id}`,
    );
  }
  if (context.toMagic === 2) return;
  const params = { magic: context.toMagic };
  const format = `message format v${context.toMagic}`;
  if (isTransactional(batch)) {
    const text = `${format} has no transactions`;
    refuse('UnsupportedForMessageFormatException', batch.at, 'transactional-in-legacy', params, text);
  }
  if (hasProducerId) {
    refuse(
      'UnsupportedForMessageFormatException',
      batch.at,
      'idempotent-in-legacy',
      params,
      `${format} has no producers`,
    );
  }
}

/** The offsets of a v2 batch and its count say the same: what a producer writes has no gaps. */
function validateOffsets(batch: RawBatch): void {
  const base = baseOffset(batch);
  const last = wrapInt64(base + BigInt(lastOffsetDelta(batch)));
  const records = count(batch);
  const range = wrapInt64(last - base + 1n);
  const params = { base: `${base}`, last: `${last}`, count: records };
  if (range <= 0n) {
    const text = `the offsets from ${base} to ${last} are no range`;
    refuse('InvalidRecordException', batch.at + LAST_OFFSET_DELTA_AT, 'offset-range', params, text);
  }
  if (records <= 0) {
    refuse('InvalidRecordException', batch.at + COUNT_AT, 'count', { count: records }, `record count ${records}`);
  }
  if (range !== BigInt(records)) {
    const text = `offsets from ${base} to ${last} do not fit ${records} records`;
    refuse('InvalidRecordException', batch.at + COUNT_AT, 'count-differs', params, text);
  }
}

type RecordProblem = { readonly invalidTimestamp: boolean; readonly error: ProducedRecordError } | null;

/** null: the record is fine. A wrong checksum inside of a wrapper is thrown at once. */
export function validateRecord(batch: RawBatch, record: RawRecord, index: number, context: Context): RecordProblem {
  const { message } = record;
  if (record.magic !== batch.magic) {
    lookedAtInText(message as RawMessage);
    const params = { magic: record.magic, outer: batch.magic };
    return { invalidTimestamp: false, error: { index, reason: refused('magic-inner', params) } };
  }
  if (message !== null && codecOfBatch(batch) !== 'none') ensureValid(message);
  if (context.compacted && !record.hasKey) {
    return { invalidTimestamp: false, error: { index, reason: refused('no-key', {}) } };
  }
  const reason = timestampProblem(batch, record, context);
  return reason === null ? null : { invalidTimestamp: true, error: { index, reason } };
}

function timestampProblem(batch: RawBatch, record: RawRecord, context: Context) {
  const { timestamp } = record;
  const { now, timestampBeforeMaxMs: before, timestampAfterMaxMs: after } = context;
  if (context.timestampType === 'CreateTime' && timestamp !== -1n) {
    const difference = wrapInt64(now - timestamp);
    if (difference <= before && wrapInt64(-difference) <= after) return null;
    const from = `${wrapInt64(now - before)}`;
    const to = `${wrapInt64(now + after)}`;
    return refused('timestamp', { timestamp: `${timestamp}`, offset: `${record.offset}`, from, to });
  }
  if (!hasLogAppendTime(batch)) return null;
  if (record.message !== null) lookedAtInText(record.message);
  return refused('log-append-time', { offset: `${record.offset}` });
}

/** Whether the batch's own bytes say LogAppendTime, which is the broker's to say. */
export function hasLogAppendTime(batch: RawBatch): boolean {
  if (batch.magic === 0) return false;
  return batch.message === null ? isLogAppendTime(batch) : (batch.bytes[batch.at + 17] & 0x08) !== 0;
}

/** Gathers what is wrong with the records of one batch, to be thrown when all were looked at. */
export class Problems {
  private readonly errors: ProducedRecordError[] = [];
  private invalidTimestamp = false;

  get none(): boolean {
    return this.errors.length === 0;
  }

  add(problem: RecordProblem): void {
    if (problem === null) return;
    this.errors.push(problem.error);
    this.invalidTimestamp ||= problem.invalidTimestamp;
  }

  /** One wrong time makes the whole answer INVALID_TIMESTAMP. */
  throwIfAny(batch: RawBatch): void {
    if (this.none) return;
    const count = this.errors.length;
    if (this.invalidTimestamp) {
      throw new RecordErrors('InvalidTimestampException', batch.at, refused('timestamps', { count }), this.errors);
    }
    throw new RecordErrors('InvalidRecordException', batch.at, refused('records', { count }), this.errors);
  }
}
