/** What the ledger keeps of a group: plain data, copied on write a partition or a chunk at a time. */
import { emptyVector, type Vector, vectorShare } from '../../base/vector.ts';
import type { Owned } from '../kernel/world.ts';

/** Words of a chunk of processed records: LEDGER_CHUNK bits. */
export const PROCESSED_WORDS = 32;

/** Which records of one ledger chunk a group has processed. */
export interface ProcessedChunk extends Owned {
  words: Uint32Array;
}

/** One partition as a group reads it. Offsets; -1: not known. */
export interface GroupPartition extends Owned {
  /** The first position that any reader of the group ever had here. */
  first: number;
  /** What the coordinator holds as committed. */
  committed: number;
  /** How that came about: pairs (committed offset, microsecond). */
  commits: Vector<number>;
  /** Everything from `first` up to here has been processed. */
  frontier: number;
  /** Highest offset processed, plus one. */
  highest: number;
  /** Data records in [first, counted) that nobody of the group has processed: those skipped, once `counted` is what is committed. */
  unprocessed: number;
  counted: number;
  subscribed: boolean;
  /** Consumer (its ref) that holds it between onAssigned and onRevoked or onLost; -1: nobody. */
  owner: number;
  /** Since when it has had this owner (or none). */
  sinceUs: number;
}

export interface GroupLedger extends Owned {
  readonly groupId: string;
  processed: number;
  reprocessed: number;
  /** What was processed again, four numbers each time: ledger id, offset, consumer (its ref), microsecond. */
  again: Vector<number>;
  /** By ledger chunk. */
  done: (ProcessedChunk | null)[];
  /** By dense partition. */
  partitions: (GroupPartition | null)[];
  topics: readonly string[];
  errors: Map<string, number>;
  /** When its first generation was stable; -1: never yet. */
  stableSinceUs: number;
  /** Subscribed partitions without an owner now, and the integral up to `integratedUs`. */
  unread: number;
  unreadUs: number;
  integratedUs: number;
}

export function newGroupLedger(gen: number, groupId: string): GroupLedger {
  return {
    gen,
    groupId,
    processed: 0,
    reprocessed: 0,
    again: emptyVector(gen),
    done: [],
    partitions: [],
    topics: [],
    errors: new Map(),
    stableSinceUs: -1,
    unread: 0,
    unreadUs: 0,
    integratedUs: 0,
  };
}

export function newGroupPartition(gen: number, nowUs: number): GroupPartition {
  return {
    gen,
    first: -1,
    committed: -1,
    commits: emptyVector(gen),
    frontier: -1,
    highest: -1,
    unprocessed: 0,
    counted: -1,
    subscribed: false,
    owner: -1,
    sinceUs: nowUs,
  };
}

export function cloneGroupLedger(g: GroupLedger): GroupLedger {
  return {
    ...g,
    again: vectorShare(g.again),
    done: g.done.slice(),
    partitions: g.partitions.slice(),
    errors: new Map(g.errors),
  };
}

export function cloneGroupPartition(p: GroupPartition): GroupPartition {
  return { ...p, commits: vectorShare(p.commits) };
}

export function cloneProcessedChunk(c: ProcessedChunk): ProcessedChunk {
  return { gen: c.gen, words: c.words.slice() };
}
