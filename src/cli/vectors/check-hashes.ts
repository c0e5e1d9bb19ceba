/** Vectors of hashes, random numbers, placement and partitioners. */
import {
  type HashCode,
  javaHashMapCopyOrder,
  javaHashMapOrder,
  javaHashSetOrder,
  javaTopicPartitionHash,
  javaUuidHash,
} from '../../kafka/hash/java-hash-map-order.ts';
import {
  javaRandom,
  nextBoolean,
  nextDouble,
  nextInt,
  nextIntBelow,
  nextLong,
  shuffle,
} from '../../kafka/hash/java-random.ts';
import {
  groupCoordinatorPartition,
  javaAbs,
  javaStringHash,
  shareCoordinatorPartition,
  sharePartitionKey,
  transactionCoordinatorPartition,
} from '../../kafka/hash/java-string-hash.ts';
import {
  type BuiltInPartitioner,
  builtInPartitioner,
  nextPartition,
  partitionLoadStats,
  updatePartitionInfo,
  withCurrentPartition,
} from '../../kafka/partitioner/built-in-partitioner.ts';
import { murmur2, partitionForKey, toPositive, utf8Bytes } from '../../kafka/partitioner/murmur2.ts';
import {
  InvalidReplicationFactorError,
  placeReplicas,
  type UsableBroker,
} from '../../kafka/placement/replica-placer.ts';
import { bytesOfHex, hexOf } from '../../kafka/records/bytes.ts';
import { type CaseCheck, type CaseResult, checkList, type Fields, type VectorFile } from './case-check.ts';

export function checkMurmur2(file: VectorFile): CaseResult[] {
  return checkList(file.cases, 'cases', (entry, result) => {
    const isText = entry.text('type') === 'utf8';
    const bytes = isText ? utf8Bytes(entry.text('text')) : bytesOfHex(entry.text('hex'));
    const hash = murmur2(bytes);
    if (isText) result.same('UTF-8 bytes', entry.raw('hex'), hexOf(bytes));
    result.same('murmur2', entry.raw('murmur2'), hash);
    result.same('toPositive', entry.raw('toPositive'), toPositive(hash));
    for (const [numPartitions, expected] of entry.object('partition').entries()) {
      const key = isText ? entry.text('text') : bytes;
      result.same(`partition of ${numPartitions}`, expected, partitionForKey(key, Number(numPartitions)));
    }
    return entry.text('hex').slice(0, 40);
  });
}

export function checkCoordinatorPartitions(file: VectorFile): CaseResult[] {
  const check = (entry: Fields, result: CaseCheck, id: string): string => {
    result.same('javaHashCode', entry.raw('javaHashCode'), javaStringHash(id));
    result.same('abs', entry.raw('abs'), javaAbs(javaStringHash(id)));
    // The fields are named after the number of partitions that they are asked for.
    for (const [name, expected] of entry.entries()) {
      const [, kind, count] = /^(group|txn|share)Partition(\d+)$/.exec(name) ?? [];
      if (kind === 'group') result.same(name, expected, groupCoordinatorPartition(id, Number(count)));
      if (kind === 'txn') result.same(name, expected, transactionCoordinatorPartition(id, Number(count)));
      if (kind === 'share') result.same(name, expected, shareCoordinatorPartition(id, Number(count)));
    }
    return id.slice(0, 60);
  };
  return [
    ...checkList(file.cases, 'cases', (entry, result) => check(entry, result, entry.text('id'))),
    ...checkList(file.transactionalIds, 'transactionalIds', (entry, result) => check(entry, result, entry.text('id'))),
    ...checkList(file.shareKeys, 'shareKeys', (entry, result) => {
      const key = sharePartitionKey(entry.text('groupId'), entry.text('topicId'), entry.number('partition'));
      result.same('coordinatorKey', entry.raw('coordinatorKey'), key);
      return check(entry, result, key);
    }),
  ];
}

export function checkJavaRandom(file: VectorFile): CaseResult[] {
  return checkList(file.cases, 'cases', (entry, result) => {
    const seed = entry.bigint('seed');
    // Each list starts again from the seed.
    const draws = (name: string, draw: (random: ReturnType<typeof javaRandom>) => unknown): void => {
      if (entry.raw(name) === undefined) return;
      const random = javaRandom(seed);
      result.same(
        name,
        entry.raw(name),
        Array.from({ length: entry.list(name).length }, () => draw(random)),
      );
    };
    draws('nextIntBound', (random) => nextIntBelow(random, entry.number('bound')));
    draws('nextInt', nextInt);
    draws('nextDouble', nextDouble);
    draws('nextLong', (random) => `${nextLong(random)}`);
    draws('nextBoolean', nextBoolean);
    if (entry.raw('shuffled') !== undefined) {
      const random = javaRandom(seed);
      const list = Array.from({ length: entry.number('shuffleN') }, (_unused, index) => index);
      shuffle(list, (bound) => nextIntBelow(random, bound));
      result.same('shuffled', entry.raw('shuffled'), list);
    }
    return `seed ${seed}`;
  });
}

const HASH_CODES: Readonly<Record<string, HashCode<string>>> = {
  string: javaStringHash,
  kafkaUuid: javaUuidHash,
  topicPartition: (key) => {
    const colon = key.lastIndexOf(':');
    return javaTopicPartitionHash(key.slice(0, colon), Number(key.slice(colon + 1)));
  },
};

export function checkJavaHashOrder(file: VectorFile): CaseResult[] {
  return checkList(file.cases, 'cases', (entry, result) => {
    const kind = entry.text('kind');
    const hashCode = HASH_CODES[kind];
    if (hashCode === undefined) throw new Error(`the kind ${kind} is unknown`);
    const keys = entry.list('insert') as readonly string[];
    result.same('hashCodes', entry.raw('hashCodes'), keys.map(hashCode));
    result.same('hashMapOrder', entry.raw('hashMapOrder'), javaHashMapOrder(keys, hashCode));
    // What is copied is a map that remembers the order of insertion.
    const copied = javaHashMapCopyOrder([...new Set(keys)], hashCode);
    result.same('hashMapFromMapCopyOrder', entry.raw('hashMapFromMapCopyOrder'), copied);
    result.same('hashSetFromListOrder', entry.raw('hashSetFromListOrder'), javaHashSetOrder(keys, hashCode));
    return `${keys.length} of ${kind}`;
  });
}

export function checkReplicaPlacement(file: VectorFile): CaseResult[] {
  return checkList(file.cases, 'cases', (entry, result) => {
    const brokers: UsableBroker[] = entry.objects('brokers').map((broker) => ({
      id: broker.number('id'),
      rack: broker.textOrNull('rack'),
      fenced: broker.flag('fenced'),
    }));
    const random = javaRandom(entry.bigint('seed'));
    entry.objects('places').forEach((place, index) => {
      const calls: [number, number][] = [];
      const draw = (bound: number): number => {
        const value = nextIntBelow(random, bound);
        calls.push([bound, value]);
        return value;
      };
      let replicas: number[][] | undefined;
      let error: string | undefined;
      try {
        replicas = placeReplicas(brokers, place.number('numPartitions'), place.number('replicationFactor'), draw);
      } catch (thrown) {
        if (!(thrown instanceof InvalidReplicationFactorError)) throw thrown;
        error = thrown.name;
      }
      result.same(`place ${index} replicas`, place.raw('replicas') ?? null, replicas ?? null);
      result.same(`place ${index} error`, place.raw('error') ?? null, error ?? null);
      result.same(`place ${index} random calls`, place.raw('randomCalls'), calls);
    });
    return `seed ${entry.text('seed')}, ${brokers.length} brokers`;
  });
}

export function checkBuiltInPartitioner(file: VectorFile): CaseResult[] {
  const loads = checkList(file.cases, 'cases', (entry, result) => {
    const topic = { available: entry.numbers('available'), numPartitions: entry.number('partitions') };
    const queueSizes = entry.raw('queueSizes') === null ? null : entry.numbers('queueSizes');
    const partitionIds = queueSizes === null ? [] : entry.numbers('partitionIds');
    const stats = partitionLoadStats(queueSizes, partitionIds, queueSizes === null ? 0 : entry.number('length'));
    result.same('cumulativeFrequencyTable', entry.raw('cumulativeFrequencyTable'), stats?.cumulative ?? null);
    for (const pair of entry.list('chosen')) {
      const [random, expected] = pair as [number, number];
      result.same(`partition for ${random}`, expected, nextPartition(stats, topic, random));
    }
    return undefined;
  });
  const sticky = checkList(file.sticky, 'sticky', (entry, result) => {
    const numPartitions = entry.number('partitions');
    const topic = { available: Array.from({ length: numPartitions }, (_unused, id) => id), numPartitions };
    let partitioner: BuiltInPartitioner = builtInPartitioner(entry.number('stickyBatchSize'));
    entry.objects('ops').forEach((op, index) => {
      const draw = (): number => op.number('random');
      partitioner = withCurrentPartition(partitioner, topic, draw);
      result.same(`op ${index} partition`, op.raw('partition'), partitioner.sticky?.partition);
      const bytes = op.number('appendedBytes');
      const update = updatePartitionInfo(partitioner, bytes, op.flag('enableSwitch'), topic, draw);
      partitioner = update.partitioner;
      result.same(`op ${index} partition after`, op.raw('partitionAfter'), partitioner.sticky?.partition);
      result.same(`op ${index} switched`, op.raw('switched'), update.switched);
    });
    return `${numPartitions} partitions, batch ${entry.number('stickyBatchSize')}`;
  });
  return [...loads, ...sticky];
}
