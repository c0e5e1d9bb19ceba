/**
 * Sequences and producer epochs of an idempotent producer (Kafka: TransactionManager without transactions, TxnPartitionMap).
 * Transactions come with their own issue: what they add goes beside these functions, which Kafka shares too.
 */
import { errorForCode, error as kafkaError } from '../../kafka/api/errors.ts';
import type { ProducePartitionResponse } from '../../kafka/api/messages.ts';
import { incrementSequence } from '../../kafka/records/record-sizes.ts';
import { tell } from '../kernel/schedule.ts';
import type { World } from '../kernel/world.ts';
import { isIdempotent } from './idempotence.ts';
import { hasSequence, lastSequence, type ProducerBatch, setProducerState } from './producer-batch.ts';
import { emptySequences, type PartitionQueue, type ProducerState, type SequenceState } from './producer-state.ts';

const UNKNOWN_PRODUCER_ID = kafkaError('UNKNOWN_PRODUCER_ID').code;
const OUT_OF_ORDER = kafkaError('OUT_OF_ORDER_SEQUENCE_NUMBER').code;
const SHORT_MAX = 32767;

/** What ends a producer for good (maybeTransitionToErrorState, without what only a transactional one can meet). */
const FATAL = [
  'ClusterAuthorizationException',
  'TransactionalIdAuthorizationException',
  'ProducerFencedException',
  'UnsupportedVersionException',
  'InvalidPidMappingException',
];

function before(a: ProducerBatch, b: ProducerBatch): boolean {
  if (a.producerId !== b.producerId) return a.producerId < b.producerId;
  if (a.producerEpoch !== b.producerEpoch) return a.producerEpoch < b.producerEpoch;
  return a.baseSequence < b.baseSequence;
}

/** Keeps the set ordered by producer id, epoch and sequence. */
export function addInFlight(s: SequenceState, batch: ProducerBatch): void {
  let at = s.inFlight.length;
  while (at > 0 && before(batch, s.inFlight[at - 1] as ProducerBatch)) at--;
  s.inFlight.splice(at, 0, batch);
}

export function removeInFlight(s: SequenceState, batch: ProducerBatch): void {
  const at = s.inFlight.indexOf(batch);
  if (at >= 0) s.inFlight.splice(at, 1);
}

function isStale(p: ProducerState, s: SequenceState): boolean {
  return s.producerId !== p.producerId || s.producerEpoch !== p.producerEpoch;
}

/** RecordAccumulator.shouldStopDrainBatchesForPartition: rule 83 and what an unresolved sequence or an old epoch holds up. */
export function mustNotDrain(p: ProducerState, q: PartitionQueue, first: ProducerBatch): boolean {
  if (!isIdempotent(p)) return false;
  if (p.producerId < 0) return true;
  const s = q.sequences;
  if (!hasSequence(first)) {
    if (s.inFlight.length > 0 && isStale(p, s)) return true;
    if (s.unresolvedNext >= 0) return true;
  }
  const firstInFlight = s.inFlight[0];
  return firstInFlight !== undefined && hasSequence(first) && first.baseSequence !== firstInFlight.baseSequence;
}

/** Gives a drained batch its sequence; a retry keeps the one it has. */
export function assignSequence(p: ProducerState, q: PartitionQueue, batch: ProducerBatch): void {
  if (!isIdempotent(p) || hasSequence(batch)) return;
  const s = q.sequences;
  if (isStale(p, s) && s.inFlight.length === 0) startAtBeginning(p, s);
  setProducerState(batch, p.producerId, p.producerEpoch, s.nextSequence);
  s.nextSequence = incrementSequence(s.nextSequence, batch.records.length);
  addInFlight(s, batch);
}

/** TxnPartitionEntry.startSequencesAtBeginning: what is in flight is numbered from 0 under the present epoch. */
function startAtBeginning(p: ProducerState, s: SequenceState): void {
  let sequence = 0;
  for (const batch of s.inFlight) {
    setProducerState(batch, p.producerId, p.producerEpoch, sequence);
    batch.reopened = true;
    sequence += batch.records.length;
  }
  s.producerId = p.producerId;
  s.producerEpoch = p.producerEpoch;
  s.nextSequence = sequence;
  s.lastAckedSequence = -1;
}

export function handleCompletedBatch(q: PartitionQueue, batch: ProducerBatch, baseOffset: number): void {
  const s = q.sequences;
  const last = lastSequence(batch);
  if (last > s.lastAckedSequence) s.lastAckedSequence = last;
  if (baseOffset >= 0) {
    const lastOffset = baseOffset + batch.records.length - 1;
    if (lastOffset > s.lastAckedOffset) s.lastAckedOffset = lastOffset;
  }
  removeInFlight(s, batch);
}

export function handleFailedBatch(
  p: ProducerState,
  q: PartitionQueue,
  batch: ProducerBatch,
  exception: string,
  adjustSequences: boolean,
): void {
  const fatal = FATAL.includes(exception);
  if (fatal) p.fatalError = exception;
  removeInFlight(q.sequences, batch);
  if (fatal) return;
  if (exception === 'OutOfOrderSequenceException') requestEpochBump(p, q.sequences);
  else if (exception === 'UnknownProducerIdException') q.sequences = emptySequences();
  else if (adjustSequences) requestEpochBump(p, q.sequences);
}

function requestEpochBump(p: ProducerState, s: SequenceState): void {
  p.epochBumpRequired = true;
  s.rewrite = true;
}

/** Rule 81: an expired batch that was sent before may be in the log or not. */
export function markUnresolved(q: PartitionQueue, batch: ProducerBatch): void {
  q.sequences.unresolvedNext = Math.max(q.sequences.unresolvedNext, lastSequence(batch) + 1);
}

function isNextSequence(s: SequenceState, sequence: number): boolean {
  return sequence - s.lastAckedSequence === 1;
}

export function canRetry(
  p: ProducerState,
  q: PartitionQueue,
  batch: ProducerBatch,
  code: number,
  retriable: boolean,
  response: ProducePartitionResponse | null,
): boolean {
  if (!isIdempotent(p)) return retriable;
  const s = q.sequences;
  if (code === UNKNOWN_PRODUCER_ID) {
    // The broker has lost this producer's state: number from 0 again, under a new epoch unless that is under way.
    if (response !== null && response.logStartOffset !== -1 && !batch.reopened) requestEpochBump(p, s);
    return true;
  }
  if (code === OUT_OF_ORDER) {
    // A batch behind the first in flight only waits for that one; a real gap needs a new epoch.
    if (s.unresolvedNext < 0 && (batch.reopened || !isNextSequence(s, batch.baseSequence))) return true;
    if (s.unresolvedNext < 0 || batch.baseSequence === s.unresolvedNext) requestEpochBump(p, s);
    return true;
  }
  return retriable;
}

function everyQueue(p: ProducerState, visit: (q: PartitionQueue) => void): void {
  for (const topic of p.topics) for (const q of topic.queues) if (q !== null) visit(q);
}

/** At the start of each pass of the Sender: settles unresolved sequences and bumps the epoch if something asked for it. */
export function maybeResolveSequences(w: World, p: ProducerState): void {
  everyQueue(p, (q) => {
    const s = q.sequences;
    if (s.unresolvedNext < 0 || s.inFlight.length > 0) return;
    if (!isNextSequence(s, s.nextSequence)) requestEpochBump(p, s);
    s.unresolvedNext = -1;
  });
  if (!p.epochBumpRequired) return;
  if (p.producerEpoch === SHORT_MAX) {
    p.producerId = -1;
    p.producerEpoch = -1;
  } else if (p.producerId >= 0) {
    p.producerEpoch += 1;
    tell(w, 'log.producer.new-epoch', { producer: p.id, epoch: p.producerEpoch }, [`producer:${p.id}`]);
  }
  everyQueue(p, (q) => {
    if (!q.sequences.rewrite) return;
    startAtBeginning(p, q.sequences);
    q.sequences.unresolvedNext = -1;
    q.sequences.rewrite = false;
  });
  p.epochBumpRequired = false;
}

/** Whether the answer to InitProducerId lets the producer try again; else the exception that ends it. */
export function initProducerIdFailure(code: number): { readonly retry: boolean; readonly exception: string } {
  const found = errorForCode(code);
  if (found.retriable || found.name === 'NOT_COORDINATOR' || found.name === 'COORDINATOR_NOT_AVAILABLE')
    return { retry: true, exception: '' };
  return {
    retry: false,
    exception: found.exception === 'ClusterAuthorizationException' ? found.exception : 'KafkaException',
  };
}
