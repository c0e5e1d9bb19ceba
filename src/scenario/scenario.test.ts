/** Every shipped file is a valid scenario; the default has the shape that the lesson and the losses rest on. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { partitionForKey, utf8Bytes } from '../kafka/partitioner/murmur2.ts';
import { formatProblem, parseScenario, validateScenario } from '../protocol/parse-scenario.ts';
import type { Scenario } from '../protocol/scenario.ts';
import { DEFAULT_SCENARIO, LAB_IDS, loadScenario, SCENARIO_IDS, withValues } from './index.ts';

const folder = import.meta.dirname;
const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
const read = (name: string): Scenario => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Scenario;

describe.each(files)('%s', (name) => {
  test('is read without a problem', () => {
    const parsed = parseScenario(readFileSync(join(folder, name), 'utf8'), name);
    expect(parsed.ok ? [] : parsed.problems.map(formatProblem)).toEqual([]);
    // That acks=1 switches idempotence off is worth saying; nothing else is.
    const warned = parsed.ok ? parsed.warnings.map(formatProblem) : [];
    expect(warned.filter((warning) => !warning.includes('enable.idempotence'))).toEqual([]);
  });

  test('says what it is', () => {
    const scenario = read(name);
    expect(scenario.title?.length).toBeGreaterThan(0);
    expect(scenario.note?.length).toBeGreaterThan(0);
  });
});

test('every replication and group trace has its file, and expects that every step ran', () => {
  expect(LAB_IDS.filter((id) => /^a[1-8]-/.test(id)).length).toBe(17);
  expect(LAB_IDS.filter((id) => id.startsWith('d1-')).length).toBe(5);
  expect(LAB_IDS.filter((id) => id.startsWith('x1-')).length).toBe(2);
  expect(LAB_IDS.filter((id) => id.startsWith('c1-')).length).toBe(4);
  // Three situations of C2; B1 is looked at after each of its four steps.
  expect(LAB_IDS.filter((id) => id.startsWith('c2-')).length).toBe(3);
  expect(LAB_IDS.filter((id) => /^b[16]-/.test(id)).length).toBe(8);
  for (const id of LAB_IDS.filter((each) => !each.startsWith('big-')))
    expect(read(`${id}.json`).expect?.stepsNotRun, id).toEqual([]);
});

test('the page knows every file', () => {
  expect(SCENARIO_IDS.map((id) => `${id}.json`).sort()).toEqual([...files].sort());
});

const workload = (scenario: Scenario) => scenario.producers![0]!.workload!;
const cycle = (scenario: Scenario): string[] => {
  const { keys } = workload(scenario);
  return keys?.kind === 'cycle' ? keys.values : [];
};
const lines = (scenario: Scenario): string[] => {
  const { values } = workload(scenario);
  return values?.kind === 'lines' ? values.text.split('\n') : [];
};

describe.each(['default.json', 'default.zh.json'])('%s, the shop', (name) => {
  const scenario = read(name);

  test('half of the records go to orders-0, the rest to both others', () => {
    const partitions = cycle(scenario).map((key) => partitionForKey(utf8Bytes(key), 3));
    const share = (partition: number): number =>
      partitions.filter((each) => each === partition).length / partitions.length;
    expect([share(0), share(1), share(2)]).toEqual([0.5, 0.25, 0.25]);
  });

  test('each line speaks to the customer who is its key', () => {
    const keys = cycle(scenario);
    const said = lines(scenario);
    expect(said).toHaveLength(40);
    expect(said.length % keys.length).toBe(0);
    for (const [i, line] of said.entries()) expect(line).toContain(keys[i % keys.length]!.split(' ')[0]);
  });

  test('customers can be told apart by the first letter of their key', () => {
    const customers = [...new Set(cycle(scenario))];
    expect(new Set(customers.map((key) => [...key][0])).size).toBe(customers.length);
    expect(customers).toHaveLength(6);
  });

  test('it loses as promised: acks=1, a slow link to the follower that is first in order', () => {
    expect(scenario.producers![0]!.config).toEqual({ acks: '1' });
    expect(scenario.topics[0]!.assignment).toEqual([
      [1, 2, 3],
      [2, 3, 1],
      [3, 1, 2],
    ]);
    expect(scenario.network?.links).toEqual([{ between: [[1], [2]], latencyMs: 40 }]);
    expect(scenario.producers![0]!.workload!.ratePerSecond).toBe(200);
  });
});

test('in Chinese the shop and the lesson speak Chinese, the experiments stay as they are', async () => {
  expect(lines(await loadScenario('default', 'zh'))[0]).toBe('文静，订单 1042 已发出');
  expect(lines(await loadScenario('lesson-one-copy', 'zh'))[0]).toBe('文静，订单 1042 已发出');
  expect(lines(await loadScenario('default'))[0]).toBe('Dear Anna, your order 1042 is on its way');
  expect(await loadScenario('a1-acks1-leader-kill', 'zh')).toEqual(await loadScenario('a1-acks1-leader-kill'));
  const parsed = validateScenario(await loadScenario('lesson-one-copy', 'zh'), 'lesson-one-copy');
  expect(parsed.ok).toBe(true);
});

test('the learner’s own lines take the place of the shop’s and nothing else', () => {
  const mine = withValues(DEFAULT_SCENARIO, 'checkout', 'one\ntwo');
  expect(lines(mine)).toEqual(['one', 'two']);
  expect({ ...mine, producers: undefined }).toEqual({ ...DEFAULT_SCENARIO, producers: undefined });
  expect(cycle(mine)).toEqual(cycle(DEFAULT_SCENARIO));
});

test('both halves of the last comparison differ in min.insync.replicas only', () => {
  const one = read('lesson-one-copy.json');
  const two = read('lesson-two-copies.json');
  const bare = ({ title: _t, note: _n, expect: _e, ...rest }: Scenario): object => rest;
  expect(bare({ ...two, topics: one.topics })).toEqual(bare(one));
  expect(two.topics[0]!.config).toEqual({ 'min.insync.replicas': '2' });
});
