/** What StickyAssignor and CooperativeStickyAssignor share (Kafka: AbstractStickyAssignor.assignPartitions). */
import { type AssignableTopic, type AssignOptions, type MemberSubscription, subscribedTopics } from '../assignor.ts';
import type { ReasoningAssignor } from '../reasoning.ts';
import { assignConstrained, type StickyResult } from './constrained.ts';
import { assignGeneral } from './general.ts';
import type { MemberData } from './member-data.ts';
import { allSubscriptionsEqual, Partitions, type StickyRun, settleClaims, stickyMembers } from './members.ts';
import { rackInfo } from './racks.ts';

type DataOf = (member: MemberSubscription) => MemberData;

export function maxGenerationOf(members: readonly MemberSubscription[], before: number, dataOf: DataOf): number {
  return members.reduce((max, member) => Math.max(max, dataOf(member).generation), before);
}

export function assignSticky(
  assignor: ReasoningAssignor,
  topics: readonly AssignableTopic[],
  subscriptions: readonly MemberSubscription[],
  dataOf: DataOf,
  { maxGeneration = -1, steps }: AssignOptions,
): { run: StickyRun; result: StickyResult } {
  const partitions = new Partitions(subscribedTopics(topics, subscriptions));
  const members = stickyMembers(subscriptions, dataOf);
  const claimedTwice = settleClaims(partitions, members, (kind, member, partition, numbers) => {
    if (steps === undefined) return;
    const { topic, index } = partitions.name(partition);
    steps.push({ assignor, kind, effect: 'note', member: member.id, from: null, topic, partition: index, numbers });
  });
  const equal = allSubscriptionsEqual(members);
  const run: StickyRun = {
    assignor,
    partitions,
    members,
    maxGeneration: members.reduce((max, { data }) => Math.max(max, data.generation), maxGeneration),
    claimedTwice,
    equal,
    steps,
  };
  const racks = rackInfo(partitions, members);
  if (members.length === 0) return { run, result: { assignment: [], transferring: new Map() } };
  return { run, result: equal ? assignConstrained(run, racks) : assignGeneral(run, racks) };
}
