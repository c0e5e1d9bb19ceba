/**
 * The asking side of a fetch session towards one broker, for consumers and followers alike (KIP-227; Kafka: FetchSessionHandler,
 * FetchMetadata). A state is never changed, only replaced.
 */
import { errorCode } from '../../kafka/api/errors-core.ts';
import type { FetchPartition, FetchResponse, ForgottenPartition } from '../../kafka/api/messages.ts';

const FETCH_SESSION_ID_NOT_FOUND = errorCode('FETCH_SESSION_ID_NOT_FOUND');
const INITIAL_EPOCH = 0;
const FINAL_EPOCH = -1;
const LAST_EPOCH = 2_147_483_647;

/** What the next request says of its session (Kafka: FetchMetadata). */
export interface FetchMetadata {
  readonly sessionId: number;
  readonly epoch: number;
}

export const INITIAL: FetchMetadata = { sessionId: 0, epoch: INITIAL_EPOCH };

export function isFull(next: FetchMetadata): boolean {
  return next.epoch === INITIAL_EPOCH || next.epoch === FINAL_EPOCH;
}

/** A request failed: its session may or may not have moved on. The next one ends it and asks for another. */
export function closeExistingAttemptNew(next: FetchMetadata): FetchMetadata {
  return next.sessionId === 0 && next.epoch === INITIAL_EPOCH
    ? INITIAL
    : { sessionId: next.sessionId, epoch: INITIAL_EPOCH };
}

/**
 * What an answer makes of the session; `usable` false: its partitions are not to be looked at. A full answer names all `count`
 * partitions of the session, an incremental one no other: `strange` if it names another.
 */
export function afterResponse(
  next: FetchMetadata,
  response: FetchResponse,
  count: number,
  strange: boolean,
): { next: FetchMetadata; usable: boolean } {
  if (response.errorCode === FETCH_SESSION_ID_NOT_FOUND) return { next: INITIAL, usable: false };
  if (response.errorCode !== 0) return { next: closeExistingAttemptNew(next), usable: false };
  if (isFull(next)) {
    if (strange || response.responses.length !== count) return { next: INITIAL, usable: false };
    return { next: response.sessionId === 0 ? INITIAL : { sessionId: response.sessionId, epoch: 1 }, usable: true };
  }
  if (strange) return { next: closeExistingAttemptNew(next), usable: false };
  if (response.sessionId === 0) return { next: INITIAL, usable: true };
  const epoch = next.epoch === LAST_EPOCH ? 1 : next.epoch + 1;
  return { next: { sessionId: next.sessionId, epoch }, usable: true };
}

/** Whether the broker must be told again what is asked of a partition. */
export function sameRequest(a: FetchPartition, b: FetchPartition): boolean {
  return (
    a.fetchOffset === b.fetchOffset &&
    a.currentLeaderEpoch === b.currentLeaderEpoch &&
    a.lastFetchedEpoch === b.lastFetchedEpoch &&
    a.logStartOffset === b.logStartOffset &&
    a.partitionMaxBytes === b.partitionMaxBytes
  );
}

/** A consumer's session with one broker: what comes next, and what was asked of each partition. */
export interface FetchSessionState {
  readonly next: FetchMetadata;
  readonly partitions: readonly FetchPartition[];
}

export const NEW_SESSION: FetchSessionState = { next: INITIAL, partitions: [] };

export interface FetchRequestData {
  readonly state: FetchSessionState;
  readonly toSend: readonly FetchPartition[];
  readonly toForget: readonly ForgottenPartition[];
}

const NOTHING: readonly never[] = [];

/** FetchSessionHandler.Builder.build: all of it for a full request, else what is new, changed or gone. */
export function buildFetch(state: FetchSessionState, wanted: readonly FetchPartition[]): FetchRequestData {
  if (isFull(state.next)) return { state: { next: state.next, partitions: wanted }, toSend: wanted, toForget: NOTHING };
  const kept: FetchPartition[] = [];
  const altered: FetchPartition[] = [];
  const toForget: ForgottenPartition[] = [];
  for (const before of state.partitions) {
    const now = wanted.find((p) => p.partition === before.partition);
    if (now === undefined) {
      toForget.push({ topic: before.topic, index: before.index, partition: before.partition });
    } else if (sameRequest(before, now)) {
      kept.push(before);
    } else {
      kept.push(now);
      altered.push(now);
    }
  }
  const added = wanted.filter((p) => !state.partitions.some((x) => x.partition === p.partition));
  return {
    state: { next: state.next, partitions: added.length === 0 ? kept : [...kept, ...added] },
    toSend: added.length === 0 ? altered : [...added, ...altered],
    toForget,
  };
}
