/** For tests: batches and message sets of a stream of chance, and a field of a map. */
import { nextInt, type RandomStream } from '../../../base/random.ts';
import type { ByteField, ByteMap } from '../byte-field.ts';
import type { Bytes } from '../bytes.ts';
import type { CompressionType } from '../codec.ts';
import { writeMessageSet } from '../legacy/message-set-writer.ts';
import { encodeBatch, fieldsOfRecords, type KafkaRecord, makeBatch } from '../record-batch.ts';

export function fieldOf(map: ByteMap, path: string): ByteField {
  const field = map.fields.find((each) => each.path === path);
  if (field === undefined) throw new Error(`no field ${path}`);
  return field;
}

/** A null, a text or bytes, short or not. */
function randomBytes(stream: RandomStream): Bytes {
  const kind = nextInt(stream, 5);
  if (kind === 0) return null;
  const length = nextInt(stream, kind === 1 ? 200 : 12);
  if (kind < 4) return 'kafkä 日志 '.repeat(20).slice(0, length);
  return Uint8Array.from({ length }, () => nextInt(stream, 256));
}

export function randomBatch(stream: RandomStream, compression: CompressionType): Uint8Array<ArrayBuffer> {
  const base = 1_767_225_600_000 + nextInt(stream, 1000);
  const records = Array.from({ length: 1 + nextInt(stream, 5) }, (): KafkaRecord => {
    const headers = Array.from({ length: nextInt(stream, 3) }, (_, i) => ({
      key: `h${i}`,
      value: randomBytes(stream),
    }));
    const timestampMs = base + nextInt(stream, 100_000) - 50_000;
    return { timestampMs, key: randomBytes(stream), value: randomBytes(stream), headers, ordinal: -1 };
  });
  const producerId = nextInt(stream, 3) - 1;
  const fields = fieldsOfRecords(records, { compression, producerId, isTransactional: nextInt(stream, 4) === 0 });
  return new Uint8Array(encodeBatch(makeBatch(fields), nextInt(stream, 1_000_000), nextInt(stream, 9)));
}

export function randomMessageSet(
  stream: RandomStream,
  magic: 0 | 1,
  compression: CompressionType,
): Uint8Array<ArrayBuffer> {
  const first = nextInt(stream, 1000);
  const records = Array.from({ length: 1 + nextInt(stream, 4) }, (_, i) => ({
    offset: first + i,
    timestampMs: 1_767_225_600_000 + nextInt(stream, 1000),
    key: randomBytes(stream),
    value: randomBytes(stream),
  }));
  const timestampType = magic === 0 ? 'NoTimestampType' : 'CreateTime';
  return new Uint8Array(writeMessageSet({ magic, compression, timestampType, records }));
}
