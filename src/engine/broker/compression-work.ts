/**
 * Compressed batches at a broker: the thread that handles a Produce is busy with them before it appends (unpacking, packing), and
 * each broker counts what it did. A log takes one append at a time (UnifiedLog's lock), so that whoever comes later to the same
 * partition waits; other partitions do not (their requests have threads of their own; how many there are is not modelled).
 */
import type { ProduceRequest } from '../../kafka/api/messages.ts';
import type { TopicConfig } from '../../kafka/config/effective-topic.ts';
import { compressUs, decompressUs } from '../../kafka/records/codec-costs.ts';
import { batchOverhead, type RecordBatch } from '../../kafka/records/record-batch.ts';
import { EventKind } from '../kernel/event.ts';
import { registerEvent, schedule } from '../kernel/schedule.ts';
import type { NodeState, PartitionName, World } from '../kernel/world.ts';
import { inTargetCompression, type ValidationCost, validationCost } from '../log/log-validator.ts';
import { topicConfig } from '../log/topic-config.ts';
import type { Message } from '../net/message.ts';
import { drop } from '../net/registry.ts';
import { handleProduce } from './api/00-produce.ts';
import { effectiveMinIsr } from './partition.ts';
import type { ReplicaState } from './replica-state.ts';
import { brokerState, ownBroker, replicaOf } from './replicas.ts';

/** Of one topic on one broker: batches that a codec was involved in, their bytes (headers included) and the time they took. */
export interface TopicWork {
  /** Those whose records were looked at, whatever came of it: kept, repacked, refused, or there already. */
  readonly validated: number;
  readonly kept: number;
  readonly repacked: number;
  readonly unpackUs: number;
  readonly packUs: number;
  /** What they would take without compression; as they came; as they were to be stored. */
  readonly plainBytes: number;
  readonly bytesIn: number;
  readonly bytesOut: number;
}

/** A Produce whose batches are being unpacked and packed; it holds the locks of its partitions until then. */
interface Validating {
  readonly id: number;
  readonly request: Message;
  readonly untilUs: number;
  readonly partitions: readonly number[];
}

/** A value: each change makes another one, so that checkpoints share it. null on a broker that never met a codec. */
export interface CompressionWork {
  readonly topics: ReadonlyMap<string, TopicWork>;
  readonly validating: readonly Validating[];
}

const NO_WORK: CompressionWork = { topics: new Map(), validating: [] };
const NOTHING: TopicWork = {
  validated: 0,
  kept: 0,
  repacked: 0,
  unpackUs: 0,
  packUs: 0,
  plainBytes: 0,
  bytesIn: 0,
  bytesOut: 0,
};

function count(w: World, brokerId: number, topic: string, add: (work: TopicWork) => TopicWork): void {
  const b = ownBroker(w, brokerId);
  const work = b.work ?? NO_WORK;
  b.work = { ...work, topics: new Map(work.topics).set(topic, add(work.topics.get(topic) ?? NOTHING)) };
}

/** Counts a batch whose records a leader begins to look at, whatever comes of it. */
function countValidated(
  w: World,
  brokerId: number,
  topic: string,
  sent: RecordBatch,
  { unpackUs, packUs }: ValidationCost,
): void {
  count(w, brokerId, topic, (t) => ({
    ...t,
    validated: t.validated + 1,
    unpackUs: t.unpackUs + unpackUs,
    packUs: t.packUs + packUs,
    plainBytes: t.plainBytes + sent.plainSizeInBytes,
    bytesIn: t.bytesIn + sent.sizeInBytes,
  }));
}

/**
 * A coordinator on this broker packed its own records (offsets.topic.compression.codec), and the log looks them through like any
 * other batch. It is counted; the coordinator's thread is not slowed down by it here.
 */
export function countWritten(w: World, brokerId: number, topic: string, batch: RecordBatch): void {
  const plainBytes = batch.plainSizeInBytes - batchOverhead;
  countValidated(w, brokerId, topic, batch, {
    unpackUs: decompressUs(batch.compression, plainBytes),
    packUs: compressUs(batch.compression, plainBytes),
  });
}

/** The batch as its topic wants it; it passed validation. The caller owns the replica. */
export function keepOrRepack(w: World, r: ReplicaState, sent: RecordBatch, config: TopicConfig): RecordBatch {
  const batch = inTargetCompression(sent, config);
  if (sent.compression === 'none' && batch === sent) return sent;
  const { topic } = w.partitions[r.partition] as PartitionName;
  count(w, r.broker, topic, (t) => ({
    ...t,
    kept: t.kept + (batch === sent ? 1 : 0),
    repacked: t.repacked + (batch === sent ? 0 : 1),
    bytesOut: t.bytesOut + batch.sizeInBytes,
  }));
  return batch;
}

/**
 * Whether this Produce takes time before it can be appended: then it is handled later, and the next request of its connection waits
 * for that. What is refused before its records are looked at takes none.
 */
export function validatesFirst(w: World, brokerId: number, request: Message): boolean {
  const { partitionData, acks } = request.body as ProduceRequest;
  const b = brokerState(w, brokerId);
  const validating = b.work?.validating ?? [];
  const partitions: number[] = [];
  let untilUs = w.nowUs;
  for (const { topic, partition, records } of partitionData) {
    const r = replicaOf(w, brokerId, partition);
    if (b.diskFailed || r === null || r.role !== 'leader') continue;
    const config = topicConfig(b.image, topic, b.entries);
    if (records.sizeInBytes > config.maxMessageBytes) continue;
    if (acks === -1 && !w.bugs.ackBeforeMinIsr && r.isr.length < effectiveMinIsr(w, r)) continue;
    const cost = validationCost(records, config);
    const costUs = cost.unpackUs + cost.packUs;
    const ahead = validating.filter((v) => v.partitions.includes(partition));
    if (costUs === 0 && ahead.length === 0) continue;
    if (costUs > 0) countValidated(w, brokerId, topic, records, cost);
    for (const v of ahead) if (v.untilUs > untilUs) untilUs = v.untilUs;
    untilUs += costUs;
    partitions.push(partition);
  }
  if (partitions.length === 0) return false;
  const mine = ownBroker(w, brokerId);
  const id = mine.nextOperation;
  mine.nextOperation += 1;
  mine.work = { ...(mine.work ?? NO_WORK), validating: [...validating, { id, request, untilUs, partitions }] };
  schedule(w, untilUs, EventKind.ProduceValidated, mine.node, id);
  return true;
}

registerEvent(EventKind.ProduceValidated, (w, event) => {
  const brokerId = (w.nodes[event.node] as NodeState).nodeId;
  const b = ownBroker(w, brokerId);
  const { work } = b;
  const done = work?.validating.find((v) => v.id === event.arg);
  if (work === null || done === undefined) return;
  b.work = { ...work, validating: work.validating.filter((v) => v !== done) };
  handleProduce(w, brokerId, done.request);
});

/** The process ends in the middle of it: nothing of these batches was appended. The counts are observers' and stay. */
export function dropValidating(w: World, brokerId: number): void {
  const b = ownBroker(w, brokerId);
  const { work } = b;
  if (work === null || work.validating.length === 0) return;
  b.work = { ...work, validating: [] };
  drop(
    w,
    work.validating.map((v) => v.request),
  );
}
