/** What an answer (or its absence) means for a batch (Kafka: Sender.handleProduceResponse, completeBatch). Errors: sender-failures.ts. */
import { error as kafkaError } from '../../kafka/api/errors-core.ts';
import type { ProducePartitionResponse, ProduceResponse } from '../../kafka/api/messages.ts';
import { tell } from '../kernel/schedule.ts';
import type { NodeState, PartitionName, World } from '../kernel/world.ts';
import { recordAcked } from '../ledger/facts.ts';
import type { InFlight } from '../net/message.ts';
import type { DisconnectReason } from '../net/network.ts';
import { lateFailures, lateTransactions } from '../slots.ts';
import { updateLeadership } from './client-metadata.ts';
import { isIdempotent } from './idempotence.ts';
import type { ProducerBatch } from './producer-batch.ts';
import type { PartitionQueue, ProduceInFlight, ProducerState } from './producer-state.ts';
import { deallocate, findQueue } from './record-accumulator.ts';

const NETWORK_EXCEPTION = kafkaError('NETWORK_EXCEPTION').code;
const REQUEST_TIMED_OUT = kafkaError('REQUEST_TIMED_OUT').code;
const NOT_LEADER = kafkaError('NOT_LEADER_OR_FOLLOWER').code;
const FENCED_EPOCH = kafkaError('FENCED_LEADER_EPOCH').code;

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
    const batch = sent.batches.find((b) => b.index === answer.index && b.topic === answer.topic);
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
  if (code === 0) succeed(w, p, q, batch, answer);
  else lateFailures.completeWithError(w, p, q, batch, code, answer);
  if (p.maxInFlight === 1) q.muted = false;
}

export function succeed(
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

export function removeFrom(list: ProducerBatch[], batch: ProducerBatch): void {
  const at = list.indexOf(batch);
  if (at >= 0) list.splice(at, 1);
}

export function settle(p: ProducerState, q: PartitionQueue, batch: ProducerBatch, deallocateNow: boolean): void {
  removeFrom(q.inFlight, batch);
  p.incomplete -= 1;
  if (deallocateNow) deallocate(p, batch);
}
