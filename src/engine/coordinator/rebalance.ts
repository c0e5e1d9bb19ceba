/** The rounds of a rebalance: waiting for members, a new generation, and what ends a membership (Kafka: GroupMetadataManager). */
import { errorCode } from '../../kafka/api/errors-core.ts';
import type { SyncGroupResponse } from '../../kafka/api/messages-group.ts';
import type { World } from '../kernel/world.ts';
import { joinError, listed } from './answers.ts';
import {
  canRebalance,
  hasAllMembersJoined,
  initNextGeneration,
  maybeElectNewJoinedLeader,
  rebalanceTimeoutMs,
  removeMember,
  removePending,
  transitionTo,
} from './classic-group.ts';
import { groupMetadataBytes } from './group-metadata-bytes.ts';
import { answerJoin, currentGeneration } from './join-answers.ts';
import { writeRecords } from './runtime.ts';
import type { ClassicGroup, ClassicGroupMember, JoinTimer } from './shard-state.ts';
import { armTimer, configOfShard, shardAt } from './shards.ts';
import { answer } from './turns.ts';
import {
  type RebalanceReason,
  sayGeneration,
  sayNotRejoined,
  sayNotSynced,
  sayPreparing,
  sayProlonged,
  saySessionEnded,
} from './words.ts';

const UNKNOWN_MEMBER_ID = errorCode('UNKNOWN_MEMBER_ID');
const REBALANCE_IN_PROGRESS = errorCode('REBALANCE_IN_PROGRESS');

/** Moves the end of a member's session (rescheduleClassicGroupMemberHeartbeat). */
export function touchSession(w: World, index: number, m: ClassicGroupMember, timeoutMs: number): void {
  m.lastContactUs = w.nowUs;
  m.sessionEndsUs = w.nowUs + timeoutMs * 1000;
  armTimer(w, index, m.sessionEndsUs);
}

/** maybePrepareRebalanceOrCompleteJoin. */
export function prepareOrComplete(w: World, index: number, g: ClassicGroup, reason: RebalanceReason): void {
  if (canRebalance(g)) prepareRebalance(w, index, g, reason);
  else maybeCompleteJoin(w, index, g);
}

export function maybeCompleteJoin(w: World, index: number, g: ClassicGroup): void {
  if (g.state !== 'PreparingRebalance' || g.previousState === 'Empty' || !hasAllMembersJoined(g)) return;
  completeJoin(w, index, g);
}

export function prepareRebalance(w: World, index: number, g: ClassicGroup, reason: RebalanceReason): void {
  if (g.state === 'CompletingRebalance') {
    for (const m of g.members) m.assignment = null;
    propagateAssignment(w, index, g, REBALANCE_IN_PROGRESS);
  }
  g.pendingSync = [];
  g.syncEndsUs = 0;
  const initial = g.state === 'Empty';
  if (g.rebalanceSinceUs < 0) g.rebalanceSinceUs = w.nowUs;
  if (initial) {
    // Rule 62: more may come, and one rebalance for all is cheaper than one for each.
    const delayMs = configOfShard(w, shardAt(w, index)).initialRebalanceDelayMs;
    startJoinTimer(w, index, g, 'initial', delayMs, Math.max(rebalanceTimeoutMs(g) - delayMs, 0));
  }
  transitionTo(w, g, 'PreparingRebalance');
  sayPreparing(w, g, reason);
  if (initial) return;
  if (hasAllMembersJoined(g)) completeJoin(w, index, g);
  else startJoinTimer(w, index, g, 'rejoin', rebalanceTimeoutMs(g), 0);
}

function startJoinTimer(
  w: World,
  index: number,
  g: ClassicGroup,
  kind: JoinTimer['kind'],
  delayMs: number,
  remainingMs: number,
): void {
  g.joinTimer = { kind, startUs: w.nowUs, deadlineUs: w.nowUs + delayMs * 1000, delayMs, remainingMs };
  armTimer(w, index, g.joinTimer.deadlineUs);
}

/** The wait for members is over. */
export function onJoinTimer(w: World, index: number, g: ClassicGroup): void {
  const timer = g.joinTimer as JoinTimer;
  g.joinTimer = null;
  if (timer.kind === 'initial' && g.newMemberAdded && timer.remainingMs !== 0) {
    g.newMemberAdded = false;
    const delayMs = configOfShard(w, shardAt(w, index)).initialRebalanceDelayMs;
    const nextMs = Math.min(delayMs, timer.remainingMs);
    startJoinTimer(w, index, g, 'initial', nextMs, Math.max(timer.remainingMs - timer.delayMs, 0));
    sayProlonged(w, g, nextMs);
    return;
  }
  completeJoin(w, index, g);
}

/** completeClassicGroupJoin: who is here makes the next generation. */
export function completeJoin(w: World, index: number, g: ClassicGroup): void {
  g.joinTimer = null;
  for (const m of g.members.slice()) {
    // Rule 64: static members keep their place.
    if (m.awaitingJoin !== null || m.groupInstanceId !== null) continue;
    sayNotRejoined(w, g, m);
    removeMember(g, m.memberId);
  }
  if (!maybeElectNewJoinedLeader(g) && g.members.length > 0) {
    startJoinTimer(w, index, g, 'rejoin', rebalanceTimeoutMs(g), 0);
    return;
  }
  initNextGeneration(w, g);
  sayGeneration(w, g);
  if (g.state === 'Empty') {
    g.rebalanceSinceUs = -1;
    const key = { type: 'GroupMetadataKey', group: g.groupId } as const;
    writeRecords(w, index, [{ key, value: groupMetadataBytes(g, () => null) }], null);
    return;
  }
  for (const m of g.members) {
    if (m.awaitingJoin !== null) answerJoin(w, m.awaitingJoin, currentGeneration(g, m.memberId));
    m.awaitingJoin = null;
    m.isNew = false;
    touchSession(w, index, m, m.sessionTimeoutMs);
    g.pendingSync.push(m.memberId);
  }
  g.syncStartUs = w.nowUs;
  g.syncEndsUs = w.nowUs + rebalanceTimeoutMs(g) * 1000;
  armTimer(w, index, g.syncEndsUs);
}

/** Answers every member that waits in SyncGroup with what it was assigned, or with an error. */
export function propagateAssignment(w: World, index: number, g: ClassicGroup, error: number): void {
  for (const m of g.members) {
    if (m.awaitingSync === null) continue;
    const body: SyncGroupResponse = {
      errorCode: error,
      protocolType: error === 0 ? g.protocolType : null,
      protocolName: error === 0 ? g.protocolName : null,
      assignment: m.assignment,
      errors: listed(error),
    };
    answer(w, m.awaitingSync, body, 60 + 12 * (m.assignment?.partitions.length ?? 0));
    m.awaitingSync = null;
    touchSession(w, index, m, m.sessionTimeoutMs);
  }
}

/** A session ended. One that waits for an answer is alive, unless it is new: then it may have gone without a word. */
export function onSessionEnd(w: World, index: number, g: ClassicGroup, m: ClassicGroupMember): void {
  m.sessionEndsUs = 0;
  if (!m.isNew && (m.awaitingJoin !== null || m.awaitingSync !== null)) return;
  saySessionEnded(w, g, m);
  dismiss(w, index, g, m, { why: 'session-ended', member: m.clientId });
}

function dismiss(w: World, index: number, g: ClassicGroup, m: ClassicGroupMember, reason: RebalanceReason): void {
  takeOut(w, g, m);
  if (g.state === 'Stable' || g.state === 'CompletingRebalance') prepareOrComplete(w, index, g, reason);
  else if (g.state === 'PreparingRebalance' && hasAllMembersJoined(g)) completeJoin(w, index, g);
}

/** A member whose JoinGroup is still open gets its answer before it goes. */
export function takeOut(w: World, g: ClassicGroup, m: ClassicGroupMember): void {
  if (m.awaitingJoin !== null) answerJoin(w, m.awaitingJoin, joinError(UNKNOWN_MEMBER_ID, ''));
  m.awaitingJoin = null;
  removeMember(g, m.memberId);
  w.whenDirty = true;
}

/** Rule 61: an id that nobody came back with. */
export function onPendingEnd(w: World, index: number, g: ClassicGroup, memberId: string): void {
  removePending(g, memberId);
  if (g.state === 'PreparingRebalance' && hasAllMembersJoined(g)) completeJoin(w, index, g);
}

/** Rule 64: who has not sent SyncGroup in time is out. */
export function onSyncTimer(w: World, index: number, g: ClassicGroup): void {
  g.syncEndsUs = 0;
  if (g.state !== 'CompletingRebalance' && g.state !== 'Stable') return;
  if (g.pendingSync.length === 0) return;
  const missing = g.pendingSync.slice();
  for (const memberId of missing) {
    sayNotSynced(w, g, memberId);
    removeMember(g, memberId);
  }
  prepareRebalance(w, index, g, { why: 'sync-missing', member: missing.join(', ') });
}
