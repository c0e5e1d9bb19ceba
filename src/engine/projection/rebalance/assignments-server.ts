/**
 * A target that the coordinator worked out itself (KIP-848), and why: its assignor is run once more on what the group held before
 * the request that made it do so.
 */

import type { ReasoningStep } from '../../../kafka/assignor/reasoning.ts';
import { CONSUMER_GROUP_ASSIGNORS } from '../../../kafka/assignor/server/index.ts';
import type { MemberAssignment } from '../../../kafka/assignor/server/server-assignor.ts';
import type { LabAssignment } from '../../../protocol/lab.ts';
import { brokerState } from '../../broker/replicas.ts';
import type { MetadataImage } from '../../controller/metadata-image.ts';
import type { ConsumerGroup } from '../../coordinator/modern/consumer-group.ts';
import { subscriptionType } from '../../coordinator/modern/consumer-group.ts';
import { describer, topicUuidByName, uuidOf } from '../../coordinator/modern/metadata.ts';
import { subscribedNames } from '../../coordinator/modern/subscription.ts';
import { buildTarget, sameTarget } from '../../coordinator/modern/target-assignment-builder.ts';
import type { World } from '../../kernel/world.ts';
import { reasonOf, resultOf } from './assignments.ts';
import { modernGroup } from './group-now.ts';

/** The group right before a request arrives. */
export interface GroupBefore {
  readonly epoch: number;
  readonly target: ReadonlyMap<string, MemberAssignment>;
  readonly staticMembers: ReadonlyMap<string, string>;
}

export function groupBefore(g: ConsumerGroup): GroupBefore {
  return { epoch: g.assignmentEpoch, target: new Map(g.targetAssignment), staticMembers: new Map(g.staticMembers) };
}

/** After the event: the assignment that came of it; null: none did. */
export function newTarget(
  w: World,
  groupId: string,
  partition: number,
  before: GroupBefore | null,
  names: ReadonlyMap<string, string>,
): LabAssignment | null {
  const found = modernGroup(w, groupId, partition);
  if (found === null || found.group.assignmentEpoch === (before?.epoch ?? 0)) return null;
  const { group: g, broker } = found;
  const { image } = brokerState(w, broker);
  const topics = topicNames(image);
  const assignor = g.assignor ?? 'uniform';
  const given = [...g.members.keys()].map((id) => [id, partitionsOf(g.targetAssignment.get(id), topics)] as const);
  return {
    atUs: w.nowUs,
    by: `broker ${broker}`,
    assignor,
    epoch: g.assignmentEpoch,
    result: resultOf(given, names),
    steps:
      before === null
        ? []
        : reasons(g, image, assignor, before).map((step) => reasonOf(step, withTopics(names, topics))),
  };
}

function topicNames(image: MetadataImage): Map<string, string> {
  return new Map([...image.topics.values()].map(({ topicId, name }) => [uuidOf(topicId), name]));
}

function withTopics(names: ReadonlyMap<string, string>, topics: ReadonlyMap<string, string>): Map<string, string> {
  return new Map([...names, ...topics]);
}

function partitionsOf(target: MemberAssignment | undefined, topics: ReadonlyMap<string, string>) {
  const all: { topic: string; index: number }[] = [];
  for (const [uuid, partitions] of target ?? []) {
    const topic = topics.get(uuid) ?? uuid;
    for (const index of [...partitions].sort((a, b) => a - b)) all.push({ topic, index });
  }
  return all;
}

function reasons(g: ConsumerGroup, image: MetadataImage, name: string, before: GroupBefore): ReasoningStep[] {
  const assignor = CONSUMER_GROUP_ASSIGNORS.get(name);
  if (assignor === undefined) return [];
  const members = [...g.members.values()].map((m) => ({
    memberId: m.memberId,
    instanceId: m.instanceId,
    rackId: m.rackId,
    topics: subscribedNames(m, g.resolvedRegexes),
  }));
  const steps: ReasoningStep[] = [];
  const { byMember } = buildTarget(
    assignor,
    {
      members,
      subscriptionType: subscriptionType(g.regexes, g.subscribedTopics, g.members.size),
      targetAssignment: before.target,
      staticMembers: before.staticMembers,
      topicUuid: (topic) => topicUuidByName(image, topic),
      describer: describer(image),
      assignable: null,
    },
    steps,
  );
  const same = members.every(({ memberId }) =>
    sameTarget(byMember.get(memberId) ?? new Map(), g.targetAssignment.get(memberId) ?? new Map()),
  );
  return same ? steps : [];
}
