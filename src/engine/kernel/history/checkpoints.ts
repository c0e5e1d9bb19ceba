/**
 * Worlds kept from earlier moments, so that a moment is reached by a short replay. They are a cache: dropping one costs
 * time, never truth. One budget over all branches, in number and in estimated bytes.
 */
import { forkWorld } from '../fork.ts';
import type { TimedCommand, World } from '../world.ts';
import type { Branch, Program } from './branch.ts';

/** Events between two checkpoints: at least the first number, in large worlds (whose copies cost more) up to the second. */
const COARSE_EVENTS = [10_000, 20_000] as const;
const DENSE_EVENTS = [2_000, 6_000] as const;
/** For each connection and link, which are most of what is copied again after a checkpoint. */
const COARSE_EVENTS_EACH = 12;
const DENSE_EVENTS_EACH = 3;
/** Dense ones are kept this far behind the newest. */
const DENSE_REACH = 40_000;
const MAX_CHECKPOINTS = 400;
const MAX_BYTES = 96 * 1024 * 1024;

export interface Checkpoint {
  readonly world: World;
  readonly events: number;
  readonly atUs: number;
  /** The time of the last event or command that ran, -1 before the first. */
  readonly lastUs: number;
  readonly coarse: boolean;
  /** A guess: what it does not share with its neighbours. */
  readonly bytes: number;
  usedAt: number;
}

let uses = 0;

function estimateBytes(w: World, eventsSince: number): number {
  const references =
    w.queue.length + w.nodes.length + w.links.length + w.connections.length + w.replicas.length + w.fetchers.length;
  const entities = Math.min(eventsSince, w.connections.length + w.links.length + w.replicas.length);
  return 6_000 + 12 * references + 420 * entities + Math.floor(w.ledger.count / 4);
}

function interval(w: World, [least, most]: readonly [number, number], each: number): number {
  return Math.min(most, Math.max(least, each * (w.connections.length + w.links.length)));
}

/**
 * Keeps the world of this moment, if none is kept near it, and returns the one to go on with. That is the copy: worlds
 * that run are then all made by a fork, and what the machine compiled for them holds after a seek too (it was eight
 * times slower without). `dense`: near the playhead, where one steps back.
 */
export function keep(branch: Branch, w: World, lastUs: number, dense: boolean): World {
  const { checkpoints } = branch;
  const at = lastBefore(checkpoints, w.eventCount + 1);
  const before = at < 0 ? null : (checkpoints[at] as Checkpoint);
  const since = before === null ? w.eventCount : w.eventCount - before.events;
  const coarseEvents = interval(w, COARSE_EVENTS, COARSE_EVENTS_EACH);
  const wanted = dense ? interval(w, DENSE_EVENTS, DENSE_EVENTS_EACH) : coarseEvents;
  if (before !== null && since < wanted) return w;
  let lastCoarse = 0;
  for (let i = at; i >= 0; i--) {
    const c = checkpoints[i] as Checkpoint;
    if (!c.coarse) continue;
    lastCoarse = c.events;
    break;
  }
  const coarse = before === null || w.eventCount - lastCoarse >= coarseEvents;
  uses += 1;
  const kept: Checkpoint = {
    world: w,
    events: w.eventCount,
    atUs: w.nowUs,
    lastUs,
    coarse,
    bytes: estimateBytes(w, since),
    usedAt: uses,
  };
  checkpoints.splice(at + 1, 0, kept);
  branch.checkpoints = checkpoints.filter(
    (c) => c.coarse || (c.events > w.eventCount - DENSE_REACH && c.events <= w.eventCount + DENSE_REACH),
  );
  return forkWorld(w);
}

/** The index of the last checkpoint with fewer events than `events`; -1. */
function lastBefore(checkpoints: readonly Checkpoint[], events: number): number {
  let low = 0;
  let high = checkpoints.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((checkpoints[middle] as Checkpoint).events < events) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

export function nearestBeforeEvents(branch: Branch, events: number): Checkpoint | null {
  const at = lastBefore(branch.checkpoints, events);
  return at < 0 ? null : use(branch.checkpoints[at] as Checkpoint);
}

/** The last checkpoint at or before a moment. */
export function nearestBeforeTime(branch: Branch, atUs: number): Checkpoint | null {
  for (let i = branch.checkpoints.length - 1; i >= 0; i--) {
    const c = branch.checkpoints[i] as Checkpoint;
    if (c.atUs <= atUs) return use(c);
  }
  return null;
}

function use(c: Checkpoint): Checkpoint {
  uses += 1;
  c.usedAt = uses;
  return c;
}

/** Another program's checkpoints that hold for this one too: all that led to them is the same, down to the ids. */
export function shared(checkpoints: readonly Checkpoint[], from: Program, to: Program, beforeUs: number): Checkpoint[] {
  if (from.resolved.steps.some((s) => s.start.kind === 'when') && !sameFollowers(from, to)) return [];
  let same = 0;
  while (
    same < from.commands.length &&
    same < to.commands.length &&
    sameCommand(from.commands[same] as TimedCommand, to.commands[same] as TimedCommand)
  )
    same++;
  const differsUs = Math.min(
    from.commands[same]?.atUs ?? Number.POSITIVE_INFINITY,
    to.commands[same]?.atUs ?? Number.POSITIVE_INFINITY,
  );
  return checkpoints.filter((c) => c.atUs < beforeUs && c.world.commandsRun <= same && c.atUs < differsUs);
}

function sameCommand(a: TimedCommand, b: TimedCommand): boolean {
  return a.id === b.id && a.atUs === b.atUs && JSON.stringify(a.command) === JSON.stringify(b.command);
}

function sameFollowers(a: Program, b: Program): boolean {
  const followers = (p: Program): string => JSON.stringify(p.resolved.steps.filter((s) => s.start.kind === 'when'));
  return followers(a) === followers(b);
}

/**
 * Keeps all branches together within the budget: of other branches what was used longest ago goes first; of the present
 * one every second of the older ones, so that no stretch of it becomes far from a checkpoint.
 */
export function trim(branches: readonly Branch[], current: Branch): void {
  const all = new Set<Checkpoint>();
  for (const branch of branches) for (const c of branch.checkpoints) all.add(c);
  let bytes = 0;
  for (const c of all) bytes += c.bytes;
  if (all.size <= MAX_CHECKPOINTS && bytes <= MAX_BYTES) return;
  const mine = new Set(current.checkpoints);
  const others = [...all].filter((c) => !mine.has(c)).sort((a, b) => a.usedAt - b.usedAt);
  const older = current.checkpoints.filter((c, i) => i % 2 === 1 && c.events < current.furthestEvents - DENSE_REACH);
  const drop = new Set<Checkpoint>();
  for (const c of [...others, ...older]) {
    if (all.size - drop.size <= (MAX_CHECKPOINTS * 3) / 4 && bytes <= (MAX_BYTES * 3) / 4) break;
    drop.add(c);
    bytes -= c.bytes;
  }
  for (const branch of branches) branch.checkpoints = branch.checkpoints.filter((c) => !drop.has(c));
}
