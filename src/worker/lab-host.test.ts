/** The lab's questions to the engine's host: answered in the background, given up when a newer one comes. */
import { expect, test } from 'vitest';
import type { EngineMessage } from '../protocol/engine-client.ts';
import { type HowManySpec, LAB_SUPERSEDED, type LabSpec } from '../protocol/lab.ts';
import { defaultWindowUs } from '../protocol/lab-scenario.ts';
import { InProcessClient } from './in-process-client.ts';
import { howManyOf } from './lab-how-many.ts';
import { ENGINE } from './parts.ts';

const SPEC: LabSpec = {
  base: { kind: 'fresh', members: 2, partitions: 4, ratePerSecond: 20 },
  seed: 1,
  trigger: 'join',
  slowestMs: 0,
  windowUs: defaultWindowUs('join', 2),
};

test('variants of one spec are answered one after the other, with how far they are', async () => {
  const client = new InProcessClient(ENGINE);
  const heard: EngineMessage[] = [];
  client.subscribe((message) => heard.push(message));
  const runs = await Promise.all(
    (['eager', 'cooperative'] as const).map((variant) => client.ask({ ask: 'lab', spec: SPEC, variant })),
  );
  expect(runs.map(({ variant, notYet }) => [variant, notYet])).toEqual([
    ['eager', null],
    ['cooperative', null],
  ]);
  const progress = heard.filter((message) => message.type === 'lab-progress');
  expect(new Set(progress.map(({ variant }) => variant))).toEqual(new Set(['eager', 'cooperative']));
  for (const { doneUs, ofUs } of progress) expect(doneUs).toBeLessThanOrEqual(ofUs);
  client.close();
});

test('a question about another spec takes the place of those before it', async () => {
  const client = new InProcessClient(ENGINE);
  const ask = (spec: LabSpec) =>
    client.ask({ ask: 'lab', spec, variant: 'eager' }).catch((error: Error) => error.message);
  const answers = await Promise.all([ask(SPEC), ask(SPEC), ask({ ...SPEC, seed: 2 })]);
  expect(answers.map((each) => (typeof each === 'string' ? each : each.notYet))).toEqual([
    LAB_SUPERSEDED,
    LAB_SUPERSEDED,
    null,
  ]);
  client.close();
});

test('a lesson’s hidden run is never given up', async () => {
  const client = new InProcessClient(ENGINE);
  const scenario = { kafkascope: 1 as const, topics: [{ name: 'orders' }] };
  const hidden = client.ask({ ask: 'run', scenario, untilUs: 1_000_000 });
  const lab = client.ask({ ask: 'lab', spec: SPEC, variant: 'eager' }).catch((error: Error) => error.message);
  void client.ask({ ask: 'how-many', spec: { ...HOW_MANY, upTo: 1 } }).catch(() => undefined);
  expect((await hidden).endedAtMs).toBe(1000);
  expect(typeof (await lab)).toBe('object');
  client.close();
});

const HOW_MANY: HowManySpec = {
  partitions: 3,
  upTo: 4,
  ratePerSecond: 100,
  processMs: 20,
  variant: 'eager',
  seed: 1,
};

test('how many consumers: throughput rises until all partitions have one, then members are idle', () => {
  const move = howManyOf(ENGINE, HOW_MANY);
  let next = move.next();
  const done: number[] = [];
  while (next.done !== true) {
    done.push(next.value.doneUs);
    expect(next.value.doneUs).toBeLessThanOrEqual(next.value.ofUs);
    next = move.next();
  }
  expect(done).toEqual([...done].sort((a, b) => a - b));
  const points = next.value;
  expect(points.map(({ members, idle }) => [members, idle])).toEqual([
    [1, 0],
    [2, 0],
    [3, 0],
    [4, 1],
  ]);
  const [one, two, three, four] = points.map(({ processedPerSecond }) => processedPerSecond);
  // One works on 50 records a second; 100 come.
  expect(one).toBeGreaterThan(45);
  expect(one).toBeLessThanOrEqual(51);
  expect(two).toBeGreaterThan(70);
  expect(three).toBeGreaterThan(90);
  expect(four).toBeGreaterThan(90);
  const lag = points.map(({ lagAtEnd }) => lagAtEnd);
  expect(lag[0]).toBeGreaterThan(400);
  expect(lag[2]).toBeLessThan(100);
  expect(points[0]?.rebalanceCost).toBe(0);
  for (const { rebalanceCost } of points.slice(1)) expect(rebalanceCost).toBeGreaterThan(0);
});
