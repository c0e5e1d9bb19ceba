import { describe, expect, test } from 'vitest';
import { NOT_YET } from '../../kafka/config/not-yet.ts';
import { commandOf, stepOf } from '../parse/commands.ts';
import { validateScenario } from '../parse-scenario.ts';
import { findVerb, VERBS } from './index.ts';

/** CONTRACT.md's table, word for word: verb and arguments; the ones in brackets may be left out. */
const TABLE = `
broker.kill broker
broker.start broker
broker.stop broker
broker.pause broker
broker.resume broker
host.powerLoss broker
disk.fill broker [bytes]
disk.fail broker
disk.wipe broker
network.cut between [oneWay]
network.heal [between] [oneWay]
network.set between [oneWay] [latencyMs] [jitterMs] [lossPercent] [bandwidthMbps]
producer.start producer
producer.stop producer
producer.crash producer
producer.init producer
producer.begin producer
producer.commit producer
producer.abort producer
producer.flush producer
producer.send producer topic [partition] [key] [value] [headers] [count]
consumer.join consumer
consumer.leave consumer
consumer.crash consumer
consumer.pause consumer [ms]
consumer.resume consumer
consumer.seek consumer partition to
consumer.commit consumer
consumer.subscribe consumer [topics] [pattern]
topic.create name [partitions] [replicationFactor] [assignment] [config]
topic.delete topic
topic.addPartitions topic total
topic.deleteRecords partition beforeOffset
partition.reassign partition replicas
leader.elect partition [unclean]
config.set scope [entity] key value`;

test("the verbs are those of the contract's table, in its order", () => {
  const written = VERBS.map((spec) =>
    [spec.verb, ...spec.args.map((arg) => (arg.required ? arg.name : `[${arg.name}]`))].join(' '),
  );
  expect(written).toEqual(TABLE.trim().split('\n'));
});

describe('the specs', () => {
  test('a verb that does not act yet says why', () => {
    for (const spec of VERBS) expect(spec.acts === true || NOT_YET[spec.acts]).toBeTruthy();
  });

  test('a key does one thing to one kind of thing', () => {
    const keys = VERBS.flatMap((spec) => ('key' in spec ? [`${spec.appliesTo} ${spec.key}`] : []));
    expect(new Set(keys).size).toBe(keys.length);
  });

  test('files are named after their verbs', () => {
    const files = Object.keys(import.meta.glob('./*.ts')).filter((path) => !/(index|spec|\.test)\.ts$/.test(path));
    const expected = VERBS.map(
      (spec) => `./${spec.verb.replace('.', '-').replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}.ts`,
    );
    expect(files.sort()).toEqual(expected.sort());
  });

  test('names are found, others are not', () => {
    expect(findVerb('broker.kill')?.harm).toBe('fault');
    expect(findVerb('broker.Kill')).toBeUndefined();
    expect(findVerb('constructor')).toBeUndefined();
  });
});

test('a command written as a step is the same command when it is read', () => {
  const steps = [
    { atMs: 1, do: 'network.set', between: [[1], [2]], oneWay: true, latencyMs: 3 },
    { atMs: 2, do: 'network.heal' },
    { atMs: 3, do: 'producer.send', producer: 'p', topic: 't', value: null, headers: { a: null } },
    { atMs: 3, do: 'producer.send', producer: 'p', topic: 't', partition: 0, key: 'k', value: 'v', count: 2 },
    { atMs: 4, do: 'topic.create', name: 'n', partitions: 2, config: { 'flush.ms': '1' } },
    { atMs: 4, do: 'topic.create', name: 'm', assignment: [[1], [2]] },
    { atMs: 5, do: 'config.set', scope: 'topic', entity: 't', key: 'flush.ms', value: null },
    { atMs: 6, do: 'disk.fill', broker: 1 },
  ];
  const scenario = { kafkascope: 1, topics: [{ name: 't' }], producers: [{ id: 'p' }] };
  const first = validateScenario({ ...scenario, steps }, 'first');
  if (!first.ok) throw new Error(first.problems.map((problem) => problem.message).join('\n'));
  const commands = first.resolved.steps.map((step) => step.command);
  const again = validateScenario(
    { ...scenario, steps: commands.map((command) => stepOf(command, { atMs: 7 })) },
    'again',
  );
  if (!again.ok) throw new Error(again.problems.map((problem) => problem.message).join('\n'));
  expect(again.resolved.steps.map((step) => step.command)).toEqual(commands);
  expect(again.scenario.steps?.map((step) => commandOf(step, 3))).toEqual(commands);
});
