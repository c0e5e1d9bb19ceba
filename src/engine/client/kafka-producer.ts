/**
 * KafkaProducer.send as the application thread sees it: wait for metadata, check sizes, choose the partition, append, and
 * block where Kafka blocks. Errors of send() itself reach the record's callback.
 */

import { murmur2, toPositive } from '../../kafka/partitioner/murmur2.ts';
import { type Bytes, bytesOf } from '../../kafka/records/bytes.ts';
import { estimateSizeInBytesUpperBound, type KafkaRecord } from '../../kafka/records/record-batch.ts';
import { NO_HEADERS } from '../../kafka/records/record-sizes.ts';
import { tell } from '../kernel/schedule.ts';
import { type NodeState, type World, wallMs } from '../kernel/world.ts';
import { recordFailed, recordPartitioned, recordSent } from '../ledger/facts.ts';
import { addTopic, type ClientTopic, findTopic, requestUpdateForTopic, touchTopic } from './client-metadata.ts';
import type { PendingSend, ProducerState } from './producer-state.ts';
import { append } from './record-accumulator.ts';

export interface RecordToSend {
  readonly topic: string;
  /** -1: the partitioner chooses. */
  readonly partition: number;
  readonly key: Bytes;
  readonly value: Bytes;
  readonly headers: KafkaRecord['headers'];
}

/** The producer's place in `World.producers`, by which the ledger knows it. */
export function refOf(w: World, p: ProducerState): number {
  return (w.nodes[p.node] as NodeState).ref;
}

/** Calls send(). Afterwards `p.blocked` says whether the call has returned. */
export function send(w: World, p: ProducerState, what: RecordToSend): void {
  const { key, value, headers } = what;
  const record: KafkaRecord = { timestampMs: wallMs(w), key, value, headers, ordinal: p.nextOrdinal };
  p.nextOrdinal += 1;
  p.sent += 1;
  const estimate = estimateSizeInBytesUpperBound(key, value, headers);
  touchTopic(p.metadata, what.topic, w.nowUs);
  const topic = knownTopic(p, what.topic, what.partition);
  if (topic === null) {
    recordSent(w, refOf(w, p), -1, record);
    addTopic(p.metadata, what.topic);
    requestUpdateForTopic(p.metadata, what.topic);
    p.senderWoken = true;
    block(
      w,
      p,
      { record, topic: what.topic, partition: what.partition, startUs: w.nowUs, estimate, cluster: null, told: true },
      'metadata',
      0,
    );
    return;
  }
  finishSend(w, p, topic, {
    record,
    topic: what.topic,
    partition: what.partition,
    startUs: w.nowUs,
    estimate,
    cluster: topic,
    told: false,
  });
}

/** The topic if metadata know it, and the partition if one is asked for. */
function knownTopic(p: ProducerState, name: string, partition: number): ClientTopic | null {
  const topic = findTopic(p.metadata, name);
  return topic === null || topic.partitions.length === 0 || partition >= topic.partitions.length ? null : topic;
}

function block(w: World, p: ProducerState, send: PendingSend, why: 'metadata' | 'buffer', bytes: number): void {
  // The time that was spent on metadata is no longer there for the buffer: both share max.block.ms.
  const deadlineUs = send.startUs + p.settings.maxBlockMs * 1000;
  if (why === 'buffer' && w.nowUs >= p.blockedToldUs + TELL_AGAIN_US) {
    // A full buffer blocks nearly every call: one line now and then says it.
    p.blockedToldUs = w.nowUs;
    p.blockedTold = true;
    tell(w, 'log.producer.blocked', { producer: p.id }, [`producer:${p.id}`], 'risk');
  }
  p.blocked = { why, sinceUs: w.nowUs, deadlineUs, send, bytes, version: p.metadata.version };
}

const TELL_AGAIN_US = 1_000_000;

/** doSend after waitOnMetadata. */
function finishSend(w: World, p: ProducerState, topic: ClientTopic, pending: PendingSend): void {
  const { record, estimate } = pending;
  const producer = refOf(w, p);
  if (estimate > p.settings.maxRequestSizeBytes || estimate > p.settings.bufferMemoryBytes) {
    failSend(w, p, pending, 'RecordTooLargeException');
    return;
  }
  if (Math.max(p.settings.batchSizeBytes, estimate) > p.settings.bufferMemoryBytes) {
    // BufferPool.allocate refuses what can never fit: batch.size alone is larger than buffer.memory.
    failSend(w, p, pending, 'IllegalArgumentException');
    return;
  }
  const index = choosePartition(p, topic, pending.partition, record.key);
  const result = append(w, p, topic, index, record, estimate);
  if (result.partition < 0) {
    if (!pending.told) recordSent(w, producer, -1, record);
    block(w, p, { ...pending, cluster: topic, told: true }, 'buffer', result.bytes);
    p.senderWoken = true;
    return;
  }
  if (pending.told) recordPartitioned(w, producer, record.ordinal, result.partition);
  else recordSent(w, producer, result.partition, record);
}

/** KafkaProducer.partition: explicit, by key, or -1 for the sticky partitioner. */
function choosePartition(p: ProducerState, topic: ClientTopic, explicit: number, key: Bytes): number {
  if (explicit >= 0) return explicit;
  if (key === null || p.settings.partitionerIgnoreKeys) return -1;
  return toPositive(keyHash(key)) % topic.partitions.length;
}

/** Hashes of texts seen lately. No state: what is looked up equals what would be computed. */
const hashes = new Map<string, number>();
const MAX_HASHES = 5000;

function keyHash(key: string | Uint8Array): number {
  if (typeof key !== 'string') return murmur2(key);
  let hash = hashes.get(key);
  if (hash === undefined) {
    hash = murmur2(bytesOf(key) as Uint8Array);
    if (hashes.size >= MAX_HASHES) hashes.clear();
    hashes.set(key, hash);
  }
  return hash;
}

function failSend(w: World, p: ProducerState, pending: PendingSend, exception: string): void {
  const { record } = pending;
  const producer = refOf(w, p);
  if (!pending.told) recordSent(w, producer, -1, record);
  recordFailed(w, producer, record.ordinal, exception);
  p.failed += 1;
  const partition = pending.partition >= 0 ? `${pending.topic}-${pending.partition}` : pending.topic;
  tell(
    w,
    'log.producer.failed',
    { producer: p.id, records: 1, partition, error: exception },
    [`producer:${p.id}`],
    'harm',
  );
}

/**
 * Goes on with a send() that was blocked if what it waited for is there or its time is over; returns whether it did.
 * With metadata in hand it may block again, now for memory.
 */
export function resumeSend(w: World, p: ProducerState): boolean {
  const blocked = p.blocked;
  if (blocked === null || blocked.send === null) return false;
  const pending = blocked.send;
  const expired = w.nowUs >= blocked.deadlineUs;
  if (blocked.why === 'metadata') {
    const topic = knownTopic(p, pending.topic, pending.partition);
    if (topic === null && !expired) {
      if (p.metadata.version === blocked.version) return false;
      requestUpdateForTopic(p.metadata, pending.topic);
      p.blocked = { ...blocked, version: p.metadata.version };
      p.senderWoken = true;
      return false;
    }
    p.blocked = null;
    if (topic === null || expired) failSend(w, p, pending, 'TimeoutException');
    else finishSend(w, p, topic, { ...pending, record: { ...pending.record, timestampMs: wallMs(w) } });
    return true;
  }
  if (!expired && blocked.bytes > p.settings.bufferMemoryBytes - p.bufferUsedBytes) return false;
  p.blocked = null;
  if (p.blockedTold) tell(w, 'log.producer.unblocked', { producer: p.id }, [`producer:${p.id}`]);
  p.blockedTold = false;
  if (blocked.bytes > p.settings.bufferMemoryBytes - p.bufferUsedBytes)
    failSend(w, p, pending, 'BufferExhaustedException');
  else finishSend(w, p, pending.cluster as ClientTopic, pending);
  return true;
}

/** Records that the process holds and that no broker may have: what a crash takes with it. */
export function unsentRecords(p: ProducerState): number {
  let records = p.blocked !== null && p.blocked.send !== null ? 1 : 0;
  for (const topic of p.topics)
    for (const q of topic.queues) for (const batch of q?.queue ?? []) records += batch.records.length;
  return records;
}

export function headersOf(headers: readonly (readonly [string, string | null])[]): KafkaRecord['headers'] {
  return headers.length === 0 ? NO_HEADERS : headers.map(([key, value]) => ({ key, value }));
}
