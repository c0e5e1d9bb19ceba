import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { commandOf, commandsFor, shellWord } from './commands.ts';
import type { Frame, WorldInfo } from './frame.ts';
import { VERBS } from './verbs/index.ts';

/**
 * Options of the tools of Kafka 4.3.1, as their option parsers name them; those that are deprecated there
 * (producer-property, property, producer.config) are left out on purpose.
 */
const OPTIONS: Readonly<Record<string, string>> = {
  topics:
    'bootstrap-server command-config list create delete alter describe topic topic-id config partitions replication-factor replica-assignment under-replicated-partitions unavailable-partitions under-min-isr-partitions at-min-isr-partitions topics-with-overrides if-exists if-not-exists exclude-internal partition-size-limit-per-response',
  configs:
    'bootstrap-server bootstrap-controller command-config alter describe all entity-type entity-name entity-default add-config add-config-file delete-config topic client user broker broker-defaults broker-logger ip group client-metrics',
  'consumer-groups':
    'bootstrap-server group topic all-topics list describe all-groups delete timeout command-config reset-offsets delete-offsets dry-run execute export to-offset from-file to-datetime by-duration to-earliest to-latest to-current shift-by members verbose offsets state',
  'leader-election':
    'bootstrap-server command-config path-to-json-file topic partition all-topic-partitions election-type',
  'reassign-partitions':
    'verify generate execute cancel list bootstrap-server bootstrap-controller command-config reassignment-json-file topics-to-move-json-file broker-list disable-rack-aware throttle timeout additional preserve-throttles',
  'delete-records': 'bootstrap-server offset-json-file command-config',
  'console-producer':
    'topic bootstrap-server sync compression-codec batch-size request-required-acks line-reader reader-property reader-config command-property command-config',
  'console-consumer':
    'topic include partition offset command-property command-config formatter formatter-property from-beginning max-messages bootstrap-server isolation-level group',
  'get-offsets': 'bootstrap-server topic-partitions topic partitions time command-config exclude-internal-topics',
  'log-dirs': 'bootstrap-server command-config describe topic-list broker-list',
  'broker-api-versions': 'bootstrap-server command-config',
  'metadata-quorum': 'bootstrap-server status replication human-readable',
};

function checkOptions(text: string): void {
  for (const [, name, rest] of text.matchAll(/kafka-([a-z-]+)\.sh([^\n|;]*)/g)) {
    if (name === 'server-start') continue;
    const known = OPTIONS[name as string];
    expect(known, name).toBeDefined();
    const words = (rest as string).replace(/'[^']*'/g, 'word');
    for (const [, option] of words.matchAll(/(?<= )--([a-z.-]+)/g)) expect(known?.split(' ')).toContain(option);
  }
}

const replica = (broker: number) => ({ broker }) as Frame['partitions'][number]['replicas'][number];
const frame = {
  brokers: [{ id: 1 }, { id: 2 }, { id: 3 }],
  controllers: [{ id: 101 }],
  partitions: [
    { name: 'orders-0', topic: 'orders', index: 0, minIsr: 2, replicas: [replica(1), replica(2), replica(3)] },
    { name: 'one-0', topic: 'one', index: 0, minIsr: 1, replicas: [replica(1)] },
  ],
  producers: [{ id: "check'out", acks: 'all', idempotent: true, topic: 'orders' }],
  consumers: [
    { id: 'audit', group: null, topics: [], positions: [{ partition: 'orders-0', position: 17 }] },
    { id: 'member', group: 'billing', topics: ['orders'], positions: [] },
  ],
  groups: [{ id: 'billing', topics: ['orders'] }],
} as unknown as Frame;
const info = { topics: [{ name: 'orders', partitions: 3, replicationFactor: 3 }] } as unknown as WorldInfo;

const texts = (thing: string): string[] => commandsFor(thing, frame, info).map((command) => command.text);

test('every option is one of the tool in 4.3.1, for each kind of thing', () => {
  const things = ['topic:orders', 'partition:orders-0', 'replica:orders-0@2', 'broker:1', 'controller:101'];
  for (const thing of [...things, "producer:check'out", 'consumer:audit', 'consumer:member', 'group:billing']) {
    expect(texts(thing).length, thing).toBeGreaterThan(0);
    for (const text of texts(thing)) checkOptions(text);
  }
  expect(texts('link:1>2')).toEqual([]);
  expect(texts('record:4')).toEqual([]);
  expect(texts('partition:gone-1')).toHaveLength(4);
});

test('a topic, a partition, a producer, a reader and a group', () => {
  expect(texts('topic:orders')).toContain(
    'kafka-topics.sh --bootstrap-server localhost:9092 --create --topic orders --partitions 3 --replication-factor 3',
  );
  expect(texts('partition:orders-0').at(-1)).toBe(
    `cat > reassign.json <<'EOF'\n{"version":1,"partitions":[{"topic":"orders","partition":0,"replicas":[2,3,1]}]}\nEOF\n` +
      'kafka-reassign-partitions.sh --bootstrap-server localhost:9092 --reassignment-json-file reassign.json --execute',
  );
  expect(texts('partition:one-0').at(-1)).toContain('"replicas":[2]');
  expect(texts("producer:check'out")[0]).toContain("--command-property 'client.id=check'\\''out'");
  expect(texts('consumer:audit')[0]).toContain('--topic orders --partition 0 --offset 17');
  expect(texts('consumer:member')).toEqual(texts('group:billing'));
  expect(texts('group:billing')).toContain(
    'kafka-consumer-groups.sh --bootstrap-server localhost:9092 --reset-offsets --group billing --topic orders --to-earliest --dry-run',
  );
});

describe('commands of the page', () => {
  const of = (step: Record<string, unknown> & { do: string }): string => commandOf(step).text;
  test.each([
    [
      { do: 'config.set', scope: 'topic', entity: 'orders', key: 'cleanup.policy', value: 'compact,delete' },
      "kafka-configs.sh --bootstrap-server localhost:9092 --alter --entity-type topics --entity-name orders --add-config 'cleanup.policy=[compact,delete]'",
    ],
    [
      { do: 'config.set', scope: 'topic', entity: 'orders', key: 'min.insync.replicas', value: null },
      'kafka-configs.sh --bootstrap-server localhost:9092 --alter --entity-type topics --entity-name orders --delete-config min.insync.replicas',
    ],
    [
      { do: 'config.set', scope: 'broker', key: 'min.insync.replicas', value: '2' },
      'kafka-configs.sh --bootstrap-server localhost:9092 --alter --entity-type brokers --entity-default --add-config min.insync.replicas=2',
    ],
    [
      { do: 'config.set', scope: 'producer', entity: 'p', key: 'acks', value: '1' },
      "printf '%s\\n' acks=1 >> producer.properties",
    ],
    [
      { do: 'leader.elect', partition: 'a-b-10', unclean: true },
      'kafka-leader-election.sh --bootstrap-server localhost:9092 --election-type unclean --topic a-b --partition 10',
    ],
    [
      { do: 'topic.create', name: 't', assignment: [[1, 2], [2, 3]], config: { 'retention.ms': '5' } }, // biome-ignore format: one row a case
      'kafka-topics.sh --bootstrap-server localhost:9092 --create --topic t --replica-assignment 1:2,2:3 --config retention.ms=5',
    ],
    [{ do: 'broker.kill', broker: 2 }, `kill -KILL "$(pgrep -f 'kafka.Kafka .*server-2.properties')"`],
    [{ do: 'broker.pause', broker: 2 }, `kill -STOP "$(pgrep -f 'kafka.Kafka .*server-2.properties')"`],
    [{ do: 'network.cut', between: [[1], [2]], oneWay: true }, 'sudo iptables -A OUTPUT -d broker-2 -j DROP'],
    [
      { do: 'network.set', between: [[1], [2]], latencyMs: 40, lossPercent: 1 },
      'sudo tc qdisc replace dev eth0 root netem delay 40ms loss 1%',
    ],
  ])('%j', (step, text) => {
    expect(of(step)).toBe(text);
    checkOptions(text);
  });

  test('each verb has a command, a call or the reason why there is none', () => {
    for (const { verb } of VERBS) {
      const command = commandOf({ do: verb, broker: 1, producer: 'p', consumer: 'c', topic: 't', partition: 't-0' });
      expect(command.key, verb).not.toBe('inout.command.none');
      checkOptions(command.text);
    }
  });
});

/** printf of a POSIX shell gives back what was quoted for it. */
test('what is quoted for the shell comes back from it', () => {
  const echo = (word: string): string => execFileSync('sh', ['-c', `printf '%s' ${shellWord(word)}`]).toString();
  const cases = ["it's", '$HOME `id` "x" \\', 'a\nb', '', '!*?~', '--x', '你好'];
  for (const word of cases) expect(echo(word)).toBe(word);
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'a\'"$`\\ \n;&|<>(){}*?#~!='), maxLength: 8 }), (word) => {
      expect(echo(word)).toBe(word);
    }),
    { numRuns: 30 },
  );
});
