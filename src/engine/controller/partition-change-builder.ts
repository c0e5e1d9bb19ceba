/**
 * Decides the change of one partition: who leads, who is in sync, who is eligible (Kafka: PartitionChangeBuilder).
 * Rules 52, 54, 55, 58. A pure function over a registration.
 */
import type { PartitionRegistration } from './metadata-image.ts';
import type { MetadataRecord } from './metadata-records.ts';

export type Election = 'preferred' | 'online' | 'unclean';

export interface PartitionChange {
  readonly election: Election;
  readonly targetIsr: readonly number[];
  readonly targetReplicas?: readonly number[];
  readonly targetRemoving?: readonly number[];
  readonly targetAdding?: readonly number[];
  readonly uncleanShutdownReplicas?: readonly number[];
  readonly leaderRecoveryState?: 0 | 1;
  readonly minIsr: number;
  readonly elrEnabled: boolean;
  /** May this broker lead now? Active (registered, unfenced, not shutting down), with the exceptions of the occasion. */
  readonly isAcceptableLeader: (brokerId: number) => boolean;
  /** For the words of the page. */
  readonly why: string;
}

export type PartitionChangeRecord = Extract<MetadataRecord, { type: 'PartitionChangeRecord' }>;

function same(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((x, i) => x === b[i]);
}

interface Target {
  isr: readonly number[];
  elr: readonly number[];
  replicas: readonly number[];
  removing: readonly number[];
  adding: readonly number[];
}

/** Rule 58: done when every added replica is in sync; all targets only if it removes more than it adds. */
function completeReassignment(t: Target): void {
  if (t.removing.length === 0 && t.adding.length === 0) return;
  const replicas = t.replicas.filter((r) => !t.removing.includes(r));
  const isr = t.isr.filter((r) => !t.removing.includes(r));
  if (isr.length === 0) return;
  if (!t.adding.every((r) => isr.includes(r))) return;
  if (t.removing.length > t.adding.length && !replicas.every((r) => isr.includes(r))) return;
  t.isr = isr;
  t.replicas = replicas;
  t.removing = [];
  t.adding = [];
}

/** Rule 54: who leaves while the rest is below the min ISR stays eligible, unless it stopped uncleanly. */
function populateElr(p: PartitionRegistration, change: PartitionChange, t: Target): void {
  if (!change.elrEnabled) return;
  if (t.isr.length >= change.minIsr) {
    t.elr = [];
    return;
  }
  const unclean = change.uncleanShutdownReplicas ?? [];
  const candidates = [...t.elr];
  for (const r of p.isr) if (!candidates.includes(r)) candidates.push(r);
  candidates.sort((a, b) => a - b);
  t.elr = candidates.filter((r) => !t.isr.includes(r) && !unclean.includes(r));
}

function lastKnownLeader(p: PartitionRegistration, change: PartitionChange, t: Target): number {
  if (!change.elrEnabled || t.elr.length > 0 || t.isr.length > 0 || p.lastKnownElr.length !== 1) return -1;
  const candidate = p.lastKnownElr[0] as number;
  return change.isAcceptableLeader(candidate) ? candidate : -1;
}

function elect(p: PartitionRegistration, change: PartitionChange, t: Target): { leader: number; unclean: boolean } {
  const valid = (r: number): boolean =>
    (t.isr.includes(r) || (t.isr.length === 0 && t.elr.includes(r))) && change.isAcceptableLeader(r);
  if (change.election === 'preferred') {
    const preferred = t.replicas[0] as number;
    if (valid(preferred)) return { leader: preferred, unclean: false };
  }
  if (valid(p.leader)) return { leader: p.leader, unclean: false };
  for (const r of t.replicas) if (valid(r)) return { leader: r, unclean: false };
  const lastKnown = lastKnownLeader(p, change, t);
  if (lastKnown >= 0) return { leader: lastKnown, unclean: true };
  if (change.election === 'unclean')
    for (const r of t.replicas) if (change.isAcceptableLeader(r)) return { leader: r, unclean: true };
  return { leader: -1, unclean: false };
}

/** The record that makes the change, or null if nothing changes. */
export function buildPartitionChange(p: PartitionRegistration, change: PartitionChange): PartitionChangeRecord | null {
  const t: Target = {
    isr: change.targetIsr,
    elr: p.elr,
    replicas: change.targetReplicas ?? p.replicas,
    removing: change.targetRemoving ?? p.removingReplicas,
    adding: change.targetAdding ?? p.addingReplicas,
  };
  completeReassignment(t);
  populateElr(p, change, t);

  let leader: number | null = null;
  let isr: readonly number[] | null = null;
  let recovery: 0 | 1 | null = null;
  const elected = elect(p, change, t);
  if (elected.leader !== p.leader) {
    if (t.elr.includes(elected.leader)) {
      t.isr = [elected.leader];
      t.elr = t.elr.filter((r) => r !== elected.leader);
    }
    leader = elected.leader;
    if (elected.unclean) {
      isr = [elected.leader];
      if (p.leaderRecoveryState !== 1) recovery = 1;
    }
  }
  // A replica that leaves the assignment gets the others to forget it: the leader epoch rises.
  if (leader === null && !p.replicas.every((r) => t.replicas.includes(r))) leader = p.leader;

  if (isr !== null || !change.elrEnabled) t.elr = [];
  const elr = same(t.elr, p.elr) ? null : t.elr;
  if (isr === null && (t.isr.length > 0 || change.elrEnabled) && !same(t.isr, p.isr)) isr = t.isr;

  let lastKnownElr: readonly number[] | null = null;
  if (change.elrEnabled) {
    if (leader === -1 && p.lastKnownElr.length === 0) lastKnownElr = [p.leader];
    else if (leader !== null && leader >= 0 && p.lastKnownElr.length > 0) lastKnownElr = [];
  }
  const wanted = change.leaderRecoveryState;
  if (wanted !== undefined && wanted !== p.leaderRecoveryState && recovery === null) recovery = wanted;

  const replicas = same(t.replicas, p.replicas) ? null : t.replicas;
  const removingReplicas = same(t.removing, p.removingReplicas) ? null : t.removing;
  const addingReplicas = same(t.adding, p.addingReplicas) ? null : t.adding;
  if (
    leader === null &&
    isr === null &&
    elr === null &&
    lastKnownElr === null &&
    recovery === null &&
    replicas === null &&
    removingReplicas === null &&
    addingReplicas === null
  )
    return null;
  return {
    type: 'PartitionChangeRecord',
    partition: p.partition,
    topicId: p.topicId,
    partitionId: p.partitionId,
    isr,
    leader,
    replicas,
    removingReplicas,
    addingReplicas,
    leaderRecoveryState: recovery,
    eligibleLeaderReplicas: elr,
    lastKnownElr,
    why: change.why,
  };
}
