/** Ratio against the size of a batch before compression: the same records, packed into v2 batches of each size. */
import type { Bytes } from '../../kafka/records/bytes.ts';
import { sizeOfBytes } from '../../kafka/records/bytes.ts';
import type { CompressionType } from '../../kafka/records/codec.ts';
import {
  batchOverhead,
  fieldsOfRecords,
  type KafkaRecord,
  makeBatch,
  recordOf,
  recordSize,
} from '../../kafka/records/record-batch.ts';
import type { PackCurve, PackSpec } from '../../protocol/pack.ts';
import { levelFor } from './spec.ts';

const FIRST_BYTES = 256;
const LAST_BYTES = 1_048_576;
/** As much of the records as a point looks at: enough for one of the largest batches. */
const LOOKED_AT_BYTES = LAST_BYTES;
const FIRST_MS = 1_767_225_600_000;

export const CURVE_SIZES: readonly number[] = Array.from(
  { length: Math.log2(LAST_BYTES / FIRST_BYTES) + 1 },
  (_, i) => FIRST_BYTES << i,
);

/** Yields after each point how far it is, 0 to 1. */
export function* curveOf(
  spec: PackSpec,
  codec: CompressionType,
  values: readonly Bytes[],
): Generator<number, PackCurve, void> {
  const records = firstRecords(spec, values);
  const level = levelFor(spec, codec) ?? undefined;
  const points: { batchBytes: number; ratio: number }[] = [];
  let endBytes: number | null = null;
  for (const size of CURVE_SIZES) {
    const { batches, isWhole } = split(records, size);
    let plainBytes = 0;
    let packedBytes = 0;
    for (const batch of batches) {
      const made = makeBatch(fieldsOfRecords(batch, { compression: codec }), level);
      plainBytes += made.plainSizeInBytes;
      packedBytes += made.sizeInBytes;
      yield points.length / CURVE_SIZES.length;
    }
    points.push({ batchBytes: isWhole ? plainBytes : size, ratio: plainBytes / packedBytes });
    if (!isWhole) continue;
    endBytes = plainBytes;
    break;
  }
  return { codec, points, endBytes };
}

/** As many as the largest batch can take, and one more. */
function firstRecords({ ratePerSecond }: PackSpec, values: readonly Bytes[]): KafkaRecord[] {
  const records: KafkaRecord[] = [];
  let bytes = 0;
  for (let k = 0; k < values.length && bytes <= LOOKED_AT_BYTES; k++) {
    const value = values[k] as Bytes;
    records.push(recordOf(FIRST_MS + Math.floor((k * 1000) / ratePerSecond), null, value));
    bytes += recordSize(0, 0, -1, sizeOfBytes(value));
  }
  return records;
}

/** Full batches of this size; `isWhole`: the records are too few for a second one. A record that is larger stands alone. */
function split(records: readonly KafkaRecord[], sizeInBytes: number): { batches: KafkaRecord[][]; isWhole: boolean } {
  const batches: KafkaRecord[][] = [];
  let batch: KafkaRecord[] = [];
  let bytes = batchOverhead;
  let looked = 0;
  for (const record of records) {
    const delta = record.timestampMs - (batch[0] ?? record).timestampMs;
    let size = recordSize(batch.length, delta, -1, sizeOfBytes(record.value));
    if (batch.length > 0 && bytes + size > sizeInBytes) {
      batches.push(batch);
      looked += bytes;
      if (looked >= LOOKED_AT_BYTES) return { batches, isWhole: false };
      batch = [];
      bytes = batchOverhead;
      size = recordSize(0, 0, -1, sizeOfBytes(record.value));
    }
    batch.push(record);
    bytes += size;
  }
  // What is left over at the end is no batch of this size.
  if (batches.length > 0) return { batches, isWhole: false };
  return { batches: [batch], isWhole: true };
}
