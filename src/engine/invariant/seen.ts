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
}

export function freshSeen(): Seen {
  return {
    lines: 0,
    elections: 0,
    powerLost: new Set(),
    unclean: new Set(),
    lowMinIsr: new Set(),
    overlooked: new Set(),
    committed: [],
    below: new Map(),
    shaped: new Map(),
    acked: new Map(),
    lost: 0,
  };
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
  for (const slot of seen.overlooked) {
    // Kafka elects whom its own hole has left behind: what was committed without it is gone.
    const partition = Math.floor(slot / 32);
    if (w.controller.image.partitions[partition]?.leader === slot % 32) seen.unclean.add(partition);
  }
  for (const p of w.controller.image.partitions) {
    if (p === null || seen.lowMinIsr.has(p.partition)) continue;
    const { minInsyncReplicas } = topicConfig(w.controller.image, p.topic, w.controller.entries);
    if (Math.min(minInsyncReplicas, p.replicas.length) < 2) seen.lowMinIsr.add(p.partition);
  }
}

/**
 * Whether Kafka promises anything about this partition's committed records: not after an unclean election, and without
 * eligible leader replicas not after a power loss either (no fsync stands behind an acknowledgement, rule 93).
 */
export function isPromised(w: World, seen: Seen, partition: number): boolean {
  if (seen.unclean.has(partition)) return false;
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
