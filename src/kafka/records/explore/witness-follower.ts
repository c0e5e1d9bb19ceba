/**
 * A follower that fetches the bytes (ReplicaFetcherThread, UnifiedLog.appendAsFollower): it looks at offsets, leader epoch and
 * checksum of each batch, and never at its records.
 */
import {
  baseOffset,
  codec,
  computedBatchCrc,
  isBatchValid,
  isControl,
  lastOffsetDelta,
  maxTimestamp,
  producerId,
  type RawBatch,
  rawBatches,
  storedBatchCrc,
} from '../convert/raw-batch.ts';
import { rawRecords } from '../convert/raw-record.ts';
import { FormatError, type JavaException } from '../legacy/format-error.ts';
import { wrapInt64 } from '../legacy/int64.ts';
import { codecOf, computedCrc, isValid, storedCrc, timestampOf } from '../legacy/raw-message.ts';
import { checkMarker } from './control-marker.ts';
import { hex32, intAt } from './field-list.ts';
import { type Sight, says, thrownBy } from './judge-context.ts';

/** The two that a fetcher thread takes for a passing fault (AbstractFetcherThread.processFetchRequest, rule 97). */
const RETRIED = new Set(['CorruptRecordException', 'InvalidRecordException']);

/** As many offsets as the message of an UnexpectedAppendOffsetException names. */
const NAMED_OFFSETS = 10;

export function lastOffsetOf(batch: RawBatch): bigint {
  if (batch.message !== null) return batch.message.offset;
  return wrapInt64(baseOffset(batch) + BigInt(lastOffsetDelta(batch)));
}

export function leaderEpochOf(batch: RawBatch): number {
  return batch.message === null ? Number(intAt(batch.bytes, batch.at + 12, 'int32')) : -1;
}

/** DefaultRecordBatch.isValid, LegacyRecord.isValid. */
export function isIntact(batch: RawBatch): boolean {
  return batch.message === null ? isBatchValid(batch) : isValid(batch.message);
}

/** Stored and computed checksum, as Kafka's exceptions name them. */
export function crcsOf(batch: RawBatch): { readonly stored: number; readonly computed: number } {
  const { message } = batch;
  if (message !== null) return { stored: storedCrc(message), computed: computedCrc(message) };
  return { stored: storedBatchCrc(batch), computed: computedBatchCrc(batch) };
}

export function corrupt(batch: RawBatch): FormatError {
  const crcs = crcsOf(batch);
  const params = { stored: hex32(crcs.stored), computed: hex32(crcs.computed) };
  const fact = { key: 'byte-map.why.crc', params };
  return new FormatError('CorruptRecordException', batch.at, fact, `${params.stored} is not ${params.computed}`);
}

function refuse(exception: string, key: string, params: Record<string, number | string>): never {
  throw new FormatError(exception as JavaException, 0, { key: `byte-map.why.${key}`, params }, key);
}

/** `nextOffset`: where the follower's log ends; `fetchEpoch`: the leader epoch that it fetches with. */
export function follower(bytes: Uint8Array, nextOffset: bigint, fetchEpoch: number): Sight {
  try {
    return append(bytes, nextOffset, fetchEpoch);
  } catch (error) {
    const { exception, why } = thrownBy(error);
    const key = RETRIED.has(exception) ? 'retries' : 'fails';
    return says('follower', key, { exception }, { notices: true, exception, why });
  }
}

function append(bytes: Uint8Array, nextOffset: bigint, fetchEpoch: number): Sight {
  let last = -1n;
  let first: bigint | null = null;
  const taken: RawBatch[] = [];
  for (const batch of rawBatches(bytes)) {
    const epoch = leaderEpochOf(batch);
    if (epoch !== -1 && epoch > fetchEpoch) {
      if (taken.length === 0) return says('follower', 'skips', { epoch, fetchEpoch }, { notices: true });
      break;
    }
    const end = lastOffsetOf(batch);
    first ??= batch.message === null ? baseOffset(batch) : end;
    const inOrder = last < end;
    if (!isIntact(batch)) throw corrupt(batch);
    if (batch.message === null) {
      maxTimestamp(batch);
      codec(batch);
    } else {
      timestampOf(batch.message);
      codecOf(batch.message);
    }
    if (!inOrder) {
      listOffsets(bytes, Number.POSITIVE_INFINITY);
      refuse('OffsetsOutOfOrderException', 'out-of-order', { last: String(last), offset: String(end) });
    }
    last = end;
    taken.push(batch);
  }
  if (first === null) return says('follower', 'waits', { bytes: bytes.length }, { notices: true });
  const params = { first: String(first), expected: String(nextOffset), next: String(last + 1n) };
  if (first < nextOffset) {
    listOffsets(bytes, NAMED_OFFSETS);
    refuse('UnexpectedAppendOffsetException', 'unexpected-offset', params);
  }
  taken.forEach(checkState);
  return says('follower', first > nextOffset ? 'takes-gap' : 'takes', params);
}

/** Kafka's messages name the offsets of the records, and reading these may itself throw. */
function listOffsets(bytes: Uint8Array, most: number): void {
  let named = 0;
  for (const batch of rawBatches(bytes)) for (const _record of rawRecords(batch, false)) if (++named >= most) return;
}

/** The leader epoch's entry and the producer's state, which a batch changes when it is appended. */
function checkState(batch: RawBatch): void {
  if (batch.message !== null) return;
  const epoch = leaderEpochOf(batch);
  if (epoch < 0 || baseOffset(batch) < 0n) refuse('IllegalArgumentException', 'leader-epoch', { epoch });
  if (producerId(batch) > -1n && isControl(batch)) checkMarker(batch);
}
