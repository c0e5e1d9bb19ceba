import { expect, test } from 'vitest';
import { LINK_FAULTS } from '../link-faults.ts';
import { validateScenario } from '../parse-scenario.ts';
import { PROBLEMS, WORDS } from './messages.ts';
import { CHINESE, LINK_FAULTS_ZH } from './messages-zh.ts';
import { problemMessage } from './problem.ts';

const braces = (text: string) => [...new Set(text.match(/\{[a-zA-Z]+\}/g) ?? [])].sort();

test('every sentence is there in Chinese, with the same parameters', () => {
  for (const [english, chinese] of [
    [PROBLEMS, CHINESE.problems],
    [WORDS, CHINESE.words],
    [LINK_FAULTS, LINK_FAULTS_ZH],
  ] as const) {
    expect(Object.keys(chinese).sort()).toEqual(Object.keys(english).sort());
    for (const [code, text] of Object.entries(english)) {
      expect([code, braces((chinese as Record<string, string>)[code] ?? '')]).toEqual([code, braces(text)]);
    }
  }
});

test('a problem in both languages, with words, known names and the nearest', () => {
  const inBoth = (json: object) => {
    const parsed = validateScenario({ kafkascope: 1, topics: [{ name: 'orders' }], ...json }, 'f');
    if (parsed.ok) throw new Error('expected a problem');
    const [problem] = parsed.problems;
    return problem === undefined ? [] : [problem.message, problemMessage(problem, CHINESE)];
  };
  expect(inBoth({ title: 3 })).toEqual(['Here a text should stand, not a number.', '此处应是文本，而不是数字。']);
  expect(inBoth({ steps: [{ atMs: 1, do: 'broker.kill', broker: 9 }] })).toEqual([
    'There is no node 9; brokers are 1 to 3, controllers 101 to 101.',
    '没有节点 9；broker 是 1 到 3，controller 是 101 到 101。',
  ]);
  expect(inBoth({ producers: [{ id: 'p', config: { 'linger.mss': '1' } }] })).toEqual([
    'linger.mss is not a producer parameter of Kafka 4.3. Did you mean linger.ms?',
    'Kafka 4.3 的 producer 没有参数 linger.mss。是不是 linger.ms？',
  ]);
  expect(inBoth({ topics: [{ name: 'orders', config: { 'segment.bytes': '1' } }] })).toEqual([
    'segment.bytes = 1 is too small: the least is 1048576. Kafka answers InvalidConfigurationException.',
    'segment.bytes = 1 太小，最小为 1048576。Kafka 返回 InvalidConfigurationException。',
  ]);
});

test("a file's own words are never taken for phrases", () => {
  const parsed = validateScenario({ kafkascope: 1, topics: [], '@text': 1, cluster: { version: '@text' } }, 'f');
  expect(parsed.ok || parsed.problems.map((problem) => problem.message.slice(0, 40))).toEqual([
    'There is no field @text here.',
    '"@text" is not known here; it is one of ',
  ]);
});

test('no sentence leaves a brace open', () => {
  const json = {
    kafkascope: 1,
    x: 1,
    seed: 'a',
    untilMs: -1,
    cluster: { brokers: 99, racks: [], features: { 'group.version': 9 }, config: { a: 'b', 'num.partitions': '0' } },
    topics: [
      { name: 'a b', partitions: 0, assignment: [[9]] },
      { name: 't', assignment: [[1], [1, 2]], partitions: 5, replicationFactor: 3 },
    ],
    producers: [
      {
        id: 'p',
        config: { acks: '1', 'enable.idempotence': 'true' },
        workload: { topic: 'no', ratePerSecond: 0, abortEvery: 1 },
      },
    ],
    consumers: [{ id: 'p', assign: ['t-9'], subscribe: ['t'], commit: 'sync' }],
    network: { links: [{ between: [[1], [1]] }] },
    steps: [{ do: 'x' }, { atMs: 1.00001, when: {}, do: 'config.set', scope: 'topic', key: 'k', value: 1 }],
    expect: { '': 1, a: { min: 'x', maks: 1 } },
  };
  const parsed = validateScenario(json, 'f');
  if (parsed.ok) throw new Error('expected problems');
  expect(parsed.problems.length).toBeGreaterThan(20);
  for (const problem of parsed.problems) {
    expect(problem.message).not.toMatch(/\{[a-z]+\}|@[a-z]|undefined/i);
    expect(problemMessage(problem, CHINESE)).not.toMatch(/\{[a-z]+\}|@[a-z]|undefined/i);
  }
});
