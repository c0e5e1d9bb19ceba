/** Writing a consumer group's records, and what the group is once they stand in the log. */
import { type ConsumerGroupRecord, encodeConsumerGroupValue } from '../../../kafka/records/consumer-group-records.ts';
import { encodeGroupKey } from '../../../kafka/records/group-records.ts';
import type { World } from '../../kernel/world.ts';
import type { Message } from '../../net/message.ts';
import { lateReplay } from '../../slots.ts';
import { errorAnswer } from '../answers.ts';
import { onStable } from '../observed.ts';
import { answerWhenCommitted, type CoordinatorRecord, writeRecords } from '../runtime.ts';
import { consumerGroupIn, ownShard } from '../shards.ts';
import type { ConsumerGroup } from './consumer-group.ts';
import { stateOf } from './counts.ts';
import { replay } from './replay.ts';
import { sayEmpty, sayStable } from './words.ts';

/** Records of both protocols: a migration writes both. */
export type GroupRecord =
  | ConsumerGroupRecord
  | (CoordinatorRecord & { readonly key: { readonly type: 'GroupMetadataKey' } });

export interface Reply {
  readonly request: Message;
  readonly body: unknown;
  readonly sizeBytes: number;
}

function isConsumerRecord(record: GroupRecord): record is ConsumerGroupRecord {
  return record.key.type !== 'GroupMetadataKey';
}

/**
 * Appends, replays, and answers once the records are committed; without records once all that was written before is. `then` runs
 * between: the group is what the records say, and nobody has heard of it. Kafka goes back to before the operation where the
 * append fails; here nothing has changed yet then. Returns whether it was appended.
 */
export function commitRecords(
  w: World,
  index: number,
  groupId: string,
  records: readonly GroupRecord[],
  reply: Reply | null,
  then: () => void = () => {},
): boolean {
  if (records.length === 0) {
    then();
    if (reply !== null) answerWhenCommitted(w, index, reply.request, reply.body, reply.sizeBytes);
    return true;
  }
  const encoded = records.map((record) =>
    isConsumerRecord(record) ? { key: record.key, value: encodeConsumerGroupValue(record) } : record,
  );
  const waiting = reply === null ? null : ({ kind: 'answer', ...reply } as const);
  const error = writeRecords(w, index, encoded, waiting, (baseOffset) => {
    const shard = ownShard(w, index);
    records.forEach((record, i) => {
      if (isConsumerRecord(record)) replay(w, shard, baseOffset + i, record);
      else lateReplay.replay(w, shard, baseOffset + i, encodeGroupKey(record.key), record.value);
    });
    then();
    const g = consumerGroupIn(shard, groupId);
    if (g !== null) settleState(w, g);
  });
  return error === 0;
}

/** The state follows from epochs and members; observers hear of its changes. */
export function settleState(w: World, g: ConsumerGroup): void {
  const state = stateOf(g);
  if (state === 'Stable' && g.groupEpoch !== g.stableEpoch) {
    g.stableEpoch = g.groupEpoch;
    onStable(w, g.groupId);
    sayStable(w, g);
  }
  if (state === 'Stable' || state === 'Empty') g.rebalanceSinceUs = -1;
  else if (g.rebalanceSinceUs < 0) g.rebalanceSinceUs = w.nowUs;
  if (state === g.state) return;
  if (state === 'Empty') sayEmpty(w, g);
  g.state = state;
  g.sinceUs = w.nowUs;
  w.whenDirty = true;
}

/** An error is told at once: nothing waits for it. */
export function refuse(request: Message, code: number): Reply {
  return { request, body: errorAnswer(request, code), sizeBytes: 60 };
}
