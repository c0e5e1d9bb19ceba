/**
 * The I/O thread of a producer (Kafka: Sender). It runs to a standstill at each moment that may change something: a new or
 * full batch, an answer, a lost connection, a wake event; then it arms its next wake.
 */
import type { ProduceRequest } from '../../kafka/api/messages.ts';
import { EventKind } from '../kernel/event.ts';
import type { World } from '../kernel/world.ts';
import { sendRequest } from '../net/network.ts';
import { lateFailures, lateInitProducerId, latePacking, lateTransactions } from '../slots.ts';
import { requestUpdate } from './client-metadata.ts';
import { Api, connectionOf, maybeUpdateMetadata, NEVER, nodeReady, notReadyUntilUs, wakeAt } from './client-network.ts';
import { isIdempotent } from './idempotence.ts';
import { closeBatch, hasReachedDeliveryTimeout, type ProducerBatch } from './producer-batch.ts';
import type { ProducerState } from './producer-state.ts';
import { readyNodes, updateNodeLatency } from './ready-check.ts';
import { drainNode, expiredBatches, findQueue } from './record-accumulator.ts';
import { completeBatch } from './sender-complete.ts';

/** A pass that sent something may free the next batch of a partition; more passes than this would be a loop. */
const MAX_PASSES = 1_000_000;

/**
 * A broker gives up on the copies of an acks=all batch after the same request.timeout.ms, and in a real cluster its answer
 * mostly comes first: Kafka's client looks for timed-out requests only when something else wakes its selector.
 */
const SLACK_US = 100_000;

export function runSender(w: World, p: ProducerState): void {
  p.senderWoken = false;
  let wakeUs = NEVER;
  for (let pass = 0; ; pass++) {
    if (pass > MAX_PASSES) throw new Error(`producer ${p.id}: its sender does not come to rest`);
    if (isIdempotent(p)) {
      lateTransactions.maybeResolveSequences(w, p);
      if (p.fatalError !== null) {
        lateFailures.failAll(w, p, p.fatalError);
        wakeUs = maybeUpdateMetadata(w, p);
        break;
      }
    }
    wakeUs = maybeUpdateMetadata(w, p);
    if (isIdempotent(p)) {
      const initUs = lateInitProducerId.runInitProducerId(w, p);
      if (p.initState !== 'idle') {
        wakeUs = Math.min(wakeUs, initUs);
        break;
      }
    }
    const result = sendProducerData(w, p);
    wakeUs = Math.min(wakeUs, result.wakeUs, maybeUpdateMetadata(w, p));
    if (!result.sent) break;
  }
  wakeAt(w, p, EventKind.ProducerSend, wakeUs);
}

interface Pass {
  readonly sent: boolean;
  readonly wakeUs: number;
}

function sendProducerData(w: World, p: ProducerState): Pass {
  const check = readyNodes(w, p);
  if (check.unknownLeader) requestUpdate(p.metadata);
  if (check.nodes.length === 0) {
    return { sent: false, wakeUs: Math.min(check.nextCheckUs, expireDue(w, p)) };
  }
  let wakeUs = check.nextCheckUs;
  let nodes = check.nodes;
  for (const broker of check.nodes) {
    const canDrain = nodeReady(w, p, broker);
    updateNodeLatency(p, broker, w.nowUs, canDrain);
    if (canDrain) continue;
    nodes = nodes.filter((id) => id !== broker);
    wakeUs = Math.min(wakeUs, notReadyUntilUs(w, p, broker));
  }
  let drained: { readonly broker: number; readonly batches: readonly ProducerBatch[] }[] | null = null;
  const producer = (w.nodes[p.node] as { ref: number }).ref;
  if (p.packing !== null) {
    const packedUs = latePacking.packReady(w, p, nodes, producer);
    if (packedUs > w.nowUs) return { sent: false, wakeUs: Math.min(wakeUs, packedUs, expireDue(w, p)) };
  }
  for (const broker of nodes) {
    const batches = drainNode(w, p, broker, producer);
    if (batches.length > 0) drained = drained === null ? [{ broker, batches }] : [...drained, { broker, batches }];
    for (const batch of batches) {
      const q = findQueue(p, batch);
      q.inFlight.push(batch);
      if (p.maxInFlight === 1) q.muted = true;
    }
  }
  wakeUs = Math.min(wakeUs, expireDue(w, p));
  if (drained !== null) for (const { broker, batches } of drained) sendProduceRequest(w, p, broker, batches, producer);
  return { sent: drained !== null, wakeUs };
}

function sendProduceRequest(
  w: World,
  p: ProducerState,
  broker: number,
  batches: readonly ProducerBatch[],
  producer: number,
): void {
  const acks = p.settings.acks;
  let size = 50 + p.id.length;
  const partitionData = batches.map((batch) => {
    const records = closeBatch(batch, producer);
    size += records.sizeInBytes + 24;
    return { topic: batch.topic, index: batch.index, partition: batch.partition, records };
  });
  const request: ProduceRequest = {
    transactionalId: null,
    acks,
    timeoutMs: p.settings.requestTimeoutMs,
    partitionData,
  };
  const connection = connectionOf(w, p, broker);
  const correlationId = sendRequest(
    w,
    connection,
    Api.Produce,
    request,
    size,
    acks !== 0,
    acks === -1 ? p.settings.requestTimeoutMs * 1000 + SLACK_US : 0,
  );
  if (acks !== 0) p.requests.push({ connection, correlationId, batches });
  // Written to the socket is all that acks=0 asks for: the offset stays unknown.
  else for (const batch of batches) completeBatch(w, p, batch, 0, null);
}

/** delivery.timeout.ms (rule 81): in the queues, and in flight, where the answer may still come and is then ignored. */
function expire(w: World, p: ProducerState): void {
  const timeoutUs = p.settings.deliveryTimeoutMs * 1000;
  const inFlight: ProducerBatch[] = [];
  for (const topic of p.topics) {
    for (const q of topic.queues) {
      while (
        q !== null &&
        q.inFlight.length > 0 &&
        hasReachedDeliveryTimeout(q.inFlight[0] as ProducerBatch, timeoutUs, w.nowUs)
      ) {
        inFlight.push(q.inFlight.shift() as ProducerBatch);
      }
    }
  }
  for (const batch of expiredBatches(p, w.nowUs)) lateFailures.failExpired(w, p, batch, true);
  for (const batch of inFlight) lateFailures.failExpired(w, p, batch, false);
}

/** Expires what has to, and tells when to look next. */
function expireDue(w: World, p: ProducerState): number {
  const expiryUs = nextExpiryUs(p);
  if (expiryUs > w.nowUs) return expiryUs;
  expire(w, p);
  return nextExpiryUs(p);
}

function nextExpiryUs(p: ProducerState): number {
  let createdUs = NEVER;
  for (const topic of p.topics) {
    for (const q of topic.queues) {
      if (q === null) continue;
      const waiting = q.queue[0];
      const sent = q.inFlight[0];
      if (waiting !== undefined && waiting.createdUs < createdUs) createdUs = waiting.createdUs;
      if (sent !== undefined && sent.createdUs < createdUs) createdUs = sent.createdUs;
    }
  }
  return createdUs + p.settings.deliveryTimeoutMs * 1000;
}

/** Whether the Sender of a closing producer has nothing left to do. */
export function isDrained(p: ProducerState): boolean {
  return p.requests.length === 0 && p.incomplete === 0;
}
