/**
 * poll() of a consumer whose background thread does all input and output (Kafka: AsyncKafkaConsumer.poll, AsyncPollEvent). Rule 107:
 * the application posts an event, runs what callbacks wait for it, and takes what the buffer holds. Callbacks run nowhere else, so a
 * busy application holds a reconciliation up, and nothing else.
 */
import type { World } from '../../kernel/world.ts';
import { NEVER } from '../client-network.ts';
import { handOver } from '../consumer-application.ts';
import { allConsumed, invokeCallbacks } from '../consumer-commit.ts';
import { collectFetch, unpackingUntilUs } from '../fetch-collector.ts';
import { sendFetches } from '../fetcher.ts';
import { runBackground } from './background.ts';
import { commitSync, maybeAutoCommit } from './commit-requests.ts';
import { pollEndsUs } from './heartbeat.ts';
import { afterLost, maybeRejoinStale, onConsumerPoll } from './membership.ts';
import { applyAssignment, invokeRemoved } from './ownership.ts';
import { assignmentOver, hasPendingReconciliation, maybeReconcile, revocationOver } from './reconcile.ts';
import type { AsyncConsumer, BackgroundEvent } from './state.ts';

/** The application calls poll(Duration.ofMillis(100)) in a loop: while it waits it posts an event so often. */
const POLL_TIMEOUT_US = 100_000;

/** One poll(): 'again' when it returned, 'thrown' with `pendingError`, else until when it waits. */
export function pollAsync(w: World, c: AsyncConsumer): number | 'again' | 'thrown' {
  const a = c.async;
  const entered = !c.inPoll;
  if (entered) {
    // The interval is looked at before it begins anew: who comes back too late joins again.
    const late = pollEndsUs(c) <= w.nowUs;
    c.inPoll = true;
    a.pollEnteredUs = w.nowUs;
    a.passDueUs = w.nowUs;
    if (late) maybeRejoinStale(c);
    c.membership.lastPollUs = w.nowUs;
  }
  if (c.settings.enableAutoCommit && c.membership.nextAutoCommitUs <= w.nowUs && !a.autoCommitInFlight)
    a.passDueUs = w.nowUs;
  let woken = false;
  if (a.passDueUs <= w.nowUs) {
    a.passDueUs = NEVER;
    woken = firstPass(w, c);
    if (c.pendingError !== null) return 'thrown';
  }
  let taken = take(w, c);
  if (taken === 'waits' && woken && a.events.length > 0) {
    // Nothing had to be fetched, so poll() looks round once more at once.
    processEvents(w, c, a.events);
    runBackground(w, c);
    taken = take(w, c);
  }
  if (c.pendingError !== null && taken !== 'returned') return 'thrown';
  if (taken !== 'waits') return 'again';
  const fetchUs = a.positionsDue ? NEVER : sendFetches(w, c);
  return Math.min(fetchUs, nextPassUs(w, c), unpackingUntilUs(w, c));
}

/** checkInflightPoll: the event is posted, and what the background thread left is done. Whether there was nothing to fetch. */
function firstPass(w: World, c: AsyncConsumer): boolean {
  // What the event itself brings about comes too late for this look into the queue.
  const { events } = c.async;
  processPollEvent(w, c);
  const thrown = invokeCallbacks(w, c);
  if (thrown !== null) c.pendingError = thrown;
  processEvents(w, c, events);
  const before = fetchesInFlight(c);
  runBackground(w, c);
  return fetchesInFlight(c) === before;
}

function fetchesInFlight(c: AsyncConsumer): number {
  let count = 0;
  for (const r of c.requests) if (r.kind === 'fetch') count += 1;
  return count;
}

/** ApplicationEventProcessor.process(AsyncPollEvent). */
function processPollEvent(w: World, c: AsyncConsumer): void {
  maybeReconcile(w, c, true);
  maybeAutoCommit(w, c);
  onConsumerPoll(c);
  c.async.positionsDue = true;
}

/** processBackgroundEvents: callbacks run here; after each the background thread goes on. */
export function processEvents(w: World, c: AsyncConsumer, events: readonly BackgroundEvent[]): void {
  const a = c.async;
  if (events.length === 0) return;
  a.events = a.events.filter((e) => !events.includes(e));
  for (const event of events) {
    if (event.kind === 'error') {
      c.pendingError ??= event.exception;
      continue;
    }
    if (event.kind === 'removed') {
      invokeRemoved(w, c, event.how, event.partitions);
      if (event.after === 'reconcile') revocationOver(w, c, event.reconciliation);
      else afterLost(w, c, event.after);
      continue;
    }
    const r = a.reconciliation;
    // One that was given up meanwhile is not applied.
    if (r === null || r.serial !== event.reconciliation || c.membership.state !== 'reconciling') {
      assignmentOver(w, c, event.reconciliation);
      continue;
    }
    if (a.rejoinedWhileReconciling) assignmentOver(w, c, event.reconciliation);
    else {
      applyAssignment(w, c, r);
      assignmentOver(w, c, event.reconciliation);
    }
  }
}

/** collectFetch; with records the next fetches go out before poll() returns them. */
function take(w: World, c: AsyncConsumer): 'returned' | 'again' | 'waits' {
  const fetched = collectFetch(w, c, c.settings.maxPollRecords);
  if (fetched.records > 0 || fetched.advanced) {
    sendFetches(w, c);
    c.inPoll = false;
    c.membership.lastPollUs = w.nowUs;
    if (c.commit === 'before' && fetched.slices.length > 0)
      commitSync(c, allConsumed(c), w.nowUs + c.settings.defaultApiTimeoutMs * 1000, fetched.slices);
    else handOver(w, c, fetched.slices);
    return 'returned';
  }
  if (fetched.reset) {
    c.async.passDueUs = w.nowUs;
    return 'again';
  }
  return 'waits';
}

/** When poll() next posts an event while it waits. */
function nextPassUs(w: World, c: AsyncConsumer): number {
  const a = c.async;
  if (!waitsForPass(c)) a.passDueUs = NEVER;
  else if (a.passDueUs === NEVER) {
    const rounds = Math.floor((w.nowUs - a.pollEnteredUs) / POLL_TIMEOUT_US) + 1;
    a.passDueUs = a.pollEnteredUs + rounds * POLL_TIMEOUT_US;
  }
  const autoUs = c.settings.enableAutoCommit && !a.autoCommitInFlight ? c.membership.nextAutoCommitUs : NEVER;
  return Math.min(a.passDueUs, autoUs);
}

function waitsForPass(c: AsyncConsumer): boolean {
  const a = c.async;
  if (a.events.length > 0 || c.group.callbacks.length > 0 || hasPendingReconciliation(c)) return true;
  if (a.subscriptionUpdated && c.membership.state === 'unsubscribed') return true;
  return !a.positionsDue && c.partitions.some((p) => p.fetchState !== 'fetching');
}
