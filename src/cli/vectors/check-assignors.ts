/** Vectors of the client-side assignors: each case is a sequence of rebalances. */
import { assignorByName } from '../../kafka/assignor/index.ts';
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

function checkStep(step: Fields, at: number, assignor: string, result: CaseCheck): void {
  const topics = step
    .object('topics')
    .entries()
    .map(([name, count]) => ({ name, partitionRacks: partitionRacks(step, name, Number(count)) }));
  const members = step
    .object('members')
    .entries()
    .map(([memberId, value]) => {
      const fields = new Fields(value, `members.${memberId}`);
      return {
        memberId,
        groupInstanceId: optionalText(fields, 'instanceId'),
        topics: texts(fields.list('topics')),
        rackId: optionalText(fields, 'rack'),
        ownedPartitions: [],
        generationId: -1,
        userData: null,
      };
    });
  const assigned = assignorByName(assignor)?.assign(topics, members);
  if (assigned === undefined) throw new Error(`the assignor ${assignor} is not there yet`);
  const actual = Object.fromEntries(
    [...assigned].map(([id, list]) => [id, list.map(({ topic, index }) => `${topic}:${index}`)]),
  );
  result.same(`step ${at} (${optionalText(step, 'event') ?? ''})`, step.raw('assigned'), actual);
}

function checker(assignor: string) {
  return (file: VectorFile): CaseResult[] =>
    checkList(file.cases, 'cases', (entry, result) => {
      for (const [at, step] of entry.objects('steps').entries()) checkStep(step, at, assignor, result);
      return optionalText(entry, 'name') ?? undefined;
    });
}

export const checkRangeAssignor = checker('range');
