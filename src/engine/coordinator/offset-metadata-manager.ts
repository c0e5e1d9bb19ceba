/** Committed offsets: storing, reading, expiring (Kafka: OffsetMetadataManager). Rules 66, 68, 69. */
import { errorCode } from '../../kafka/api/errors-core.ts';
import type {
  OffsetCommitRequest,
  OffsetCommitResponse,
  OffsetFetchRequest,
  OffsetFetchResponse,
} from '../../kafka/api/messages-group.ts';
import { encodeOffsetCommitValue } from '../../kafka/records/group-records.ts';
import { brokerState } from '../broker/replicas.ts';
import type { MetadataImage } from '../controller/metadata-image.ts';
import { type World, wallMs } from '../kernel/world.ts';
import type { Message } from '../net/message.ts';
import { lateModern } from '../slots.ts';
import { errorAnswer, fetchError } from './answers.ts';
import { memberOf, newGroup, validateOffsetCommit } from './classic-group.ts';
import { observeCommitted, observeWritten } from './observed.ts';
import { touchSession } from './rebalance.ts';
import { answerWhenCommitted, type CoordinatorRecord, writeRecords } from './runtime.ts';
import type { ClassicGroup, CommittedOffset } from './shard-state.ts';
import { anyGroupIn, configOfShard, consumerGroupIn, groupIn, ownShard, shardAt } from './shards.ts';
import { answer } from './turns.ts';

const GROUP_ID_NOT_FOUND = errorCode('GROUP_ID_NOT_FOUND');
const OFFSET_METADATA_TOO_LARGE = errorCode('OFFSET_METADATA_TOO_LARGE');
const UNKNOWN_TOPIC_OR_PARTITION = errorCode('UNKNOWN_TOPIC_OR_PARTITION');

export function offsetKey(topic: string, index: number): string {
  return `${topic}-${index}`;
}

/** What every kind of group keeps its offsets in. */
type OffsetHolder = Pick<ClassicGroup, 'groupId' | 'offsets'>;

type Asked = OffsetCommitRequest['partitions'][number];

function exists(topics: MetadataImage['topics'], p: Asked): boolean {
  return topics.get(p.topic)?.partitions[p.index] !== undefined;
}

export function commitOffsets(w: World, index: number, request: Message): void {
  const body = request.body as OffsetCommitRequest;
  const shard = ownShard(w, index);
  const refuse = (error: number): void => answer(w, request, errorAnswer(request, error), 60);
  // KafkaApis: what does not exist is refused before the coordinator hears of it.
  const { topics } = brokerState(w, shard.broker).image;
  if (body.partitions.length > 0 && !body.partitions.some((p) => exists(topics, p))) {
    const partitions = body.partitions.map(({ topic, index: i, partition }) => ({
      topic,
      index: i,
      partition,
      errorCode: UNKNOWN_TOPIC_OR_PARTITION,
    }));
    answer(w, request, { partitions, errors: partitions.map((p) => p.errorCode) }, 40 + 24 * partitions.length);
    return;
  }
  const modern = consumerGroupIn(shard, body.groupId);
  if (modern !== null) {
    const refused = lateModern.validateCommit(w, shard, modern, body);
    if (refused !== 0) refuse(refused);
    else storeOffsets(w, index, modern, request);
    return;
  }
  let g = groupIn(shard, body.groupId);
  if (g === null) {
    if (body.generationIdOrMemberEpoch >= 0) {
      refuse(GROUP_ID_NOT_FOUND);
      return;
    }
    // A simple group: somebody who assigns partitions by hand keeps offsets in its name.
    g = newGroup(w, body.groupId);
    shard.groups.push(g);
  }
  const error = validateOffsetCommit(g, body.memberId, body.groupInstanceId, body.generationIdOrMemberEpoch);
  if (error !== 0) {
    refuse(error);
    return;
  }
  const member = memberOf(g, body.memberId);
  if (member !== null && (g.state === 'Stable' || g.state === 'PreparingRebalance'))
    touchSession(w, index, member, member.sessionTimeoutMs);
  storeOffsets(w, index, g, request);
}

function storeOffsets(w: World, index: number, g: OffsetHolder, request: Message): void {
  const { partitions } = request.body as OffsetCommitRequest;
  const shard = shardAt(w, index);
  const { image } = brokerState(w, shard.broker);
  const limit = configOfShard(w, shard).offsetMetadataMaxSize;
  const errorOf = (p: Asked): number => {
    if (!exists(image.topics, p)) return UNKNOWN_TOPIC_OR_PARTITION;
    return p.committedMetadata.length > limit ? OFFSET_METADATA_TOO_LARGE : 0;
  };
  const answers = partitions.map((p) => ({
    topic: p.topic,
    index: p.index,
    partition: p.partition,
    errorCode: errorOf(p),
  }));
  const stored = partitions.filter((_, i) => answers[i]?.errorCode === 0);
  const body: OffsetCommitResponse = {
    partitions: answers,
    errors: answers.filter((a) => a.errorCode !== 0).map((a) => a.errorCode),
  };
  const sizeBytes = 40 + 24 * answers.length;
  if (stored.length === 0) {
    answerWhenCommitted(w, index, request, body, sizeBytes);
    return;
  }
  const offsets = stored.map((p) => ({
    topic: p.topic,
    index: p.index,
    offset: p.committedOffset,
    leaderEpoch: p.committedLeaderEpoch,
    metadata: p.committedMetadata,
    commitTimestampMs: wallMs(w),
    expireTimestampMs: -1,
    topicId: image.topics.get(p.topic)?.topicId ?? 0,
  }));
  const records = offsets.map((o): CoordinatorRecord => {
    const key = { type: 'OffsetCommitKey', group: g.groupId, topic: o.topic, partition: o.index } as const;
    return { key, value: encodeOffsetCommitValue(commitValue(o)) };
  });
  writeRecords(w, index, records, { kind: 'answer', request, body, sizeBytes }, (baseOffset) => {
    offsets.forEach((o, i) => {
      putOffset(g, { ...o, recordOffset: baseOffset + i }, shard.committedOffset);
      observeCommitted(w, g, o.topic, o.index, o.offset);
    });
    observeWritten(w, g.groupId, offsets.length);
  });
}

function commitValue(
  o: Omit<CommittedOffset, 'recordOffset' | 'before'>,
): Parameters<typeof encodeOffsetCommitValue>[0] {
  return {
    offset: o.offset,
    leaderEpoch: o.leaderEpoch,
    metadata: o.metadata,
    commitTimestamp: o.commitTimestampMs,
    expireTimestamp: o.expireTimestampMs,
    topicId: o.topicId,
  };
}

/** Keeps what held before as long as the new value could still be lost. `committedOffset`: the high watermark. */
export function putOffset(
  g: Pick<ClassicGroup, 'offsets'>,
  o: Omit<CommittedOffset, 'before'>,
  committedOffset: number,
): void {
  const key = offsetKey(o.topic, o.index);
  const previous = g.offsets.get(key) ?? null;
  const settled = previous !== null && previous.recordOffset < committedOffset;
  g.offsets.set(key, { ...o, before: settled ? { ...previous, before: null } : previous });
}

/** The newest value below the high watermark. */
export function committedBelow(o: CommittedOffset | undefined, committedOffset: number): CommittedOffset | null {
  let found: CommittedOffset | null = o ?? null;
  while (found !== null && found.recordOffset >= committedOffset) found = found.before;
  return found;
}

export function fetchOffsets(w: World, index: number, request: Message): void {
  const body = request.body as OffsetFetchRequest;
  const shard = shardAt(w, index);
  const error = shard.consumerGroups.length > 0 ? lateModern.validateFetch(shard, body) : 0;
  if (error !== 0) {
    answer(w, request, fetchError(error), 60);
    return;
  }
  const g = anyGroupIn(shard, body.groupId);
  const read = (topic: string, i: number): CommittedOffset | null => {
    const known = g?.offsets.get(offsetKey(topic, i));
    return body.requireStable ? (known ?? null) : committedBelow(known, shard.committedOffset);
  };
  const asked = body.partitions ?? allOf(w, g);
  const partitions = asked.map(({ topic, index: i, partition }) => {
    const known = read(topic, i);
    return {
      topic,
      index: i,
      partition,
      committedOffset: known?.offset ?? -1,
      committedLeaderEpoch: known?.leaderEpoch ?? -1,
      metadata: known?.metadata ?? '',
      errorCode: 0,
    };
  });
  const response: OffsetFetchResponse = { errorCode: 0, partitions, errors: [] };
  const sizeBytes = 40 + 30 * partitions.length;
  // A stable read waits until what it has seen is committed.
  if (body.requireStable) answerWhenCommitted(w, index, request, response, sizeBytes);
  else answer(w, request, response, sizeBytes);
}

function allOf(w: World, g: OffsetHolder | null): NonNullable<OffsetFetchRequest['partitions']> {
  return [...(g?.offsets.values() ?? [])].map(({ topic, index }) => ({
    topic,
    index,
    partition: w.partitionByName.get(offsetKey(topic, index)) ?? -1,
  }));
}
