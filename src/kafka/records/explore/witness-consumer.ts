/**
 * A consumer that fetches the bytes (FetchCollector, CompletedFetch): with check.crcs it looks at the checksum of a batch (v2), or of
 * each message that it hands out (v0, v1: never at a wrapper's own); then it reads record by record.
 */
import type { Fact } from '../byte-field.ts';
import { isControl, type RawBatch, rawBatches, sizeInBytes } from '../convert/raw-batch.ts';
import { type RawRecord, rawRecords } from '../convert/raw-record.ts';
import { FormatError } from '../legacy/format-error.ts';
import { wrapInt64 } from '../legacy/int64.ts';
import { isValid } from '../legacy/raw-message.ts';
import { batchOverhead } from '../record-sizes.ts';
import { type Sight, says, thrownBy } from './judge-context.ts';
import { corrupt, isIntact, lastOffsetOf } from './witness-follower.ts';

/** What does not come out of poll() wrapped in a KafkaException: it is none itself. */
const BARE = new Set(['IllegalArgumentException', 'IndexOutOfBoundsException', 'OutOfMemoryError']);

/** The reason of a payload that its codec cannot unpack. */
const UNPACK = 'formats.refused.unpack';

export interface Consumed {
  /** What poll() handed out before anything went wrong. */
  readonly records: readonly RawRecord[];
  /** The position afterwards. */
  readonly next: bigint;
  /** As poll() throws it; null: nothing was thrown. */
  readonly exception: string | null;
  readonly why: Fact | null;
  /** Not even a batch was found. */
  readonly noBatch: boolean;
}

/** Reads as a consumer at `position` does, isolation.level=read_uncommitted. */
export function consume(bytes: Uint8Array, position: bigint, checkCrcs: boolean): Consumed {
  const records: RawRecord[] = [];
  const at = { next: position, found: false };
  try {
    for (const batch of rawBatches(bytes)) {
      at.found = true;
      readBatch(batch, checkCrcs, at, records);
    }
  } catch (error) {
    const { exception, why } = thrownBy(error);
    // What the first look at the batches throws (FetchCollector.handleInitializeSuccess) is not wrapped.
    const thrown = !at.found || BARE.has(exception) ? exception : 'KafkaException';
    return { records, next: at.next, exception: thrown, why, noBatch: !at.found };
  }
  if (at.found) return { records, next: at.next, exception: null, why: null, noBatch: false };
  return { records, next: at.next, exception: 'KafkaException', why: null, noBatch: true };
}

function readBatch(batch: RawBatch, checkCrcs: boolean, at: { next: bigint }, records: RawRecord[]): void {
  if (checkCrcs && batch.message === null && !isIntact(batch)) throw corrupt(batch);
  if (batch.message === null && sizeInBytes(batch) < batchOverhead) throw shorterThanHeader(sizeInBytes(batch));
  for (const record of rawRecords(batch, false)) {
    if (record.offset < at.next) continue;
    if (checkCrcs && record.message !== null && !isValid(record.message))
      throw corrupt({
        ...batch,
        bytes: record.message.bytes,
        at: record.message.at,
        end: record.message.end,
        message: record.message,
      });
    if (!isControl(batch)) {
      // Key and value are read here: what is wrong with them comes out now.
      const { key, value, timestamp, offset, headers, ...rest } = record;
      records.push({ ...rest, key, value, timestamp, offset, headers, hasKey: key !== null });
    }
    at.next = wrapInt64(record.offset + 1n);
  }
  at.next = wrapInt64(lastOffsetOf(batch) + 1n);
}

/** DefaultRecordBatch.uncompressedIterator: the buffer has no place where the records would begin. */
function shorterThanHeader(size: number): FormatError {
  const fact = { key: 'byte-map.failure.short-batch', params: { size, least: batchOverhead } };
  return new FormatError('IllegalArgumentException', 0, fact, `${size} bytes are less than a header`);
}

/** Kafka unpacks while it reads: records in front of the place where a stream breaks are handed out, as many as can be. */
function failureKey(records: number, noBatch: boolean, why: Fact | null): string {
  if (why?.key === UNPACK) return 'breaks';
  if (noBatch && why === null) return 'no-batch';
  return records > 0 ? 'fails-later' : 'fails';
}

export function consumer(bytes: Uint8Array, position: bigint, checkCrcs: boolean): Sight {
  const { records, next, exception, why, noBatch } = consume(bytes, position, checkCrcs);
  const config = `check.crcs=${checkCrcs}`;
  const params = { records: records.length, position: String(position), next: String(next) };
  if (exception === null) return says('consumer', 'reads', params, { config });
  const key = failureKey(records.length, noBatch, why);
  return says('consumer', key, { ...params, exception }, { config, notices: true, exception, why });
}
