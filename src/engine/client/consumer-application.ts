/**
 * A consumer's application: poll, work on each record for processMs, poll again (inline), or hand what came to one worker
 * thread and poll on (thread). Each completion is told to the ledger at its own moment.
 */
import { EventKind } from '../kernel/event.ts';
import { schedule } from '../kernel/schedule.ts';
import type { NodeState, World } from '../kernel/world.ts';
import { recordDelivered } from '../ledger/facts.ts';
import { groupProcessed } from '../ledger/group-facts.ts';
import type { ConsumerState, PolledSlice } from './consumer-state.ts';
import type { CommitOffset } from './coordinator-state.ts';

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
    for (const slice of slices) deliver(w, c, slice, slice.from, slice.to);
    if (slices.length > 0) commitAfter(c, 'positions');
    return;
  }
  const idle = c.work.length === 0;
  const polled = withCommit(c, slices);
  c.work = c.work.length === 0 ? polled : [...c.work, ...polled];
  if (idle && slices.length > 0) {
    c.workAt = (slices[0] as PolledSlice).from;
    startRecord(w, c, c.processUs);
  }
}

/**
 * With a worker thread poll() goes on, and the positions run ahead of the work: what is committed after it are the offsets
 * behind its own records, which the last slice of each poll carries.
 */
function withCommit(c: ConsumerState, slices: readonly PolledSlice[]): readonly PolledSlice[] {
  const last = slices.at(-1);
  if (last === undefined || c.processing !== 'thread' || !commitsAfterwards(c)) return slices;
  const commit = c.partitions
    .filter((p) => slices.some((s) => p.fetchState === 'fetching' && s.topic === p.topic && s.index === p.index))
    .map((p) => ({ topic: p.topic, index: p.index, offset: p.offset, leaderEpoch: p.offsetEpoch }));
  return [...slices.slice(0, -1), { ...last, commit }];
}

function commitsAfterwards(c: ConsumerState): boolean {
  return c.group !== null && (c.commit === 'sync' || c.commit === 'async');
}

/** The records of a poll are done: the application commits before it polls again. */
function commitAfter(c: ConsumerState, offsets: readonly CommitOffset[] | 'positions'): void {
  if (c.group === null || !commitsAfterwards(c)) return;
  const due = c.group.commitDue;
  if (offsets === 'positions' || due === null || due === 'positions') c.group.commitDue = offsets;
  else {
    const newer = (o: CommitOffset): boolean => offsets.some((n) => n.index === o.index && n.topic === o.topic);
    c.group.commitDue = [...due.filter((o) => !newer(o)), ...offsets];
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
  deliver(w, c, slice, c.workAt, c.workAt + 1);
  c.workAt += 1;
  if (c.workAt >= slice.to) {
    c.work = c.work.slice(1);
    c.workAt = c.work[0]?.from ?? 0;
    if (slice.commit !== null) commitAfter(c, slice.commit);
    else if (c.work.length === 0 && c.processing === 'inline') commitAfter(c, 'positions');
  }
  if (c.work.length > 0) startRecord(w, c, c.processUs);
}

function deliver(w: World, c: ConsumerState, slice: PolledSlice, from: number, to: number): void {
  const { batch } = slice.batch;
  c.delivered += to - from;
  if (batch.producer < 0) return;
  const { ref } = w.nodes[c.node] as NodeState;
  if (c.membership !== null) groupProcessed(w, c.membership.groupId, slice.partition, slice.batch, from, to, ref);
  for (let at = from; at < to; at++)
    recordDelivered(w, ref, batch.producer, (batch.records[at] as { ordinal: number }).ordinal);
}

/** consumer.pause: stands still inside the record under work, or between polls. */
export function pauseApplication(w: World, c: ConsumerState, untilUs: number): void {
  if (c.doneAtUs >= 0) c.remainingUs = c.doneAtUs - w.nowUs;
  c.doneAtUs = -1;
  c.pausedUntilUs = untilUs;
  if (c.inPoll && c.membership !== null) c.membership.lastPollUs = w.nowUs;
  c.inPoll = false;
}

export function resumeApplication(w: World, c: ConsumerState): void {
  c.pausedUntilUs = 0;
  if (c.work.length > 0 && c.doneAtUs < 0) startRecord(w, c, c.remainingUs);
  c.remainingUs = 0;
}
