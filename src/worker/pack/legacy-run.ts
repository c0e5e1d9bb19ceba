/**
 * Message sets of formats v0 and v1, packed as the clients of their time did (org.apache.kafka.common.record.MemoryRecords and Compressor up to
 * 0.10), without the engine: a batch leaves when it is full or linger.ms old. Times of requests are not modelled.
 */
import type { Bytes } from '../../kafka/records/bytes.ts';
import type { CompressionType } from '../../kafka/records/codec.ts';
import { compressUs, decompressUs } from '../../kafka/records/codec-costs.ts';
import {
  type MessageSetFields,
  plainMessageSet,
  writeMessageSet,
} from '../../kafka/records/legacy/message-set-writer.ts';
import { messageSize } from '../../kafka/records/legacy/message-sizes.ts';
import { type KafkaRecord, recordOf } from '../../kafka/records/record-batch.ts';
import type { PackSpec, PackWork } from '../../protocol/pack.ts';
import type { PackData } from './data.ts';
import { type Measured, type StoredBatches, workDone } from './measured.ts';
import { storedCodec } from './spec.ts';

/** Virtual 0 of the engine's clocks too: 2026-01-01T00:00:00Z. */
const FIRST_MS = 1_767_225_600_000;
const FIRST_RATE = 0.5;
const DAMPING = Math.fround(0.9);
const CAUTION = Math.fround(1.05);
/** Once to the leader, once to each of two followers, once to the consumer. */
const HOPS = 4;
const REPLICAS = 3;

interface PackedSet {
  readonly baseOffset: number;
  readonly fields: MessageSetFields;
  readonly plainBytes: number;
  readonly sentBytes: number;
  readonly stored: Uint8Array;
}

/** The expected ratio of a codec, as Compressor learnt it: one for the whole client, half at first, in single precision. */
class Rate {
  value = FIRST_RATE;
  private readonly codec: CompressionType;
  constructor(codec: CompressionType) {
    this.codec = codec;
  }

  estimate(plainBytes: number): number {
    if (this.codec === 'none') return plainBytes;
    return Math.trunc(Math.fround(Math.fround(plainBytes * this.value) * CAUTION));
  }

  learn(plainBytes: number, packedBytes: number): void {
    const rate = Math.fround(packedBytes / plainBytes);
    this.value = Math.fround(Math.fround(this.value * DAMPING) + Math.fround(rate * (1 - DAMPING)));
  }
}

/** Packs all records with one codec. Yields how far it is, 0 to 1. */
export function* packSets(
  spec: PackSpec & { readonly magic: 0 | 1 },
  codec: CompressionType,
  { values }: PackData,
): Generator<number, Measured, void> {
  const sets: PackedSet[] = [];
  const rate = new Rate(codec);
  for (let from = 0; from < values.length; ) {
    const to = endOfBatch(spec, values, from, rate);
    sets.push(packOne(spec, codec, values, from, to, rate));
    from = to;
    yield from / values.length;
  }
  return measuredSets(spec, codec, sets, values.length);
}

const dueUs = (spec: PackSpec, k: number): number => Math.floor((k * 1e6) / spec.ratePerSecond);

/** The first record that does not come into the batch that begins at `from`: there is no room for it, or the batch has left. */
function endOfBatch(spec: PackSpec & { magic: 0 | 1 }, values: readonly Bytes[], from: number, rate: Rate): number {
  const leavesUs = dueUs(spec, from) + spec.lingerMs * 1000;
  let written = messageSize(spec.magic, null, values[from] as Bytes);
  let to = from + 1;
  for (; to < values.length && dueUs(spec, to) <= leavesUs; to++) {
    const size = messageSize(spec.magic, null, values[to] as Bytes);
    if (rate.estimate(written) + size > spec.batchSizeBytes) break;
    written += size;
  }
  return to;
}

function packOne(
  spec: PackSpec & { readonly magic: 0 | 1 },
  codec: CompressionType,
  values: readonly Bytes[],
  from: number,
  to: number,
  rate: Rate,
): PackedSet {
  const { magic, brokerCodec } = spec;
  const records = values.slice(from, to).map((value, i) => ({
    offset: i,
    timestampMs: FIRST_MS + Math.floor(dueUs(spec, from + i) / 1000),
    key: null,
    value,
  }));
  const timestampType = magic === 0 ? 'NoTimestampType' : 'CreateTime';
  const fields: MessageSetFields = { magic, compression: codec, timestampType, records };
  const plainBytes = plainMessageSet(fields).length;
  const sentBytes = writeMessageSet(fields).length;
  if (codec !== 'none') rate.learn(plainBytes, sentBytes);
  const compression = storedCodec(codec, brokerCodec);
  // The leader gives every message its offset: in v0 inside of the wrapper too, in v1 by the wrapper's alone (KIP-31).
  const placed = records.map((record) => ({ ...record, offset: record.offset + from }));
  const stored = writeMessageSet({ ...fields, compression, records: placed });
  return { baseOffset: from, fields: { ...fields, records: placed }, plainBytes, sentBytes, stored };
}

function measuredSets(spec: PackSpec, codec: CompressionType, sets: readonly PackedSet[], records: number): Measured {
  const sum = (of: (set: PackedSet) => number): number => sets.reduce((total, set) => total + of(set), 0);
  const storedBytes = sum(({ stored }) => stored.length);
  const sentBytes = sum((set) => set.sentBytes);
  return {
    codec,
    how: 'packed',
    level: null,
    records,
    batches: sets.length,
    sentBytes,
    storedBytes,
    wireBytes: sentBytes + (HOPS - 1) * storedBytes,
    replicaBytes: REPLICAS * storedBytes,
    durationUs: dueUs(spec, records),
    list: sets.map(({ baseOffset, fields, plainBytes, stored }) => ({
      baseOffset,
      sizeInBytes: stored.length,
      plainSizeInBytes: plainBytes,
      records: fields.records.length,
    })),
    work: workOfSets(spec, codec, sets),
    batchesOf: new PackedSets(sets),
  };
}

/** A leader of v0 packs every compressed set anew, since the offsets of its messages stand inside; one of v1 only where the codecs differ. */
function workOfSets({ magic, brokerCodec }: PackSpec, codec: CompressionType, sets: readonly PackedSet[]): PackWork[] {
  const stored = storedCodec(codec, brokerCodec);
  const sumUs = (cost: (type: CompressionType, bytes: number) => number, type: CompressionType): number =>
    sets.reduce((total, { plainBytes }) => total + cost(type, plainBytes), 0);
  const n = sets.length;
  const repacks = stored !== codec || (magic === 0 && codec !== 'none');
  const isPacked = (type: CompressionType): number => (type === 'none' ? 0 : n);
  return workDone([
    { who: 'producer', what: 'compress', batches: isPacked(codec), totalUs: sumUs(compressUs, codec) },
    { who: 'leader', what: 'validate', batches: repacks ? 0 : isPacked(codec), totalUs: sumUs(decompressUs, codec) },
    { who: 'leader', what: 'decompress', batches: repacks ? isPacked(codec) : 0, totalUs: sumUs(decompressUs, codec) },
    { who: 'leader', what: 'compress', batches: repacks ? isPacked(stored) : 0, totalUs: sumUs(compressUs, stored) },
    { who: 'leader', what: 'keep', batches: repacks ? 0 : n, totalUs: 0 },
    { who: 'follower', what: 'keep', batches: n * (REPLICAS - 1), totalUs: 0 },
    { who: 'consumer', what: 'decompress', batches: isPacked(stored), totalUs: sumUs(decompressUs, stored) },
  ]);
}

class PackedSets implements StoredBatches {
  readonly magic: 0 | 1;
  private readonly sets: readonly PackedSet[];
  constructor(sets: readonly PackedSet[]) {
    this.sets = sets;
    this.magic = sets[0]?.fields.magic ?? 0;
  }

  at(index: number): PackedSet {
    return this.sets[index] as PackedSet;
  }

  bytes(at: number): Uint8Array {
    return this.at(at).stored;
  }

  records(at: number): readonly KafkaRecord[] {
    return this.at(at).fields.records.map(({ timestampMs, key, value }) => recordOf(Number(timestampMs), key, value));
  }

  plain(at: number): Uint8Array {
    return plainMessageSet(this.at(at).fields);
  }
}
