/** Random schedules for a group of the new protocol: what fails and comes back, and in the end everything is read by one member each. */
import { describe, expect, test } from 'vitest';
import { makeStream, nextInt, type RandomStream } from '../../../base/random.ts';
import { groupCoordinatorPartition } from '../../../kafka/hash/java-string-hash.ts';
import type { ScenarioConsumer } from '../../../protocol/scenario.ts';
import { consumerGroupIn, OFFSETS_TOPIC, shardAt, shardIndex } from '../../coordinator/shards.ts';
import type { NodeState } from '../../kernel/world.ts';
import { groupTotals } from '../../ledger/group-facts.ts';
import { TestCluster } from '../../test-cluster.ts';
import type { AsyncConsumer } from './state.ts';

const IDS = ['a', 'b', 'c', 'd', 'e'];
const PARTITIONS = 7;

function cluster(seed: number): TestCluster {
  const random = makeStream(seed, 'members');
  const consumers: ScenarioConsumer[] = IDS.map((id, i) => ({
    id,
    joinMs: 500 + nextInt(random, 6000),
    ...(i === 4 ? { subscribePattern: 't' } : { subscribe: ['t'] }),
    processMs: [0, 20, 400][nextInt(random, 3)] ?? 0,
    ...(i === 3 ? { commit: 'sync' as const } : {}),
    config: {
      'group.id': 'g',
      'group.protocol': 'consumer',
      'auto.offset.reset': 'earliest',
      'max.poll.records': '5',
      'max.poll.interval.ms': '8000',
      'auto.commit.interval.ms': '700',
      ...(i === 2 ? { 'group.instance.id': 'static-c' } : {}),
    },
  }));
  return new TestCluster({
    seed,
    partitions: PARTITIONS,
    consumers,
    producers: [{ id: 'p', workload: { topic: 't', ratePerSecond: 40 } }],
    network: { latencyMs: 1, jitterMs: 2 },
    config: {
      'offsets.topic.num.partitions': '3',
      'offsets.topic.replication.factor': '3',
      'group.consumer.heartbeat.interval.ms': '1000',
      'group.consumer.min.heartbeat.interval.ms': '1000',
      'group.consumer.session.timeout.ms': '6000',
      'group.consumer.min.session.timeout.ms': '6000',
    },
  });
}

const member = (k: TestCluster, id: string) => k.world.consumers.find((c) => c.id === id) as AsyncConsumer;
const isUp = (k: TestCluster, id: string) => (k.world.nodes[member(k, id).node] as NodeState).process === 'up';

function trueGroup(k: TestCluster) {
  const topic = k.world.controller.image.topics.get(OFFSETS_TOPIC);
  const partition = topic?.partitions[groupCoordinatorPartition('g', topic.partitions.length)] ?? -1;
  const p = k.world.controller.image.partitions[partition];
  const index = p === null || p === undefined || p.leader < 0 ? -1 : shardIndex(k.world, p.leader, partition);
  if (index < 0) return null;
  const shard = shardAt(k.world, index);
  return shard.state === 'active' && shard.epoch === p?.leaderEpoch ? consumerGroupIn(shard, 'g') : null;
}

/** Two members that the coordinator counts in, at epochs of their own that it knows, never own the same partition. */
function twoOwners(k: TestCluster): string | null {
  const group = trueGroup(k);
  if (group === null) return null;
  const owners = new Map<string, string>();
  for (const id of IDS) {
    const m = member(k, id).membership;
    const known = isUp(k, id) ? group.members.get(m.memberId) : undefined;
    if (known === undefined || ![known.memberEpoch, known.previousMemberEpoch].includes(m.generation)) continue;
    for (const name of m.owned) {
      const other = owners.get(name);
      if (other !== undefined) return `${name}: ${other} and ${id}`;
      owners.set(name, id);
    }
  }
  return null;
}

function something(k: TestCluster, random: RandomStream): void {
  const id = IDS[nextInt(random, IDS.length)] as string;
  const broker = 1 + nextInt(random, 3);
  const up = [1, 2, 3].filter((n) => k.world.nodes[k.world.brokerNode[n] as number]?.process === 'up');
  const { process } = k.world.nodes[k.world.brokerNode[broker] as number] as NodeState;
  switch (nextInt(random, 10)) {
    case 0:
      if (isUp(k, id)) k.do({ do: 'consumer.crash', consumer: id });
      break;
    case 1:
      if (isUp(k, id)) k.do({ do: 'consumer.leave', consumer: id });
      break;
    case 2:
    case 3:
    case 4:
      for (const each of IDS) if (!isUp(k, each)) k.do({ do: 'consumer.join', consumer: each });
      break;
    case 5:
      if (isUp(k, id)) k.do({ do: 'consumer.pause', consumer: id, ms: 1000 + nextInt(random, 12_000) });
      break;
    case 6:
      if (process === 'up' && up.length === 3) k.kill(broker);
      else if (process === 'down') k.start(broker);
      break;
    case 7:
      if (process === 'up' && up.length === 3) k.pause(broker);
      else if (process === 'paused') k.resume(broker);
      break;
    case 8:
      k.cut([id], [broker]);
      break;
    default:
      k.heal();
  }
}

function atRest(k: TestCluster): void {
  k.heal();
  for (const n of [1, 2, 3]) {
    const { process } = k.world.nodes[k.world.brokerNode[n] as number] as NodeState;
    if (process === 'paused') k.resume(n);
    else if (process === 'down') k.start(n);
  }
  for (const id of IDS) if (isUp(k, id)) k.try({ do: 'consumer.resume', consumer: id });
  k.for(40_000);
  for (const id of IDS) if (!isUp(k, id)) k.do({ do: 'consumer.join', consumer: id });
  k.for(60_000);
}

describe('random schedules', () => {
  test.each(Array.from({ length: 8 }, (_, i) => i + 1))(
    'seed %i: no two owners, and everything owned once at rest',
    (seed) => {
      const k = cluster(seed);
      const random = makeStream(seed, 'schedule');
      const endMs = 60_000;
      let nextMs = 4000;
      while (k.nowMs < endMs) {
        k.until(() => k.nowMs >= nextMs || twoOwners(k) !== null);
        expect(twoOwners(k)).toBeNull();
        something(k, random);
        nextMs = k.nowMs + 200 + nextInt(random, 3000);
      }
      atRest(k);
      const group = trueGroup(k);
      const owned = IDS.flatMap((id) => member(k, id).membership.owned);
      expect(IDS.map((id) => [id, member(k, id).membership.state])).toEqual(IDS.map((id) => [id, 'stable']));
      expect(owned.sort()).toEqual(Array.from({ length: PARTITIONS }, (_, i) => `t-${i}`));
      for (const id of IDS) expect(member(k, id).membership.generation).toBe(group?.groupEpoch);
      expect(groupTotals(k.world, 'g').skipped).toBe(0);
    },
  );
});
