/**
 * What a broker of Kafka 0.10 to 3.9 hands to a consumer that speaks an older Fetch than its log: the stored batches converted down
 * (Kafka: RecordsUtil.downConvert, FileRecords.downConvert). 4.0 took it out together with the Fetch versions that need it (KIP-896).
 */
import type { Fact } from '../byte-field.ts';
import { writeMessageSet } from '../legacy/message-set-writer.ts';
import { messageSetHeaderSize, messageSetSize } from '../legacy/message-sizes.ts';
import { timestampOf, timestampTypeOf } from '../legacy/raw-message.ts';
import { isControl, isLogAppendTime, maxTimestamp, type RawBatch, rawBatches, sizeInBytes } from './raw-batch.ts';
import { type RawRecord, rawRecords } from './raw-record.ts';
import { refusalOf } from './refusals.ts';
import { codecOfBatch } from './validate-batch.ts';
import { refuse } from './validation-context.ts';

export interface DownConversion {
  readonly ok: true;
  /** What the consumer gets. */
  readonly bytes: Uint8Array;
  readonly recordsConverted: number;
  /** RecordConversionStats.temporaryMemoryBytes: stored batches and what was written, both unpacked in memory. */
  readonly temporaryMemoryBytes: number;
  /** Batches of transaction markers and the like, which older formats do not know. */
  readonly controlBatchesDropped: number;
  readonly headersDropped: number;
  /** Records below the asked offset in the middle of an uncompressed batch. */
  readonly recordsBeforeOffset: number;
  /** Nothing needed conversion, or no whole batch is there: the stored bytes go out as they are. */
  readonly asStored: boolean;
}

export interface DownConversionRefusal {
  readonly ok: false;
  readonly errorCode: string;
  readonly exception: string;
  readonly reason: Fact;
  readonly message: string;
}

interface Counts {
  recordsConverted: number;
  temporaryMemoryBytes: number;
  controlBatchesDropped: number;
  headersDropped: number;
  recordsBeforeOffset: number;
}

/**
 * `bytes`: what was read from the log, whole batches from the one that holds `firstOffset` on. Offsets stay, also where control
 * records leave gaps. Transactions are not filtered: an old consumer reads aborted records as any others.
 */
export function downConvert(
  bytes: Uint8Array,
  toMagic: 0 | 1,
  firstOffset: number | bigint = 0,
): DownConversion | DownConversionRefusal {
  try {
    return convertAll(bytes, toMagic, BigInt(firstOffset));
  } catch (error) {
    const { errorCode, exception, reason, message } = refusalOf(error, 'request', true);
    return { ok: false, errorCode, exception, reason, message };
  }
}

function convertAll(bytes: Uint8Array, toMagic: 0 | 1, firstOffset: bigint): DownConversion {
  const counts: Counts = {
    recordsConverted: 0,
    temporaryMemoryBytes: 0,
    controlBatchesDropped: 0,
    headersDropped: 0,
    recordsBeforeOffset: 0,
  };
  const parts: Uint8Array[] = [];
  for (const batch of rawBatches(bytes)) {
    if (isControl(batch)) counts.controlBatchesDropped++;
    else parts.push(convertBatch(batch, toMagic, firstOffset, counts));
  }
  const asStored = counts.recordsConverted === 0;
  return { ok: true, ...counts, asStored, bytes: asStored ? bytes : joined(parts) };
}

const NO_BYTES = new Uint8Array(0);

function convertBatch(batch: RawBatch, toMagic: 0 | 1, firstOffset: bigint, counts: Counts): Uint8Array {
  const compression = codecOfBatch(batch);
  if (compression === 'zstd') {
    const text = `zstd is unknown to message format v${toMagic}`;
    refuse('UnsupportedCompressionTypeException', batch.at, 'zstd-in-legacy', { magic: toMagic }, text);
  }
  if (batch.magic <= toMagic) {
    counts.temporaryMemoryBytes += sizeInBytes(batch);
    return batch.bytes.slice(batch.at, batch.end);
  }
  const records: RawRecord[] = [];
  for (const record of rawRecords(batch, false)) {
    if (compression !== 'none' || record.offset >= firstOffset) records.push(record);
    else counts.recordsBeforeOffset++;
  }
  if (records.length === 0) return NO_BYTES;
  const { timestampType, logAppendTime } = timesOf(batch);
  const list = records.map(({ offset, timestamp, key, value }) => ({ offset, timestampMs: timestamp, key, value }));
  const fields = { magic: toMagic, compression, timestampType, records: list } as const;
  counts.recordsConverted += records.length;
  for (const record of records) counts.headersDropped += record.headers.length;
  const plain = messageSetSize(toMagic, list) + messageSetHeaderSize(toMagic, compression);
  counts.temporaryMemoryBytes += sizeInBytes(batch) + plain;
  return writeMessageSet({ ...fields, baseOffset: records[0].offset, logAppendTime });
}

/** A stored batch keeps its kind of time: the broker's own stands in each message then. */
function timesOf(batch: RawBatch) {
  if (batch.message !== null) {
    const timestampType = timestampTypeOf(batch.message);
    return { timestampType, logAppendTime: timestampType === 'LogAppendTime' ? timestampOf(batch.message) : -1n };
  }
  const isStamped = isLogAppendTime(batch);
  const timestampType = isStamped ? 'LogAppendTime' : 'CreateTime';
  return { timestampType, logAppendTime: isStamped ? maxTimestamp(batch) : -1n } as const;
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  let size = 0;
  for (const part of parts) size += part.length;
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
