/** What the coordinator's assignors say about their choices, and the edges that no vector shows. The vectors: assignors.test.ts. */
import { expect, test } from 'vitest';
import { more } from '../../../text/en/more.ts';
import { topicUuid } from '../../hash/uuid.ts';
import { type ReasoningStep, reasoningKey, reasoningParams, replaySteps, withTopicNames } from '../reasoning.ts';
import { CONSUMER_GROUP_ASSIGNORS, SHARE_GROUP_ASSIGNORS } from './index.ts';
import {
  type GroupSpec,
  type MemberSpec,
  PartitionAssignorException,
  type ServerAssignor,
  subscribedIds,
} from './server-assignor.ts';

const files = import.meta.glob<string>(
  ['../cases/assignor-uniform.json', '../cases/assignor-server-range.json', '../cases/assignor-share-simple.json'],
  { query: '?raw', import: 'default', eager: true },
);

const ASSIGNOR_OF: Readonly<Record<string, ServerAssignor | undefined>> = {
  'assignor-uniform': CONSUMER_GROUP_ASSIGNORS.get('uniform'),
  'assignor-server-range': CONSUMER_GROUP_ASSIGNORS.get('range'),
  'assignor-share-simple': SHARE_GROUP_ASSIGNORS.get('simple'),
};

interface Step {
  readonly subscriptionType: GroupSpec['subscriptionType'];
  readonly topics: Record<string, { id: string; partitions: number }>;
  readonly assignable?: Record<string, number[]>;
  readonly members: Record<string, { topics: string[]; current: Record<string, number[]>; instanceId?: string }>;
  readonly error?: string;
}

const byText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** A group and its topics; `names` grows, since a deleted topic is still known by its id. */
function inputs(step: Step, names: Map<string, string>) {
  for (const [name, { id }] of Object.entries(step.topics)) names.set(name, id);
  const idOf = (name: string) => names.get(name) as string;
  const byId = (value: Record<string, number[]>) =>
    new Map(Object.entries(value).map(([name, list]) => [idOf(name), list]));
  const members = new Map<string, MemberSpec>(
    Object.entries(step.members).map(([id, { topics, current, instanceId }]) => [
      id,
      {
        rackId: null,
        instanceId: instanceId ?? null,
        subscribedTopicIds: subscribedIds(topics, (name) => step.topics[name]?.id ?? null),
        assignment: byId(current),
      },
    ]),
  );
  const assignable =
    step.assignable === undefined
      ? null
      : new Map([...byId(step.assignable)].map(([id, list]): [string, ReadonlySet<number>] => [id, new Set(list)]));
  const sizes = new Map(Object.values(step.topics).map(({ id, partitions }) => [id, partitions]));
  const spec: GroupSpec = { members, subscriptionType: step.subscriptionType, assignable };
  return { spec, describer: { numPartitions: (id: string) => sizes.get(id) ?? -1, racksForPartition: () => [] } };
}

test.each(Object.entries(files))(
  'the reasons of %s, replayed, give the assignment, and the page can say each',
  (_, text) => {
    const { item, cases } = JSON.parse(text) as { item: string; cases: { steps: Step[] }[] };
    const assignor = ASSIGNOR_OF[item] as ServerAssignor;
    const kinds = new Set<string>();
    for (const { steps } of cases) {
      const names = new Map<string, string>();
      for (const step of steps) {
        const { spec, describer } = inputs(step, names);
        if (step.error !== undefined) {
          expect(() => assignor.assign(spec, describer)).toThrow(PartitionAssignorException);
          continue;
        }
        const reasons: ReasoningStep[] = [];
        const result = assignor.assign(spec, describer, reasons);
        expect(assignor.assign(spec, describer)).toEqual(result);
        const replayed = replaySteps(reasons);
        for (const id of spec.members.keys()) {
          const has = [...(result.get(id) ?? [])].flatMap(([topic, list]) => list.map((p) => `${topic}:${p}`));
          expect([...(replayed.get(id) ?? [])].sort(byText)).toEqual(has.sort(byText));
        }
        for (const reason of reasons) {
          kinds.add(reason.kind);
          expect(missingParams(reason)).toEqual([]);
        }
      }
    }
    expect(kinds.size).toBeGreaterThan(1);
  },
);

function missingParams(step: ReasoningStep): string[] {
  const sentences: Readonly<Record<string, string>> = more;
  const params = reasoningParams(step);
  const said = [...(sentences[reasoningKey(step)] ?? '{unknown').matchAll(/\{([a-zA-Z]+)/g)].map(
    (hole) => hole[1] as string,
  );
  return said.filter((name) => params[name] === undefined || params[name] === '' || params[name] === -1);
}

const nothing = new Map<string, number[]>();
const reader = (...topics: number[]): MemberSpec => ({
  rackId: null,
  instanceId: null,
  subscribedTopicIds: topics.map(topicUuid),
  assignment: nothing,
});
const topicsOf = (size: number) => ({ numPartitions: () => size, racksForPartition: () => [] });
const group = (
  members: Record<string, MemberSpec>,
  subscriptionType: GroupSpec['subscriptionType'] = 'homogeneous',
) => ({
  members: new Map(Object.entries(members)),
  subscriptionType,
  assignable: null,
});

test.each([...CONSUMER_GROUP_ASSIGNORS.values(), ...SHARE_GROUP_ASSIGNORS.values()])(
  '$name: no members, no topics, and a topic that is not there',
  ({ assign }) => {
    expect(assign(group({}), topicsOf(3))).toEqual(new Map());
    const idle = [...(assign(group({ a: reader(), b: reader() }), topicsOf(3)).values() ?? [])];
    expect(idle.flatMap((topics) => [...topics.keys()])).toEqual([]);
    for (const type of ['homogeneous', 'heterogeneous'] as const)
      expect(() => assign(group({ a: reader(7) }, type), topicsOf(-1))).toThrow(PartitionAssignorException);
  },
);

test('rule 108: uniform is the coordinator’s first assignor, range its second', () => {
  expect([...CONSUMER_GROUP_ASSIGNORS.keys()]).toEqual(['uniform', 'range']);
  expect([...SHARE_GROUP_ASSIGNORS.keys()]).toEqual(['simple']);
});

test('a share group’s partitions without an initialized state are nobody’s', () => {
  const [simple] = SHARE_GROUP_ASSIGNORS.values();
  const spec = { ...group({ a: reader(1) }), assignable: new Map([[topicUuid(1), new Set([0, 2])]]) };
  expect(simple?.assign(spec, topicsOf(3)).get('a')).toEqual(new Map([[topicUuid(1), [0, 2]]]));
});

test('a page asks for topics by name', () => {
  const steps: ReasoningStep[] = [];
  CONSUMER_GROUP_ASSIGNORS.get('uniform')?.assign(group({ a: reader(1) }), topicsOf(1), steps);
  const named = withTopicNames(steps, (id) => (id === topicUuid(1) ? 'orders' : id));
  expect(named.map(({ topic, partition, kind }) => [topic, partition, kind])).toEqual([
    [null, null, 'quota-even'],
    ['orders', 0, 'filled'],
  ]);
});
