/** Access to replicas: a broker's own, never another's. */
import { emptyVector } from '../../base/vector.ts';
import { BROKER_STRIDE, own, type World, wallMs } from '../kernel/world.ts';
import { createProducerStates } from '../log/producer-states.ts';
import { emptySegment } from '../log/segments.ts';
import { type BrokerState, cloneBroker } from './broker-state.ts';
import { cloneReplica, type ReplicaState } from './replica-state.ts';

export function brokerRef(w: World, brokerId: number): number {
  return (w.nodes[w.brokerNode[brokerId] as number] as { ref: number }).ref;
}

export function brokerState(w: World, brokerId: number): BrokerState {
  return w.brokers[brokerRef(w, brokerId)] as BrokerState;
}

export function ownBroker(w: World, brokerId: number): BrokerState {
  return own(w, w.brokers, brokerRef(w, brokerId), cloneBroker);
}

export function replicaOf(w: World, brokerId: number, partition: number): ReplicaState | null {
  return w.replicas[partition * BROKER_STRIDE + brokerId] ?? null;
}

export function ownReplica(w: World, brokerId: number, partition: number): ReplicaState {
  return own(w, w.replicas as ReplicaState[], partition * BROKER_STRIDE + brokerId, cloneReplica);
}

/** A new, empty log on a broker's disk. */
export function createReplica(w: World, brokerId: number, partition: number, topicId: number): ReplicaState {
  const slot = partition * BROKER_STRIDE + brokerId;
  while (w.replicas.length <= slot) w.replicas.push(null);
  const replica: ReplicaState = {
    gen: w.gen,
    broker: brokerId,
    partition,
    batches: emptyVector(w.gen),
    logStart: 0,
    leo: 0,
    highWatermark: 0,
    epochs: [],
    producers: createProducerStates(),
    sizeBytes: 0,
    recordCount: 0,
    segments: [],
    active: emptySegment(0, wallMs(w)),
    cleaned: null,
    flushedOffset: 0,
    lastFlushUs: w.nowUs,
    checkpointedHw: 0,
    role: 'none',
    leaderId: -1,
    leaderEpoch: -1,
    partitionEpoch: -1,
    topicId,
    replicas: [],
    isr: [],
    pendingIsr: null,
    recovering: false,
    leaderEpochStart: -1,
    remotes: [],
  };
  w.replicas[slot] = replica;
  return replica;
}

/** Every replica on a broker's disk, by ascending partition. */
export function replicasOn(w: World, brokerId: number): ReplicaState[] {
  const out: ReplicaState[] = [];
  for (let p = 0; p < w.partitions.length; p++) {
    const r = replicaOf(w, brokerId, p);
    if (r !== null) out.push(r);
  }
  return out;
}
