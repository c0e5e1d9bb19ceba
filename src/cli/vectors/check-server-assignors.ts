/** Vectors of the coordinator's assignors: each case is a sequence of target assignments. */

import { CONSUMER_GROUP_ASSIGNORS, simpleAssignor } from '../../kafka/assignor/server/index.ts';
import type { ServerAssignor } from '../../kafka/assignor/server/server-assignor.ts';
import { subscribedIds } from '../../kafka/assignor/server/server-assignor.ts';
import { type CaseCheck, type CaseResult, checkList, Fields, type VectorFile } from './case-check.ts';

type Step = ReturnType<typeof readStep>;

/** Names of topics (or an object of name -> numbers) as ids. */
function byId(value: Fields, idOf: (name: string) => string | null): Map<string, number[]> {
  return new Map(
    value.entries().flatMap(([name, list]): [string, number[]][] => {
      const id = idOf(name);
      if (!Array.isArray(list)) throw new Error(`${name} is not a list of partitions`);
      return id === null ? [] : [[id, list.map(Number)]];
    }),
  );
}

function readStep(step: Fields, ids: Map<string, string>) {
  const sizes = new Map<string, number>();
  const existing = new Set<string>();
  for (const [name, value] of step.object('topics').entries()) {
    const topic = new Fields(value, `topics.${name}`);
    ids.set(name, topic.text('id'));
    existing.add(name);
    sizes.set(topic.text('id'), topic.number('partitions'));
  }
  const known = (name: string) => ids.get(name) ?? null;
  const members = new Map(
    step
      .object('members')
      .entries()
      .map(([id, value]) => {
        const fields = new Fields(value, `members.${id}`);
        const names = fields.list('topics').map(String);
        return [
          id,
          {
            rackId: null,
            instanceId: fields.raw('instanceId') === undefined ? null : fields.textOrNull('instanceId'),
            subscribedTopicIds: subscribedIds(names, (name) => (existing.has(name) ? known(name) : null)),
            subscribedNames: new Set(names).size,
            assignment: byId(fields.object('current'), known),
          },
        ];
      }),
  );
  const type = step.text('subscriptionType');
  if (type !== 'homogeneous' && type !== 'heterogeneous') throw new Error(`unknown subscriptionType ${type}`);
  const assignable =
    step.raw('assignable') === undefined
      ? null
      : new Map([...byId(step.object('assignable'), known)].map(([id, list]) => [id, new Set(list)]));
  return {
    spec: { members, subscriptionType: type, assignable } as const,
    describer: { numPartitions: (id: string) => sizes.get(id) ?? -1, racksForPartition: () => [] },
  };
}

function run(assignor: ServerAssignor, { spec, describer }: Step, nameOf: (id: string) => string) {
  const result = assignor.assign(spec, describer);
  const plain: Record<string, Record<string, number[]>> = {};
  for (const id of spec.members.keys()) {
    const mine: Record<string, number[]> = {};
    for (const [topic, partitions] of result.get(id) ?? []) mine[nameOf(topic)] = [...partitions].sort((a, b) => a - b);
    plain[id] = mine;
  }
  return plain;
}

function checkStep(assignor: ServerAssignor, step: Fields, at: number, ids: Map<string, string>, result: CaseCheck) {
  const what = `step ${at} (${step.raw('event') === undefined ? '' : step.text('event')})`;
  const input = readStep(step, ids);
  const names = new Map([...ids].map(([name, id]) => [id, name]));
  const act = () => run(assignor, input, (id) => names.get(id) ?? id);
  if (step.raw('error') === undefined) {
    result.same(what, step.raw('assigned'), act());
    return;
  }
  let refused = false;
  try {
    act();
  } catch {
    refused = true;
  }
  result.holds(what, refused, 'an error', refused ? 'an error' : 'an assignment');
}

function checker(assignor: ServerAssignor) {
  return (file: VectorFile): CaseResult[] =>
    checkList(file.cases, 'cases', (entry, result) => {
      // A deleted topic is still known by the id that it had.
      const ids = new Map<string, string>();
      for (const [at, step] of entry.objects('steps').entries()) checkStep(assignor, step, at, ids, result);
      return entry.raw('name') === undefined ? undefined : entry.text('name');
    });
}

export const checkUniformAssignor = checker(CONSUMER_GROUP_ASSIGNORS.get('uniform') as ServerAssignor);
export const checkServerRangeAssignor = checker(CONSUMER_GROUP_ASSIGNORS.get('range') as ServerAssignor);
export const checkSimpleAssignor = checker(simpleAssignor);
