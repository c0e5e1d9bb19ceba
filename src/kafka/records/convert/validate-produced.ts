/**
 * What a broker answers to the raw bytes of one partition of a Produce request, and what its log stores: the request's check, the
 * log's first look, LogValidator record by record, the sizes after that (Kafka 4.3: KafkaApis, UnifiedLog.append, LogValidator).
 *
 * What depends on more than the bytes is not asked here: leadership, quotas, min.insync.replicas, the producer's state (its epoch and
 * sequences) and open transactions. Codecs of compressed batches must be registered.
 */
import { int64 } from '../legacy/int64.ts';
import { analyze, checkRequest } from './analyze-records.ts';
import { validateMessagesAndAssignOffsets } from './log-validator.ts';
import type { ProduceAcceptance, ProduceAnswer, ProduceConfig, ProducedBatch, ProduceStage } from './produced.ts';
import { baseOffset, lastOffsetDelta, type RawBatch, rawBatches, sizeInBytes } from './raw-batch.ts';
import { refusalOf } from './refusals.ts';
import { type Context, contextOf, refuse, targetCodec } from './validation-context.ts';

export type { ProduceAcceptance, ProduceAnswer, ProduceConfig, ProduceRefusal } from './produced.ts';

/**
 * `bytes`: the records of one partition as the request carries them, in whatever state; they are not changed. `now`: the broker's
 * clock in milliseconds since the epoch. Broken records are an answer, never an exception.
 */
export function validateProduced(bytes: Uint8Array, config: ProduceConfig, now: number | bigint): ProduceAnswer {
  const context = contextOf(config, now);
  const progress: Progress = { stage: 'request', unpacked: false };
  try {
    return append(bytes, context, progress);
  } catch (error) {
    return refusalOf(error, progress.stage, progress.unpacked);
  }
}

interface Progress {
  stage: ProduceStage;
  unpacked: boolean;
}

function append(bytes: Uint8Array, context: Context, progress: Progress): ProduceAcceptance {
  checkRequest(bytes, context);
  progress.stage = 'analyze';
  const { validBytes, sourceCodec, batches } = analyze(bytes, context);
  const target = targetCodec(context, sourceCodec);
  const ignoredBytes = bytes.length - validBytes;
  if (validBytes === 0) return { ...NOTHING, sourceCodec, targetCodec: target, ignoredBytes };
  progress.stage = 'validate';
  progress.unpacked = sourceCodec !== 'none';
  const own = bytes.slice(0, validBytes);
  const mine = batches.map((batch) => rebased(batch, own));
  const result = validateMessagesAndAssignOffsets(own, mine, sourceCodec, target, context);
  progress.stage = 'append';
  const stored = storedBatches(result.bytes);
  checkSizes(stored, result.bytes.length, !result.inPlace, context);
  return {
    ok: true,
    bytes: result.bytes,
    firstOffset: int64(context.nextOffset),
    lastOffset: int64(context.nextOffset + BigInt(result.records) - 1n),
    records: result.records,
    batches: stored,
    maxTimestamp: int64(result.maxTimestamp),
    logAppendTimeMs: context.timestampType === 'LogAppendTime' ? int64(context.now) : -1,
    inPlace: result.inPlace,
    converted: batches.some((batch) => batch.magic !== context.toMagic),
    recompressed: !result.inPlace && sourceCodec !== target,
    unpacked: sourceCodec !== 'none',
    sourceCodec,
    targetCodec: target,
    uncompressedBytes: result.uncompressedBytes,
    recordsConverted: result.recordsConverted,
    ignoredBytes,
  };
}

const NOTHING = {
  ok: true,
  bytes: new Uint8Array(0),
  firstOffset: -1,
  lastOffset: -1,
  records: 0,
  batches: [],
  maxTimestamp: -1,
  logAppendTimeMs: -1,
  inPlace: true,
  converted: false,
  recompressed: false,
  unpacked: false,
  uncompressedBytes: 0,
  recordsConverted: 0,
} as const;

/** The same batch in the broker's own copy of the bytes, where offsets and times may be written. */
function rebased(batch: RawBatch, bytes: Uint8Array): RawBatch {
  return { ...batch, bytes, message: batch.message === null ? null : { ...batch.message, bytes } };
}

function storedBatches(bytes: Uint8Array): ProducedBatch[] {
  const stored: ProducedBatch[] = [];
  for (const batch of rawBatches(bytes)) {
    const base = baseOffset(batch);
    const last = batch.message === null ? base + BigInt(lastOffsetDelta(batch)) : base;
    const size = sizeInBytes(batch);
    stored.push({ magic: batch.magic, baseOffset: int64(base), lastOffset: int64(last), sizeInBytes: size });
  }
  return stored;
}

/** Once more after recompression or conversion; then against the segment. */
function checkSizes(stored: readonly ProducedBatch[], total: number, rebuilt: boolean, context: Context): void {
  const { maxMessageBytes: max, segmentBytes } = context;
  const large = stored.find((batch) => batch.sizeInBytes > max);
  if (rebuilt && large !== undefined) {
    const size = large.sizeInBytes;
    refuse(
      'RecordTooLargeException',
      -1,
      'too-large-stored',
      { size, max },
      `built anew it has ${size} bytes of ${max}`,
    );
  }
  if (total > segmentBytes) {
    const params = { size: total, max: segmentBytes };
    refuse('RecordBatchTooLargeException', -1, 'segment', params, `${total} bytes do not fit a segment`);
  }
}
