/**
 * A producer's one application thread: the workload's records and the verbs' calls, in the order of their times. A call that
 * blocks holds up all that comes after it; a thread that was held up catches up at once and skips nothing.
 */
import { NO_HEADERS } from '../../kafka/records/record-sizes.ts';
import { EventKind } from '../kernel/event.ts';
import { schedule, tell } from '../kernel/schedule.ts';
import type { World } from '../kernel/world.ts';
import { NEVER, wakeAt } from './client-network.ts';
import { headersOf, resumeSend, send } from './kafka-producer.ts';
import type { ProducerState, Task } from './producer-state.ts';
import { isDrained } from './sender.ts';
import { nextDueUs, sizedValue, USUAL_VALUE_BYTES, workloadKey, workloadValue } from './workload.ts';

export function enqueueTask(p: ProducerState, task: Task): void {
  p.tasks = [...p.tasks, task];
}

/** Runs the thread until it has nothing to do now, is blocked, or has closed the producer. */
export function runApplication(w: World, p: ProducerState): void {
  while (!p.closed) {
    if (p.blocked !== null) {
      if (!unblocked(w, p)) return;
      continue;
    }
    const task = p.tasks[0];
    const dueUs = nextDueUs(p);
    if (task !== undefined && task.atUs <= Math.min(dueUs, w.nowUs)) runTask(w, p, task);
    else if (dueUs <= w.nowUs) sendFromWorkload(w, p);
    else return;
  }
}

function unblocked(w: World, p: ProducerState): boolean {
  const blocked = p.blocked;
  if (blocked === null) return true;
  if (blocked.why === 'flush') {
    if (p.incomplete > 0) return false;
    p.blocked = null;
    return true;
  }
  if (blocked.why === 'close') {
    if (!isDrained(p)) return false;
    p.blocked = null;
    p.closed = true;
    return true;
  }
  return resumeSend(w, p);
}

function runTask(w: World, p: ProducerState, task: Task): void {
  const rest = p.tasks.slice(1);
  if (task.kind === 'send') {
    p.tasks = task.left > 1 ? [{ ...task, left: task.left - 1 }, ...rest] : rest;
    const { topic, partition, key, value, headers } = task.send;
    send(w, p, {
      topic,
      partition: partition ?? -1,
      key,
      value: value === undefined ? sizedValue(USUAL_VALUE_BYTES) : value,
      headers: headersOf(headers ?? []),
    });
    return;
  }
  p.tasks = rest;
  p.senderWoken = true;
  if (task.kind === 'close') p.closing = true;
  p.blocked = { why: task.kind, sinceUs: w.nowUs, deadlineUs: NEVER, send: null, bytes: 0, version: 0 };
}

function sendFromWorkload(w: World, p: ProducerState): void {
  const workload = p.workload;
  if (workload === null) return;
  const k = p.workloadNext;
  p.workloadNext = k + 1;
  const key = workloadKey(w, p.id, workload.keys, k);
  const value = workloadValue(workload.values, k);
  send(w, p, { topic: workload.topic, partition: -1, key, value, headers: NO_HEADERS });
  if (p.workloadNext === workload.count && !p.doneTold) {
    p.doneTold = true;
    tell(w, 'log.producer.done', { producer: p.id }, [`producer:${p.id}`]);
  }
}

/** Sees to the events that the thread waits for: its next record, or the end of max.block.ms. */
export function armApplication(w: World, p: ProducerState): void {
  if (p.closed) return;
  if (p.blocked !== null) {
    wakeAt(w, p, EventKind.ProducerSend, Math.min(p.wakeUs, p.blocked.deadlineUs));
    return;
  }
  const atUs = nextDueUs(p);
  if (atUs === NEVER || p.dueArmedUs === atUs) return;
  p.dueArmedUs = atUs;
  schedule(w, atUs, EventKind.ProducerDue, p.node);
}
