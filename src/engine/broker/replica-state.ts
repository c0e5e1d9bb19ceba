import { type Vector, vectorShare } from '../../base/vector.ts';
import type { Owned } from '../kernel/world.ts';
import type { CleanedLog } from '../log/cleaned-log.ts';
import type { LeaderEpochs } from '../log/leader-epoch-file-cache.ts';
import { cloneProducerStates, type ProducerStates } from '../log/producer-states.ts';
import type { ActiveSegment, Segment } from '../log/segments.ts';
import type { StoredBatch } from '../log/stored-batch.ts';

/** A follower as its leader counts it (Kafka: Replica, ReplicaState). Times in microseconds; -1: unknown. */
export interface RemoteReplica {
  brokerId: number;
  leo: number;
  logStart: number;
  lastFetchLeaderLeo: number;
  lastFetchTimeUs: number;
  lastCaughtUpUs: number;
  /** Its session's fetches find nothing changed here: the two times are those of the last one (follower-times.ts). */
  current: boolean;
  brokerEpoch: number;
}

/** An ISR change that waits for the controller (rules 4, 5). */
export interface PendingIsr {
  readonly kind: 'expand' | 'shrink';
  readonly isr: readonly number[];
  readonly replica: number;
  readonly sent: boolean;
}

/** One replica: its log on disk and page cache, and what its broker's process knows about the partition. */
export interface ReplicaState extends Owned {
  broker: number;
  partition: number;

  // The log (Kafka: UnifiedLog).
  batches: Vector<StoredBatch>;
  logStart: number;
  leo: number;
  highWatermark: number;
  epochs: LeaderEpochs;
  producers: ProducerStates;
  /** Of what has not been deleted. */
  sizeBytes: number;
  recordCount: number;
  /** Full segments, oldest first; the one that grows stands apart. */
  segments: readonly Segment[];
  active: ActiveSegment;
  /** What compaction has left of the beginning; null: it has never been cleaned. */
  cleaned: CleanedLog | null;
  /** Everything below lies on the disk itself; what is above is in the page cache and a power loss takes it. */
  flushedOffset: number;
  lastFlushUs: number;
  /** High watermark in replication-offset-checkpoint. */
  checkpointedHw: number;

  // The partition as this broker's process knows it (Kafka: Partition). `none` before it heard of it since its start.
  role: 'leader' | 'follower' | 'none';
  leaderId: number;
  leaderEpoch: number;
  partitionEpoch: number;
  topicId: number;
  replicas: readonly number[];
  isr: readonly number[];
  pendingIsr: PendingIsr | null;
  recovering: boolean;
  /** Offset at which this leader's epoch began (rule 9). */
  leaderEpochStart: number;
  remotes: RemoteReplica[];
}

function cloneRemote(x: RemoteReplica): RemoteReplica {
  return {
    brokerId: x.brokerId,
    leo: x.leo,
    logStart: x.logStart,
    lastFetchLeaderLeo: x.lastFetchLeaderLeo,
    lastFetchTimeUs: x.lastFetchTimeUs,
    lastCaughtUpUs: x.lastCaughtUpUs,
    current: x.current,
    brokerEpoch: x.brokerEpoch,
  };
}

function cloneActive(a: ActiveSegment): ActiveSegment {
  return {
    base: a.base,
    createdMs: a.createdMs,
    rollJitterMs: a.rollJitterMs,
    sizeBytes: a.sizeBytes,
    records: a.records,
    firstTimestampMs: a.firstTimestampMs,
    maxTimestampMs: a.maxTimestampMs,
    sinceIndexEntryBytes: a.sinceIndexEntryBytes,
    indexEntries: a.indexEntries,
  };
}

export function cloneReplica(r: ReplicaState): ReplicaState {
  return {
    gen: r.gen,
    broker: r.broker,
    partition: r.partition,
    batches: vectorShare(r.batches),
    logStart: r.logStart,
    leo: r.leo,
    highWatermark: r.highWatermark,
    epochs: r.epochs,
    producers: cloneProducerStates(r.producers),
    sizeBytes: r.sizeBytes,
    recordCount: r.recordCount,
    segments: r.segments,
    active: cloneActive(r.active),
    cleaned: r.cleaned,
    flushedOffset: r.flushedOffset,
    lastFlushUs: r.lastFlushUs,
    checkpointedHw: r.checkpointedHw,
    role: r.role,
    leaderId: r.leaderId,
    leaderEpoch: r.leaderEpoch,
    partitionEpoch: r.partitionEpoch,
    topicId: r.topicId,
    replicas: r.replicas,
    isr: r.isr,
    pendingIsr: r.pendingIsr,
    recovering: r.recovering,
    leaderEpochStart: r.leaderEpochStart,
    remotes: r.remotes.map(cloneRemote),
  };
}
