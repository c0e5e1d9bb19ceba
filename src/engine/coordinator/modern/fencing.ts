/** Members that go: of their own will, or because a timer has run out (GroupMetadataManager.consumerGroupLeave, consumerGroupFenceMembers). */
import type {
  ConsumerGroupHeartbeatRequest,
  ConsumerGroupHeartbeatResponse,
} from '../../../kafka/api/messages-consumer-group.ts';
import type { World } from '../../kernel/world.ts';
import { consumerGroupIn } from '../shards.ts';
import {
  type AssignedPartitions,
  type ConsumerGroup,
  type ConsumerGroupMember,
  NO_PARTITIONS,
  staticMemberOf,
} from './consumer-group.ts';
import { addCount, addTopicCount } from './counts.ts';
import { GroupError } from './errors.ts';
import { existingGroup, knownInstance } from './membership.ts';
import { metadataHash } from './metadata.ts';
import { canDowngrade, convertToClassicGroup } from './migration.ts';
import { type Operation, operation } from './operation.ts';
import { currentRecord, epochRecord, regexTombstone, removalRecords } from './records.ts';
import { LEAVE_GROUP_STATIC_MEMBER_EPOCH } from './replay.ts';
import type { GroupTimer } from './timers.ts';
import { type BumpReason, sayAway, sayBumped, sayFenced, sayLeft } from './words.ts';
import { commitRecords } from './write.ts';

/** A heartbeat with epoch -1, or -2 of a static member that means to come back (rule 106). */
export function leave(op: Operation, body: ConsumerGroupHeartbeatRequest): ConsumerGroupHeartbeatResponse {
  const g = existingGroup(op);
  const { memberId, instanceId, memberEpoch } = body;
  let member: ConsumerGroupMember;
  if (instanceId === null) {
    const known = g.members.get(memberId);
    if (known === undefined)
      throw new GroupError('UNKNOWN_MEMBER_ID', `${memberId} is not a member of group ${g.groupId}.`);
    member = known;
  } else member = knownInstance(staticMemberOf(g, instanceId), memberId, instanceId);
  if (instanceId !== null && memberEpoch === LEAVE_GROUP_STATIC_MEMBER_EPOCH) goAway(op, member);
  else {
    op.after.push(() => sayLeft(op.w, op.groupId, member));
    fenceMembers(op, g, [member], 'member-left');
  }
  return {
    errorCode: 0,
    errorMessage: null,
    memberId,
    memberEpoch,
    heartbeatIntervalMs: 0,
    assignment: null,
    errors: [],
  };
}

/** Its partitions stay its own until its session ends; whoever takes its place holds them from epoch 0 on. */
function goAway(op: Operation, member: ConsumerGroupMember): void {
  const assigned = new Map<number, ReadonlyMap<number, number>>();
  for (const [topicId, epochs] of member.assignedPartitions)
    assigned.set(topicId, new Map([...epochs.keys()].map((p) => [p, 0])));
  op.records.push(
    currentRecord(op.groupId, {
      ...member,
      memberEpoch: LEAVE_GROUP_STATIC_MEMBER_EPOCH,
      partitionsPendingRevocation: NO_PARTITIONS,
      assignedPartitions: assigned as AssignedPartitions,
    }),
  );
  op.after.push(() => sayAway(op.w, op.groupId, member));
}

/** Takes members out and asks for another target; the last that speaks the new protocol takes the protocol with it. */
export function fenceMembers(
  op: Operation,
  g: ConsumerGroup,
  members: readonly ConsumerGroupMember[],
  why: BumpReason,
): void {
  if (members.length === 0) return;
  if (canDowngrade(op, g, members)) {
    convertToClassicGroup(op, g, members, null, { why: 'member-left', member: members[0]?.clientId ?? '' });
    return;
  }
  for (const m of members) op.records.push(...removalRecords(op.groupId, m.memberId));
  const topics = new Map(g.subscribedTopics);
  const regexes = new Map<string, number>();
  for (const m of members) {
    for (const topic of m.subscribedTopicNames) addTopicCount(topics, topic, -1, 0);
    if (m.subscribedTopicRegex !== '') addCount(regexes, m.subscribedTopicRegex, 1);
  }
  for (const [regex, count] of regexes) {
    if (g.regexes.get(regex) !== count) continue;
    op.records.push(regexTombstone(op.groupId, regex));
    for (const topic of g.resolvedRegexes.get(regex)?.topics ?? []) addTopicCount(topics, topic, 0, -1);
  }
  const groupEpoch = g.groupEpoch + 1;
  op.records.push(epochRecord(op.groupId, groupEpoch, metadataHash(op.image, topics.keys())));
  op.after.push(() => sayBumped(op.w, op.groupId, groupEpoch, why, members.map((m) => m.clientId).join(', ')));
}

type Expiry = Extract<BumpReason, 'session-ended' | 'rebalance-timeout' | 'classic-timeout'>;

/** consumerGroupFenceMemberOperation: one of the member's timers has run out. */
export function fenceMember(w: World, index: number, groupId: string, memberId: string, timer: GroupTimer): void {
  const op = operation(w, index, groupId);
  const g = consumerGroupIn(op.shard, groupId);
  const member = g?.members.get(memberId);
  if (g === null || member === undefined) return;
  const timers = g.timers.get(memberId);
  // Rule 73: it has left the epoch in time.
  if (timer === 'rebalance' && member.memberEpoch !== timers?.rebalanceEpoch) return;
  const why: Expiry =
    timer === 'session' ? 'session-ended' : timer === 'rebalance' ? 'rebalance-timeout' : 'classic-timeout';
  sayFenced(w, groupId, member, why, w.nowUs - (timers?.lastContactUs ?? w.nowUs));
  fenceMembers(op, g, [member], why);
  commitRecords(w, index, groupId, op.records, null, () => {
    for (const work of op.after) work();
  });
}
