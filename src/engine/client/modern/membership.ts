/**
 * The member's own state and how it changes (Kafka: AbstractMembershipManager, ConsumerMembershipManager, MemberState). Rules 101,
 * 104, 106. All of it runs in the background thread; what the application has to hear of waits for its next poll().
 */
import type { ConsumerGroupHeartbeatResponse, TopicPartitions } from '../../../kafka/api/messages-consumer-group.ts';
import { tell } from '../../kernel/schedule.ts';
import type { World } from '../../kernel/world.ts';
import { about } from '../abstract-coordinator.ts';
import type { MemberState } from '../group-membership.ts';
import { lostAll, releaseAll } from './ownership.ts';
import { type AfterCallback, type AsyncConsumer, type BackgroundEvent, NO_ASSIGNMENT } from './state.ts';

export const JOIN_EPOCH = 0;
export const LEAVE_EPOCH = -1;
/** A static member that means to come back (rule 77). */
export const LEAVE_STATIC_EPOCH = -2;

const OUTSIDE: readonly MemberState[] = ['unsubscribed', 'fenced', 'fatal', 'stale'];
const TAKES_ASSIGNMENTS: readonly MemberState[] = ['stable', 'joining', 'acknowledging', 'reconciling'];

export function isNotInGroup(c: AsyncConsumer): boolean {
  return OUTSIDE.includes(c.membership.state);
}

export function isLeavingGroup(c: AsyncConsumer): boolean {
  return c.membership.state === 'prepare-leaving' || c.membership.state === 'leaving';
}

export function enqueue(c: AsyncConsumer, event: BackgroundEvent): void {
  c.async.events = [...c.async.events, event];
}

// --- epochs and assignments --------------------------------------------------------------------------------------------

/** updateMemberEpoch: commits and the application (groupMetadata) know an epoch only while it is one of the group. */
export function updateMemberEpoch(c: AsyncConsumer, epoch: number): void {
  const a = c.async;
  if (a.memberEpoch === epoch) return;
  a.memberEpoch = epoch;
  tellEpoch(c, epoch > 0 ? epoch : -1);
}

function tellEpoch(c: AsyncConsumer, epoch: number): void {
  c.async.commitEpoch = epoch;
  c.async.commitMemberId = c.membership.memberId;
  c.membership.generation = epoch;
}

export function isReconciled(c: AsyncConsumer): boolean {
  const { current, target } = c.async;
  return current.localEpoch === target.localEpoch && sameAssignment(current.partitions, target.partitions);
}

export function sameAssignment(a: readonly TopicPartitions[], b: readonly TopicPartitions[]): boolean {
  return (
    a.length === b.length &&
    a.every((t, i) => t.topicId === b[i]?.topicId && t.partitions.join() === b[i]?.partitions.join())
  );
}

function processAssignment(c: AsyncConsumer, given: readonly TopicPartitions[]): void {
  const a = c.async;
  const partitions = given
    .filter((t) => t.partitions.length > 0)
    .map((t) => ({ ...t, partitions: [...t.partitions].sort((x, y) => x - y) }))
    .sort((x, y) => x.topicId - y.topicId);
  if (a.target.localEpoch < 0 || !sameAssignment(a.target.partitions, partitions))
    a.target = { localEpoch: a.target.localEpoch + 1, partitions };
  const { state } = c.membership;
  if (!isReconciled(c)) c.membership.state = 'reconciling';
  else if (state === 'reconciling' || state === 'joining') c.membership.state = 'stable';
}

/** clearAssignment. What the application still held by then is nobody's now. */
export function clearAssignment(w: World, c: AsyncConsumer): void {
  releaseAll(w, c);
  c.async.current = NO_ASSIGNMENT;
  clearPending(c);
}

function clearPending(c: AsyncConsumer): void {
  c.async.target = NO_ASSIGNMENT;
  c.async.topicNames = new Map();
}

// --- joining -----------------------------------------------------------------------------------------------------------

/** onConsumerPoll: the first poll() after subscribe() joins; a member only sends the new subscription with its next heartbeat. */
export function onConsumerPoll(c: AsyncConsumer): void {
  if (!c.async.subscriptionUpdated) return;
  c.async.subscriptionUpdated = false;
  if (c.membership.state === 'unsubscribed') transitionToJoining(c);
}

export function transitionToJoining(c: AsyncConsumer): void {
  const a = c.async;
  if (c.membership.state === 'fatal') return;
  if (a.reconciliation !== null) a.rejoinedWhileReconciling = true;
  updateMemberEpoch(c, JOIN_EPOCH);
  c.membership.state = 'joining';
  clearPending(c);
}

// --- heartbeats --------------------------------------------------------------------------------------------------------

export function shouldHeartbeatNow(c: AsyncConsumer): boolean {
  const { state } = c.membership;
  return state === 'acknowledging' || state === 'leaving' || state === 'joining';
}

export function shouldSkipHeartbeat(c: AsyncConsumer): boolean {
  return isNotInGroup(c);
}

/** onHeartbeatRequestSkipped: there is nobody to tell that it leaves, so it has left. */
export function onHeartbeatSkipped(c: AsyncConsumer): void {
  if (c.membership.state !== 'leaving') return;
  c.membership.state = 'unsubscribed';
  c.async.leaveInProgress = false;
}

/** onHeartbeatRequestGenerated: what it says in that request is true from its sending on. */
export function onHeartbeatGenerated(w: World, c: AsyncConsumer): void {
  const m = c.membership;
  if (m.state === 'acknowledging') m.state = isReconciled(c) ? 'stable' : 'reconciling';
  else if (m.state === 'leaving') {
    if (c.async.isPollTimerExpired) transitionToStale(w, c);
    else m.state = 'unsubscribed';
  }
}

export function onHeartbeatSuccess(w: World, c: AsyncConsumer, body: ConsumerGroupHeartbeatResponse): void {
  const m = c.membership;
  const a = c.async;
  if (m.state === 'leaving') return;
  if (m.state === 'unsubscribed' && body.memberEpoch < 0 && a.leaveInProgress) {
    a.leaveInProgress = false;
    return;
  }
  if (isNotInGroup(c)) return;
  if (body.memberEpoch < 0) {
    a.leaveInProgress = false;
    return;
  }
  const joined = m.state === 'joining' && m.generation < 0;
  updateMemberEpoch(c, body.memberEpoch);
  m.sessionResetUs = w.nowUs;
  if (joined)
    tell(w, 'log.modern-member.joined', { consumer: c.id, group: m.groupId, epoch: body.memberEpoch }, about(c));
  if (body.assignment !== null && TAKES_ASSIGNMENTS.includes(m.state))
    processAssignment(c, body.assignment.topicPartitions);
}

/** onHeartbeatFailure: the request to leave is sent once; whatever comes of it, the leaving is over. */
export function onHeartbeatFailure(c: AsyncConsumer): void {
  if (c.membership.state === 'unsubscribed') c.async.leaveInProgress = false;
}

// --- thrown out --------------------------------------------------------------------------------------------------------

/** transitionToFenced (rule 104): gives up what it has without asking, and joins again with epoch 0 when the application knows. */
export function transitionToFenced(w: World, c: AsyncConsumer, error: string): void {
  const m = c.membership;
  if (m.state === 'prepare-leaving' || m.state === 'leaving') {
    if (m.state === 'prepare-leaving') sendLeave(c, false);
    m.state = 'unsubscribed';
    c.async.leaveInProgress = false;
    return;
  }
  if (m.state === 'unsubscribed') return;
  tell(w, 'log.modern-member.fenced', { consumer: c.id, group: m.groupId, error }, about(c), 'risk', 'groups');
  m.state = 'fenced';
  updateMemberEpoch(c, JOIN_EPOCH);
  lost(w, c, 'fenced');
}

export function transitionToFatal(w: World, c: AsyncConsumer): void {
  const m = c.membership;
  const before = m.state;
  m.state = 'fatal';
  tellEpoch(c, -1);
  const wasLeaving = before === 'leaving' || before === 'prepare-leaving';
  if ((before === 'unsubscribed' && c.async.leaveInProgress) || wasLeaving) {
    c.async.leaveInProgress = false;
    return;
  }
  lost(w, c, 'fatal');
}

/** transitionToStale: the leave heartbeat is out; until poll() comes back it is a member of nothing. */
function transitionToStale(w: World, c: AsyncConsumer): void {
  c.membership.state = 'stale';
  c.async.staleReleased = false;
  c.async.rejoinWhenReleased = false;
  lost(w, c, 'stale');
}

/** signalPartitionsLost: nothing more is read, and the application hears of it in its next poll(). */
function lost(w: World, c: AsyncConsumer, after: AfterCallback): void {
  const partitions = lostAll(c);
  if (partitions.length === 0) afterLost(w, c, after);
  else enqueue(c, { kind: 'removed', how: 'lost', partitions, after, reconciliation: -1 });
}

/** onPartitionsLost has returned. */
export function afterLost(w: World, c: AsyncConsumer, after: AfterCallback): void {
  const a = c.async;
  clearAssignment(w, c);
  if (after === 'fenced' && c.membership.state === 'fenced') transitionToJoining(c);
  else if (after === 'stale') {
    a.staleReleased = true;
    if (a.rejoinWhenReleased && c.membership.state === 'stale') transitionToJoining(c);
  }
}

/** maybeRejoinStaleMember: poll() came back after max.poll.interval.ms. */
export function maybeRejoinStale(c: AsyncConsumer): void {
  const a = c.async;
  a.isPollTimerExpired = false;
  if (c.membership.state !== 'stale') return;
  if (a.staleReleased) transitionToJoining(c);
  else a.rejoinWhenReleased = true;
}

// --- leaving -----------------------------------------------------------------------------------------------------------

/** leaveGroupOnClose: its callbacks have run already. Nothing to wait for if it is no member. */
export function leaveGroupOnClose(w: World, c: AsyncConsumer): void {
  const m = c.membership;
  if (isNotInGroup(c)) {
    if (m.state === 'fenced') m.state = 'unsubscribed';
    clearAssignment(w, c);
    return;
  }
  if (isLeavingGroup(c)) return;
  m.state = 'prepare-leaving';
  c.async.leaveInProgress = true;
  clearAssignment(w, c);
  sendLeave(c, false);
}

/** transitionToSendingLeaveGroup. */
export function sendLeave(c: AsyncConsumer, dueToExpiredPollTimer: boolean): void {
  const m = c.membership;
  if (m.state === 'fatal' || m.state === 'unsubscribed') return;
  if (dueToExpiredPollTimer) c.async.isPollTimerExpired = true;
  updateMemberEpoch(c, m.groupInstanceId === null ? LEAVE_EPOCH : LEAVE_STATIC_EPOCH);
  c.async.current = NO_ASSIGNMENT;
  m.state = 'leaving';
}
