/** The loop: commands first at their microsecond, then events in order. */
import { heapPop } from '../../base/event-heap.ts';
import { vectorPush } from '../../base/vector.ts';
import { runCommand } from '../fault/register.ts';
import { lateWhen } from '../slots.ts';
import type { SimEvent } from './event.ts';
import { EventKind } from './event.ts';
import { fold, fold3 } from './hash.ts';
import { handlerOf } from './schedule.ts';
import { type NodeState, ownNode, type TimedCommand, type World } from './world.ts';

export const BUCKET_US = 100_000;

/** The time of what happens next at or before `toUs`; Infinity if nothing does. */
export function nextTime(w: World, commands: readonly TimedCommand[]): number {
  const event = w.queue.length > 0 ? (w.queue[0] as SimEvent).atUs : Number.POSITIVE_INFINITY;
  const command =
    w.commandsRun < commands.length ? (commands[w.commandsRun] as TimedCommand).atUs : Number.POSITIVE_INFINITY;
  return Math.min(event, command);
}

/**
 * Does one thing: the next command or the next event, if its time is not after `toUs`. Returns false if there is none;
 * then the world stands at `toUs`. `commands` is the branch's list in time order.
 */
export function step(w: World, commands: readonly TimedCommand[], toUs: number): boolean {
  const eventUs = w.queue.length > 0 ? (w.queue[0] as SimEvent).atUs : Number.POSITIVE_INFINITY;
  if (w.commandsRun < commands.length) {
    const next = commands[w.commandsRun] as TimedCommand;
    if (next.atUs <= toUs && next.atUs <= eventUs) {
      enter(w, next.atUs);
      w.commandsRun += 1;
      applyCommand(w, next);
      return true;
    }
  }
  if (eventUs > toUs) {
    enter(w, toUs);
    return false;
  }
  const event = heapPop(w.queue);
  enter(w, event.atUs);
  fold(w, event.atUs);
  fold3(w, Math.floor(event.atUs / 4294967296), event.seq, event.kind);
  w.eventCount += 1;
  if (event.node < 0) {
    handlerOf(event.kind)(w, event);
  } else {
    const node = w.nodes[event.node] as NodeState;
    if (event.incarnation === node.incarnation) {
      if (node.process === 'paused') ownNode(w, event.node).deferred.push(event);
      else handlerOf(event.kind)(w, event);
    }
  }
  if (w.whenDirty) runWhen(w);
  return true;
}

/** Runs to `toUs`, inclusive. */
export function advance(w: World, commands: readonly TimedCommand[], toUs: number): void {
  while (step(w, commands, toUs));
}

export function applyCommand(w: World, timed: TimedCommand): void {
  fold(w, 0x5eed);
  fold(w, timed.id);
  w.eventCount += 1;
  const refusal = runCommand(w, timed.command);
  if (refusal !== null) w.refusals = [...w.refusals, { atUs: w.nowUs, id: timed.id, message: refusal }];
  if (timed.id < w.scenario.steps.length) w.appliedSteps = [...w.appliedSteps, timed.id];
  w.whenDirty = true;
  runWhen(w);
}

/** Steps that follow an event, where there are steps at all. */
function runWhen(w: World): void {
  if (w.scenario.steps.length > 0) lateWhen.runWhenSteps(w);
  else w.whenDirty = false;
}

function enter(w: World, atUs: number): void {
  w.nowUs = atUs;
  if (atUs < (w.bucketIndex + 1) * BUCKET_US) return;
  const bucket = Math.floor(atUs / BUCKET_US);
  while (w.bucketIndex < bucket) {
    vectorPush(w.requestBuckets, w.bucketCount, w.gen);
    vectorPush(w.riskBuckets, w.ledger.atRisk, w.gen);
    w.bucketCount = 0;
    w.bucketIndex += 1;
  }
}

/** A stopped process goes on: its timers that came due meanwhile fire now, in order. */
export function runDeferred(w: World, nodeIndex: number): void {
  const node = ownNode(w, nodeIndex);
  const due = node.deferred;
  node.deferred = [];
  for (const event of due) if (event.kind !== EventKind.Deliver) handlerOf(event.kind)(w, { ...event, atUs: w.nowUs });
}
