/**
 * A target that the coordinator worked out itself (KIP-848, KIP-932), and why: its assignor is run once more on what the group
 * held before the request that made it do so.
 */
import type { ReasoningStep } from '../../../kafka/assignor/reasoning.ts';
import { CONSUMER_GROUP_ASSIGNORS, simpleAssignor } from '../../../kafka/assignor/server/index.ts';
import type { GroupSpec, MemberAssignment, ServerAssignor } from '../../../kafka/assignor/server/server-assignor.ts';
import type { LabAssignment } from '../../../protocol/lab.ts';
import { brokerState } from '../../broker/replicas.ts';
import type { MetadataImage } from '../../controller/metadata-image.ts';
import { subscriptionType } from '../../coordinator/modern/consumer-group.ts';
import { describer, topicUuidByName, uuidOf } from '../../coordinator/modern/metadata.ts';
import { subscribedNames } from '../../coordinator/modern/subscription.ts';
import { buildTarget, sameTarget, type TargetInput } from '../../coordinator/modern/target-assignment-builder.ts';
import * as shares from '../../coordinator/share/share-groups.ts';
import type { World } from '../../kernel/world.ts';
import { reasonOf, resultOf } from './assignments.ts';
import { modernGroup, shareGroup } from './group-now.ts';

/** The group right before a request arrives. */
export interface GroupBefore {
  readonly epoch: number;
  readonly target: ReadonlyMap<string, MemberAssignment>;
  readonly staticMembers: ReadonlyMap<string, string>;
  readonly assignable: GroupSpec['assignable'];
}

interface ServerGroup {
  readonly broker: number;
  readonly epoch: number;
  readonly assignor: ServerAssignor | null;
  readonly target: ReadonlyMap<string, MemberAssignment>;
  readonly staticMembers: ReadonlyMap<string, string>;
  readonly assignable: GroupSpec['assignable'];
  /** Made only when somebody asks. */
  readonly asked: () => Pick<TargetInput, 'members' | 'subscriptionType'>;
}

function serverGroup(w: World, groupId: string, partition: number): ServerGroup | null {
  return consumerGroup(w, groupId, partition) ?? sharedGroup(w, groupId, partition);
}

function consumerGroup(w: World, groupId: string, partition: number): ServerGroup | null {
  const found = modernGroup(w, groupId, partition);
  if (found === null) return null;
  const { group: g, broker } = found;
  return {
    broker,
    epoch: g.assignmentEpoch,
    assignor: CONSUMER_GROUP_ASSIGNORS.get(g.assignor ?? '') ?? null,
    target: g.targetAssignment,
    staticMembers: g.staticMembers,
    assignable: null,
    asked: () => ({
      members: [...g.members.values()].map((m) => ({
        memberId: m.memberId,
        instanceId: m.instanceId,
        rackId: m.rackId,
        topics: subscribedNames(m, g.resolvedRegexes),
      })),
      subscriptionType: subscriptionType(g.regexes, g.subscribedTopics, g.members.size),
    }),
  };
}

function sharedGroup(w: World, groupId: string, partition: number): ServerGroup | null {
  const found = shareGroup(w, groupId, partition);
  if (found === null) return null;
  const { group: g, broker } = found;
  return {
    broker,
    epoch: g.assignmentEpoch,
    assignor: simpleAssignor,
    target: g.target,
    staticMembers: new Map(),
    assignable: new Map(g.initialized.map((t) => [uuidOf(t.topicId), new Set(t.partitions)])),
    asked: () => ({
      members: g.members.map((m) => ({
        memberId: m.memberId,
        instanceId: null,
        rackId: m.rackId,
        topics: m.subscribedTopicNames,
      })),
      subscriptionType: shares.subscriptionType(shares.subscribedTopics(g, null), g.members.length),
    }),
  };
}

/** null: there is no group of the coordinator's own protocols. */
export function groupBefore(w: World, groupId: string, partition: number): GroupBefore | null {
  const g = serverGroup(w, groupId, partition);
  if (g === null) return null;
  const { epoch, target, staticMembers, assignable } = g;
  return { epoch, target: new Map(target), staticMembers: new Map(staticMembers), assignable };
}

/** After the event: the assignment that came of it; null: none did. */
export function newTarget(
  w: World,
  groupId: string,
  partition: number,
  before: GroupBefore | null,
  names: ReadonlyMap<string, string>,
): LabAssignment | null {
  const g = serverGroup(w, groupId, partition);
  if (g === null || g.epoch <= 0 || g.epoch === (before?.epoch ?? -1)) return null;
  const { image } = brokerState(w, g.broker);
  const topics = new Map([...image.topics.values()].map(({ topicId, name }) => [uuidOf(topicId), name]));
  const { members, subscriptionType: kind } = g.asked();
  const given = members.map(({ memberId }) => [memberId, partitionsOf(g.target.get(memberId), topics)] as const);
  const known = new Map([...names, ...topics]);
  const steps = before === null ? [] : reasons(g, { members, subscriptionType: kind }, image, before);
  return {
    atUs: w.nowUs,
    by: `broker ${g.broker}`,
    assignor: g.assignor?.name ?? '',
    epoch: g.epoch,
    result: resultOf(given, names),
    steps: steps.map((step) => reasonOf(step, known)),
  };
}

function partitionsOf(target: MemberAssignment | undefined, topics: ReadonlyMap<string, string>) {
  const all: { topic: string; index: number }[] = [];
  for (const [uuid, partitions] of target ?? []) {
    const topic = topics.get(uuid) ?? uuid;
    for (const index of [...partitions].sort((a, b) => a - b)) all.push({ topic, index });
  }
  return all;
}

function reasons(
  g: ServerGroup,
  asked: Pick<TargetInput, 'members' | 'subscriptionType'>,
  image: MetadataImage,
  before: GroupBefore,
): ReasoningStep[] {
  if (g.assignor === null) return [];
  const steps: ReasoningStep[] = [];
  const input: TargetInput = {
    ...asked,
    targetAssignment: before.target,
    staticMembers: before.staticMembers,
    topicUuid: (topic) => topicUuidByName(image, topic),
    describer: describer(image),
    assignable: before.assignable,
  };
  const { byMember } = buildTarget(g.assignor, input, steps);
  const nothing: MemberAssignment = new Map();
  const same = asked.members.every(({ memberId }) =>
    sameTarget(byMember.get(memberId) ?? nothing, g.target.get(memberId) ?? nothing),
  );
  return same ? steps : [];
}
