/** Parameters of groups and clients whose effect shows in what a run leaves behind: each against its default. */
import { expect, test } from 'vitest';
import { configOf } from '../engine/controller/metadata-image.ts';
import type { World } from '../engine/kernel/world.ts';
import { resultOf } from '../engine/projection/result.ts';
import type { Result } from '../protocol/result.ts';
import type { Scenario } from '../protocol/scenario.ts';
import { runScenario, say } from './run-scenario.ts';

interface Setting {
  readonly broker?: Readonly<Record<string, string>>;
  readonly consumer?: Readonly<Record<string, string>>;
  readonly producer?: Readonly<Record<string, string>>;
}

/** Three brokers, one topic, one producer and one member of a group, with these values set. */
function run(
  { broker = {}, consumer = {}, producer = {} }: Setting,
  change: Partial<Scenario> = {},
): { w: World; result: Result } {
  const scenario: Scenario = {
    kafkascope: 1,
    untilMs: 20_000,
    cluster: { brokers: 3, config: broker },
    topics: [{ name: 'orders', assignment: [[1, 2, 3]] }],
    producers: [{ id: 'p', config: producer, workload: { topic: 'orders', ratePerSecond: 20 } }],
    consumers: [
      { id: 'c', config: { 'group.id': 'g', 'auto.offset.reset': 'earliest', ...consumer }, subscribe: ['orders'] },
    ],
    ...change,
  };
  const w = runScenario({ scenario });
  return { w, result: resultOf(w, say) };
}

test.each([
  ['group.min.session.timeout.ms', '60000'],
  ['group.max.session.timeout.ms', '30000'],
])('%s: a session time-out outside of it is refused, and the member is not let in', (key, value) => {
  expect(run({}).result.groups.g?.state).toBe('Stable');
  const refused = run({ broker: { [key]: value } }).result;
  expect(refused.groups.g?.state ?? '').not.toBe('Stable');
  expect(refused.requestErrors.INVALID_SESSION_TIMEOUT).toBeGreaterThanOrEqual(1);
});

test('offsets.commit.timeout.ms: a commit whose copies do not come is given up after it', () => {
  const steps: Scenario['steps'] = [2, 3].map((id) => ({ atMs: 9000, do: 'network.cut', between: [[1], [id]] }));
  const errors = (ms: string): number => {
    // All internal partitions on all brokers; the coordinator of g loses its followers for a while.
    const { result } = run(
      { broker: { 'offsets.commit.timeout.ms': ms, 'offsets.topic.num.partitions': '1' } },
      { steps: [...(steps ?? []), { atMs: 9000, do: 'network.cut', between: [[2], [3]] }], untilMs: 16_000 },
    );
    const { requestErrors } = result;
    return (requestErrors.COORDINATOR_NOT_AVAILABLE ?? 0) + (requestErrors.REQUEST_TIMED_OUT ?? 0);
  };
  expect(errors('500')).toBeGreaterThan(errors('60000'));
});

test('offsets.topic.segment.bytes: __consumer_offsets is made with it', () => {
  const { w } = run({ broker: { 'offsets.topic.segment.bytes': '2097152' } });
  expect([...configOf(w.controller.image, 'TOPIC', '__consumer_offsets')]).toContainEqual(['segment.bytes', '2097152']);
});

test('exclude.internal.topics=false: a pattern matches __consumer_offsets too', () => {
  const pattern = (value: string): readonly string[] => {
    const config = { 'group.id': 'g', 'exclude.internal.topics': value };
    const { result } = run({}, { consumers: [{ id: 'c', config, subscribePattern: '.*' }], untilMs: 15_000 });
    return result.groups.g?.members.c ?? [];
  };
  expect(pattern('true').every((name) => !name.startsWith('__'))).toBe(true);
  expect(pattern('false').some((name) => name.startsWith('__consumer_offsets-'))).toBe(true);
});

test('replica.high.watermark.checkpoint.interval.ms: how old the mark on disk may be', () => {
  const behind = (ms: string): number => {
    const { w } = run({ broker: { 'replica.high.watermark.checkpoint.interval.ms': ms } });
    const leader = w.replicas.find((r) => r !== null && r.role === 'leader' && r.leo > 100);
    return leader === undefined || leader === null ? -1 : leader.highWatermark - leader.checkpointedHw;
  };
  expect(behind('100')).toBeLessThan(10);
  expect(behind('19000')).toBeGreaterThan(10);
});

test.each(['producer', 'consumer'] as const)('%s retry.backoff.max.ms: how far apart tries come to lie', (who) => {
  // The only copy's broker is dead: nobody leads, and clients ask again and again who does.
  const asked = (ms: string): number => {
    const { w } = run(
      { [who]: { 'retry.backoff.ms': '100', 'retry.backoff.max.ms': ms } },
      {
        topics: [{ name: 'orders', assignment: [[1]] }],
        steps: [{ atMs: 8000, do: 'broker.kill', broker: 1 }],
        untilMs: 40_000,
      },
    );
    const client = w.nodeById.get(who === 'producer' ? 'p' : 'c') as number;
    return w.connections.filter((c) => c.client === client).reduce((sum, c) => sum + c.nextCorrelationId, 0);
  };
  expect(asked('100')).toBeGreaterThan(asked('10000') + 50);
});
