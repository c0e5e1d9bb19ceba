/**
 * What a series of checks has already looked at, so that the next one looks only at what is new. A check with fresh memory
 * looks at everything; the fuzzer keeps one memory a run. It belongs to the checks: the world knows nothing of it.
 */
import { vectorGet, vectorLength } from '../../base/vector.ts';
import type { World } from '../kernel/world.ts';
import type { StoredBatch } from '../log/stored-batch.ts';
import { topicConfig } from '../log/topic-config.ts';

/** How far a replica's log has been compared, and its last compared batch: if that one is gone, the log was cut. */
export interface Compared {
  count: number;
  last: StoredBatch | null;
}

export interface Seen {
  lines: number;
  elections: number;
  /** Brokers whose host has lost power at some time. */
  readonly powerLost: Set<number>;
  /** Partitions that an unclean election (or one of the last known leader) has ended a history of. */
  readonly unclean: Set<number>;
  /** Partitions whose effective min ISR was 1 at some time. */
  readonly lowMinIsr: Set<number>;
  /** How far the metadata log has been read for min.insync.replicas; its values by topic; topics where it was raised ('': all). */
  metadata: number;
  readonly minIsr: Map<string, number>;
  readonly raised: Set<string>;
  /** Members (partition * 32 + broker) whom a stale leader did not wait for and who have not caught up since: see maximal-isr. */
  readonly overlooked: Set<number>;
  /** Per partition: what stood below somebody's high watermark or was read, by base offset. */
  readonly committed: Map<number, StoredBatch>[];
  /** By replica slot: batches below the replica's own high watermark, and whole logs. */
  readonly below: Map<number, Compared>;
  readonly shaped: Map<number, Compared>;
  /** By partition: leader and epoch under which every acknowledged record was last looked for. */
  readonly acked: Map<number, string>;
  /** Lost records that the ledger counted at the last look. */
  lost: number;
  /** Highest committed offset by group and partition (a line feed between), and highest stable generation by group. */
  readonly offsets: Map<string, number>;
  /** Commits that were tried again: group, partition, offset. */
  readonly retried: Set<string>;
  readonly generations: Map<string, number>;
  /** Highest epoch of a group's member by coordinator, its epoch, group and member id. */
  readonly memberEpochs: Map<string, number>;
}

export function freshSeen(): Seen {
  return {
    lines: 0,
    elections: 0,
    powerLost: new Set(),
    unclean: new Set(),
    lowMinIsr: new Set(),
    metadata: 0,
    minIsr: new Map(),
    raised: new Set(),
    overlooked: new Set(),
    committed: [],
    below: new Map(),
    shaped: new Map(),
    acked: new Map(),
    lost: 0,
    offsets: new Map(),
    retried: new Set(),
    generations: new Map(),
    memberEpochs: new Map(),
  };
}

/** A topic's value of its creation stands before its TopicRecord; what comes later changes it. */
function lookAtMinIsr(w: World, seen: Seen): void {
  const { log } = w.controller;
  for (const length = vectorLength(log); seen.metadata < length; seen.metadata++) {
    const { record } = vectorGet(log, seen.metadata);
    if (record.type === 'TopicRecord' && !seen.minIsr.has(record.name)) seen.minIsr.set(record.name, 1);
    if (record.type !== 'ConfigRecord' || record.name !== 'min.insync.replicas') continue;
    const topic = record.resourceType === 'TOPIC' ? record.resourceName : '';
    const before = seen.minIsr.get(topic);
    const value = record.value === null ? 1 : Number(record.value);
    if (topic === '' || (before !== undefined && value > before)) seen.raised.add(topic);
    seen.minIsr.set(topic, value);
  }
}

/** Takes note of what has happened since: power losses, unclean elections, low min ISR. */
export function look(w: World, seen: Seen): void {
  for (const length = vectorLength(w.lines); seen.lines < length; seen.lines++) {
    const { phrase } = vectorGet(w.lines, seen.lines);
    if (phrase.key === 'log.broker.power-lost') seen.powerLost.add(phrase.params?.broker as number);
  }
  for (const length = vectorLength(w.elections); seen.elections < length; seen.elections++) {
    const e = vectorGet(w.elections, seen.elections);
    if (e.unclean) seen.unclean.add(e.partition);
  }
  lookAtMinIsr(w, seen);
  for (const slot of seen.overlooked) {
    // Kafka elects whom its own hole has left behind: what was committed without it is gone.
    const partition = Math.floor(slot / 32);
    if (w.controller.image.partitions[partition]?.leader === slot % 32) seen.unclean.add(partition);
  }
  for (const p of w.controller.image.partitions) {
    if (p === null) continue;
    const { minInsyncReplicas } = topicConfig(w.controller.image, p.topic, w.controller.entries);
    const min = Math.min(minInsyncReplicas, p.replicas.length);
    if (min < 2) seen.lowMinIsr.add(p.partition);
  }
}

/**
 * Whether Kafka promises anything about this partition's committed records: not after an unclean election; without eligible
 * leader replicas not after a power loss either (no fsync stands behind an acknowledgement, rule 93); with them not once
 * min.insync.replicas was raised: until the leader has heard of that it commits with fewer than the controller believes,
 * who calls those that left eligible.
 */
export function isPromised(w: World, seen: Seen, partition: number): boolean {
  if (seen.unclean.has(partition)) return false;
  const topic = w.partitions[partition]?.topic ?? '';
  if (w.controller.elrEnabled && (seen.raised.has(topic) || seen.raised.has(''))) return false;
  if (seen.powerLost.size === 0) return true;
  return w.controller.elrEnabled && !seen.lowMinIsr.has(partition);
}

/** Where to go on in a log: behind what was compared, from the start if the log was cut meanwhile. */
export function goOn(
  known: Map<number, Compared>,
  slot: number,
  length: number,
  get: (index: number) => StoredBatch,
): Compared {
  const compared = known.get(slot);
  if (
    compared === undefined ||
    compared.count > length ||
    (compared.count > 0 && get(compared.count - 1) !== compared.last)
  ) {
    const anew = { count: 0, last: null };
    known.set(slot, anew);
    return anew;
  }
  return compared;
}

export function sameBatch(a: StoredBatch, b: StoredBatch): boolean {
  return (
    a === b ||
    (a.batch === b.batch &&
      a.baseOffset === b.baseOffset &&
      a.lastOffset === b.lastOffset &&
      a.leaderEpoch === b.leaderEpoch)
  );
}
