/**
 * What an administrator does while everything breaks: topics made and deleted, partitions added, moved and cut at their
 * start, values changed at run time; and applications that crash and come back (`fuzz --admin`). Its draws are its own, so that
 * seeds without it stay as they were.
 */
import { makeStream, nextInt, type RandomStream } from '../../base/random.ts';
import type { NodeState, World } from '../../engine/kernel/world.ts';
import type { Command } from '../../protocol/verbs/index.ts';
import { between, pick } from './cluster.ts';

/** Of the commands of such a seed. */
const ADMIN_PERCENT = 45;
const MOST_TOPICS = 5;
const MOST_PARTITIONS = 6;

/** The draws of a seed's administrator. */
export const adminDraws = (seed: number): RandomStream => makeStream(seed, 'fuzz admin');

type Maker = (w: World, draws: RandomStream) => Command | null;

const brokersOf = (w: World): number[] => w.brokers.map((b) => b.id);

function topicsOf(w: World): string[] {
  return [...w.controller.image.topics.keys()].filter((name) => !name.startsWith('__'));
}

function partitionsOf(w: World) {
  return w.controller.image.partitions.flatMap((p) =>
    p === null || p === undefined || p.topic.startsWith('__') ? [] : [p],
  );
}

function some(draws: RandomStream, from: readonly number[], count: number): number[] {
  const left = [...from];
  const out: number[] = [];
  while (out.length < count && left.length > 0) out.push(...left.splice(nextInt(draws, left.length), 1));
  return out;
}

const create: Maker = (w, draws) => {
  const there = topicsOf(w);
  // A name that was deleted may come back: another topic with another id.
  const free = ['n0', 'n1', 'n2', ...w.scenario.topics.map((t) => t.name)].filter((name) => !there.includes(name));
  if (there.length >= MOST_TOPICS || free.length === 0) return null;
  return {
    do: 'topic.create',
    name: pick(draws, free),
    partitions: between(draws, 1, 3),
    replicationFactor: between(draws, 1, Math.min(3, w.brokers.length)),
    assignment: null,
    config: nextInt(draws, 2) === 0 ? [] : [['min.insync.replicas', pick(draws, ['1', '2'])]],
  };
};

const remove: Maker = (w, draws) => {
  const there = topicsOf(w);
  // The topics of the file have the traffic: they go seldom.
  const made = there.filter((name) => !w.scenario.topics.some((t) => t.name === name));
  const from = made.length > 0 && nextInt(draws, 4) > 0 ? made : there;
  return from.length === 0 ? null : { do: 'topic.delete', topic: pick(draws, from) };
};

const addPartitions: Maker = (w, draws) => {
  const there = topicsOf(w);
  if (there.length === 0) return null;
  const topic = pick(draws, there);
  const now = partitionsOf(w).filter((p) => p.topic === topic).length;
  return now >= MOST_PARTITIONS ? null : { do: 'topic.addPartitions', topic, total: now + between(draws, 1, 2) };
};

const deleteRecords: Maker = (w, draws) => {
  const led = partitionsOf(w).filter((p) => p.leader >= 0);
  if (led.length === 0) return null;
  const p = pick(draws, led);
  const replica = w.replicas.find(
    (r) => r !== null && r !== undefined && r.partition === p.partition && r.broker === p.leader,
  );
  const end = replica?.highWatermark ?? 0;
  const beforeOffset = pick(draws, [-1, end, nextInt(draws, end + 1), nextInt(draws, end + 1), end + 7]);
  return { do: 'topic.deleteRecords', partition: `${p.topic}-${p.partitionId}`, beforeOffset };
};

const reassign: Maker = (w, draws) => {
  const all = partitionsOf(w);
  if (all.length === 0) return null;
  const p = pick(draws, all);
  const replicas = some(draws, brokersOf(w), between(draws, 1, Math.min(3, w.brokers.length)));
  return { do: 'partition.reassign', partition: `${p.topic}-${p.partitionId}`, replicas };
};

const crash: Maker = (w, draws) => {
  const { id: producer, node } = pick(draws, w.producers);
  return (w.nodes[node] as NodeState).process === 'up'
    ? { do: 'producer.crash', producer }
    : { do: 'producer.start', producer };
};

const set = (
  scope: 'broker' | 'topic' | 'producer' | 'consumer',
  entity: string,
  key: string,
  value: string,
): Command => ({ do: 'config.set', scope, entity, key, value }) as Command;

const configure: Maker = (w, draws) => {
  switch (nextInt(draws, 5)) {
    case 0:
      return set('producer', pick(draws, w.producers).id, 'linger.ms', pick(draws, ['0', '5', '50']));
    case 1:
      return set('producer', pick(draws, w.producers).id, 'batch.size', pick(draws, ['100', '1000', '16384']));
    case 2: {
      const readers = w.consumers.filter((c) => c.id.startsWith('c'));
      return readers.length === 0
        ? null
        : set('consumer', pick(draws, readers).id, 'fetch.max.wait.ms', pick(draws, ['50', '500']));
    }
    case 3:
      // Not dynamic: the broker starts again with it.
      return set('broker', String(pick(draws, brokersOf(w))), 'replica.lag.time.max.ms', pick(draws, ['1000', '5000']));
    default: {
      const there = topicsOf(w);
      return there.length === 0
        ? null
        : set('topic', pick(draws, there), 'min.insync.replicas', pick(draws, ['1', '2']));
    }
  }
};

const MAKERS: readonly (readonly [weight: number, make: Maker])[] = [
  [4, create],
  [3, remove],
  [3, addPartitions],
  [4, deleteRecords],
  [6, reassign],
  [3, crash],
  [3, configure],
];

/** What the administrator does now; null: something else happens. */
export function adminCommand(w: World, draws: RandomStream): Command | null {
  if (nextInt(draws, 100) >= ADMIN_PERCENT) return null;
  let at = nextInt(
    draws,
    MAKERS.reduce((sum, [weight]) => sum + weight, 0),
  );
  const found = MAKERS.find(([weight]) => {
    at -= weight;
    return at < 0;
  });
  return found?.[1](w, draws) ?? null;
}
