/** What a member asks for, and what follows for its group: a new epoch, and sometimes another target (GroupMetadataManager). */

import { CONSUMER_GROUP_ASSIGNORS } from '../../../kafka/assignor/server/index.ts';
import type { MemberAssignment, SubscriptionType } from '../../../kafka/assignor/server/server-assignor.ts';
import { PartitionAssignorException } from '../../../kafka/assignor/server/server-assignor.ts';
import { wallMs } from '../../kernel/world.ts';
import { consumerGroupIn } from '../shards.ts';
import {
  type ConsumerGroup,
  type ConsumerGroupMember,
  NO_TARGET,
  preferredServerAssignor,
  type ResolvedRegex,
  sameMember,
  sameNames,
  subscriptionType,
} from './consumer-group.ts';
import { addCount, regexesWith, topicsWith } from './counts.ts';
import { GroupError } from './errors.ts';
import { describer, metadataHash, topicUuidByName } from './metadata.ts';
import type { Operation } from './operation.ts';
import {
  epochRecord,
  memberRecord,
  subscriptionMetadataTombstone,
  targetEpochRecord,
  targetRecord,
} from './records.ts';
import { buildTarget, type TargetMember } from './target-assignment-builder.ts';
import { type BumpReason, sayBumped, sayTarget } from './words.ts';

/** hasMemberSubscriptionChanged: whether other topics are named; whatever is new about the member is stored. */
export function noteMember(op: Operation, before: ConsumerGroupMember, after: ConsumerGroupMember): boolean {
  if (sameMember(before, after)) return false;
  op.records.push(memberRecord(op.groupId, after));
  return !sameNames(before.subscribedTopicNames, after.subscribedTopicNames);
}

/** The persisted group's metadata have been looked at as of this image; its next heartbeat need not. */
export function metadataChecked(op: Operation): void {
  op.after.push(() => {
    const g = consumerGroupIn(op.shard, op.groupId);
    if (g !== null) g.metadataCheckedAt = op.image.offset;
  });
}

export interface Epoch {
  readonly groupEpoch: number;
  readonly subscriptionType: SubscriptionType;
}

/** updateSubscriptionMetadata: a new epoch if members or topics ask for one. */
export function updateSubscriptionMetadata(
  op: Operation,
  g: ConsumerGroup,
  bump: BumpReason | null,
  before: ConsumerGroupMember,
  after: ConsumerGroupMember,
): Epoch {
  const regexes = regexesWith(g, before, after);
  const topics = topicsWith(g, before, after);
  // A pattern that its last member has dropped matches nothing for this group any more.
  const dropped = before.subscribedTopicRegex;
  if (dropped !== '' && dropped !== after.subscribedTopicRegex && g.regexes.get(dropped) === 1)
    for (const topic of g.resolvedRegexes.get(dropped)?.topics ?? []) {
      const known = topics.get(topic);
      if (known === undefined) continue;
      if (known.names > 0 || known.regexes > 1) topics.set(topic, { ...known, regexes: known.regexes - 1 });
      else topics.delete(topic);
    }
  const hash = metadataHash(op.image, topics.keys());
  const isNew = !g.members.has(after.memberId) && !(after.instanceId !== null && g.staticMembers.has(after.instanceId));
  const kind = subscriptionType(regexes, topics, g.members.size + (isNew ? 1 : 0));
  const why = bump ?? (hash !== g.metadataHash ? 'topics' : null);
  let { groupEpoch } = g;
  if (why !== null) {
    groupEpoch += 1;
    op.records.push(epochRecord(op.groupId, groupEpoch, hash));
    op.after.push(() => sayBumped(op.w, op.groupId, groupEpoch, why, why === 'topics' ? '' : after.clientId));
  }
  metadataChecked(op);
  if (g.subscriptionMetadataRecord) op.records.push(subscriptionMetadataTombstone(op.groupId));
  return { groupEpoch, subscriptionType: kind };
}

/** Names that a member asks for, with what its pattern has been resolved to. */
export function subscribedNames(
  m: ConsumerGroupMember,
  resolved: ReadonlyMap<string, ResolvedRegex>,
): readonly string[] {
  const matched = m.subscribedTopicRegex === '' ? undefined : resolved.get(m.subscribedTopicRegex)?.topics;
  if (matched === undefined || matched.length === 0) return m.subscribedTopicNames;
  if (m.subscribedTopicNames.length === 0) return matched;
  return [...new Set([...m.subscribedTopicNames, ...matched])];
}

export interface Target {
  readonly epoch: number;
  /** The member's own. */
  readonly target: MemberAssignment;
}

function lastTarget(g: ConsumerGroup, m: ConsumerGroupMember): Target {
  const memberId = m.instanceId === null ? m.memberId : (g.staticMembers.get(m.instanceId) ?? '');
  return { epoch: g.assignmentEpoch, target: g.targetAssignment.get(memberId) ?? NO_TARGET };
}

/** Rule 103: canComputeNextTargetAssignment. */
function mayCompute(op: Operation, g: ConsumerGroup): boolean {
  const { assignmentIntervalMs } = op.config;
  if (g.assignmentTimestampMs === 0 || assignmentIntervalMs === 0) return true;
  return wallMs(op.w) >= g.assignmentTimestampMs + assignmentIntervalMs;
}

/** Rule 108: the assignor that most members ask for, the member that is changing included. */
function preferredAssignor(op: Operation, g: ConsumerGroup, before: ConsumerGroupMember, after: ConsumerGroupMember) {
  const counts = new Map(g.serverAssignors);
  if (before.serverAssignorName !== null) addCount(counts, before.serverAssignorName, -1);
  if (after.serverAssignorName !== null) addCount(counts, after.serverAssignorName, 1);
  return preferredServerAssignor(counts) ?? op.config.assignors[0] ?? 'uniform';
}

/** maybeUpdateTargetAssignment: the group's target, computed again if it is behind and may be; else the old one holds. */
export function maybeUpdateTarget(
  op: Operation,
  g: ConsumerGroup,
  { groupEpoch, subscriptionType: kind }: Epoch,
  before: ConsumerGroupMember,
  after: ConsumerGroupMember,
): Target {
  if (g.assignmentEpoch >= groupEpoch || !mayCompute(op, g)) return lastTarget(g, after);
  const name = preferredAssignor(op, g, before, after);
  const assignor = CONSUMER_GROUP_ASSIGNORS.get(name);
  if (assignor === undefined) throw new GroupError('UNKNOWN_SERVER_ERROR', `no assignor ${name}`);
  const replaced = after.instanceId === null ? undefined : g.staticMembers.get(after.instanceId);
  const members: TargetMember[] = [];
  const add = (m: ConsumerGroupMember): void => {
    const { memberId, instanceId, rackId } = m;
    members.push({ memberId, instanceId, rackId, topics: subscribedNames(m, g.resolvedRegexes) });
  };
  for (const m of g.members.values())
    if (m.memberId === after.memberId) add(after);
    else if (m.memberId !== replaced) add(m);
  if (!g.members.has(after.memberId)) add(after);
  try {
    const { byMember, changed } = buildTarget(assignor, {
      members,
      subscriptionType: kind,
      targetAssignment: g.targetAssignment,
      staticMembers: g.staticMembers,
      topicUuid: (topic) => topicUuidByName(op.image, topic),
      describer: describer(op.image),
      assignable: null,
    });
    for (const [memberId, target] of changed) op.records.push(targetRecord(op.groupId, memberId, target));
    op.records.push(targetEpochRecord(op.groupId, groupEpoch, wallMs(op.w)));
    op.after.push(() => {
      const persisted = consumerGroupIn(op.shard, op.groupId);
      if (persisted !== null) persisted.assignor = name;
      sayTarget(op.w, op.groupId, groupEpoch, name, op.shard.broker);
    });
    return { epoch: groupEpoch, target: byMember.get(after.memberId) ?? NO_TARGET };
  } catch (error) {
    if (!(error instanceof PartitionAssignorException)) throw error;
    throw new GroupError('UNKNOWN_SERVER_ERROR', `no target for epoch ${groupEpoch}: ${error.message}`);
  }
}

/** The group as it is, for operations that change nothing of the subscriptions. */
export function presentEpoch(g: ConsumerGroup): Epoch {
  return {
    groupEpoch: g.groupEpoch,
    subscriptionType: subscriptionType(g.regexes, g.subscribedTopics, g.members.size),
  };
}
