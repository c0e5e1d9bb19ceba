/** Who gets which answer of the coordinator, and what a lost one means (Kafka: the handlers of the request managers). */
import type { ConsumerGroupHeartbeatResponse } from '../../../kafka/api/messages-consumer-group.ts';
import type { FindCoordinatorResponse, OffsetCommitResponse } from '../../../kafka/api/messages-group.ts';
import type { World } from '../../kernel/world.ts';
import { coordinatorLost, handleFindCoordinator } from '../abstract-coordinator.ts';
import type { ConsumerState } from '../consumer-state.ts';
import type { CoordinatorCall } from '../coordinator-state.ts';
import { commitLost, handleCommit } from './commit-requests.ts';
import { committedLost, handleCommitted } from './committed.ts';
import { handleHeartbeat, heartbeatLost } from './heartbeat.ts';
import { isAsync } from './state.ts';

export function loseAsync(w: World, c: ConsumerState, why: string): void {
  if (isAsync(c)) coordinatorLost(w, c, why, (call) => failAsyncCall(w, c, call));
}

/** Whether anything waits for the coordinator: without that a lost connection is not noticed before the next request. */
export function waitsForCoordinator(c: ConsumerState, connection: number): boolean {
  return c.group !== null && (c.group.unsent.length > 0 || c.requests.some((r) => r.connection === connection));
}

/** A request will have no answer. */
export function failAsyncCall(w: World, c: ConsumerState, call: CoordinatorCall): void {
  if (!isAsync(c)) return;
  if (call.kind === 'find') handleFindCoordinator(w, c, null);
  else if (call.kind === 'group-heartbeat') heartbeatLost(w, c, call.ignoreResponse);
  else if (call.kind === 'offset-commit') commitLost(w, c, call.serial);
  else if (call.kind === 'committed') committedLost(w, c);
}

/** An answer of the coordinator, or of whoever was asked for it. */
export function handleAsyncResponse(w: World, c: ConsumerState, call: CoordinatorCall, body: unknown): void {
  if (!isAsync(c)) return;
  const lose = (why: string): void => loseAsync(w, c, why);
  if (call.kind === 'find') {
    const exception = handleFindCoordinator(w, c, body as FindCoordinatorResponse);
    if (exception !== null) c.pendingError = exception;
  } else if (call.kind === 'group-heartbeat')
    handleHeartbeat(w, c, call.ignoreResponse, body as ConsumerGroupHeartbeatResponse, lose);
  else if (call.kind === 'offset-commit') handleCommit(w, c, call.serial, body as OffsetCommitResponse, lose);
  else if (call.kind === 'committed')
    handleCommitted(w, c, call.partitions, body as Parameters<typeof handleCommitted>[3], lose);
}
