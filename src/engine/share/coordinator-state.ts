/**
 * What one broker holds for one partition of __share_group_state that it leads (Kafka: ShareCoordinatorShard). Rebuilt from the log by
 * whoever leads next.
 */
import type { ReadStateResult, ShareStateBatch, ShareStateResult } from '../../kafka/api/messages-share.ts';
import type { Owned } from '../kernel/world.ts';

/** Kafka: ShareGroupOffset. Never changed in place. */
export interface ShareGroupOffset {
  readonly groupId: string;
  readonly topicId: number;
  readonly index: number;
  readonly snapshotEpoch: number;
  readonly stateEpoch: number;
  readonly leaderEpoch: number;
  readonly startOffset: number;
  readonly deliveryCompleteCount: number;
  readonly stateBatches: readonly ShareStateBatch[];
  readonly createTimestampMs: number;
  readonly writeTimestampMs: number;
  /** Highest leader epoch that has read or written it. */
  readonly highestLeaderEpoch: number;
  /** Updates since its last snapshot. */
  readonly updates: number;
}

/** An answer that waits until its record is committed. */
export interface ShareDeferred {
  readonly requiredOffset: number;
  readonly deadlineUs: number;
  /** Serial of the request in its broker's `stateRequests`. */
  readonly request: number;
  readonly result: ShareStateResult | ReadStateResult;
}

export interface ShareCoordinatorShard extends Owned {
  readonly broker: number;
  /** Dense index of its partition of __share_group_state. */
  readonly partition: number;
  epoch: number;
  /** When the loading ends; 0: it has. */
  loadEndsUs: number;
  committedOffset: number;
  lastWrittenOffset: number;
  /** In the order of their offsets. */
  deferred: ShareDeferred[];
  /** By "group:topicId:index". */
  states: Map<string, ShareGroupOffset>;
}

export function cloneShareShard(s: ShareCoordinatorShard): ShareCoordinatorShard {
  return {
    gen: s.gen,
    broker: s.broker,
    partition: s.partition,
    epoch: s.epoch,
    loadEndsUs: s.loadEndsUs,
    committedOffset: s.committedOffset,
    lastWrittenOffset: s.lastWrittenOffset,
    deferred: s.deferred.slice(),
    states: new Map(s.states),
  };
}
