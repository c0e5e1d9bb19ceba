/** "How many consumers?": the scenario of one point. All members but the last are at rest when the last one joins. */
import type { HowManySpec } from './lab.ts';
import { memberUnder } from './lab-variants.ts';
import type { Scenario, ScenarioConsumer } from './scenario.ts';

export const HOW_MANY_GROUP = 'shop';
const TOPIC = 'orders';
export const MAX_HOW_MANY = 60;
/** Production begins when the first members are there, so that what is left over at the end is not of the time before. */
const PRODUCE_FROM_MS = 6000;
const LAST_JOINS_MS = 10_000;
/** Throughput is counted over the last seconds, when the group is at rest again. */
export const COUNTED_MS = 4000;
const UNTIL_MS = 20_000;
/** A poll's records take about this long, whatever one takes: the application comes back to poll() in good time. */
const BATCH_MS = 200;
const MOST_RECORDS = 500;

/** `members` of them; the last one joins at `joinsUs`. */
export function howManyScenario(spec: HowManySpec, members: number): { scenario: Scenario; joinsUs: number } {
  const records = spec.processMs > 0 ? Math.round(BATCH_MS / spec.processMs) : MOST_RECORDS;
  const config = {
    'group.id': HOW_MANY_GROUP,
    'auto.offset.reset': 'earliest',
    'max.poll.records': String(Math.max(1, Math.min(MOST_RECORDS, records))),
  };
  const consumers = Array.from({ length: members }, (_, i): ScenarioConsumer => {
    const last = i === members - 1 && members > 1;
    const joinMs = last ? LAST_JOINS_MS : 1000 + i * 10;
    const consumer = { id: `c${i + 1}`, joinMs, config, subscribe: [TOPIC], processMs: spec.processMs };
    return memberUnder(consumer, spec.variant);
  });
  const scenario: Scenario = {
    kafkascope: 1,
    seed: spec.seed,
    untilMs: UNTIL_MS,
    cluster: { version: '4.3', brokers: 3, controllers: 1 },
    topics: [{ name: TOPIC, partitions: spec.partitions }],
    producers: [
      {
        id: 'p1',
        workload: {
          topic: TOPIC,
          ratePerSecond: spec.ratePerSecond,
          startMs: PRODUCE_FROM_MS,
          keys: { kind: 'random', distinct: spec.partitions * 50 },
        },
      },
    ],
    consumers,
  };
  return { scenario, joinsUs: LAST_JOINS_MS * 1000 };
}
