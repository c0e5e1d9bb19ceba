/** What the checkers share: names for messages, and who leads in truth. */
import type { ReplicaState } from '../broker/replica-state.ts';
import type { PartitionRegistration } from '../controller/metadata-image.ts';
import { BROKER_STRIDE, type World } from '../kernel/world.ts';

export function partitionsOf(w: World): PartitionRegistration[] {
  return w.controller.image.partitions.filter((p) => p !== null);
}

export function nameOf(p: PartitionRegistration): string {
  return `${p.topic}-${p.partitionId}`;
}

export function list(ids: readonly number[]): string {
  return `[${ids.join(', ')}]`;
}

export function replicaAt(w: World, partition: number, broker: number): ReplicaState | null {
  return w.replicas[partition * BROKER_STRIDE + broker] ?? null;
}

/**
 * The leader that is none of Kafka's allowed stale ones: the controller's, in a living (or stopped) process that has heard
 * of this very epoch. Null while the controller's leader is dead or has not taken over yet.
 */
export function trueLeader(w: World, p: PartitionRegistration): ReplicaState | null {
  if (p.leader < 0) return null;
  const r = replicaAt(w, p.partition, p.leader);
  return r !== null && r.role === 'leader' && r.leaderEpoch === p.leaderEpoch ? r : null;
}
