/** Vectors of the client-side assignors: each case is a sequence of rebalances. */
import { ASSIGNORS } from '../../kafka/assignor/all.ts';
import { type Assignor, AssignorException, type MemberSubscription } from '../../kafka/assignor/assignor.ts';
import { stickyUserData } from '../../kafka/consumer-protocol/sticky-user-data.ts';
import { type CaseCheck, type CaseResult, checkList, Fields, type VectorFile } from './case-check.ts';

function texts(list: readonly unknown[]): string[] {
  return list.map((each) => {
    if (typeof each !== 'string') throw new Error('a list of names holds something else');
    return each;
  });
}

function optionalText(fields: Fields, name: string): string | null {
  return fields.raw(name) === undefined ? null : fields.textOrNull(name);
}

/** Racks of a partition's replicas; a file without racks gives none. */
function partitionRacks(step: Fields, topic: string, count: number): (string | null)[][] {
  if (step.raw('replicas') === undefined) return Array.from({ length: count }, () => []);
  const racks = step.list('brokerRacks') as (string | null)[];
  const replicas = step.object('replicas').list(topic) as readonly number[][];
  return Array.from({ length: count }, (_, index) => (replicas[index] ?? []).map((broker) => racks[broker] ?? null));
}

/**
 * What a member says that it had: in the subscription, or under `sticky` in its user data. A case may give the user data (hex, or
 * null) and the subscription's own generation itself.
 */
function claim(fields: Fields, assignor: string) {
  const owned = fields.raw('owned') === undefined ? [] : texts(fields.list('owned'));
  const generation = fields.raw('generation') === undefined ? -1 : fields.number('generation');
  const partitions = owned.map((name) => {
    const at = name.lastIndexOf(':');
    return { topic: name.slice(0, at), index: Number(name.slice(at + 1)) };
  });
  const sends = assignor === 'sticky' && (generation >= 0 || partitions.length > 0);
  return {
    ownedPartitions: assignor === 'sticky' ? [] : partitions,
    generationId: fields.raw('generationId') === undefined ? generation : fields.number('generationId'),
    userData:
      fields.raw('userData') === undefined
        ? sends
          ? stickyUserData(partitions, generation)
          : null
        : fields.textOrNull('userData'),
  };
}

function readMembers(step: Fields, assignor: string): MemberSubscription[] {
  return step
    .object('members')
    .entries()
    .map(([memberId, value]) => {
      const fields = new Fields(value, `members.${memberId}`);
      return {
        memberId,
        groupInstanceId: optionalText(fields, 'instanceId'),
        topics: texts(fields.list('topics')),
        rackId: optionalText(fields, 'rack'),
        ...claim(fields, assignor),
      };
    });
}

/** Gives what the leader remembers for the next step, if it stays the leader (`sameLeader`). */
function checkStep(step: Fields, at: number, assignor: Assignor, remembered: number, result: CaseCheck): number {
  const topics = step
    .object('topics')
    .entries()
    .map(([name, count]) => ({ name, partitionRacks: partitionRacks(step, name, Number(count)) }));
  const members = readMembers(step, assignor.name);
  const maxGeneration = step.raw('sameLeader') === true ? remembered : -1;
  const act = () =>
    Object.fromEntries(
      [...assignor.assign(topics, members, { maxGeneration })].map(([id, list]) => [
        id,
        list.map(({ topic, index }) => `${topic}:${index}`),
      ]),
    );
  const what = `step ${at} (${optionalText(step, 'event') ?? ''})`;
  if (step.raw('error') === undefined) result.same(what, step.raw('assigned'), act());
  else result.holds(what, throws(act), 'an error', 'an assignment');
  return assignor.maxGeneration(members, maxGeneration);
}

function throws(act: () => unknown): boolean {
  try {
    act();
    return false;
  } catch (error) {
    return error instanceof AssignorException;
  }
}

function checker(name: string) {
  return (file: VectorFile): CaseResult[] =>
    checkList(file.cases, 'cases', (entry, result) => {
      const assignor = ASSIGNORS.get(name) as Assignor;
      let remembered = -1;
      for (const [at, step] of entry.objects('steps').entries())
        remembered = checkStep(step, at, assignor, remembered, result);
      return optionalText(entry, 'name') ?? undefined;
    });
}

export const checkRangeAssignor = checker('range');
export const checkRoundRobinAssignor = checker('roundrobin');
export const checkStickyAssignor = checker('sticky');
export const checkCooperativeStickyAssignor = checker('cooperative-sticky');
