/**
 * What a broker does with produced bytes before it validates records: the request's check (ProduceRequest.validateRecords) and the
 * log's first look (UnifiedLog.analyzeAndValidateRecords), in their order.
 */

import type { CompressionType } from '../codec.ts';
import { codecOf, computedCrc, isValid, storedCrc } from '../legacy/raw-message.ts';
import { hex32 } from '../legacy/refusal-keys.ts';
import {
  BATCH_ATTRIBUTES_AT,
  BATCH_CRC_AT,
  baseOffset,
  codec,
  computedBatchCrc,
  isBatchValid,
  isTransactional,
  lastOffsetDelta,
  type RawBatch,
  rawBatches,
  sizeInBytes,
  storedBatchCrc,
} from './raw-batch.ts';
import { type Context, refuse } from './validation-context.ts';

/** The whole request needs a transactional id as soon as one of its batches says that it is transactional (KafkaApis). */
function checkTransactionalId(bytes: Uint8Array, context: Context): void {
  if (context.transactionalId !== null) return;
  for (const batch of rawBatches(bytes)) {
    if (!isTransactional(batch)) continue;
    const at = batch.at + BATCH_ATTRIBUTES_AT;
    const text = 'the batch says it is transactional, the request names no transactional.id';
    refuse('TransactionalIdAuthorizationException', at, 'no-transactional-id', {}, text);
  }
}

/** Since version 3 of Produce: exactly one batch of format v2 a partition, and zstd only since version 7. */
export function checkRequest(bytes: Uint8Array, context: Context): void {
  checkTransactionalId(bytes, context);
  const version = context.produceVersion;
  if (version < 3) return;
  const batches = rawBatches(bytes);
  const first = batches.next();
  if (first.done === true) {
    refuse('InvalidRecordException', 0, 'no-batch', { version, bytes: bytes.length }, 'there is no whole batch');
  }
  const { value: batch } = first;
  if (batch.magic !== 2) {
    const text = `Produce version ${version} takes record batches v2 only, this has magic ${batch.magic}`;
    refuse('InvalidRecordException', batch.at + 16, 'not-v2', { version, magic: batch.magic }, text);
  }
  if (version < 7 && codec(batch) === 'zstd') {
    const text = `Produce version ${version} does not know zstd, which came with version 7`;
    refuse('UnsupportedCompressionTypeException', batch.at + BATCH_ATTRIBUTES_AT, 'zstd-too-new', { version }, text);
  }
  const second = batches.next();
  if (second.done !== true) {
    const text = `Produce version ${version} takes exactly one batch a partition`;
    refuse('InvalidRecordException', second.value.at, 'second-batch', { version }, text);
  }
}

export interface AppendInfo {
  readonly sourceCodec: CompressionType;
  /** Whole batches; what follows is dropped. */
  readonly validBytes: number;
  readonly batches: readonly RawBatch[];
}

/** Base offset, size, checksum, codec of each batch; the records are not looked at. */
export function analyze(bytes: Uint8Array, context: Context): AppendInfo {
  let sourceCodec: CompressionType = 'none';
  let validBytes = 0;
  const batches: RawBatch[] = [];
  for (const batch of rawBatches(bytes)) {
    if (batch.magic === 2) checkBaseOffset(batch);
    const size = sizeInBytes(batch);
    if (size > context.maxMessageBytes) {
      const params = { size, max: context.maxMessageBytes };
      refuse('RecordTooLargeException', batch.at, 'too-large', params, `the batch has ${size} bytes of ${params.max}`);
    }
    checkCrc(batch);
    validBytes += size;
    const batchCodec = batch.message === null ? codec(batch) : codecOf(batch.message);
    if (batchCodec !== 'none') sourceCodec = batchCodec;
    batches.push(batch);
  }
  return { sourceCodec, validBytes, batches };
}

function checkBaseOffset(batch: RawBatch): void {
  const offset = baseOffset(batch);
  if (offset !== 0n) {
    const text = `a producer's base offset is 0, this is ${offset}`;
    refuse('InvalidRecordException', batch.at, 'base-offset', { offset: `${offset}` }, text);
  }
  lastOffsetDelta(batch); // read here: in a batch that is too short it throws, before size and checksum are looked at
}

function checkCrc(batch: RawBatch): void {
  const { message } = batch;
  if (message === null ? isBatchValid(batch) : isValid(message)) return;
  const stored = message === null ? storedBatchCrc(batch) : storedCrc(message);
  const computed = message === null ? computedBatchCrc(batch) : computedCrc(message);
  const at = batch.at + (message === null ? BATCH_CRC_AT : 12);
  const text = `stored checksum ${stored} differs from the computed ${computed}`;
  refuse('CorruptRecordException', at, 'crc', { stored: hex32(stored), computed: hex32(computed) }, text);
}
