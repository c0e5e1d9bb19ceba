/** What an error means for a batch (Kafka: Sender.completeBatch, canRetry, reenqueueBatch, failBatch). Late: nothing fails in the first picture. */
import { errorForCode, error as kafkaError } from '../../kafka/api/errors-core.ts';
import { backoffMs } from '../../kafka/api/exponential-backoff.ts';
import type { ProducePartitionResponse } from '../../kafka/api/messages.ts';
import { tell } from '../kernel/schedule.ts';
import type { NodeState, PartitionName, World } from '../kernel/world.ts';
import { recordFailed } from '../ledger/facts.ts';
import { latePacking, lateTransactions } from '../slots.ts';
import { requestUpdate } from './client-metadata.ts';
import { backoffDraw } from './client-network.ts';
import { isIdempotent } from './idempotence.ts';
import { hasReachedDeliveryTimeout, type ProducerBatch } from './producer-batch.ts';
import type { PartitionQueue, ProducerState } from './producer-state.ts';
import { deallocate, findQueue, reenqueue } from './record-accumulator.ts';
import { removeFrom, settle, succeed } from './sender-complete.ts';

const MESSAGE_TOO_LARGE = kafkaError('MESSAGE_TOO_LARGE').code;
const DUPLICATE_SEQUENCE = kafkaError('DUPLICATE_SEQUENCE_NUMBER').code;

/** A partition's answer may name the records that were wrong (Kafka's record_errors). */
type WithRecordErrors = ProducePartitionResponse & {
  readonly recordErrors?: readonly { readonly batchIndex: number }[];
};

/** A batch that the broker did not take. */
export function completeWithError(
  w: World,
  p: ProducerState,
  q: PartitionQueue,
  batch: ProducerBatch,
  code: number,
  answer: ProducePartitionResponse | null,
): void {
  if (code === MESSAGE_TOO_LARGE && batch.records.length > 1 && !batch.done) {
    if (isIdempotent(p)) lateTransactions.removeInFlight(q.sequences, batch);
    latePacking.splitAndReenqueue(w, p, q, batch);
    batch.done = true;
    settle(p, q, batch, true);
    return;
  }
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

interface Failure {
  readonly exception: string;
  /** Indices of the records that were wrong themselves; the others only stood in the same batch. */
  readonly wrong?: readonly number[];
  /** delivery.timeout.ms ran out. */
  readonly expired?: boolean;
  readonly adjustSequences: boolean;
  /** False while it is in flight: its memory comes back with the answer. */
  readonly deallocateNow: boolean;
}

function failBatch(w: World, p: ProducerState, batch: ProducerBatch, failure: Failure): void {
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

/** delivery.timeout.ms is over (rule 81); what is in flight gives its memory back with its answer. */
export function failExpired(w: World, p: ProducerState, batch: ProducerBatch, deallocateNow: boolean): void {
  failBatch(w, p, batch, { exception: TIMEOUT, expired: true, adjustSequences: false, deallocateNow });
  if (isIdempotent(p) && batch.retry) lateTransactions.markUnresolved(findQueue(p, batch), batch);
}

const TIMEOUT = kafkaError('REQUEST_TIMED_OUT').exception as string;
