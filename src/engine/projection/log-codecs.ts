/** What compression makes of logs, and who works for it: pure reading, from the real sizes of the batches. */
import { vectorGet, vectorLength } from '../../base/vector.ts';
import { COMPRESSION_TYPES, type CompressionType } from '../../kafka/records/codec.ts';
import type { Phrase } from '../../protocol/frame.ts';
import type { ResultWork } from '../../protocol/result.ts';
import type { TopicWork } from '../broker/compression-work.ts';
import type { ReplicaState } from '../broker/replica-state.ts';
import { replicaOf } from '../broker/replicas.ts';
import type { World } from '../kernel/world.ts';
import { remaining } from '../log/cleaned-log.ts';
import type { StoredBatch } from '../log/stored-batch.ts';
import { batchIndexFor } from '../log/unified-log.ts';
import { lastLeaderOf } from './frame-partitions.ts';

/** Of the batches that a log still has. Bytes with headers. */
export interface LogCodecs {
  /** Batches by codec, in the order of the codecs' numbers. */
  readonly batches: readonly number[];
  readonly plainBytes: number;
  readonly sizeBytes: number;
}

const NOTHING: LogCodecs = { batches: COMPRESSION_TYPES.map(() => 0), plainBytes: 0, sizeBytes: 0 };

/** Sums from a log's beginning to a batch. Logs that hold the same batch agree below it, so that the batch alone is the key: a cache. */
const sums = new WeakMap<StoredBatch, LogCodecs>();

function plus(sum: LogCodecs, { batch }: StoredBatch): LogCodecs {
  const batches = sum.batches.slice();
  const codec = COMPRESSION_TYPES.indexOf(batch.compression);
  batches[codec] = (batches[codec] as number) + 1;
  return {
    batches,
    plainBytes: sum.plainBytes + batch.plainSizeInBytes,
    sizeBytes: sum.sizeBytes + batch.sizeInBytes,
  };
}

export function logCodecs(r: ReplicaState): LogCodecs {
  const all = r.cleaned === null ? r.batches : remaining(r);
  const oldest = r.cleaned === null ? batchIndexFor(r, r.segments[0]?.base ?? r.active.base) : 0;
  const length = vectorLength(all);
  if (length <= oldest) return NOTHING;
  // A log that begins elsewhere, or was cleaned, has sums of its own.
  const whole = r.cleaned === null && oldest === 0 && vectorGet(all, 0).baseOffset === 0;
  let sum = NOTHING;
  let from = oldest;
  if (whole) {
    for (let i = length - 1; i >= 0; i--) {
      const known = sums.get(vectorGet(all, i));
      if (known === undefined) continue;
      sum = known;
      from = i + 1;
      break;
    }
  }
  for (let i = from; i < length; i++) sum = plus(sum, vectorGet(all, i));
  if (whole) sums.set(vectorGet(all, length - 1), sum);
  return sum;
}

/** The codecs that stand in it, by their numbers; without `none`. */
export function codecsIn({ batches }: LogCodecs): CompressionType[] {
  return COMPRESSION_TYPES.filter((codec, i) => codec !== 'none' && (batches[i] as number) > 0);
}

/** How much smaller the log is than its records would be without compression; 1: not at all. */
export function ratioOf({ plainBytes, sizeBytes }: LogCodecs): number {
  return sizeBytes === 0 ? 1 : Math.round((plainBytes / sizeBytes) * 100) / 100;
}

/** By partition: what the stage says of a log in which a codec stands. */
export function compressedLogs(w: World): Record<string, { codecs: readonly string[]; ratio: number }> {
  const found: Record<string, { codecs: readonly string[]; ratio: number }> = {};
  for (const p of w.controller.image.partitions) {
    if (p === null || p === undefined) continue;
    const leader = lastLeaderOf(w, p);
    const r = leader < 0 ? null : replicaOf(w, leader, p.partition);
    const log = r === null ? NOTHING : logCodecs(r);
    const codecs = codecsIn(log);
    if (codecs.length > 0) found[`${p.topic}-${p.partitionId}`] = { codecs, ratio: ratioOf(log) };
  }
  return found;
}

type Put = (key: string, value: string | number | Phrase) => void;

/** Rows of the State tab about a log's codecs; none for a log that has no compressed batch. */
export function codecRows(r: ReplicaState, put: Put): void {
  const log = logCodecs(r);
  if (codecsIn(log).length === 0) return;
  const counted = COMPRESSION_TYPES.flatMap((codec, i) => (log.batches[i] ? [`${codec} ${log.batches[i]}`] : []));
  put('compression.log.codecs', counted.join(', '));
  put('compression.log.ratio', {
    key: 'compression.log.times',
    params: { ratio: String(ratioOf(log)), plain: log.plainBytes, packed: log.sizeBytes },
  });
}

const NO_WORK: ResultWork = {
  validated: 0,
  kept: 0,
  repacked: 0,
  unpackUs: 0,
  packUs: 0,
  plainBytes: 0,
  bytesIn: 0,
  bytesOut: 0,
};

function sumOf(work: Iterable<TopicWork>): ResultWork {
  const sum = { ...NO_WORK };
  for (const one of work) for (const key of Object.keys(NO_WORK) as (keyof ResultWork)[]) sum[key] += one[key];
  return sum;
}

/** What one broker did for compressed batches since the beginning, all topics together; null: it never met one. */
export function workOfBroker(w: World, id: number): ResultWork | null {
  const work = w.brokers.find((b) => b.id === id)?.work ?? null;
  return work === null ? null : sumOf(work.topics.values());
}

/** What all brokers did for one topic; null: nothing. */
export function workOfTopic(w: World, topic: string): ResultWork | null {
  const parts = w.brokers.flatMap((b) => b.work?.topics.get(topic) ?? []);
  return parts.length === 0 ? null : sumOf(parts);
}

/** By broker id, of those that met a compressed batch. */
export function workByBroker(w: World): Record<string, ResultWork> {
  const found: Record<string, ResultWork> = {};
  for (const { id } of w.brokers) {
    const work = workOfBroker(w, id);
    if (work !== null) found[String(id)] = work;
  }
  return found;
}

/** Rows of the State tab about who works; none where nobody did. */
export function workRows(work: ResultWork | null, put: Put): void {
  if (work === null) return;
  put('compression.broker.validated', work.validated);
  put('compression.broker.kept', work.kept);
  put('compression.broker.repacked', work.repacked);
  const times = { unpack: work.unpackUs, pack: work.packUs };
  put('compression.broker.time', { key: 'compression.broker.times', params: times });
  const sizes = { plain: work.plainBytes, came: work.bytesIn, stored: work.bytesOut };
  put('compression.broker.bytes', { key: 'compression.broker.sizes', params: sizes });
}
