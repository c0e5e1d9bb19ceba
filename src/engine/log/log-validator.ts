/**
 * What a leader makes of a client's batch where a codec is involved (Kafka 4.3.1: LogValidator, BrokerCompressionType). A batch in the
 * topic's codec, or under `producer` in any, keeps its payload byte for byte; every other is packed again. Either way its records are
 * looked at one by one, and for that a compressed batch is unpacked: whoever keeps it skips keys and values, not the unpacking.
 */
import type { TopicConfig } from '../../kafka/config/effective-topic.ts';
import type { CompressionType } from '../../kafka/records/codec.ts';
import { compressUs, decompressUs } from '../../kafka/records/codec-costs.ts';
import { batchOverhead, makeBatch, type RecordBatch } from '../../kafka/records/record-batch.ts';

/** BrokerCompressionType.targetCompression; control records are not packed unless they came so. */
export function targetCompression(sent: RecordBatch, { compressionType }: TopicConfig): CompressionType {
  if (compressionType === 'producer' || (sent.isControl && sent.compression === 'none')) return sent.compression;
  return compressionType === 'uncompressed' ? 'none' : (compressionType as CompressionType);
}

/** What the processor spends on a batch before it lies in the log, in microseconds of one thread. */
export interface ValidationCost {
  readonly unpackUs: number;
  readonly packUs: number;
}

export function validationCost(sent: RecordBatch, config: TopicConfig): ValidationCost {
  const target = targetCompression(sent, config);
  const plainBytes = sent.plainSizeInBytes - batchOverhead;
  return {
    unpackUs: decompressUs(sent.compression, plainBytes),
    packUs: target === sent.compression ? 0 : compressUs(target, plainBytes),
  };
}

/**
 * LogValidator.buildRecordsAndAssignOffsets, or the batch as it came where it can stay. The level is the topic's; under `producer`
 * nothing is packed, so that levels never matter there. The first record's time becomes the base of the deltas again.
 */
export function inTargetCompression(sent: RecordBatch, config: TopicConfig): RecordBatch {
  const compression = targetCompression(sent, config);
  if (compression === sent.compression) return sent;
  const first = sent.records[0];
  return makeBatch(
    { ...sent, compression, baseTimestamp: first === undefined ? sent.baseTimestamp : first.timestampMs },
    config.compressionLevel,
  );
}
