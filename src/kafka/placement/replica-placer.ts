/**
 * Which brokers get the replicas of new partitions: org.apache.kafka.metadata.placement.StripedReplicaPlacer. Racks take
 * turns, brokers within a rack take turns, unfenced brokers go first, and a leader (the first replica) is never fenced.
 */
import { javaHashMapOrder } from '../hash/java-hash-map-order.ts';
import { shuffle } from '../hash/java-random.ts';
import { javaStringHash } from '../hash/java-string-hash.ts';

/** Uniform in [0, bound); the caller's own random stream. */
export type NextInt = (bound: number) => number;

export interface UsableBroker {
  readonly id: number;
  readonly rack: string | null;
  readonly fenced: boolean;
}

export class InvalidReplicationFactorError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'InvalidReplicationFactorException';
  }
}

interface BrokerList {
  readonly ids: number[];
  /** How many were taken in the current round, where the round starts, and which round it is. */
  index: number;
  offset: number;
  epoch: number;
}

interface Rack {
  readonly name: string | null;
  readonly fenced: BrokerList;
  readonly unfenced: BrokerList;
}

interface RackList {
  readonly total: number;
  readonly unfenced: number;
  /** In Java's hash order: the order in which racks draw random numbers. */
  readonly byHash: readonly Rack[];
  /** By name, none first: the order in which racks take turns. */
  readonly turns: Rack[];
  offset: number;
  epoch: number;
}

/** Ids of the replicas of each new partition, the preferred leader first. */
export function placeReplicas(
  brokers: readonly UsableBroker[],
  numPartitions: number,
  replicationFactor: number,
  nextInt: NextInt,
): number[][] {
  // The lists draw their random starts before anything is checked: a refused request moves the stream too.
  const racks = rackList(brokers, nextInt);
  checkReplicationFactor(replicationFactor, racks);
  const partitions: number[][] = [];
  for (let partition = 0; partition < numPartitions; partition++) {
    partitions.push(placeOne(racks, replicationFactor, nextInt));
  }
  return partitions;
}

function checkReplicationFactor(replicationFactor: number, racks: RackList): void {
  if (replicationFactor <= 0) {
    throw new InvalidReplicationFactorError(`replication factor ${replicationFactor} is not positive`);
  }
  if (racks.unfenced === 0) throw new InvalidReplicationFactorError('every broker is fenced');
  if (replicationFactor > racks.total) {
    const have = `${racks.total} broker(s) are registered`;
    throw new InvalidReplicationFactorError(`replication factor ${replicationFactor} is too high: ${have}`);
  }
}

function rackList(brokers: readonly UsableBroker[], nextInt: NextInt): RackList {
  const byName = new Map<string | null, Rack>();
  let unfenced = 0;
  for (const broker of brokers) {
    let rack = byName.get(broker.rack);
    if (rack === undefined) {
      rack = { name: broker.rack, fenced: brokerList(), unfenced: brokerList() };
      byName.set(broker.rack, rack);
    }
    (broker.fenced ? rack.fenced : rack.unfenced).ids.push(broker.id);
    if (!broker.fenced) unfenced++;
  }
  const racks = [...byName.values()];
  const byHash = javaHashMapOrder(racks, (rack) => (rack.name === null ? 0 : javaStringHash(rack.name)));
  for (const rack of byHash) {
    start(rack.fenced, nextInt);
    start(rack.unfenced, nextInt);
  }
  const turns = [...racks].sort(compareRackNames);
  const offset = turns.length === 0 ? 0 : nextInt(turns.length);
  return { total: brokers.length, unfenced, byHash, turns, offset, epoch: 0 };
}

/** By UTF-16 code units, as Java compares strings; brokers without a rack come first. */
function compareRackNames(a: Rack, b: Rack): number {
  if (a.name === b.name) return 0;
  if (a.name === null) return -1;
  if (b.name === null) return 1;
  return a.name < b.name ? -1 : 1;
}

function brokerList(): BrokerList {
  return { ids: [], index: 0, offset: 0, epoch: 0 };
}

function start(list: BrokerList, nextInt: NextInt): void {
  if (list.ids.length === 0) return;
  list.ids.sort((a, b) => a - b);
  list.offset = nextInt(list.ids.length);
}

/** The next broker of this round, -1 when all have been taken. A new round starts one broker further. */
function take(list: BrokerList, epoch: number): number {
  const size = list.ids.length;
  if (size === 0) return -1;
  if (list.epoch !== epoch) {
    list.epoch = epoch;
    list.index = 0;
    list.offset = (list.offset + 1) % size;
  }
  if (list.index >= size) return -1;
  const id = list.ids[(list.index + list.offset) % size];
  list.index++;
  return id;
}

function takeAny(rack: Rack, epoch: number): number {
  const id = take(rack.unfenced, epoch);
  return id >= 0 ? id : take(rack.fenced, epoch);
}

function placeOne(racks: RackList, replicationFactor: number, nextInt: NextInt): number[] {
  // Once every unfenced broker has led a partition, all orders are mixed anew, so that the stripes do not repeat.
  if (racks.epoch === racks.unfenced && racks.unfenced > 1) {
    shuffle(racks.turns, nextInt);
    for (const rack of racks.byHash) {
      shuffle(rack.fenced.ids, nextInt);
      shuffle(rack.unfenced.ids, nextInt);
    }
    racks.epoch = 0;
  }
  const count = racks.turns.length;
  if (racks.offset === count) racks.offset = 0;
  let leaderRack = racks.offset;
  let leader = take(racks.turns[leaderRack].unfenced, racks.epoch);
  while (leader < 0) {
    leaderRack = (leaderRack + 1) % count;
    leader = take(racks.turns[leaderRack].unfenced, racks.epoch);
  }
  const replicas = [leader];
  let turn = racks.offset;
  while (replicas.length < replicationFactor) {
    let id = -1;
    // The leader's rack misses its first turn: it has just had one.
    if (turn === leaderRack) leaderRack = -1;
    else id = takeAny(racks.turns[turn], racks.epoch);
    turn = (turn + 1) % count;
    if (id >= 0) replicas.push(id);
  }
  racks.epoch++;
  racks.offset++;
  return replicas;
}
