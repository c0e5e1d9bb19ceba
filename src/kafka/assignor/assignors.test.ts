/** Kafka's own answers to random groups (4.3.1), and what the page is told about them. */
import { describe, expect, test } from 'vitest';
import { checkVectorFile } from '../../cli/check-vectors.ts';
import { more } from '../../text/en/more.ts';
import { ASSIGNORS } from './all.ts';
import { type AssignedTo, type Assignor, AssignorException, type MemberSubscription } from './assignor.ts';
import { canRun, isCooperative, knownAssignors } from './index.ts';
import {
  REASONING_KINDS,
  type ReasoningStep,
  reasoningKey,
  reasoningParams,
  replaySteps,
  stepsAbout,
} from './reasoning.ts';

const files = import.meta.glob<string>('./cases/assignor-*.json', { query: '?raw', import: 'default', eager: true });

test.each(Object.entries(files))('what Kafka 4.3.1 answered: %s', (path, text) => {
  const report = checkVectorFile(JSON.parse(text), path);
  expect(report.misses).toEqual([]);
  expect([report.failed, report.passed >= 24]).toEqual([0, true]);
});

const TOPICS = [{ name: 'orders', partitionRacks: [[], [], [], [], [], []] }];

function member(memberId: string, owned: readonly number[] = [], generationId = -1): MemberSubscription {
  const ownedPartitions = owned.map((index) => ({ topic: 'orders', index }));
  return {
    memberId,
    groupInstanceId: null,
    topics: ['orders'],
    rackId: null,
    ownedPartitions,
    generationId,
    userData: null,
  };
}

function assign(name: string, members: readonly MemberSubscription[], steps?: ReasoningStep[]) {
  const assignor = ASSIGNORS.get(name) as Assignor;
  const assigned = assignor.assign(TOPICS, members, steps === undefined ? {} : { steps });
  return Object.fromEntries([...assigned].map(([id, list]) => [id, list.map((p) => p.index)]));
}

test('rule 75: what changes hands is withheld in round one, and given when its holder has joined without it', () => {
  const steps: ReasoningStep[] = [];
  const all = [0, 1, 2, 3, 4, 5];
  expect(assign('cooperative-sticky', [member('c1', all, 1), member('c2')], steps)).toEqual({ c1: [0, 1, 2], c2: [] });
  const [withheld] = stepsAbout(steps, 'orders', 4).filter(({ kind }) => kind === 'withheld');
  expect(withheld).toMatchObject({ effect: 'take', member: 'c2', from: 'c1', topic: 'orders', partition: 4 });
  expect(assign('cooperative-sticky', [member('c1', [0, 1, 2], 2), member('c2', [], 2)])).toEqual({
    c1: [0, 1, 2],
    c2: [3, 4, 5],
  });
});

test('what a new member is not to get yet is withheld where subscriptions differ too', () => {
  const other = { ...member('c3'), topics: ['payments'] };
  const members = [member('c1', [0, 1, 2, 3, 4, 5], 1), member('c2'), other];
  expect(assign('cooperative-sticky', members)).toEqual({ c1: [3, 4, 5], c2: [], c3: [] });
});

test('Kafka’s own hole: a member that reads nothing is given partitions if it comes first in the order of the HashMap', () => {
  const idle = (id: string) => ({ ...member(id), topics: [] });
  expect(assign('sticky', [idle('c1'), member('c2')])).toEqual({ c1: [0, 2, 4], c2: [1, 3, 5] });
  expect(assign('sticky', [member('c1'), idle('c2')])).toEqual({ c1: [0, 1, 2, 3, 4, 5], c2: [] });
});

test('two claims of one generation: the partition is nobody’s before, so cooperative withholds it from both', () => {
  const members = [member('c1', [0, 1, 2], 4), member('c2', [2, 3, 4], 4)];
  const assigned = assign('cooperative-sticky', members);
  expect(
    Object.values(assigned)
      .flat()
      .sort((a, b) => a - b),
  ).toEqual([0, 1, 3, 4, 5]);
});

test('sticky: the claim of an older generation loses, whoever comes first', () => {
  const sticky = ASSIGNORS.get('sticky') as Assignor;
  const with4 = (id: string, owned: readonly number[], generation: number) => ({
    ...member(id, [], generation),
    userData: sticky.subscriptionUserData({
      partitions: owned.map((index) => ({ topic: 'orders', index })),
      generation,
    }),
  });
  for (const members of [
    [with4('c1', [0, 1, 2], 3), with4('c2', [0, 1, 2], 4)],
    [with4('c2', [0, 1, 2], 4), with4('c1', [0, 1, 2], 3)],
  ]) {
    expect(assign('sticky', members)).toEqual({ c1: [3, 4, 5], c2: [0, 1, 2] });
    expect(sticky.maxGeneration(members, -1)).toBe(4);
  }
});

describe('user data (what an assignor sends of its last assignment)', () => {
  const last = { partitions: [{ topic: 'orders', index: 3 }] as AssignedTo[], generation: 7 };
  const owned = (userData: string | null) => {
    const assigned = assign('sticky', [{ ...member('c1'), userData }, member('c2')]);
    return assigned.c1?.includes(3) === true;
  };

  test('range and roundrobin send none; sticky none and cooperative-sticky ffffffff before the first assignment', () => {
    const before = [...ASSIGNORS.values()].map(({ name, subscriptionUserData }) => [name, subscriptionUserData(null)]);
    expect(Object.fromEntries(before)).toEqual({
      range: null,
      roundrobin: null,
      sticky: null,
      'cooperative-sticky': 'ffffffff',
    });
    expect(ASSIGNORS.get('cooperative-sticky')?.subscriptionUserData(last)).toBe('00000007');
    expect(ASSIGNORS.get('range')?.subscriptionUserData(last)).toBeNull();
  });

  test('version 1 has the generation, version 0 not; what is neither counts for nothing', () => {
    const version1 = ASSIGNORS.get('sticky')?.subscriptionUserData(last) as string;
    expect(version1).toBe('000000010006' + '6f7264657273' + '00000001' + '00000003' + '00000007');
    // Without a claim c1 would get 0, 2 and 4.
    expect([version1, version1.slice(0, -8), version1.slice(0, -10), '', null].map(owned)).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
  });
});

test('claims of partitions that are not there can upset the sticky ones, as in Kafka', () => {
  const members = [member('c1', [90, 91, 92, 93], 1), member('c2', [94, 95, 96, 97], 1)];
  expect(() => assign('cooperative-sticky', members)).toThrow(AssignorException);
});

test('classes: Kafka’s own run, any other keeps a consumer from running; cooperative only if all are', () => {
  const name = (simple: string) => `org.apache.kafka.clients.consumer.${simple}`;
  const classic = [name('RangeAssignor'), name('CooperativeStickyAssignor')];
  expect(knownAssignors([...classic, 'com.example.Mine', 'RangeAssignor']).map((known) => known.name)).toEqual([
    'range',
    'cooperative-sticky',
  ]);
  expect([canRun(classic), canRun([...classic, 'com.example.Mine']), canRun([])]).toEqual([true, false, false]);
  expect([isCooperative(classic), isCooperative(classic.slice(1)), isCooperative([])]).toEqual([false, true, false]);
});

interface Case {
  readonly steps: readonly {
    readonly topics: Record<string, number>;
    readonly members: Record<string, Record<string, unknown>>;
    readonly brokerRacks?: readonly (string | null)[];
    readonly replicas?: Record<string, number[][]>;
    readonly assigned?: Record<string, string[]>;
  }[];
}

const classic = Object.entries(files).flatMap(([path, text]) => {
  const { item, cases } = JSON.parse(text) as { item: string; cases: Case[] };
  const assignor = ASSIGNORS.get(item.replace('assignor-', '').replace('-rack', ''));
  return assignor === undefined ? [] : [{ path, assignor, cases }];
});

function inputs(assignor: Assignor, step: Case['steps'][number]) {
  const topics = Object.entries(step.topics).map(([name, count]) => ({
    name,
    partitionRacks: Array.from({ length: count }, (_, index) =>
      (step.replicas?.[name]?.[index] ?? []).map((broker) => step.brokerRacks?.[broker] ?? null),
    ),
  }));
  const members = Object.entries(step.members).map(([memberId, m]) => {
    const owned = ((m.owned ?? []) as string[]).map((name) => {
      const at = name.lastIndexOf(':');
      return { topic: name.slice(0, at), index: Number(name.slice(at + 1)) };
    });
    return {
      memberId,
      groupInstanceId: (m.instanceId ?? null) as string | null,
      topics: m.topics as string[],
      rackId: (m.rack ?? null) as string | null,
      ownedPartitions: assignor.name === 'sticky' ? [] : owned,
      generationId: (m.generationId ?? m.generation ?? -1) as number,
      userData: (m.userData ?? null) as string | null,
    };
  });
  return { topics, members };
}

const isPlain = (assigned: Record<string, string[]>) => {
  const all = Object.values(assigned).flat();
  return new Set(all).size === all.length;
};

test.each(classic)(
  'the reasons of $path, replayed, give the assignment, and the page can say each',
  ({ assignor, cases }) => {
    const kinds = new Set<string>();
    for (const step of cases.flatMap(({ steps }) => steps)) {
      // Where claims of what does not exist upset Kafka, a partition may have two owners.
      if (step.assigned === undefined || !isPlain(step.assigned)) continue;
      const { topics, members } = inputs(assignor, step);
      const steps: ReasoningStep[] = [];
      const told = assignor.assign(topics, members, { steps });
      expect(told).toEqual(assignor.assign(topics, members));
      const replayed = replaySteps(steps);
      for (const [id, list] of told) {
        const names = list.map(({ topic, index }) => `${topic}:${index}`).sort(byText);
        expect([...(replayed.get(id) ?? [])].sort(byText)).toEqual(names);
      }
      for (const reason of steps) {
        kinds.add(reason.kind);
        expect(missingParams(reason)).toEqual([]);
      }
    }
    expect(kinds.size).toBeGreaterThan(1);
  },
);

const byText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** The sentence of a step must find all that it wants to say. */
function missingParams(step: ReasoningStep): string[] {
  const sentences: Readonly<Record<string, string>> = more;
  const sentence = sentences[reasoningKey(step)];
  if (sentence === undefined) return [reasoningKey(step)];
  const params = reasoningParams(step);
  return [...sentence.matchAll(/\{([a-zA-Z]+)/g)].flatMap(([, name]) => {
    const value = params[name as string];
    return value === undefined || value === '' || value === -1 ? [`${reasoningKey(step)}: ${name}`] : [];
  });
}

test('each kind of step has a sentence', () => {
  const keys = Object.entries(REASONING_KINDS).flatMap(([family, kinds]) =>
    kinds.map((kind) => `reason.${family}.${kind}`),
  );
  expect(keys.filter((key) => !(key in more))).toEqual([]);
  expect(Object.keys(more).filter((key) => key.startsWith('reason.') && !keys.includes(key))).toEqual([]);
});
