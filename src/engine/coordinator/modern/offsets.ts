/** Offsets of a consumer group: who may commit and read them (ConsumerGroup.validateOffsetCommit, validateOffsetFetch; rule 72). */
import { errorCode } from '../../../kafka/api/errors.ts';
import type { OffsetCommitRequest, OffsetFetchRequest } from '../../../kafka/api/messages-group.ts';
import { brokerState } from '../../broker/replicas.ts';
import type { World } from '../../kernel/world.ts';
import type { CoordinatorShard } from '../shard-state.ts';
import { configOfShard, consumerGroupIn } from '../shards.ts';
import { type ConsumerGroup, type ConsumerGroupMember, usesClassicProtocol } from './consumer-group.ts';
import { committedEpoch } from './replay.ts';

const UNKNOWN_MEMBER_ID = errorCode('UNKNOWN_MEMBER_ID');
const STALE_MEMBER_EPOCH = errorCode('STALE_MEMBER_EPOCH');
const ILLEGAL_GENERATION = errorCode('ILLEGAL_GENERATION');

function staleFor(m: ConsumerGroupMember): number {
  return usesClassicProtocol(m) ? ILLEGAL_GENERATION : STALE_MEMBER_EPOCH;
}

/** An error code, 0 if all of it may be stored. One partition that may not refuses the whole request, as in Kafka. */
export function validateCommit(w: World, shard: CoordinatorShard, g: ConsumerGroup, body: OffsetCommitRequest): number {
  const epoch = body.generationIdOrMemberEpoch;
  // Somebody who is no member may commit while there are none.
  if (epoch < 0 && g.members.size === 0) return 0;
  const member = g.members.get(body.memberId);
  if (member === undefined) return UNKNOWN_MEMBER_ID;
  if (epoch === member.memberEpoch) return 0;
  if (epoch > member.memberEpoch) return staleFor(member);
  // KIP-1251: an older epoch is good for what the member has had since then.
  const { image } = brokerState(w, shard.broker);
  const limit = configOfShard(w, shard).offsetMetadataMaxSize;
  for (const p of body.partitions) {
    const topic = image.topics.get(p.topic);
    if (topic?.partitions[p.index] === undefined || p.committedMetadata.length > limit) continue;
    const { assignedPartitions, partitionsPendingRevocation } = member;
    const assigned =
      assignedPartitions.get(topic.topicId)?.get(p.index) ??
      partitionsPendingRevocation.get(topic.topicId)?.get(p.index);
    if (assigned === undefined || epoch < assigned) return staleFor(member);
  }
  return 0;
}

/** An error code, 0 if the member may read. What is not committed yet counts only for a stable read. */
export function validateFetch(shard: CoordinatorShard, body: OffsetFetchRequest): number {
  const g = consumerGroupIn(shard, body.groupId);
  if (g === null || (body.memberId === '' && body.memberEpoch < 0)) return 0;
  const member = g.members.get(body.memberId);
  const known = g.epochs.get(body.memberId);
  const epoch = body.requireStable ? (member?.memberEpoch ?? null) : committedEpoch(known, shard.committedOffset);
  if (member === undefined || epoch === null) return UNKNOWN_MEMBER_ID;
  return epoch === body.memberEpoch ? 0 : staleFor(member);
}
