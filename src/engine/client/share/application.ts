/**
 * A share consumer's application: poll, work on each record for processMs, acknowledge as the scenario says, poll again (Kafka:
 * ShareConsumerImpl). With implicit acknowledgement the next poll() accepts everything; with explicit every record must be acknowledged
 * before, or poll() throws.
 */
import type { FetchedBatch } from '../../../kafka/api/messages.ts';
import { EventKind } from '../../kernel/event.ts';
import { schedule, tell } from '../../kernel/schedule.ts';
import type { World } from '../../kernel/world.ts';
import { recordDelivered } from '../../ledger/facts.ts';
import { groupProcessed } from '../../ledger/group-facts.ts';
import type { InFlightRecord, PartitionAcks } from '../../share/client-state.ts';
import { observeProcessed } from '../../share/observe.ts';
import { latePacking } from '../../slots.ts';
import { isPaused } from '../consumer-application.ts';
import { collectRecords, takeAcknowledged } from './buffer.ts';
import { askAcknowledge, askFetch, awaits } from './consume-requests.ts';
import { about, isExplicit, type ShareConsumer } from './context.ts';
import { join, leaveGroup } from './membership.ts';

const ACCEPT = 1;
const RELEASE = 2;
const REJECT = 3;
/** KafkaShareConsumer.close() without an argument waits this long. */
const CLOSE_TIMEOUT_US = 30_000_000;
/** A poll that finds more data at the same moment goes on; more rounds than this would be a loop. */
const MAX_ROUNDS = 1_000_000;

/** How far the application gets now: 'waits' in a call or for time, 'closed' its process ends, or the exception that poll() throws. */
export type Step = 'waits' | 'closed' | { readonly thrown: string };

export function runApplication(w: World, x: ShareConsumer): Step {
  const { c, s } = x;
  for (let rounds = 0; rounds < MAX_ROUNDS; rounds++) {
    if (s.closing === 'acknowledging' || s.closing === 'leaving') return stepClose(w, x);
    if (isPaused(w, c) || c.doneAtUs >= 0) return 'waits';
    if (s.commitSync === 'waiting') {
      if (awaits(x, 'sync')) return 'waits';
      s.commitSync = 'none';
      continue;
    }
    if (s.workAt < s.current.length) {
      if (startRecord(w, x)) return 'waits';
      continue;
    }
    if (commitsAfterWork(w, x)) continue;
    if (s.closing === 'asked') {
      beginClose(w, x);
      continue;
    }
    const polled = poll(w, x);
    if (polled !== 'again') return polled;
  }
  throw new Error(`consumer ${c.id}: poll does not come to rest`);
}

// --- poll ------------------------------------------------------------------------------------------------------------

function acceptImplicitly({ c, s }: ShareConsumer): void {
  if (!isExplicit(c)) s.current = s.current.map((r) => (r.ack === null ? { ...r, ack: ACCEPT } : r));
}

function takeAcks(x: ShareConsumer): PartitionAcks[] {
  const { acks, rest } = takeAcknowledged(x.s.current);
  x.s.current = rest;
  x.s.workAt = rest.length;
  return acks;
}

/** One poll(): 'again' when it returned records. */
function poll(w: World, x: ShareConsumer): Step | 'again' {
  const { c, s } = x;
  if (c.pendingError !== null) return { thrown: c.pendingError };
  if (!c.inPoll) {
    acceptImplicitly(x);
    if (s.current.some((r) => r.ack === null)) return { thrown: 'IllegalStateException' };
    s.acksTaken = takeAcks(x);
    if (s.memberState === 'STALE' && !s.leaveNow) join(w, x);
  }
  s.lastPollUs = w.nowUs;
  const { buffer, records } = collectRecords(s.buffer, c.settings.maxPollRecords);
  s.buffer = buffer;
  const acks = s.acksTaken;
  s.acksTaken = [];
  if (!records.some((r) => r.record.batch !== null)) {
    // Nothing for the application (offsets without a record aside, which the client acknowledges by itself).
    const gaps = takeAcknowledged(records).acks;
    if (gaps.length > 0) askAcknowledge(w, x, 'async', gaps);
    if (!c.inPoll) askFetch(x, acks);
    c.inPoll = true;
    return 'waits';
  }
  if (acks.length > 0) askAcknowledge(w, x, 'async', acks);
  c.inPoll = false;
  s.current = records;
  s.workAt = 0;
  const unpackUs = latePacking.unpackShared(w, c, batchesOf(records));
  if (unpackUs > 0) c.remainingUs = c.processUs + unpackUs;
  if (c.commit !== 'before') return 'again';
  s.current = records.map((r) => (r.ack === null ? { ...r, ack: ACCEPT } : r));
  commitSync(w, x, s.current);
  return 'again';
}

/** The batches that these records stand in, each once: a batch that comes in parts, delivery after delivery, is unpacked for each. */
function batchesOf(records: readonly InFlightRecord[]): FetchedBatch[] {
  const batches: FetchedBatch[] = [];
  for (const { record } of records)
    if (record.batch !== null && record.batch !== batches.at(-1)) batches.push(record.batch);
  return batches;
}

/** commitSync() of what is acknowledged; the thread stands in it until all is answered. `keep`: records that are processed after it. */
function commitSync(w: World, x: ShareConsumer, keep: readonly InFlightRecord[] = []): void {
  const { s } = x;
  const acks = takeAcks(x);
  if (acks.length > 0) {
    askAcknowledge(w, x, 'sync', acks);
    s.commitSync = 'waiting';
  }
  if (keep.length === 0) return;
  s.current = keep.filter((r) => r.record.batch !== null).map((r) => ({ ...r, ack: null }));
  s.committedBefore = true;
  s.workAt = 0;
}

/** The records of a poll are done: whether the application calls a commit before it polls again. */
function commitsAfterWork(w: World, x: ShareConsumer): boolean {
  const { c, s } = x;
  if (s.committedBefore) {
    // Their acknowledgements have gone already.
    s.current = [];
    s.workAt = 0;
    s.committedBefore = false;
    return true;
  }
  const asked = s.commitAsked;
  s.commitAsked = false;
  if (s.current.length === 0 || (!asked && c.commit !== 'sync' && c.commit !== 'async')) return asked;
  acceptImplicitly(x);
  if (!s.current.some((r) => r.ack !== null)) return asked;
  if (c.commit === 'async' && !asked) {
    const acks = takeAcks(x);
    askAcknowledge(w, x, 'async', acks);
  } else commitSync(w, x);
  return true;
}

// --- records ---------------------------------------------------------------------------------------------------------

/** Begins the record under work; true: it takes time. */
function startRecord(w: World, x: ShareConsumer): boolean {
  const { c, s } = x;
  const r = s.current[s.workAt] as InFlightRecord;
  if (r.record.batch === null) {
    s.workAt += 1;
    return false;
  }
  const forUs = c.remainingUs > 0 ? c.remainingUs : c.processUs;
  c.remainingUs = 0;
  if (forUs === 0) {
    finishRecord(w, x);
    return false;
  }
  c.doneAtUs = w.nowUs + forUs;
  schedule(w, c.doneAtUs, EventKind.ConsumerApplication, c.node);
  return true;
}

/** The record under work is done: the application acknowledges it. */
export function finishRecord(w: World, x: ShareConsumer): void {
  const { c, s, ref } = x;
  c.doneAtUs = -1;
  const at = s.workAt;
  const r = s.current[at];
  if (r === undefined || r.record.batch === null) return;
  s.workAt = at + 1;
  c.delivered += 1;
  s.processed += 1;
  const { batch, at: place, offset, deliveryCount } = r.record;
  const ack = isExplicit(c) && !s.committedBefore ? verdict(x, offset, deliveryCount) : null;
  s.current = s.current.map((each, i) => (i === at && each.ack === null ? { ...each, ack } : each));
  observeProcessed(w, s.groupId, r.id.partition, ref, offset, deliveryCount, ack);
  if (batch.batch.producer < 0) return;
  groupProcessed(w, s.groupId, r.id.partition, batch, place, place + 1);
  recordDelivered(w, ref, batch.batch.producer, (batch.batch.records[place] as { ordinal: number }).ordinal);
}

/** What the application makes of a record: the scenario's `acknowledge`; null: it does not acknowledge at all. */
function verdict({ c }: ShareConsumer, offset: number, deliveryCount: number): number | null {
  if (c.commit === 'none') return null;
  const rule = c.acknowledge;
  if (rule === null) return ACCEPT;
  const every = (n: number | null): boolean => n !== null && (offset + 1) % n === 0;
  if (rule.releaseAlways.includes(offset)) return RELEASE;
  if (rule.reject.includes(offset) || every(rule.rejectEvery)) return REJECT;
  const first = deliveryCount === 1;
  if (first && (rule.release.includes(offset) || every(rule.releaseEvery))) return RELEASE;
  return ACCEPT;
}

// --- close -----------------------------------------------------------------------------------------------------------

function beginClose(w: World, x: ShareConsumer): void {
  const { c, s } = x;
  c.inPoll = false;
  s.closing = 'acknowledging';
  s.closeDeadlineUs = w.nowUs + CLOSE_TIMEOUT_US;
  s.commitSync = 'none';
  // What is not acknowledged is released by the leaders when the session ends.
  askAcknowledge(w, x, 'close', mergeTaken(x));
  s.buffer = [];
}

function mergeTaken(x: ShareConsumer): PartitionAcks[] {
  const acks = [...x.s.acksTaken, ...takeAcks(x)];
  x.s.acksTaken = [];
  return acks;
}

function stepClose(w: World, x: ShareConsumer): Step {
  const { s } = x;
  const late = w.nowUs >= s.closeDeadlineUs;
  if (s.closing === 'acknowledging') {
    if (!late && (awaits(x, 'close') || awaits(x, 'sync') || awaits(x, 'async'))) return 'waits';
    s.closing = 'leaving';
    leaveGroup(w, x);
  }
  const done = late || s.memberState === 'UNSUBSCRIBED' || (s.coordinator < 0 && !s.heartbeatInFlight);
  return done ? 'closed' : 'waits';
}

/** The application stood still and goes on. */
export function resumeShare(w: World, x: ShareConsumer): void {
  const { c } = x;
  c.pausedUntilUs = 0;
  tell(w, 'log.consumer.resumed', { consumer: c.id }, about(x));
}
