/**
 * The same with Kafka's own tools, release 4.3.1: what would ask a running cluster about a thing, and what would do what a
 * command of the page does. Option names are those of TopicCommand, ConfigCommand, ConsumerGroupCommand,
 * LeaderElectionCommand, ReassignPartitionsCommand, DeleteRecordsCommand and ConsoleProducer. Text is for a POSIX shell.
 */
import { findKey } from '../kafka/config/registry.ts';
import type { Frame, PartitionView, ThingId, WorldInfo } from './frame.ts';
import { parsePartitionName } from './partition-name.ts';

/** A line (or a few) of shell; `key` is a sentence of `text/`: what it does, or why there is no such tool. */
export interface ShellCommand {
  readonly key: string;
  readonly params: Readonly<Record<string, string | number>>;
  readonly text: string;
}

type Step = Readonly<Record<string, unknown>> & { readonly do: string };

/** A word of a POSIX shell: as it is where nothing in it is special, else in single quotes. */
export function shellWord(text: string): string {
  if (/^[A-Za-z0-9_@%+:,./=-]+$/.test(text)) return text;
  return `'${text.replaceAll("'", "'\\''")}'`;
}

const SERVER = '--bootstrap-server localhost:9092';

function tool(name: string, ...parts: (string | false)[]): string {
  return [`kafka-${name}.sh`, SERVER, ...parts.filter((part) => part !== false && part !== '')].join(' ');
}

const option = (name: string, value: string | number): string => `--${name} ${shellWord(String(value))}`;

function command(key: string, text: string, params: ShellCommand['params'] = {}): ShellCommand {
  return { key: `inout.command.${key}`, params, text };
}

/** A value with commas stands in brackets, as ConfigCommand groups it; brackets inside a value it cannot say. */
function configPair(key: string, value: string): string {
  return option('add-config', `${key}=${value.includes(',') ? `[${value}]` : value}`);
}

/** What asks about a thing and what is mostly done to it. Empty for what no tool knows (a link, a record). */
export function commandsFor(thing: ThingId, frame: Frame, info: WorldInfo | null): readonly ShellCommand[] {
  const at = thing.indexOf(':');
  const kind = thing.slice(0, at);
  const name = thing.slice(at + 1);
  switch (kind) {
    case 'topic':
      return topicCommands(name, frame, info);
    case 'partition':
      return partitionCommands(name, frame);
    case 'replica':
      return partitionCommands(name.slice(0, name.lastIndexOf('@')), frame);
    case 'broker':
      return brokerCommands(name);
    case 'controller':
      return [command('quorum', tool('metadata-quorum', 'describe --status')), ...brokerCommands(name)];
    case 'producer':
      return producerCommands(name, frame);
    case 'consumer': {
      const consumer = frame.consumers.find(({ id }) => id === name);
      if (consumer === undefined) return [];
      if (consumer.group !== null) return groupCommands(consumer.group, consumer.topics[0] ?? null);
      return consumer.positions.map(({ partition, position }) => consoleConsumer(partition, position));
    }
    case 'group':
      return groupCommands(name, frame.groups.find(({ id }) => id === name)?.topics[0] ?? null);
    default:
      return [];
  }
}

function topicCommands(topic: string, frame: Frame, info: WorldInfo | null): ShellCommand[] {
  const known = info?.topics.find(({ name }) => name === topic);
  const partitions = frame.partitions.filter((partition) => partition.topic === topic);
  const count = known?.partitions ?? partitions.length;
  const factor = known?.replicationFactor ?? partitions[0]?.replicas.length ?? 1;
  const of = option('topic', topic);
  return [
    command('topic.describe', tool('topics', '--describe', of)),
    command(
      'topic.create',
      tool('topics', '--create', of, option('partitions', count), option('replication-factor', factor)),
    ),
    command('topic.partitions', tool('topics', '--alter', of, option('partitions', count + 1)), { total: count + 1 }),
    command('config.describe', tool('configs', '--describe', '--entity-type topics', option('entity-name', topic))),
    command(
      'config.alter',
      tool(
        'configs',
        '--alter',
        '--entity-type topics',
        option('entity-name', topic),
        configPair('min.insync.replicas', String(partitions[0]?.minIsr ?? 1)),
      ),
    ),
    command('topic.delete', tool('topics', '--delete', of)),
  ];
}

function partitionCommands(name: string, frame: Frame): ShellCommand[] {
  const ref = parsePartitionName(name);
  if (ref === null) return [];
  const view = frame.partitions.find((partition) => partition.name === name);
  const { topic, partition } = ref;
  const election = (type: 'preferred' | 'unclean'): string =>
    tool('leader-election', `--election-type ${type}`, option('topic', topic), option('partition', partition));
  return [
    command('topic.describe', tool('topics', '--describe', option('topic', topic))),
    command('offsets', tool('get-offsets', option('topic-partitions', `${topic}:${partition}`))),
    command('election.preferred', election('preferred')),
    command('election.unclean', election('unclean')),
    ...(view === undefined ? [] : [reassignment(name, moved(view, frame))]),
  ];
}

/** The same replicas in another order: the first of the others leads. */
function moved(view: PartitionView, frame: Frame): number[] {
  const replicas = view.replicas.map(({ broker }) => broker);
  if (replicas.length > 1) return [...replicas.slice(1), replicas[0] as number];
  const other = frame.brokers.find(({ id }) => !replicas.includes(id));
  return other === undefined ? replicas : [other.id];
}

/** The file, and the call that reads it: a here-document, so that both are copied as one. */
function withFile(file: string, json: unknown, call: string): string {
  return `cat > ${file} <<'EOF'\n${JSON.stringify(json)}\nEOF\n${call}`;
}

function reassignment(name: string, replicas: readonly number[]): ShellCommand {
  const ref = parsePartitionName(name);
  const json = { version: 1, partitions: [{ ...ref, replicas }] };
  const call = tool('reassign-partitions', '--reassignment-json-file reassign.json', '--execute');
  return command('reassign', withFile('reassign.json', json, call), { replicas: replicas.join(', ') });
}

function brokerCommands(id: string): ShellCommand[] {
  const entity = `--entity-type brokers ${option('entity-name', id)}`;
  return [
    command('config.describe-all', tool('configs', '--describe', '--all', entity)),
    command('config.defaults', tool('configs', '--describe', '--entity-type brokers', '--entity-default')),
    command('api-versions', tool('broker-api-versions')),
    command('log-dirs', tool('log-dirs', '--describe', option('broker-list', id))),
    command('quorum', tool('metadata-quorum', 'describe --replication')),
  ];
}

function producerCommands(id: string, frame: Frame): ShellCommand[] {
  const producer = frame.producers.find((each) => each.id === id);
  if (producer === undefined) return [];
  const topic = producer.topic ?? frame.partitions[0]?.topic ?? 'topic';
  return [
    command(
      'console-producer',
      tool(
        'console-producer',
        option('topic', topic),
        option('command-property', `client.id=${id}`),
        option('command-property', `acks=${producer.acks}`),
        option('command-property', `enable.idempotence=${producer.idempotent}`),
        '--reader-property parse.key=true',
        "--reader-property 'key.separator=:'",
      ),
    ),
  ];
}

function groupCommands(group: string, topic: string | null): ShellCommand[] {
  const of = option('group', group);
  const which = topic === null ? '--all-topics' : option('topic', topic);
  return [
    command('group.describe', tool('consumer-groups', '--describe', of)),
    command('group.members', tool('consumer-groups', '--describe', of, '--members --verbose')),
    command('group.state', tool('consumer-groups', '--describe', of, '--state')),
    command('group.reset', tool('consumer-groups', '--reset-offsets', of, which, '--to-earliest', '--dry-run')),
    command('group.reset-now', tool('consumer-groups', '--reset-offsets', of, which, '--to-earliest', '--execute')),
    command('config.describe', tool('configs', '--describe', '--entity-type groups', option('entity-name', group))),
  ];
}

function consoleConsumer(partition: string, offset: number): ShellCommand {
  const ref = parsePartitionName(partition) ?? { topic: partition, partition: 0 };
  return command(
    'console-consumer',
    tool(
      'console-consumer',
      option('topic', ref.topic),
      option('partition', ref.partition),
      option('offset', Math.max(0, offset)),
      '--formatter-property print.key=true',
    ),
    { partition },
  );
}

/** What does on a real cluster what a command of the page does here. */
export function commandOf(step: Step): ShellCommand {
  return admin(step) ?? process(step) ?? client(step) ?? command('none', '');
}

const text = (value: unknown): string => (value === undefined || value === null ? '' : String(value));

function admin(step: Step): ShellCommand | null {
  switch (step.do) {
    case 'topic.create':
      return topicCreate(step);
    case 'topic.delete':
      return command('topic.delete', tool('topics', '--delete', option('topic', text(step.topic))));
    case 'topic.addPartitions': {
      const grown = tool(
        'topics',
        '--alter',
        option('topic', text(step.topic)),
        option('partitions', text(step.total)),
      );
      return command('topic.partitions', grown, { total: text(step.total) });
    }
    case 'topic.deleteRecords': {
      const ref = parsePartitionName(text(step.partition));
      const json = { version: 1, partitions: [{ ...ref, offset: step.beforeOffset }] };
      return command(
        'delete-records',
        withFile('delete.json', json, tool('delete-records', '--offset-json-file delete.json')),
      );
    }
    case 'partition.reassign':
      return reassignment(text(step.partition), Array.isArray(step.replicas) ? (step.replicas as number[]) : []);
    case 'leader.elect': {
      const ref = parsePartitionName(text(step.partition)) ?? { topic: text(step.partition), partition: 0 };
      const type = step.unclean === true ? 'unclean' : 'preferred';
      const call = tool(
        'leader-election',
        `--election-type ${type}`,
        option('topic', ref.topic),
        option('partition', ref.partition),
      );
      return command(`election.${type}`, call);
    }
    case 'config.set':
      return configSet(step);
    default:
      return null;
  }
}

function topicCreate(step: Step): ShellCommand {
  const config = Object.entries((step.config ?? {}) as Readonly<Record<string, string>>);
  const assignment = step.assignment as readonly (readonly number[])[] | null | undefined;
  const replicas = assignment?.map((list) => list.join(':')).join(',');
  return command(
    'topic.create',
    tool(
      'topics',
      '--create',
      option('topic', text(step.name ?? step.topic)),
      replicas === undefined
        ? [
            step.partitions === undefined || step.partitions === null
              ? ''
              : option('partitions', text(step.partitions)),
            step.replicationFactor === undefined || step.replicationFactor === null
              ? ''
              : option('replication-factor', text(step.replicationFactor)),
          ]
            .filter((part) => part !== '')
            .join(' ')
        : option('replica-assignment', replicas),
      ...config.map(([key, value]) => option('config', `${key}=${value}`)),
    ),
  );
}

function configSet(step: Step): ShellCommand {
  const key = text(step.key);
  const entity = text(step.entity);
  const value = step.value === null || step.value === undefined ? null : String(step.value);
  const change = value === null ? option('delete-config', key) : configPair(key, value);
  const alter = (type: string, name: string): string =>
    tool(
      'configs',
      '--alter',
      `--entity-type ${type}`,
      name === '' ? '--entity-default' : option('entity-name', name),
      change,
    );
  if (step.scope === 'topic') return command('config.alter', alter('topics', entity));
  if (step.scope === 'group') return command('config.alter', alter('groups', entity));
  if (step.scope === 'broker' && findKey('broker', key)?.updateMode !== 'read-only')
    return command(entity === '' ? 'config.alter-default' : 'config.alter', alter('brokers', entity));
  const file = step.scope === 'broker' ? 'server.properties' : `${text(step.scope)}.properties`;
  const set =
    value === null
      ? `sed -i ${shellWord(`/^${key.replaceAll('.', '\\.')}=/d`)} ${file}`
      : `printf '%s\\n' ${shellWord(`${key}=${value}`)} >> ${file}`;
  return command(step.scope === 'broker' ? 'config.file-broker' : 'config.file-client', set, { file });
}

/** A process is found by what its command line names. */
const pid = (what: string): string => `"$(pgrep -f ${shellWord(what)})"`;

const SIGNALS: Readonly<Record<string, string>> = {
  'broker.kill': 'KILL',
  'broker.stop': 'TERM',
  'broker.pause': 'STOP',
  'broker.resume': 'CONT',
  'producer.crash': 'KILL',
  'producer.stop': 'TERM',
  'consumer.crash': 'KILL',
  'consumer.leave': 'TERM',
  'consumer.pause': 'STOP',
  'consumer.resume': 'CONT',
};

function process(step: Step): ShellCommand | null {
  const id = text(step.broker ?? step.producer ?? step.consumer);
  const isBroker = step.broker !== undefined;
  const signal = SIGNALS[step.do];
  if (signal !== undefined) {
    const what = isBroker ? `kafka.Kafka .*server-${id}.properties` : `client.id=${id}`;
    return command(`signal.${signal}`, `kill -${signal} ${pid(what)}`, { id });
  }
  switch (step.do) {
    case 'broker.start':
      return command('start', `kafka-server-start.sh -daemon config/server-${id}.properties`, { id });
    case 'host.powerLoss':
      return command('power', '', { id });
    case 'disk.fill':
      return command('disk.fill', `fallocate -l ${shellWord(text(step.bytes) || '1G')} /var/lib/kafka/data/filler`, {
        id,
      });
    case 'disk.fail':
      return command('disk.fail', '', { id });
    case 'disk.wipe':
      return command('disk.wipe', '', { id });
    case 'network.cut':
    case 'network.heal':
    case 'network.set':
      return network(step);
    default:
      return null;
  }
}

/** On the hosts of the first side; the other side's addresses stand as their names. */
function network(step: Step): ShellCommand {
  const [, others = []] = (step.between ?? []) as readonly (readonly (number | string)[])[];
  const hosts = others.map((other) => (typeof other === 'number' ? `broker-${other}` : String(other)));
  if (step.do !== 'network.set') {
    const flag = step.do === 'network.cut' ? '-A' : '-D';
    const lines = hosts.flatMap((host) => [
      `sudo iptables ${flag} OUTPUT -d ${shellWord(host)} -j DROP`,
      ...(step.oneWay === true ? [] : [`sudo iptables ${flag} INPUT -s ${shellWord(host)} -j DROP`]),
    ]);
    return command(step.do === 'network.cut' ? 'network.cut' : 'network.heal', lines.join('\n'));
  }
  const parts = [
    step.latencyMs === undefined || step.latencyMs === null ? '' : `delay ${step.latencyMs}ms`,
    step.jitterMs === undefined || step.jitterMs === null || step.latencyMs === undefined ? '' : `${step.jitterMs}ms`,
    step.lossPercent === undefined || step.lossPercent === null ? '' : `loss ${step.lossPercent}%`,
    step.bandwidthMbps === undefined || step.bandwidthMbps === null ? '' : `rate ${step.bandwidthMbps}mbit`,
  ].filter((part) => part !== '');
  return command('network.set', `sudo tc qdisc replace dev eth0 root netem ${parts.join(' ')}`);
}

function client(step: Step): ShellCommand | null {
  switch (step.do) {
    case 'producer.send':
      return send(step);
    case 'producer.start':
    case 'consumer.join':
      return command('client.start', '', { id: text(step.producer ?? step.consumer) });
    case 'consumer.seek':
      return seek(step);
    case 'consumer.subscribe':
      return subscribe(step);
    case 'producer.init':
    case 'producer.begin':
    case 'producer.commit':
    case 'producer.abort':
    case 'producer.flush':
    case 'consumer.commit':
      return command('client.call', '', { call: CALLS[step.do] as string });
    default:
      return null;
  }
}

/** The methods of Kafka's Java clients. */
const CALLS: Readonly<Record<string, string>> = {
  'producer.init': 'producer.initTransactions();',
  'producer.begin': 'producer.beginTransaction();',
  'producer.commit': 'producer.commitTransaction();',
  'producer.abort': 'producer.abortTransaction();',
  'producer.flush': 'producer.flush();',
  'consumer.commit': 'consumer.commitSync();',
};

function subscribe({ topics, pattern }: Step): ShellCommand {
  const named = Array.isArray(topics) ? topics.map((topic) => JSON.stringify(topic)).join(', ') : '';
  const what = typeof pattern === 'string' ? `Pattern.compile(${JSON.stringify(pattern)})` : `List.of(${named})`;
  return command('client.call', '', { call: `consumer.subscribe(${what});` });
}

function seek(step: Step): ShellCommand {
  const ref = parsePartitionName(text(step.partition)) ?? { topic: text(step.partition), partition: 0 };
  const java = `new TopicPartition(${JSON.stringify(ref.topic)}, ${ref.partition})`;
  const call =
    step.to === 'beginning'
      ? `consumer.seekToBeginning(List.of(${java}));`
      : step.to === 'end'
        ? `consumer.seekToEnd(List.of(${java}));`
        : `consumer.seek(${java}, ${text(step.to)});`;
  return command('client.call', '', { call });
}

/** One line a record; null is what null.marker says. */
function send(step: Step): ShellCommand {
  const key = step.key === undefined || step.key === null ? null : String(step.key);
  const value = step.value === undefined ? 'x'.repeat(100) : step.value === null ? 'NULL' : String(step.value);
  const count = typeof step.count === 'number' ? step.count : 1;
  const line = key === null ? value : `${key}\t${value}`;
  const print = `printf '%s\\n' ${shellWord(line)}`;
  const input = count === 1 ? print : `for i in $(seq ${count}); do ${print}; done`;
  const call = tool(
    'console-producer',
    option('topic', text(step.topic)),
    key !== null && '--reader-property parse.key=true',
    step.value === null && '--reader-property null.marker=NULL',
  );
  return command('send', `${input} | ${call}`);
}
