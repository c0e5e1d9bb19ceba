/** Positions of a consumer's partitions and how they change (Kafka: SubscriptionState). Rule 86. */
import type { AutoOffsetReset } from '../../kafka/config/effective-consumer.ts';
import { tell } from '../kernel/schedule.ts';
import { EPOCH_MS, type World } from '../kernel/world.ts';
import { currentLeader } from './client-metadata.ts';
import type { AssignedPartition, ConsumerState, ResetRequest } from './consumer-state.ts';

export const LATEST_TIMESTAMP = -1;
export const EARLIEST_TIMESTAMP = -2;

export function assignedPartition(topic: string, index: number): AssignedPartition {
  return {
    topic,
    index,
    name: `${topic}-${index}`,
    fetchState: 'initializing',
    offset: -1,
    offsetEpoch: -1,
    leader: -1,
    leaderEpoch: -1,
    reset: null,
    nextRetryUs: 0,
    highWatermark: -1,
    lastStableOffset: -1,
    logStartOffset: -1,
    pendingRevocation: false,
  };
}

export function findAssigned(c: ConsumerState, topic: string, index: number): AssignedPartition | null {
  for (const p of c.partitions) if (p.index === index && p.topic === topic) return p;
  return null;
}

/** What auto.offset.reset asks of the broker; null: none. */
export function policyTimestamp(policy: AutoOffsetReset, nowUs: number): number | null {
  switch (policy.kind) {
    case 'earliest':
      return EARLIEST_TIMESTAMP;
    case 'latest':
      return LATEST_TIMESTAMP;
    case 'byDuration':
      return EPOCH_MS + Math.floor((nowUs - policy.durationUs) / 1000);
    case 'none':
      return null;
  }
}

export function policyName(policy: AutoOffsetReset): string {
  return policy.kind === 'byDuration' ? 'by_duration' : policy.kind;
}

export function hasResetPolicy(c: ConsumerState): boolean {
  return c.settings.autoOffsetReset.kind !== 'none';
}

export function requestReset(p: AssignedPartition, reset: ResetRequest): void {
  p.fetchState = 'await-reset';
  p.offset = -1;
  p.offsetEpoch = -1;
  p.reset = reset;
  p.nextRetryUs = 0;
}

export function requestPolicyReset(w: World, c: ConsumerState, p: AssignedPartition): void {
  const timestamp = policyTimestamp(c.settings.autoOffsetReset, w.nowUs);
  if (timestamp !== null) requestReset(p, { timestamp, bySeek: false });
}

/** seekValidated: reads on from there. */
export function seekTo(
  p: AssignedPartition,
  offset: number,
  offsetEpoch: number,
  leader: number,
  leaderEpoch: number,
): void {
  p.fetchState = 'fetching';
  p.offset = offset;
  p.offsetEpoch = offsetEpoch;
  p.leader = leader;
  p.leaderEpoch = leaderEpoch;
  p.reset = null;
  p.nextRetryUs = 0;
}

/** After a leader change the position counts only once the new leader has confirmed it, if its epoch is known. */
export function maybeValidate(p: AssignedPartition, leader: number, leaderEpoch: number): void {
  if (p.fetchState === 'await-reset' || p.fetchState === 'initializing' || leader < 0) return;
  if (p.leader === leader && p.leaderEpoch === leaderEpoch) return;
  p.leader = leader;
  p.leaderEpoch = leaderEpoch;
  p.nextRetryUs = 0;
  p.fetchState = p.offsetEpoch >= 0 && leaderEpoch >= 0 ? 'await-validation' : 'fetching';
}

/** Looks at all positions when metadata changed (validatePositionsOnMetadataChange). */
export function validateOnMetadataChange(c: ConsumerState): void {
  if (c.validatedVersion === c.metadata.version) return;
  c.validatedVersion = c.metadata.version;
  for (const p of c.partitions) {
    const { leader, epoch } = currentLeader(c.metadata, p.topic, p.index);
    maybeValidate(p, leader, epoch);
  }
}

/** The leader's answer about the epoch of the last record read: where that epoch ends in its log. */
export function completeValidation(
  w: World,
  c: ConsumerState,
  p: AssignedPartition,
  asked: AssignedPartition,
  leaderEpoch: number,
  endOffset: number,
): void {
  if (p.fetchState !== 'await-validation') return;
  const moved =
    p.offset !== asked.offset ||
    p.offsetEpoch !== asked.offsetEpoch ||
    p.leader !== asked.leader ||
    p.leaderEpoch !== asked.leaderEpoch;
  if (moved) return;
  const about = [`consumer:${c.id}`, `partition:${p.name}`];
  if (endOffset < 0 || leaderEpoch < 0) {
    if (hasResetPolicy(c)) requestPolicyReset(w, c, p);
    else truncated(w, c, p, about);
  } else if (endOffset < p.offset) {
    if (!hasResetPolicy(c)) {
      truncated(w, c, p, about);
      return;
    }
    tell(
      w,
      'log.consumer.truncated',
      { consumer: c.id, partition: p.name, fromOffset: p.offset, offset: endOffset },
      about,
      'risk',
    );
    seekTo(p, endOffset, leaderEpoch, p.leader, p.leaderEpoch);
  } else {
    p.fetchState = 'fetching';
    p.nextRetryUs = 0;
  }
}

function truncated(w: World, c: ConsumerState, p: AssignedPartition, about: readonly string[]): void {
  tell(w, 'log.consumer.truncation-error', { consumer: c.id, partition: p.name, fromOffset: p.offset }, about, 'harm');
  c.pendingError = 'LogTruncationException';
}

/** LinkedHashMap order: what was just read goes to the end, so that every partition gets its turn. */
export function moveToEnd(c: ConsumerState, p: AssignedPartition): void {
  const at = c.partitions.indexOf(p);
  if (at < 0 || at === c.partitions.length - 1) return;
  c.partitions.splice(at, 1);
  c.partitions.push(p);
}
