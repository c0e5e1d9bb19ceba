/** The answer to OffsetFetch as the background thread takes it (Kafka: CommitRequestManager.OffsetFetchRequestState). */
import { errorCode, errorForCode } from '../../../kafka/api/errors.ts';
import type { OffsetFetchResponse } from '../../../kafka/api/messages-group.ts';
import type { World } from '../../kernel/world.ts';
import { committedOffsetsLost, handleOffsetFetch } from '../committed-offsets.ts';
import type { AsyncConsumer } from './state.ts';

const STALE_MEMBER_EPOCH = errorCode('STALE_MEMBER_EPOCH');
const UNKNOWN_MEMBER_ID = errorCode('UNKNOWN_MEMBER_ID');

export function committedLost(w: World, c: AsyncConsumer): void {
  committedOffsetsLost(w, c);
}

/** An epoch that has moved on meanwhile is sent anew; who is no member any more hears of it in poll(). */
export function handleCommitted(
  w: World,
  c: AsyncConsumer,
  asked: readonly { readonly topic: string; readonly index: number }[],
  body: OffsetFetchResponse,
  lose: (why: string) => void,
): void {
  const { errorCode: error } = body;
  if (error !== STALE_MEMBER_EPOCH && error !== UNKNOWN_MEMBER_ID) {
    handleOffsetFetch(w, c, asked, body, lose);
    return;
  }
  committedOffsetsLost(w, c);
  if (error === STALE_MEMBER_EPOCH && c.async.commitEpoch > 0) return;
  // Positions that nobody needs any more are nobody's error.
  const wanted = c.partitions.some((p) => p.fetchState === 'initializing' && !p.pendingRevocation);
  if (wanted) c.pendingError = errorForCode(error).exception ?? 'KafkaException';
}
