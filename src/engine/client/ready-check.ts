/** When batches may leave, and what the Sender learns of queues on the way (Kafka: RecordAccumulator.ready, rules 79, 109, 110). */
import type { World } from '../kernel/world.ts';
import { findTopic } from './client-metadata.ts';
import { NEVER } from './client-network.ts';
import { backingOff, isFull, noteLeaderEpoch } from './producer-batch.ts';
import type { ProducerState, TopicQueues } from './producer-state.ts';

export interface ReadyCheck {
  /** Broker ids, in the order in which their partitions came up. */
  readonly nodes: readonly number[];
  readonly nextCheckUs: number;
  readonly unknownLeader: boolean;
}

/** RecordAccumulator.ready (rule 79): which leaders have something that may leave now, and when to look again. */
export function readyNodes(w: World, p: ProducerState): ReadyCheck {
  let nodes: readonly number[] = NO_NODES;
  let nextCheckUs = NEVER;
  let unknownLeader = false;
  const exhausted = p.blocked !== null && p.blocked.why === 'buffer';
  const flushing = p.blocked !== null && p.blocked.why === 'flush';
  const lingerUs = p.settings.lingerMs * 1000;
  for (const topic of p.topics) {
    const known = findTopic(p.metadata, topic.name);
    const adaptive =
      p.settings.partitionerAdaptivePartitioningEnable && known !== null && used(topic) >= known.partitions.length;
    const sizes = adaptive ? zeros(used(topic)) : null;
    const ids = adaptive ? zeros(used(topic)) : NO_NODES;
    let last = -1;
    for (const q of topic.queues) {
      if (q === null) continue;
      const where = known?.partitions[q.index];
      const leader = where !== undefined && p.metadata.brokers.includes(where.leader) ? where.leader : -1;
      if (leader >= 0 && sizes !== null) {
        last += 1;
        (ids as number[])[last] = q.index;
        sizes[last] = 0;
      }
      const batch = q.queue[0];
      if (batch === undefined) continue;
      if (where !== undefined) noteLeaderEpoch(batch, where.leaderEpoch);
      if (leader < 0) {
        unknownLeader = true;
        continue;
      }
      if (sizes !== null) sizes[last] = q.queue.length;
      if (sizes !== null && isSlow(p, leader)) last -= 1;
      if (nodes.includes(leader) || q.muted) continue;
      const backoff = backingOff(batch, w.nowUs);
      const expiresUs = backoff ? batch.retryAtUs : batch.lastAttemptUs + lingerUs;
      const sendable =
        q.queue.length > 1 || isFull(batch) || w.nowUs >= expiresUs || exhausted || p.closing || flushing;
      if (sendable && !backoff) nodes = nodes.length === 0 ? [leader] : [...nodes, leader];
      else if (expiresUs < nextCheckUs) nextCheckUs = expiresUs;
    }
    noteLoad(topic, sizes, ids, last + 1);
  }
  return { nodes, nextCheckUs, unknownLeader };
}

const NO_NODES: readonly number[] = [];

function zeros(length: number): number[] {
  return new Array<number>(length).fill(0);
}

function used(topic: TopicQueues): number {
  let count = 0;
  for (const q of topic.queues) if (q !== null) count += 1;
  return count;
}

function noteLoad(topic: TopicQueues, sizes: number[] | null, ids: readonly number[], length: number): void {
  if (sizes === null && topic.load === null && topic.partitioner.loadStats === null) return;
  topic.load = { sizes, ids, length };
}

/** partitioner.availability.timeout.ms: a broker that has had batches ready for so long without taking any (rule 109). */
function isSlow(p: ProducerState, broker: number): boolean {
  const timeoutMs = p.settings.partitionerAvailabilityTimeoutMs;
  const latency = p.nodeLatency[broker] ?? null;
  return timeoutMs > 0 && latency !== null && latency.readyUs - latency.drainUs > timeoutMs * 1000;
}

export function updateNodeLatency(p: ProducerState, broker: number, nowUs: number, canDrain: boolean): void {
  if (p.settings.partitionerAvailabilityTimeoutMs <= 0) return;
  while (p.nodeLatency.length <= broker) p.nodeLatency.push(null);
  const latency = p.nodeLatency[broker] ?? { readyUs: nowUs, drainUs: nowUs };
  if (canDrain) latency.drainUs = nowUs;
  latency.readyUs = nowUs;
  p.nodeLatency[broker] = latency;
}
