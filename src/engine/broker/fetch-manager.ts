/** Which fetch belongs to which session (Kafka: FetchManager.newContext, FetchContext). Rule 28. */
import { errorCode } from '../../kafka/api/errors-core.ts';
import type { FetchRequest } from '../../kafka/api/messages.ts';
import type { World } from '../kernel/world.ts';
import {
  type FetchSession,
  nextSessionEpoch,
  ownSession,
  removeSession,
  sessionById,
  updateSession,
} from './fetch-session.ts';
import { brokerState } from './replicas.ts';

const FETCH_SESSION_ID_NOT_FOUND = errorCode('FETCH_SESSION_ID_NOT_FOUND');
const INVALID_FETCH_SESSION_EPOCH = errorCode('INVALID_FETCH_SESSION_EPOCH');

export const NO_SESSION = -1;

function isFull(request: FetchRequest): boolean {
  return request.sessionEpoch === 0 || request.sessionEpoch === -1;
}

/** The error with which the whole request is answered: an unknown session, or not the epoch that it has come to. 0: none. */
export function sessionError(w: World, brokerId: number, request: FetchRequest): number {
  if (isFull(request)) return 0;
  const s = sessionById(brokerState(w, brokerId), request.sessionId);
  if (s === null) return FETCH_SESSION_ID_NOT_FOUND;
  return s.epoch === request.sessionEpoch ? 0 : INVALID_FETCH_SESSION_EPOCH;
}

/**
 * Takes in what a request says about its session and returns the session's slot; NO_SESSION for a full fetch, which ends the
 * session that it names (its own begins with the answer), and for one that leaves its session with no partition.
 */
export function openContext(w: World, brokerId: number, request: FetchRequest): number {
  const known = request.sessionId === 0 ? null : sessionById(brokerState(w, brokerId), request.sessionId);
  if (isFull(request)) {
    if (known !== null) removeSession(w, brokerId, known.slot);
    return NO_SESSION;
  }
  const s = ownSession(w, brokerId, (known as FetchSession).slot);
  updateSession(w, brokerId, s, request);
  if (s.partitions.length === 0) {
    removeSession(w, brokerId, s.slot);
    return NO_SESSION;
  }
  s.lastUsedUs = w.nowUs;
  s.size = s.partitions.length;
  s.epoch = nextSessionEpoch(s.epoch);
  return s.slot;
}
