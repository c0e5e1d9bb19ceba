/** What takes old records away (Kafka: UnifiedLog.deleteOldSegments, maybeIncrementLogStartOffset). Whole segments only, rule 32. */
import type { TopicConfig } from '../../kafka/config/effective-topic.ts';
import type { ReplicaState } from '../broker/replica-state.ts';
import type { World } from '../kernel/world.ts';
import { truncateFromStart } from './leader-epoch-file-cache.ts';
import { removeSnapshot } from './producer-states.ts';
import { type DeletionReason, nextDeletable, roll, type Segment, segmentsOf } from './segments.ts';

/** The log begins at `offset` from now on, if that is later than before: epochs that lie below are forgotten. */
export function incrementLogStart(r: ReplicaState, offset: number): void {
  if (offset <= r.logStart) return;
  r.logStart = offset;
  r.epochs = truncateFromStart(r.epochs, offset);
  if (r.highWatermark < offset) r.highWatermark = offset;
}

export interface Deleted {
  readonly reason: DeletionReason;
  readonly segments: number;
  readonly records: number;
  readonly bytes: number;
}

/** Deletes what retention names now. Returns what went, a line a reason. */
export function deleteOldSegments(w: World, r: ReplicaState, config: TopicConfig): readonly Deleted[] {
  const deleted: Deleted[] = [];
  let after: DeletionReason | null = null;
  for (;;) {
    const next = nextDeletable(w, r, config, after);
    if (next === null) return deleted;
    after = next.reason;
    if (next.count > 0) deleted.push(deleteSegments(w, r, next.count, next.reason, config));
  }
}

/** A log never stands without a segment: when all of them go, a new one begins at the end first. */
function deleteSegments(
  w: World,
  r: ReplicaState,
  count: number,
  reason: DeletionReason,
  config: TopicConfig,
): Deleted {
  const gone = segmentsOf(r).slice(0, count);
  if (count > r.segments.length) roll(w, r, r.leo, config);
  r.segments = r.segments.slice(count);
  let bytes = 0;
  let records = 0;
  for (const segment of gone) {
    bytes += segment.sizeBytes;
    records += segment.records;
    removeSnapshot(r.producers, segment.base);
  }
  r.sizeBytes -= bytes;
  r.recordCount -= records;
  incrementLogStart(r, (segmentsOf(r)[0] as Segment).base);
  return { reason, segments: count, records, bytes };
}
