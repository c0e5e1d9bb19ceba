/** Writing a share group's records, and what the group is once they stand in the log. */
import {
  encodeShareGroupKey,
  encodeShareGroupValue,
  type ShareGroupRecord,
} from '../../../kafka/records/share-group-records.ts';
import type { World } from '../../kernel/world.ts';
import type { Message } from '../../net/message.ts';
import { answerWhenCommitted, writeRecords } from '../runtime.ts';
import { replayShareRecord } from './replay.ts';

export interface ShareReply {
  readonly request: Message;
  readonly body: unknown;
  readonly sizeBytes: number;
}

/**
 * Appends, replays, and answers once the records are committed; without records once all that was written before is. Returns
 * whether it was appended: if not, nothing has changed.
 */
export function commitShareRecords(
  w: World,
  index: number,
  records: readonly ShareGroupRecord[],
  reply: ShareReply | null,
  then: () => void = () => {},
): boolean {
  if (records.length === 0) {
    then();
    if (reply !== null) answerWhenCommitted(w, index, reply.request, reply.body, reply.sizeBytes);
    return true;
  }
  const raw = records.map((r) => ({ key: encodeShareGroupKey(r), value: encodeShareGroupValue(r) }));
  const waiting = reply === null ? null : ({ kind: 'answer', ...reply } as const);
  const error = writeRecords(w, index, raw, waiting, () => {
    for (const record of records) replayShareRecord(w, index, record);
    then();
    w.whenDirty = true;
  });
  return error === 0;
}
