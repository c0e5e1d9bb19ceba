/**
 * A partition on its leader: the in-sync set, the high watermark, what followers have (Kafka: Partition, Replica).
 * Rules 1-4, 6-10, 22. Functions over a replica that the caller owns.
 */

import type { MetadataImage, PartitionRegistration } from '../controller/metadata-image.ts';
import type { World } from '../kernel/world.ts';
import { ledgerHighWatermark, ledgerLeads } from '../ledger/partition-facts.ts';
import { assign } from '../log/leader-epoch-file-cache.ts';
import { topicConfig } from '../log/topic-config.ts';
import { updateHighWatermark } from '../log/unified-log.ts';
import type { BrokerState } from './broker-state.ts';
import { lastCaughtUpTimeUs, settle } from './follower-times.ts';
import type { RemoteReplica, ReplicaState } from './replica-state.ts';
import { brokerState } from './replicas.ts';

/** Rule 3. `image`: whose topic configuration the log has at this moment. */
export function effectiveMinIsr(w: World, r: ReplicaState, image = brokerState(w, r.broker).image): number {
  const b = brokerState(w, r.broker);
  const topic = (w.partitions[r.partition] as { topic: string }).topic;
  return Math.min(topicConfig(image, topic, b.entries).minInsyncReplicas, r.replicas.length);
}

/** Rule 4. */
export function maximalIsr(r: ReplicaState): readonly number[] {
  return r.pendingIsr !== null && r.pendingIsr.kind === 'expand' ? r.pendingIsr.isr : r.isr;
}

function lagMaxUs(b: BrokerState): number {
  return b.settings.replicaLagTimeMaxMs * 1000;
}

/** Rule 6. */
function isCaughtUp(b: BrokerState, remote: RemoteReplica, leaderLeo: number, nowUs: number): boolean {
  return remote.leo === leaderLeo || nowUs - lastCaughtUpTimeUs(b, remote) <= lagMaxUs(b);
}

/** Rule 9, the broker's half: unfenced, not shutting down, its broker epoch matches what its fetches say. */
function isReplicaIsrEligible(b: BrokerState, remote: RemoteReplica): boolean {
  const registration = b.image.brokers[remote.brokerId];
  if (registration === null || registration === undefined || registration.fenced || registration.inControlledShutdown)
    return false;
  return remote.brokerEpoch === -1 || remote.brokerEpoch === registration.epoch;
}

/** Rules 1, 2. Returns whether the high watermark moved. */
export function maybeIncrementLeaderHW(w: World, r: ReplicaState, image?: MetadataImage): boolean {
  if (r.role !== 'leader') return false;
  const b = brokerState(w, r.broker);
  if (r.isr.length < effectiveMinIsr(w, r, image)) return false;
  let candidate = r.leo;
  if (!w.bugs.highWatermarkAheadOfIsr) {
    const maximal = maximalIsr(r);
    for (const remote of r.remotes) {
      if (remote.leo >= candidate) continue;
      const counts =
        maximal.includes(remote.brokerId) || (isCaughtUp(b, remote, r.leo, w.nowUs) && isReplicaIsrEligible(b, remote));
      if (counts) candidate = remote.leo;
    }
  }
  if (candidate <= r.highWatermark) return false;
  updateHighWatermark(r, candidate);
  ledgerHighWatermark(w, r);
  return true;
}

/** Rule 7, then 9 and 1. `leaderLeo` is the leader's end when it read for this fetch. Returns whether the high watermark moved. */
export function updateFollowerFetchState(
  w: World,
  r: ReplicaState,
  brokerId: number,
  fetchOffset: number,
  logStart: number,
  leaderLeo: number,
  brokerEpoch: number,
): { moved: boolean; expand: boolean } {
  const remote = r.remotes.find((x) => x.brokerId === brokerId);
  if (remote === undefined) return { moved: false, expand: false };
  settle(brokerState(w, r.broker), remote);
  const previousLeo = remote.leo;
  if (fetchOffset >= leaderLeo) remote.lastCaughtUpUs = Math.max(remote.lastCaughtUpUs, w.nowUs);
  else if (fetchOffset >= remote.lastFetchLeaderLeo)
    remote.lastCaughtUpUs = Math.max(remote.lastCaughtUpUs, remote.lastFetchTimeUs);
  remote.leo = fetchOffset;
  remote.logStart = logStart;
  remote.lastFetchLeaderLeo = leaderLeo;
  remote.lastFetchTimeUs = w.nowUs;
  remote.brokerEpoch = brokerEpoch;
  const expand = maybeExpandIsr(w, r, remote);
  const moved = previousLeo !== remote.leo || expand ? maybeIncrementLeaderHW(w, r) : false;
  return { moved, expand };
}

function maybeExpandIsr(w: World, r: ReplicaState, remote: RemoteReplica): boolean {
  if (r.pendingIsr !== null || r.isr.includes(remote.brokerId)) return false;
  if (remote.leo < r.highWatermark || remote.leo < r.leaderEpochStart) return false;
  if (!isReplicaIsrEligible(brokerState(w, r.broker), remote)) return false;
  r.pendingIsr = { kind: 'expand', isr: [...r.isr, remote.brokerId], replica: remote.brokerId, sent: false };
  return true;
}

/** Rule 8's check. Returns whether a shrink is now pending. */
export function maybeShrinkIsr(w: World, r: ReplicaState): boolean {
  if (r.role !== 'leader' || r.pendingIsr !== null) return false;
  const b = brokerState(w, r.broker);
  const out = r.remotes.filter((x) => r.isr.includes(x.brokerId) && !isCaughtUp(b, x, r.leo, w.nowUs));
  if (out.length === 0) return false;
  const gone = out.map((x) => x.brokerId);
  r.pendingIsr = {
    kind: 'shrink',
    isr: r.isr.filter((x) => !gone.includes(x)),
    replica: gone[0] as number,
    sent: false,
  };
  return true;
}

/** Whether an AlterPartition in the making names somebody who is not (or no longer) eligible is the controller's to say (rule 57). */
export function commitIsr(r: ReplicaState, isr: readonly number[], partitionEpoch: number, recovering: boolean): void {
  r.isr = isr;
  r.partitionEpoch = partitionEpoch;
  r.pendingIsr = null;
  r.recovering = recovering;
}

/** Rules 10, 17. `p` is what the metadata log says. Returns whether this is news (a newer partition epoch, or the first this process hears). */
export function makeLeader(w: World, r: ReplicaState, p: PartitionRegistration): boolean {
  if (r.role !== 'none' && p.partitionEpoch < r.partitionEpoch) return false;
  const wasLeader = r.role === 'leader';
  const newEpoch = p.leaderEpoch > r.leaderEpoch || r.role === 'none';
  r.role = 'leader';
  r.leaderId = r.broker;
  r.replicas = p.replicas;
  commitIsr(r, p.isr, p.partitionEpoch, p.leaderRecoveryState === 1);
  const others = p.replicas.filter((x) => x !== r.broker);
  r.remotes = others.map(
    (brokerId) => r.remotes.find((x) => x.brokerId === brokerId && wasLeader) ?? unknownRemote(brokerId),
  );
  if (newEpoch) {
    r.leaderEpochStart = r.leo;
    r.leaderEpoch = p.leaderEpoch;
    r.epochs = assign(r.epochs, p.leaderEpoch, r.leo);
    for (const remote of r.remotes) {
      settle(brokerState(w, r.broker), remote);
      const inSync = p.isr.includes(remote.brokerId);
      if (!wasLeader) {
        remote.leo = -1;
        remote.lastFetchLeaderLeo = -1;
        remote.lastFetchTimeUs = 0;
        remote.brokerEpoch = -1;
      } else {
        remote.lastFetchLeaderLeo = r.leo;
        remote.lastFetchTimeUs = inSync ? w.nowUs : 0;
      }
      remote.lastCaughtUpUs = inSync ? w.nowUs : 0;
    }
    if (!wasLeader) ledgerLeads(w, r);
  }
  return true;
}

function unknownRemote(brokerId: number): RemoteReplica {
  return {
    brokerId,
    leo: -1,
    logStart: -1,
    lastFetchLeaderLeo: -1,
    lastFetchTimeUs: 0,
    lastCaughtUpUs: 0,
    current: false,
    brokerEpoch: -1,
  };
}

/** Returns whether leader or epoch are new, so that the fetcher must begin again. */
export function makeFollower(r: ReplicaState, p: PartitionRegistration): boolean {
  if (r.role !== 'none' && p.partitionEpoch < r.partitionEpoch) return false;
  const changed = r.role !== 'follower' || p.leaderEpoch > r.leaderEpoch || p.leader !== r.leaderId;
  r.role = 'follower';
  r.leaderId = p.leader;
  r.leaderEpoch = p.leaderEpoch;
  r.replicas = p.replicas;
  commitIsr(r, p.isr, p.partitionEpoch, p.leaderRecoveryState === 1);
  r.leaderEpochStart = -1;
  r.remotes = [];
  return changed;
}

export type Copies = 'enough' | 'waiting' | 'after-append' | 'not-leader';

/** Rules 22, 92: whether a pending acks=all is decided. */
export function checkEnoughReplicasReachOffset(
  w: World,
  r: ReplicaState,
  requiredOffset: number,
  leaderEpoch: number,
): Copies {
  if (r.role !== 'leader' || r.leaderEpoch < leaderEpoch) return 'not-leader';
  if (w.bugs.ackBeforeMinIsr) return 'enough';
  if (r.highWatermark < requiredOffset) return 'waiting';
  return maximalIsr(r).length >= effectiveMinIsr(w, r) ? 'enough' : 'after-append';
}
