/** What an answer (or its absence) means for a batch: Sender.handleProduceResponse, completeBatch, failBatch, canRetry. */
import { errorForCode, error as kafkaError } from '../../kafka/api/errors-core.ts';
import { backoffMs } from '../../kafka/api/exponential-backoff.ts';
import type { ProducePartitionResponse, ProduceResponse } from '../../kafka/api/messages.ts';
import { tell } from '../kernel/schedule.ts';
import type { NodeState, PartitionName, World } from '../kernel/world.ts';
import { recordAcked, recordFailed } from '../ledger/facts.ts';
import type { InFlight } from '../net/message.ts';
import type { DisconnectReason } from '../net/network.ts';
import { latePacking, lateTransactions } from '../slots.ts';
import { requestUpdate, updateLeadership } from './client-metadata.ts';
import { backoffDraw } from './client-network.ts';
import { isIdempotent } from './idempotence.ts';
import { hasReachedDeliveryTimeout, type ProducerBatch } from './producer-batch.ts';
import type { PartitionQueue, ProduceInFlight, ProducerState } from './producer-state.ts';
import { deallocate, findQueue, reenqueue } from './record-accumulator.ts';

const MESSAGE_TOO_LARGE = kafkaError('MESSAGE_TOO_LARGE').code;
const DUPLICATE_SEQUENCE = kafkaError('DUPLICATE_SEQUENCE_NUMBER').code;
const NETWORK_EXCEPTION = kafkaError('NETWORK_EXCEPTION').code;
const REQUEST_TIMED_OUT = kafkaError('REQUEST_TIMED_OUT').code;
const NOT_LEADER = kafkaError('NOT_LEADER_OR_FOLLOWER').code;
const FENCED_EPOCH = kafkaError('FENCED_LEADER_EPOCH').code;

/** A partition's answer may name the records that were wrong (Kafka's record_errors). */
type WithRecordErrors = ProducePartitionResponse & {
  readonly recordErrors?: readonly { readonly batchIndex: number }[];
};

function takeRequest(p: ProducerState, connection: number, correlationId: number): ProduceInFlight | null {
  const at = p.requests.findIndex((r) => r.correlationId === correlationId && r.connection === connection);
  return at < 0 ? null : (p.requests.splice(at, 1)[0] as ProduceInFlight);
}

export function handleProduceResponse(
  w: World,
  p: ProducerState,
  connection: number,
  request: InFlight,
  body: ProduceResponse,
): void {
  const sent = takeRequest(p, connection, request.correlationId);
  if (sent === null) return;
  const leaders: ProducePartitionResponse[] = [];
  for (const answer of body.responses) {
    const batch = sent.batches.find((b) => b.partition === answer.partition);
    if (batch === undefined)
      throw new Error(`producer ${p.id}: an answer for ${answer.topic}-${answer.index}, which it did not send`);
    completeBatch(w, p, batch, answer.errorCode, answer);
    if (answer.currentLeader !== null && (answer.errorCode === NOT_LEADER || answer.errorCode === FENCED_EPOCH))
      leaders.push(answer);
  }
  for (const { topic, index, partition, currentLeader } of leaders) {
    if (
      currentLeader === null ||
      !updateLeadership(p.metadata, topic, index, currentLeader.leaderId, currentLeader.leaderEpoch)
    )
      continue;
    tellLeader(w, p, partition, currentLeader.leaderId, currentLeader.leaderEpoch);
  }
}

export function tellLeader(w: World, p: ProducerState, partition: number, broker: number, epoch: number): void {
  const name = (w.partitions[partition] as PartitionName).name;
  tell(w, 'log.producer.learnt', { producer: p.id, broker, partition: name, epoch }, [
    `producer:${p.id}`,
    `partition:${name}`,
  ]);
}

/** The connection is gone: its requests may have been carried out or not. */
export function handleLostRequests(
  w: World,
  p: ProducerState,
  connection: number,
  lost: readonly InFlight[],
  reason: DisconnectReason,
): void {
  const code = reason.why === 'request-timeout' ? REQUEST_TIMED_OUT : NETWORK_EXCEPTION;
  for (const request of lost) {
    const sent = takeRequest(p, connection, request.correlationId);
    for (const batch of sent?.batches ?? []) completeBatch(w, p, batch, code, null);
  }
}

/** Sender.completeBatch. `answer` null: there was none (acks=0, or a lost connection). */
export function completeBatch(
  w: World,
  p: ProducerState,
  batch: ProducerBatch,
  code: number,
  answer: ProducePartitionResponse | null,
): void {
  const q = findQueue(p, batch);
  if (code === MESSAGE_TOO_LARGE && batch.records.length > 1 && !batch.done) {
    if (isIdempotent(p)) lateTransactions.removeInFlight(q.sequences, batch);
    latePacking.splitAndReenqueue(w, p, q, batch);
    batch.done = true;
    settle(p, q, batch, true);
  } else if (code === 0) {
    succeed(w, p, q, batch, answer);
  } else {
    const error = errorForCode(code);
    if (canRetry(w, p, q, batch, code, error.retriable, answer)) retry(w, p, q, batch, error.name);
    else if (code === DUPLICATE_SEQUENCE) succeed(w, p, q, batch, answer);
    else {
      const wrong = (answer as WithRecordErrors | null)?.recordErrors?.map((r) => r.batchIndex) ?? [];
      const exception = error.exception ?? 'UnknownServerException';
      failBatch(w, p, batch, {
        exception,
        wrong,
        adjustSequences: batch.attempts < p.settings.retries,
        deallocateNow: true,
      });
    }
    if (error.invalidMetadata) requestUpdate(p.metadata);
  }
  if (p.maxInFlight === 1) q.muted = false;
}

function canRetry(
  w: World,
  p: ProducerState,
  q: PartitionQueue,
  batch: ProducerBatch,
  code: number,
  retriable: boolean,
  answer: ProducePartitionResponse | null,
): boolean {
  if (hasReachedDeliveryTimeout(batch, p.settings.deliveryTimeoutMs * 1000, w.nowUs)) return false;
  if (batch.attempts >= p.settings.retries || batch.done) return false;
  return lateTransactions.canRetry(p, q, batch, code, retriable, answer);
}

function retry(w: World, p: ProducerState, q: PartitionQueue, batch: ProducerBatch, error: string): void {
  batch.attempts += 1;
  batch.retry = true;
  batch.lastAttemptUs = Math.max(batch.lastAppendUs, w.nowUs);
  batch.lastAppendUs = batch.lastAttemptUs;
  // Kafka draws the jitter anew at each look; one draw for each attempt keeps the history from depending on the looks.
  // Never nothing: on links without latency time has to go on between attempts.
  const pauseUs = Math.max(backoffMs(p.backoff, batch.attempts - 1, backoffDraw(w, p)), 1) * 1000;
  batch.retryAtUs = batch.lastAttemptUs + pauseUs;
  p.retries += batch.records.length;
  reenqueue(p, q, batch);
  removeFrom(q.inFlight, batch);
  const name = (w.partitions[batch.partition] as PartitionName).name;
  tell(w, 'log.producer.retries', { producer: p.id, error, partition: name, remainingUs: pauseUs }, [
    `producer:${p.id}`,
    `partition:${name}`,
  ]);
}

function succeed(
  w: World,
  p: ProducerState,
  q: PartitionQueue,
  batch: ProducerBatch,
  answer: ProducePartitionResponse | null,
): void {
  const baseOffset = answer?.baseOffset ?? -1;
  if (isIdempotent(p)) lateTransactions.handleCompletedBatch(q, batch, baseOffset);
  if (batch.done) {
    deallocate(p, batch);
    return;
  }
  batch.done = true;
  const producer = (w.nodes[p.node] as NodeState).ref;
  const records = batch.records;
  for (let i = 0; i < records.length; i++) {
    recordAcked(
      w,
      producer,
      (records[i] as { ordinal: number }).ordinal,
      batch.partition,
      baseOffset < 0 ? -1 : baseOffset + i,
    );
  }
  p.acked += records.length;
  settle(p, q, batch, true);
}

export interface Failure {
  readonly exception: string;
  /** Indices of the records that were wrong themselves; the others only stood in the same batch. */
  readonly wrong?: readonly number[];
  /** delivery.timeout.ms ran out. */
  readonly expired?: boolean;
  readonly adjustSequences: boolean;
  /** False while it is in flight: its memory comes back with the answer. */
  readonly deallocateNow: boolean;
}

export function failBatch(w: World, p: ProducerState, batch: ProducerBatch, failure: Failure): void {
  const q = findQueue(p, batch);
  if (batch.done) {
    if (failure.deallocateNow) deallocate(p, batch);
    return;
  }
  batch.done = true;
  const producer = (w.nodes[p.node] as NodeState).ref;
  const wrong = failure.wrong ?? [];
  batch.records.forEach((record, i) => {
    recordFailed(w, producer, record.ordinal, recordException(failure.exception, wrong, i));
  });
  p.failed += batch.records.length;
  if (isIdempotent(p)) lateTransactions.handleFailedBatch(p, q, batch, failure.exception, failure.adjustSequences);
  settle(p, q, batch, failure.deallocateNow);
  tellFailure(w, p, batch, failure);
}

/** Sender.failBatch: one wrong record has the batch's error, several have InvalidRecordException, the rest a plain KafkaException. */
function recordException(exception: string, wrong: readonly number[], index: number): string {
  if (wrong.length === 0) return exception;
  if (!wrong.includes(index)) return 'KafkaException';
  return wrong.length === 1 ? exception : 'InvalidRecordException';
}

function tellFailure(w: World, p: ProducerState, batch: ProducerBatch, failure: Failure): void {
  const name = (w.partitions[batch.partition] as PartitionName).name;
  const about = [`producer:${p.id}`, `partition:${name}`];
  const records = batch.records.length;
  if (failure.expired === true) {
    tell(
      w,
      'log.producer.expired',
      { producer: p.id, records, partition: name, afterUs: w.nowUs - batch.createdUs },
      about,
      'harm',
    );
  } else {
    tell(
      w,
      'log.producer.failed',
      { producer: p.id, records, partition: name, error: failure.exception },
      about,
      'harm',
    );
  }
}

function removeFrom(list: ProducerBatch[], batch: ProducerBatch): void {
  const at = list.indexOf(batch);
  if (at >= 0) list.splice(at, 1);
}

function settle(p: ProducerState, q: PartitionQueue, batch: ProducerBatch, deallocateNow: boolean): void {
  removeFrom(q.inFlight, batch);
  p.incomplete -= 1;
  if (deallocateNow) deallocate(p, batch);
}

/** Sender.maybeAbortBatches: after a fatal error nothing that waits can be sent. */
export function failAll(w: World, p: ProducerState, exception: string): void {
  for (const topic of p.topics) {
    for (const q of topic.queues) {
      if (q === null) continue;
      const batches = [...q.inFlight, ...q.queue];
      q.queue = [];
      for (const batch of batches) failBatch(w, p, batch, { exception, adjustSequences: false, deallocateNow: true });
    }
  }
}
