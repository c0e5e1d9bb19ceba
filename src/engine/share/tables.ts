/**
 * Where share groups stand in a world: six tables, empty while nobody has a share group. A table's entries are copied on write like
 * all entities; a fork copies the tables.
 */
import { own, type World } from '../kernel/world.ts';
import { cloneShareClient, type ShareClient } from './client-state.ts';
import { cloneShareShard, type ShareCoordinatorShard } from './coordinator-state.ts';
import { cloneShareGroupShard, type ShareGroupShard } from './group-state.ts';
import { cloneShareObserved, type ShareObserved } from './observed-state.ts';
import {
  cloneShareBroker,
  cloneSharePartition,
  newShareBroker,
  type ShareBroker,
  type SharePartition,
} from './share-state.ts';

export type ShareTables = [
  /** By broker id. */
  brokers: (ShareBroker | null)[],
  /** In the order of their making; null: gone. */
  partitions: (SharePartition | null)[],
  /** Share coordinators, in the order of their making; null: gone. */
  shards: (ShareCoordinatorShard | null)[],
  /** The share groups of a group coordinator, at its place in `World.coordinators`. */
  groups: (ShareGroupShard | null)[],
  /** By consumer, at its place in `World.consumers`. */
  clients: (ShareClient | null)[],
  /** Observers' own; no node reads it. */
  observed: ShareObserved[],
];

export function shareBroker(w: World, broker: number): ShareBroker | null {
  return w.share[0][broker] ?? null;
}

/** Made when first asked for: a process that has just started holds nothing. */
export function ownShareBroker(w: World, broker: number): ShareBroker {
  const table = w.share[0];
  while (table.length <= broker) table.push(null);
  if (table[broker] === null) table[broker] = newShareBroker(w.gen, broker);
  return own(w, table as ShareBroker[], broker, cloneShareBroker);
}

export function sharePartitionAt(w: World, place: number): SharePartition | null {
  return w.share[1][place] ?? null;
}

export function ownSharePartition(w: World, place: number): SharePartition {
  return own(w, w.share[1] as SharePartition[], place, cloneSharePartition);
}

export function shareShardAt(w: World, place: number): ShareCoordinatorShard | null {
  return w.share[2][place] ?? null;
}

export function ownShareShard(w: World, place: number): ShareCoordinatorShard {
  return own(w, w.share[2] as ShareCoordinatorShard[], place, cloneShareShard);
}

export function shareGroupShard(w: World, index: number): ShareGroupShard | null {
  return w.share[3][index] ?? null;
}

/** `index`: of the group coordinator in `World.coordinators`. */
export function ownShareGroupShard(w: World, index: number): ShareGroupShard {
  const table = w.share[3];
  while (table.length <= index) table.push(null);
  if (table[index] === null)
    table[index] = { gen: w.gen, groups: [], initializations: [], nextInitialization: 1, timerArmedUs: 0 };
  return own(w, table as ShareGroupShard[], index, cloneShareGroupShard);
}

export function shareClient(w: World, ref: number): ShareClient | null {
  return w.share[4][ref] ?? null;
}

export function ownShareClient(w: World, ref: number): ShareClient {
  return own(w, w.share[4] as ShareClient[], ref, cloneShareClient);
}

/** What observers keep of one partition under one group; made on first use. */
export function ownShareObserved(w: World, groupId: string, partition: number): ShareObserved {
  const table = w.share[5];
  let at = table.findIndex((o) => o.partition === partition && o.groupId === groupId);
  if (at < 0) {
    at = table.length;
    table.push({
      gen: w.gen,
      groupId,
      partition,
      startOffset: -1,
      place: -1,
      acquisitions: 0,
      accepted: 0,
      released: 0,
      rejected: 0,
      expired: 0,
      archived: 0,
      problem: null,
      terminal: [],
      writtenEpoch: -1,
      acceptedTwice: 0,
      late: 0,
      rejectedOffsets: [],
      deliveries: new Map(),
      recent: [],
    });
  }
  return own(w, table, at, cloneShareObserved);
}
