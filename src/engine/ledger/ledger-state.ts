/**
 * The fate of every record, as typed columns in chunks that are copied on write, with shared cause nodes. Fed by facts
 * (sent, appended, acked, truncated, elected); an observer: no node reads it, the history hash does not see it.
 */
import { type Vector, vectorShare } from '../../base/vector.ts';
import type { KafkaRecord } from '../../kafka/records/record-batch.ts';
import type { Owned } from '../kernel/world.ts';
import type { StoredBatch } from '../log/stored-batch.ts';
import type { GroupLedger } from './group-state.ts';

export const LEDGER_CHUNK = 1024;

/** Bits of `status`. */
export const Status = {
  Acked: 1,
  Failed: 2,
  Lost: 4,
  Safe: 8,
  Delivered: 16,
  EverWritten: 32,
  AckedHealthy: 64,
  Reordered: 128,
} as const;

export interface LedgerChunk extends Owned {
  status: Uint8Array;
  /** Dense partition, -1 before it has one. */
  partition: Int16Array;
  producer: Int16Array;
  ordinal: Int32Array;
  /** Copies in the leader's log (the last leader's while there is none). */
  copies: Uint8Array;
  /** Offset of its first copy there; before it is written or after it is gone, the last known one; -1 if none. */
  offset: Int32Array;
  sentUs: Float64Array;
  /** When a leader stored its first copy; -1. */
  writtenUs: Float64Array;
  ackedUs: Float64Array;
  deliveredUs: Float64Array;
  /** acks as asked for (0, 1, 2 = all) and how many were in sync at the append, times 4. */
  acks: Uint8Array;
  /** The broker that stored its first copy; 0: none. */
  writtenBy: Uint8Array;
  /** Index of the cause node that decided its loss or failure; -1. */
  cause: Int32Array;
  records: (KafkaRecord | null)[];
}

/** Why something was lost: shared by all records that fell to the same event. */
export interface CauseNode {
  readonly code: string;
  readonly atUs: number;
  readonly params: Readonly<Record<string, string | number>>;
  /** The cause before it, -1 for the first. */
  readonly parent: number;
}

/** How one follower's log grew: pairs (end offset, time). */
export interface CopyProgress {
  readonly broker: number;
  steps: Vector<number>;
}

/** The controller's last word on a partition's leader, until that broker takes over. */
export interface ElectionCause {
  readonly atUs: number;
  readonly from: number;
  readonly to: number;
  readonly unclean: boolean;
  readonly why: string;
}

/** What the ledger holds to be a partition's truth: the log of its leader, or of its last one. */
export interface TruthLog extends Owned {
  broker: number;
  leaderEpoch: number;
  batches: Vector<StoredBatch>;
  leo: number;
  hw: number;
  /** Acked records in this log. */
  acked: number;
  /** Ids of acked records that are not below the high watermark (or in no leader's log), in the order of acknowledgement. */
  atRisk: number[];
  election: ElectionCause | null;
  /** Cause node of the last death or stop of a broker that led here; -1. */
  failure: number;
  /** Whether all replicas are in sync under a living leader without a break since then; -1: they are not. */
  healthySinceUs: number;
  /** Since when the broker that leads by the controller's word does not answer; -1. */
  leaderDownSinceUs: number;
  leaderlessUs: number;
  progress: CopyProgress[];
  /** Pairs (high watermark, time). */
  hwSteps: Vector<number>;
}

export interface LedgerState extends Owned {
  /** Records handed to send() so far; ids are 0..count-1 in that order. */
  count: number;
  acked: number;
  failed: number;
  lost: number;
  /** Acked, not lost, not yet below a high watermark. */
  atRisk: number;
  duplicated: number;
  reordered: number;
  /** Distinct records processed by consumers. */
  delivered: number;
  chunks: LedgerChunk[];
  causes: Vector<CauseNode>;
  truth: TruthLog[];
  /** By producer ref. `ids` maps a producer's ordinal to its record's id. */
  sentBy: number[];
  ackedBy: number[];
  failedBy: number[];
  ids: Vector<number>[];
  /** Highest ordinal whose first copy was appended, by producer ref * 4096 + partition. */
  highestOrdinal: Map<number, number>;
  /** By consumer ref: completions. */
  processedBy: number[];
  errors: Map<string, number>;
  /** In order of their first fact. */
  groups: GroupLedger[];
}

export function cloneLedger(l: LedgerState): LedgerState {
  return {
    gen: l.gen,
    count: l.count,
    acked: l.acked,
    failed: l.failed,
    lost: l.lost,
    atRisk: l.atRisk,
    duplicated: l.duplicated,
    reordered: l.reordered,
    delivered: l.delivered,
    chunks: l.chunks.slice(),
    causes: vectorShare(l.causes),
    truth: l.truth.slice(),
    sentBy: l.sentBy.slice(),
    ackedBy: l.ackedBy.slice(),
    failedBy: l.failedBy.slice(),
    ids: l.ids.map(vectorShare),
    highestOrdinal: new Map(l.highestOrdinal),
    processedBy: l.processedBy.slice(),
    errors: new Map(l.errors),
    groups: l.groups.slice(),
  };
}

export function cloneTruth(t: TruthLog): TruthLog {
  return {
    gen: t.gen,
    broker: t.broker,
    leaderEpoch: t.leaderEpoch,
    batches: vectorShare(t.batches),
    leo: t.leo,
    hw: t.hw,
    acked: t.acked,
    atRisk: t.atRisk.slice(),
    election: t.election,
    failure: t.failure,
    healthySinceUs: t.healthySinceUs,
    leaderDownSinceUs: t.leaderDownSinceUs,
    leaderlessUs: t.leaderlessUs,
    progress: t.progress.map((p) => ({ broker: p.broker, steps: vectorShare(p.steps) })),
    hwSteps: vectorShare(t.hwSteps),
  };
}
