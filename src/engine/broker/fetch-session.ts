/**
 * Incremental fetch sessions of one broker process (KIP-227; Kafka: FetchSession, FetchSessionCacheShard, CachedPartition).
 * A session remembers what its client asks of each partition and what it was told last, so that a fetch and its answer
 * carry only what is new. Which sessions hold a partition is indexed: an append looks at nobody else.
 */
import { nextInt } from '../../base/random.ts';
import type { FetchPartition, FetchPartitionResponse, FetchRequest } from '../../kafka/api/messages.ts';
import { type Owned, own, stream, type World } from '../kernel/world.ts';
import type { LeaderEpochs } from '../log/leader-epoch-file-cache.ts';
import type { BrokerState, DelayedFetch } from './broker-state.ts';
import { endFollowerSession } from './follower-times.ts';
import type { ReplicaState } from './replica-state.ts';
import { brokerState, ownBroker } from './replicas.ts';

/** FetchSessionCache: the slots are divided among so many shards, which take turns. */
const SHARDS = 8;
const SESSION_ID_RANGE = Math.floor(2_147_483_647 / SHARDS);
/** min.incremental.fetch.session.eviction.ms, a constant of BrokerServer. */
const EVICTION_US = 120_000_000;
const LAST_EPOCH = 2_147_483_647;

export interface CachedPartition extends Owned {
  /** What the client asks of it. */
  requested: FetchPartition;
  /** What it was told last. */
  highWatermark: number;
  logStart: number;
  /**
   * The leader's state when it last looked here and found nothing to tell and nothing to note: while it stays so, a fetch
   * need not look again. `seenLeo` -1: it must.
   */
  seenLeo: number;
  seenLeaderEpoch: number;
  seenPartitionEpoch: number;
  seenEpochs: LeaderEpochs;
  /** Base of the active segment at the last look (rule 27: a wait ends when what it waits behind is rolled). */
  seenSegment: number;
}

export interface FetchSession extends Owned {
  readonly id: number;
  readonly shard: number;
  readonly slot: number;
  /** Followers: they are not driven out by consumers. */
  readonly privileged: boolean;
  readonly replicaId: number;
  replicaEpoch: number;
  readonly createdUs: number;
  lastUsedUs: number;
  epoch: number;
  /** In the order in which they are read: what gave records goes to the end (rule 26). */
  partitions: CachedPartition[];
  /** Number of partitions when it was last used. */
  size: number;
  /** The fetch of this session that waits. */
  parked: DelayedFetch | null;
  /** Driven out while a fetch of it waits: it ends with that one's answer. */
  closed: boolean;
}

export function nextSessionEpoch(epoch: number): number {
  if (epoch < 0) return -1;
  return epoch === LAST_EPOCH ? 1 : epoch + 1;
}

function cloneSession(s: FetchSession): FetchSession {
  return {
    gen: s.gen,
    id: s.id,
    shard: s.shard,
    slot: s.slot,
    privileged: s.privileged,
    replicaId: s.replicaId,
    replicaEpoch: s.replicaEpoch,
    createdUs: s.createdUs,
    lastUsedUs: s.lastUsedUs,
    epoch: s.epoch,
    partitions: s.partitions.slice(),
    size: s.size,
    parked: s.parked,
    closed: s.closed,
  };
}

export function ownSession(w: World, brokerId: number, slot: number): FetchSession {
  return own(w, ownBroker(w, brokerId).fetchSessions as FetchSession[], slot, cloneSession);
}

function cloneCached(c: CachedPartition): CachedPartition {
  return {
    gen: c.gen,
    requested: c.requested,
    highWatermark: c.highWatermark,
    logStart: c.logStart,
    seenLeo: c.seenLeo,
    seenLeaderEpoch: c.seenLeaderEpoch,
    seenPartitionEpoch: c.seenPartitionEpoch,
    seenEpochs: c.seenEpochs,
    seenSegment: c.seenSegment,
  };
}

export function ownCached(w: World, s: FetchSession, at: number): CachedPartition {
  return own(w, s.partitions, at, cloneCached);
}

export function placeIn(s: FetchSession, partition: number): number {
  for (let i = 0; i < s.partitions.length; i++) {
    if ((s.partitions[i] as CachedPartition).requested.partition === partition) return i;
  }
  return -1;
}

/** The live session with this id; null if there is none (any more). */
export function sessionById(b: BrokerState, id: number): FetchSession | null {
  for (const s of b.fetchSessions) if (s !== null && s.id === id && !s.closed) return s;
  return null;
}

function newCached(w: World, requested: FetchPartition, told: FetchPartitionResponse | null): CachedPartition {
  return {
    gen: w.gen,
    requested,
    highWatermark: told === null ? -1 : told.highWatermark,
    logStart: told === null ? -1 : told.logStartOffset,
    seenLeo: -1,
    seenLeaderEpoch: -1,
    seenPartitionEpoch: -1,
    seenEpochs: [],
    seenSegment: 0,
  };
}

// --- who holds a partition -------------------------------------------------------------------------------------------

const NOBODY: readonly number[] = [];

/** Slots of the sessions that hold a partition. */
export function sessionsOf(b: BrokerState, partition: number): readonly number[] {
  return b.fetchWatchers[partition] ?? NOBODY;
}

function watch(b: BrokerState, partition: number, slot: number): void {
  while (b.fetchWatchers.length <= partition) b.fetchWatchers.push(NOBODY);
  b.fetchWatchers[partition] = [...sessionsOf(b, partition), slot];
}

function unwatch(b: BrokerState, partition: number, slot: number): void {
  b.fetchWatchers[partition] = sessionsOf(b, partition).filter((x) => x !== slot);
}

// --- the cache -------------------------------------------------------------------------------------------------------

/** TreeMap order of EvictableKey: what is worth least comes first. */
function worthLess(a: FetchSession, privileged: boolean, size: number, id: number): boolean {
  if (a.privileged !== privileged) return !a.privileged;
  if (a.size !== size) return a.size < size;
  return a.id < id;
}

/** FetchSessionCacheShard.tryEvict: the longest unused if it is stale, else one that is worth less than the newcomer. */
function tryEvict(w: World, brokerId: number, shard: number, privileged: boolean, size: number): boolean {
  let oldest: FetchSession | null = null;
  let least: FetchSession | null = null;
  for (const s of brokerState(w, brokerId).fetchSessions) {
    if (s === null || s.shard !== shard || s.closed) continue;
    if (oldest === null || s.lastUsedUs < oldest.lastUsedUs || (s.lastUsedUs === oldest.lastUsedUs && s.id < oldest.id))
      oldest = s;
    const old = s.lastUsedUs - s.createdUs > EVICTION_US;
    const evictable = old || (privileged && !s.privileged);
    if (evictable && (least === null || worthLess(s, least.privileged, least.size, least.id))) least = s;
  }
  if (oldest === null) return false;
  if (w.nowUs - oldest.lastUsedUs > EVICTION_US) {
    removeSession(w, brokerId, oldest.slot);
    return true;
  }
  if (least === null || !worthLess(least, privileged, size, 0)) return false;
  removeSession(w, brokerId, least.slot);
  return true;
}

/** FetchSessionCacheShard.maybeCreateSession: 0 if there is no room and nobody to drive out. */
export function maybeCreateSession(
  w: World,
  brokerId: number,
  request: FetchRequest,
  answers: readonly FetchPartitionResponse[],
): number {
  const b = ownBroker(w, brokerId);
  const shard = b.nextSessionShard;
  b.nextSessionShard = (shard + 1) % SHARDS;
  const privileged = request.replicaId >= 0;
  let held = 0;
  for (const s of b.fetchSessions) if (s !== null && s.shard === shard && !s.closed) held += 1;
  const room = Math.floor(b.settings.maxIncrementalFetchSessionCacheSlots / SHARDS);
  if (held >= room && !tryEvict(w, brokerId, shard, privileged, answers.length)) return 0;
  const draws = stream(w, `fetch-session:${brokerId}`);
  let id = 0;
  do id = shard * SESSION_ID_RANGE + nextInt(draws, SESSION_ID_RANGE);
  while (id === 0 || sessionById(b, id) !== null);
  let slot = b.fetchSessions.indexOf(null);
  if (slot < 0) slot = b.fetchSessions.length;
  b.fetchSessions[slot] = {
    gen: w.gen,
    id,
    shard,
    slot,
    privileged,
    replicaId: request.replicaId,
    replicaEpoch: request.replicaEpoch,
    createdUs: w.nowUs,
    lastUsedUs: w.nowUs,
    epoch: 1,
    partitions: answers.map((told, i) => newCached(w, request.partitions[i] as FetchPartition, told)),
    size: answers.length,
    parked: null,
    closed: false,
  };
  for (const p of request.partitions) watch(b, p.partition, slot);
  return id;
}

/** Ends a session; one whose fetch waits stays until that is answered, but nobody finds it any more. */
export function removeSession(w: World, brokerId: number, slot: number): void {
  const s = ownSession(w, brokerId, slot);
  endFollowerSession(w, brokerId, s);
  if (s.parked !== null) {
    s.closed = true;
    return;
  }
  const b = ownBroker(w, brokerId);
  for (const c of s.partitions) unwatch(b, c.requested.partition, slot);
  b.fetchSessions[slot] = null;
}

/** FetchSession.update: what a request adds, changes and takes away. */
export function updateSession(w: World, brokerId: number, s: FetchSession, request: FetchRequest): void {
  for (const p of request.partitions) {
    const at = placeIn(s, p.partition);
    if (at < 0) {
      s.partitions.push(newCached(w, p, null));
      watch(ownBroker(w, brokerId), p.partition, s.slot);
    } else {
      const c = ownCached(w, s, at);
      c.requested = p;
      c.seenLeo = -1;
    }
  }
  for (const p of request.forgottenTopicsData) {
    const at = placeIn(s, p.partition);
    if (at < 0) continue;
    endFollowerSession(w, brokerId, s, p.partition);
    s.partitions.splice(at, 1);
    unwatch(ownBroker(w, brokerId), p.partition, s.slot);
  }
  // Another registration of the follower's process: the leader has to note it for every partition.
  if (s.replicaEpoch !== request.replicaEpoch) {
    s.replicaEpoch = request.replicaEpoch;
    for (let i = 0; i < s.partitions.length; i++) ownCached(w, s, i).seenLeo = -1;
  }
}

/** Whether the leader stands where it stood when it last had nothing to say about this partition. */
export function isUnchanged(c: CachedPartition, r: ReplicaState | null | undefined): boolean {
  return (
    r !== null &&
    r !== undefined &&
    c.seenLeo === r.leo &&
    c.highWatermark === r.highWatermark &&
    c.logStart === r.logStart &&
    c.seenPartitionEpoch === r.partitionEpoch &&
    c.seenLeaderEpoch === r.leaderEpoch &&
    c.seenEpochs === r.epochs &&
    r.role === 'leader'
  );
}

/** The leader looked and had nothing to give (its end is `leaderLeo`, where this client stands). */
export function noteSeen(c: CachedPartition, r: ReplicaState): void {
  c.seenLeo = r.leo;
  c.seenLeaderEpoch = r.leaderEpoch;
  c.seenPartitionEpoch = r.partitionEpoch;
  c.seenEpochs = r.epochs;
}

/** Rule 28 (CachedPartition.maybeUpdateResponseData): whether the answer must name the partition; remembers what it says. */
export function mustRespond(c: CachedPartition, told: FetchPartitionResponse): boolean {
  let must = told.recordsSizeInBytes > 0;
  if (c.highWatermark !== told.highWatermark) {
    must = true;
    c.highWatermark = told.highWatermark;
  }
  if (c.logStart !== told.logStartOffset) {
    must = true;
    c.logStart = told.logStartOffset;
  }
  if (told.preferredReadReplica >= 0 || told.divergingEpoch !== null) must = true;
  if (told.errorCode !== 0) {
    // When the error goes away the partition is told again.
    c.highWatermark = -1;
    must = true;
  }
  return must;
}
