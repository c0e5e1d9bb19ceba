/** Producers and readers as the frame shows them. */
import type { ConsumerView, ProducerBatchView, ProducerView, ReadPositionView } from '../../protocol/frame.ts';
import { watchesPartition } from '../broker/delayed-fetch.ts';
import type { ConsumerState } from '../client/consumer-state.ts';
import type { ProducerBatch } from '../client/producer-batch.ts';
import type { ProducerState } from '../client/producer-state.ts';
import type { NodeState, World } from '../kernel/world.ts';
import { type KeyTable, keyIndex } from './key-table.ts';
import { highWatermarkOf } from './totals.ts';

const MAX_BATCH_KEYS = 64;

export function producerViews(w: World, keys: KeyTable): ProducerView[] {
  return w.producers.map((p) => producerView(w, keys, p));
}

/** Every batch that the accumulator or the Sender still holds, in the order of their making. */
export function batchesOf(p: ProducerState): { batch: ProducerBatch; inFlight: boolean }[] {
  const all: { batch: ProducerBatch; inFlight: boolean }[] = [];
  for (const topic of p.topics) {
    for (const queue of topic.queues) {
      if (queue === null) continue;
      const known = new Set<number>();
      for (const batch of queue.inFlight) {
        known.add(batch.id);
        all.push({ batch, inFlight: true });
      }
      for (const batch of queue.queue) if (!known.has(batch.id)) all.push({ batch, inFlight: false });
    }
  }
  return all.sort((a, b) => a.batch.id - b.batch.id);
}

function producerView(w: World, keys: KeyTable, p: ProducerState): ProducerView {
  const node = w.nodes[p.node] as NodeState;
  const batches: ProducerBatchView[] = [];
  for (const { batch, inFlight } of batchesOf(p)) {
    if (batch.done) continue;
    const shown: number[] = [];
    for (const record of batch.records) {
      if (shown.length >= MAX_BATCH_KEYS) break;
      shown.push(keyIndex(keys, record.key));
    }
    batches.push({
      partition: `${batch.topic}-${batch.index}`,
      keys: shown,
      records: batch.records.length,
      bytes: batch.sizeBytes,
      limitBytes: batch.limitBytes,
      state: inFlight ? 'in-flight' : batch.retry ? 'retry' : batch.closed ? 'ready' : 'open',
      attempts: batch.attempts,
    });
  }
  const { acks } = p.settings;
  const { workload } = p;
  return {
    id: p.id,
    state: node.process,
    acks: acks === -1 ? 'all' : acks === 0 ? '0' : '1',
    idempotent: p.settings.enableIdempotence,
    producerId: p.producerId,
    producerEpoch: p.producerEpoch,
    topic: workload?.topic ?? p.topics[0]?.name ?? null,
    batches,
    bufferUsedBytes: p.bufferUsedBytes,
    bufferBytes: p.settings.bufferMemoryBytes,
    inFlight: p.requests.length,
    blocked: p.blocked === null || (p.blocked.why !== 'metadata' && p.blocked.why !== 'buffer') ? null : p.blocked.why,
    sent: p.sent,
    acked: p.acked,
    failed: p.failed,
    retries: p.retries,
    workloadEnded: workload === null || (workload.count !== null && p.workloadNext >= workload.count),
  };
}

export function consumerViews(w: World): ConsumerView[] {
  return w.consumers.map((c) => consumerView(w, c));
}

export function consumerPositions(w: World, c: ConsumerState): ReadPositionView[] {
  // What a dead member once read is its group's, and somebody else's by now.
  const gone = c.membership?.standalone === false && w.nodes[c.node]?.process === 'down';
  return (gone ? [] : c.partitions).map(({ name, offset }) => {
    const partition = w.partitionByName.get(name) ?? -1;
    const hw = highWatermarkOf(w, partition);
    return {
      partition: name,
      position: offset,
      hw,
      lag: offset < 0 ? 0 : Math.max(0, hw - offset),
      parkedUntilUs: parkedUntil(w, c.node, partition),
    };
  });
}

function parkedUntil(w: World, node: number, partition: number): number | null {
  for (const broker of w.brokers) {
    for (const fetch of broker.delayedFetches) {
      if (fetch.request.from === node && watchesPartition(broker, fetch, partition)) return fetch.deadlineUs;
    }
  }
  return null;
}

function consumerView(w: World, c: ConsumerState): ConsumerView {
  return {
    id: c.id,
    state: (w.nodes[c.node] as NodeState).process,
    group: c.config.find(([key]) => key === 'group.id')?.[1] ?? null,
    topics: c.source.kind === 'subscribe' ? c.source.topics : [],
    positions: consumerPositions(w, c),
    delivered: c.delivered,
    lastError: c.lastError,
  };
}
