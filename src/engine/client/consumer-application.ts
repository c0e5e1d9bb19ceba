/**
 * A consumer's application: poll, work on each record for processMs, poll again (inline), or hand what came to one worker
 * thread and poll on (thread). Each completion is told to the ledger at its own moment.
 */
import { EventKind } from '../kernel/event.ts';
import { schedule } from '../kernel/schedule.ts';
import type { NodeState, World } from '../kernel/world.ts';
import { recordDelivered } from '../ledger/facts.ts';
import type { ConsumerState, PolledSlice } from './consumer-state.ts';

export function isPaused(w: World, c: ConsumerState): boolean {
  return c.pausedUntilUs > w.nowUs;
}

/** Whether the application would call poll() now. */
export function wantsPoll(w: World, c: ConsumerState): boolean {
  return !c.idle && !isPaused(w, c) && (c.processing === 'thread' || c.work.length === 0);
}

/** poll() returned these. */
export function handOver(w: World, c: ConsumerState, slices: readonly PolledSlice[]): void {
  if (c.processUs === 0) {
    for (const slice of slices) for (let i = slice.from; i < slice.to; i++) deliver(w, c, slice, i);
    return;
  }
  const idle = c.work.length === 0;
  c.work = c.work.length === 0 ? slices : [...c.work, ...slices];
  if (idle && slices.length > 0) {
    c.workAt = (slices[0] as PolledSlice).from;
    startRecord(w, c, c.processUs);
  }
}

function startRecord(w: World, c: ConsumerState, forUs: number): void {
  c.doneAtUs = w.nowUs + forUs;
  schedule(w, c.doneAtUs, EventKind.ConsumerApplication, c.node);
}

/** The record under work is done; the next one begins. */
export function finishRecord(w: World, c: ConsumerState): void {
  const slice = c.work[0];
  c.doneAtUs = -1;
  if (slice === undefined) return;
  deliver(w, c, slice, c.workAt);
  c.workAt += 1;
  if (c.workAt >= slice.to) {
    c.work = c.work.slice(1);
    c.workAt = c.work[0]?.from ?? 0;
  }
  if (c.work.length > 0) startRecord(w, c, c.processUs);
}

function deliver(w: World, c: ConsumerState, slice: PolledSlice, at: number): void {
  const { batch } = slice.batch;
  c.delivered += 1;
  if (batch.producer < 0) return;
  recordDelivered(
    w,
    (w.nodes[c.node] as NodeState).ref,
    batch.producer,
    (batch.records[at] as { ordinal: number }).ordinal,
  );
}

/** consumer.pause: stands still inside the record under work, or between polls. */
export function pauseApplication(w: World, c: ConsumerState, untilUs: number): void {
  if (c.doneAtUs >= 0) c.remainingUs = c.doneAtUs - w.nowUs;
  c.doneAtUs = -1;
  c.pausedUntilUs = untilUs;
  c.inPoll = false;
}

export function resumeApplication(w: World, c: ConsumerState): void {
  c.pausedUntilUs = 0;
  if (c.work.length > 0 && c.doneAtUs < 0) startRecord(w, c, c.remainingUs);
  c.remainingUs = 0;
}
