/**
 * The heartbeat thread of a classic member (Kafka: AbstractCoordinator.HeartbeatThread, Heartbeat): it sends whatever the
 * application does, leaves the group when poll() stays away for max.poll.interval.ms, and looks for the coordinator again when
 * no heartbeat has been answered for session.timeout.ms. Rule 107.
 */
import { errorCode, errorForCode } from '../../kafka/api/errors-core.ts';
import type { HeartbeatRequest, HeartbeatResponse } from '../../kafka/api/messages-group.ts';
import { EventKind } from '../kernel/event.ts';
import { schedule, tell } from '../kernel/schedule.ts';
import type { World } from '../kernel/world.ts';
import { lateLeaving } from '../slots.ts';
import {
  about,
  callCoordinator,
  coordinatorUnknown,
  flatPauseUs,
  GroupApi,
  type GroupConsumer,
  generationUnchanged,
  hasNotJoined,
  lookupCoordinator,
  requestRejoin,
  resetAndRejoin,
  retryPauseUs,
  sentGeneration,
} from './abstract-coordinator.ts';
import { NEVER } from './client-network.ts';
import type { SentGeneration } from './coordinator-state.ts';

const REBALANCE_IN_PROGRESS = errorCode('REBALANCE_IN_PROGRESS');
const ILLEGAL_GENERATION = errorCode('ILLEGAL_GENERATION');
const RESETS = [ILLEGAL_GENERATION, errorCode('UNKNOWN_MEMBER_ID'), errorCode('FENCED_INSTANCE_ID')];
const FENCED_INSTANCE_ID = errorCode('FENCED_INSTANCE_ID');
const LOSES_THE_COORDINATOR = [errorCode('COORDINATOR_NOT_AVAILABLE'), errorCode('NOT_COORDINATOR')];

/** Whether the thread is at work; it then also reads the sockets, so that the application need not. */
export function heartbeatThreadRuns(c: GroupConsumer): boolean {
  const k = c.group;
  return k.threadEnabled && k.threadFailure === null && k.closing === 'no' && !hasNotJoined(c.membership);
}

/** The member got a generation: HeartbeatThread.enable starts all three timers. */
export function enableHeartbeats(w: World, c: GroupConsumer): void {
  const m = c.membership;
  c.group.threadEnabled = true;
  m.sessionResetUs = w.nowUs;
  m.lastPollUs = w.nowUs;
  c.group.nextHeartbeatUs = w.nowUs + c.settings.heartbeatIntervalMs * 1000;
  c.group.heartbeatAttempts = 0;
  armHeartbeat(w, c);
}

function sessionEndsUs(c: GroupConsumer): number {
  return c.membership.sessionResetUs + c.settings.sessionTimeoutMs * 1000;
}

/** While the application stands in poll() it calls it again and again: the interval runs only outside. */
function pollEndsUs(c: GroupConsumer): number {
  return c.inPoll ? NEVER : c.membership.lastPollUs + c.settings.maxPollIntervalMs * 1000;
}

/** Sees to an event at or before the thread's next deadline. */
export function armHeartbeat(w: World, c: GroupConsumer): void {
  if (!heartbeatThreadRuns(c)) return;
  const k = c.group;
  const atUs = coordinatorUnknown(c)
    ? Math.max(k.lookupNotBeforeUs, w.nowUs)
    : Math.min(k.nextHeartbeatUs, sessionEndsUs(c), pollEndsUs(c));
  for (const armed of k.armedUs) if (armed <= atUs) return;
  k.armedUs = [...k.armedUs, atUs];
  schedule(w, atUs, EventKind.ConsumerHeartbeat, c.node);
}

/** An event of the thread fired: it does what is due and sleeps again. */
export function runHeartbeatThread(w: World, c: GroupConsumer, lose: (why: string) => void): void {
  const k = c.group;
  k.armedUs = k.armedUs.filter((atUs) => atUs > w.nowUs);
  if (!heartbeatThreadRuns(c)) return;
  if (!coordinatorUnknown(c) && sessionEndsUs(c) <= w.nowUs) {
    lose('session timed out without a heartbeat response');
  }
  if (coordinatorUnknown(c)) {
    if (k.lookupNotBeforeUs <= w.nowUs && !k.findInFlight) {
      lookupCoordinator(w, c);
      k.lookupNotBeforeUs = w.nowUs + flatPauseUs(c);
    } else if (k.lookupNotBeforeUs <= w.nowUs) k.lookupNotBeforeUs = w.nowUs + flatPauseUs(c);
  } else if (pollEndsUs(c) <= w.nowUs) {
    lateLeaving.leaveAsTooSlow(w, c);
    return;
  } else if (k.nextHeartbeatUs <= w.nowUs) {
    sendHeartbeat(w, c);
  }
  armHeartbeat(w, c);
}

function sendHeartbeat(w: World, c: GroupConsumer): void {
  const m = c.membership;
  m.heartbeatSentUs = w.nowUs;
  c.group.nextHeartbeatUs = w.nowUs + c.settings.heartbeatIntervalMs * 1000;
  const { groupId, generation, memberId, groupInstanceId } = m;
  const request: HeartbeatRequest = { groupId, generationId: generation, memberId, groupInstanceId };
  callCoordinator(w, c, { kind: 'heartbeat', sent: sentGeneration(c) }, GroupApi.Heartbeat, request, 100);
}

/** Heartbeat.failHeartbeat: another one soon, with a growing pause. */
export function heartbeatFailed(w: World, c: GroupConsumer): void {
  const k = c.group;
  k.nextHeartbeatUs = w.nowUs + retryPauseUs(w, c, k.heartbeatAttempts);
  k.heartbeatAttempts += 1;
}

function heartbeatReceived(w: World, c: GroupConsumer): void {
  c.group.heartbeatAttempts = 0;
  c.membership.sessionResetUs = w.nowUs;
}

/** HeartbeatResponseHandler. */
export function handleHeartbeat(
  w: World,
  c: GroupConsumer,
  sent: SentGeneration,
  body: HeartbeatResponse,
  lose: (why: string) => void,
): void {
  const { errorCode: error } = body;
  const { name, exception } = errorForCode(error);
  if (error === 0) heartbeatReceived(w, c);
  else if (LOSES_THE_COORDINATOR.includes(error)) {
    heartbeatFailed(w, c);
    lose(name);
  } else if (error === REBALANCE_IN_PROGRESS) {
    heartbeatReceived(w, c);
    if (c.membership.state !== 'stable') return;
    requestRejoin(c, 'group is already rebalancing');
    tell(w, 'log.member.told-to-rejoin', { consumer: c.id, group: c.membership.groupId }, about(c));
  } else if (RESETS.includes(error)) {
    if (!generationUnchanged(c, sent)) {
      heartbeatReceived(w, c);
      return;
    }
    resetAndRejoin(c, `encountered ${name} from HEARTBEAT response`, error === ILLEGAL_GENERATION);
    tell(w, 'log.member.thrown-out', { consumer: c.id, group: c.membership.groupId, error: name }, about(c), 'risk');
    if (error === FENCED_INSTANCE_ID) c.group.threadFailure = exception;
    else heartbeatFailed(w, c);
  } else heartbeatFailed(w, c);
}
