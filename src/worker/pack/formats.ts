/** The records of the first batch in all three formats, plain and with the chosen codec: what a format costs a record. */
import type { Bytes } from '../../kafka/records/bytes.ts';
import { sizeOfBytes } from '../../kafka/records/bytes.ts';
import type { CompressionType } from '../../kafka/records/codec.ts';
import { writeMessageSet } from '../../kafka/records/legacy/message-set-writer.ts';
import { encodeBatch, fieldsOfRecords, type KafkaRecord, makeBatch } from '../../kafka/records/record-batch.ts';
import type { PackPart } from '../../protocol/pack.ts';

type Formats = Extract<PackPart, { part: 'formats' }>['formats'];
type Format = Formats[number];
/** At most: three, plain and compressed. */
const FORMATS = 6;

/** zstd in v0 and v1 is left out: no client ever wrote it (KIP-110). A level is v2's alone (KIP-390). Yields how far it is, 0 to 1. */
export function* formatsOf(
  records: readonly KafkaRecord[],
  codec: CompressionType,
  level: number | null,
): Generator<number, Formats, void> {
  const contents = records.reduce((sum, { key, value }) => sum + contentSize(key) + contentSize(value), 0);
  const codecs: readonly CompressionType[] = codec === 'none' ? ['none'] : ['none', codec];
  const formats: Format[] = [];
  for (const compression of codecs) {
    for (const magic of [0, 1, 2] as const) {
      if (magic < 2 && compression === 'zstd') continue;
      yield formats.length / FORMATS;
      const bytes = magic === 2 ? batchV2(records, compression, level) : messageSet(records, magic, compression);
      const overheadPerRecord = (bytes.length - contents) / records.length;
      formats.push({ magic, codec: compression, bytes, records: records.length, overheadPerRecord });
    }
  }
  return formats;
}

const contentSize = (value: Bytes): number => Math.max(0, sizeOfBytes(value));

function batchV2(records: readonly KafkaRecord[], compression: CompressionType, level: number | null): Uint8Array {
  return encodeBatch(makeBatch(fieldsOfRecords(records, { compression }), level ?? undefined), 0, 0);
}

function messageSet(records: readonly KafkaRecord[], magic: 0 | 1, compression: CompressionType): Uint8Array {
  return writeMessageSet({
    magic,
    compression,
    timestampType: magic === 0 ? 'NoTimestampType' : 'CreateTime',
    records: records.map(({ timestampMs, key, value }, offset) => ({ offset, timestampMs, key, value })),
  });
}
