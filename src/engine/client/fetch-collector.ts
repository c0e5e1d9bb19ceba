/** What poll() takes out of the buffer, and what errors of a fetch mean (Kafka: FetchCollector, CompletedFetch). Rules 25, 86. */
import { error as kafkaError } from '../../kafka/api/errors-core.ts';
import type { FetchedBatch } from '../../kafka/api/messages.ts';
import type { World } from '../kernel/world.ts';
import { latePacking } from '../slots.ts';
import { requestUpdate } from './client-metadata.ts';
import { NEVER } from './client-network.ts';
import type { AssignedPartition, CompletedFetch, ConsumerState, PolledSlice } from './consumer-state.ts';
import { updateEnds } from './fetcher.ts';
import { findAssigned, hasResetPolicy, moveToEnd, requestPolicyReset } from './subscription-state.ts';

const code = (name: Parameters<typeof kafkaError>[0]): number => kafkaError(name).code;
const OFFSET_OUT_OF_RANGE = code('OFFSET_OUT_OF_RANGE');
const CORRUPT_MESSAGE = code('CORRUPT_MESSAGE');
const TOPIC_AUTHORIZATION_FAILED = code('TOPIC_AUTHORIZATION_FAILED');
/** No new metadata for these: the broker is behind the client, or has no better answer. */
const JUST_AGAIN = [code('UNKNOWN_LEADER_EPOCH'), code('UNKNOWN_SERVER_ERROR')];

export interface Collected {
  readonly slices: PolledSlice[];
  readonly records: number;
  /** A position moved, be it only over control records. */
  readonly advanced: boolean;
  /** A fetch's error took a position away: it has to be looked up. */
  readonly reset: boolean;
}

/** FetchCollector.collectFetch: at most `maxRecords`, partition after partition as they came. */
export function collectFetch(w: World, c: ConsumerState, maxRecords: number): Collected {
  const slices: PolledSlice[] = [];
  let left = maxRecords;
  let advanced = false;
  let reset = false;
  if (c.buffer.some((f) => f.unpacked < NEVER) && latePacking.unpackAhead(w, c, maxRecords)) left = 0;
  while (left > 0) {
    const next = c.buffer[0];
    if (next === undefined) break;
    const p = findAssigned(c, next.topic, next.index);
    if (!next.initialized && (p === null || !initialize(w, c, p, next))) {
      c.buffer.shift();
      if (p?.fetchState === 'await-reset') reset = true;
      // An error ends this poll once something was collected; else it is the next one that throws it.
      if (c.pendingError !== null) break;
      continue;
    }
    if (p === null || p.pendingRevocation || p.fetchState !== 'fetching' || p.offset !== next.nextOffset) {
      c.buffer.shift();
      continue;
    }
    const from = next.nextOffset;
    left -= takeRecords(next, left, slices);
    if (next.nextOffset > from) {
      p.offset = next.nextOffset;
      p.offsetEpoch = next.lastEpoch;
      advanced = true;
    }
    if (next.batchAt >= next.answer.records.length) {
      c.buffer.shift();
      moveToEnd(c, p);
    }
  }
  return { slices, records: slices.length === 0 ? 0 : maxRecords - left, advanced, reset };
}

/** Until when poll() unpacks what it is about to return; NEVER: it does not. */
export function unpackingUntilUs(w: World, c: ConsumerState): number {
  const busyUntilUs = c.unpacking?.busyUntilUs ?? 0;
  return busyUntilUs > w.nowUs ? busyUntilUs : NEVER;
}

/** CompletedFetch.fetchRecords: whole runs of a batch's records from the position on; control batches are stepped over. */
function takeRecords(f: CompletedFetch, max: number, slices: PolledSlice[]): number {
  let taken = 0;
  while (taken < max && f.batchAt < f.answer.records.length) {
    const batch = f.answer.records[f.batchAt] as FetchedBatch;
    const { records, isControl } = batch.batch;
    f.lastEpoch = batch.leaderEpoch;
    let at = f.recordAt;
    while (at < records.length && offsetAt(batch, at) < f.nextOffset) at++;
    if (isControl || at >= records.length) {
      nextBatch(f, batch);
      continue;
    }
    const to = Math.min(records.length, at + max - taken);
    slices.push({ batch, from: at, to, topic: f.topic, index: f.index, partition: f.answer.partition, commit: null });
    taken += to - at;
    f.nextOffset = offsetAt(batch, to - 1) + 1;
    f.recordAt = to;
    if (to >= records.length) nextBatch(f, batch);
  }
  return taken;
}

/** A batch may end beyond its last record (compaction): the position moves to the batch's end. */
function nextBatch(f: CompletedFetch, batch: FetchedBatch): void {
  if (batch.lastOffset >= f.nextOffset) f.nextOffset = batch.lastOffset + 1;
  f.batchAt += 1;
  f.recordAt = 0;
}

function offsetAt(batch: FetchedBatch, at: number): number {
  return batch.baseOffset + (batch.batch.records[at]?.offsetDelta ?? at);
}

/** FetchCollector.initialize: false when there is nothing to read in it. */
function initialize(w: World, c: ConsumerState, p: AssignedPartition, f: CompletedFetch): boolean {
  const { errorCode, highWatermark, lastStableOffset, logStartOffset } = f.answer;
  if (p.fetchState !== 'fetching') {
    if (errorCode !== 0) moveToEnd(c, p);
    return false;
  }
  if (errorCode !== 0) {
    handleError(w, c, p, f, errorCode);
    moveToEnd(c, p);
    return false;
  }
  if (p.offset !== f.nextOffset) return false;
  updateEnds(p, highWatermark, lastStableOffset, logStartOffset);
  f.initialized = true;
  return true;
}

/** FetchCollector.handleInitializeErrors. */
function handleError(w: World, c: ConsumerState, p: AssignedPartition, f: CompletedFetch, errorCode: number): void {
  if (errorCode === OFFSET_OUT_OF_RANGE) {
    if (p.offset !== f.nextOffset) return;
    if (hasResetPolicy(c)) requestPolicyReset(w, c, p);
    else c.pendingError = 'OffsetOutOfRangeException';
  } else if (errorCode === CORRUPT_MESSAGE) {
    c.pendingError = 'KafkaException';
  } else if (errorCode === TOPIC_AUTHORIZATION_FAILED) {
    c.pendingError = 'TopicAuthorizationException';
  } else if (!JUST_AGAIN.includes(errorCode)) {
    requestUpdate(c.metadata);
  }
}
