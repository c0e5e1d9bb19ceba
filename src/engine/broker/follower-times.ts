/**
 * When a leader last heard a follower fetch a partition (Kafka: ReplicaState.lastFetchTimeMs, lastCaughtUpTimeMs). Kafka
 * notes it for every partition of every fetch. Here a partition of which a session's fetch finds nothing changed is not
 * touched: it is `current`, and its times are those of its follower's last fetch, kept once a broker.
 */
import type { World } from '../kernel/world.ts';
import type { BrokerState } from './broker-state.ts';
import type { FetchSession } from './fetch-session.ts';
import type { RemoteReplica } from './replica-state.ts';
import { brokerState, ownReplica, replicaOf, replicasOn } from './replicas.ts';

/** Moment of the last fetch that named (or silently included) the partition. */
export function lastFetchTimeUs(b: BrokerState, remote: RemoteReplica): number {
  return remote.current
    ? Math.max(remote.lastFetchTimeUs, b.followerFetchUs[remote.brokerId] ?? 0)
    : remote.lastFetchTimeUs;
}

/** Moment up to which the follower was caught up (rule 7); -1: not known. */
export function lastCaughtUpTimeUs(b: BrokerState, remote: RemoteReplica): number {
  return remote.current
    ? Math.max(remote.lastCaughtUpUs, b.followerFetchUs[remote.brokerId] ?? 0)
    : remote.lastCaughtUpUs;
}

/** The partition stands on its own again, with the times that it has now. */
export function settle(b: BrokerState, remote: RemoteReplica): void {
  if (!remote.current) return;
  remote.lastFetchTimeUs = lastFetchTimeUs(b, remote);
  remote.lastCaughtUpUs = lastCaughtUpTimeUs(b, remote);
  remote.current = false;
}

/** Settles one partition of a follower: what its fetch did not bring up to date. */
export function settleOne(w: World, brokerId: number, partition: number, follower: number): void {
  const known = replicaOf(w, brokerId, partition);
  if (known === null || !known.remotes.some((x) => x.brokerId === follower && x.current)) return;
  for (const remote of ownReplica(w, brokerId, partition).remotes)
    if (remote.brokerId === follower) settle(brokerState(w, brokerId), remote);
}

/** A session ends, or forgets one partition: later fetches of the follower no longer speak for what it held. */
export function endFollowerSession(w: World, brokerId: number, s: FetchSession, partition: number | null = null): void {
  if (s.replicaId < 0) return;
  if (partition !== null) settleOne(w, brokerId, partition, s.replicaId);
  else for (const c of s.partitions) settleOne(w, brokerId, c.requested.partition, s.replicaId);
}

/** A fetch outside of any session: it speaks for what it names and for nothing else. */
export function settleFollower(w: World, brokerId: number, follower: number): void {
  for (const r of replicasOn(w, brokerId)) settleOne(w, brokerId, r.partition, follower);
}
