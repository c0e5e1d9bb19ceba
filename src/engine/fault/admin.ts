/**
 * The tools' requests (kafka-topics.sh and so on). They go to the controller's listener directly, as --bootstrap-controller
 * does (KIP-919): simplified, a broker would forward them.
 */
import { errorForCode } from '../../kafka/api/errors.ts';
import type { SimpleResponse, TopicResultsResponse } from '../../kafka/api/messages.ts';
import { EventKind } from '../kernel/event.ts';
import { registerEvent, schedule, tell } from '../kernel/schedule.ts';
import type { World } from '../kernel/world.ts';
import { Channel, type Connection } from '../net/connection-state.ts';
import { connectionTo, ready, registerChannel, sendRequest } from '../net/network.ts';

interface AdminCall {
  readonly apiKey: number;
  readonly body: unknown;
  readonly to: number;
}

/** Calls that wait for their connection. A call is plain data; the list is replaced, never changed. */
function pending(w: World): readonly AdminCall[] {
  return w.adminCalls;
}

const SETTINGS = {
  requestTimeoutUs: 30_000_000,
  setupTimeoutUs: 10_000_000,
  setupTimeoutMaxUs: 30_000_000,
  backoffUs: 50_000,
  backoffMaxUs: 1_000_000,
};

export function adminRequest(w: World, apiKey: number, body: unknown, to: number = w.controllerNode): void {
  w.adminCalls = [...pending(w), { apiKey, body, to }];
  flush(w);
}

function flush(w: World): void {
  const left: AdminCall[] = [];
  for (const call of pending(w)) {
    const connection = connectionTo(w, w.adminNode, call.to, Channel.Admin, SETTINGS);
    if (ready(w, connection)) sendRequest(w, connection, call.apiKey, call.body, 200);
    else {
      left.push(call);
      const c = w.connections[connection] as Connection;
      if (c.state === 'closed') schedule(w, Math.max(c.retryAtUs, w.nowUs + 1000), EventKind.AdminRetry, w.adminNode);
    }
  }
  w.adminCalls = left;
}

registerEvent(EventKind.AdminRetry, (w) => flush(w));

registerChannel(Channel.Admin, {
  onOpen: (w) => flush(w),
  onDisconnect(w, _node, connection, lost) {
    // What was in flight may have been done or not: the tool would say so and end.
    for (const request of lost)
      if (request.apiKey !== 18)
        tell(w, 'log.admin.failed', { api: request.apiKey, error: 'TimeoutException' }, [], 'harm');
    const c = w.connections[connection] as Connection;
    if (pending(w).length > 0) schedule(w, Math.max(c.retryAtUs, w.nowUs + 1000), EventKind.AdminRetry, w.adminNode);
  },
  onResponse(w, _node, _connection, request, body) {
    const simple = body as SimpleResponse & Partial<TopicResultsResponse>;
    const failed = simple.errors.length > 0;
    if (!failed) return;
    const code = simple.errors[0] as number;
    const message = simple.errorMessage ?? simple.topics?.find((t) => t.errorCode !== 0)?.errorMessage ?? '';
    tell(
      w,
      'log.admin.refused',
      { api: request.apiKey, error: errorForCode(code).name, message: message ?? '' },
      [],
      'harm',
    );
    w.refusals = [...w.refusals, { atUs: w.nowUs, id: -1, message: `${errorForCode(code).name}: ${message}` }];
  },
});
