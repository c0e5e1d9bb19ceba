/**
 * Where a branch is played: one world that runs, and the ways to move it. Every move is a generator that yields now and
 * then, so that whoever drives it can look at its clock; the engine itself has none.
 */
import { vectorLength } from '../../../base/vector.ts';
import type { ThingId } from '../../../protocol/frame.ts';
import { lateWatch } from '../../slots.ts';
import { forkWorld } from '../fork.ts';
import { nextTime, step } from '../run.ts';
import type { TimedCommand, World } from '../world.ts';
import type { Branch, EngineParts } from './branch.ts';
import { type Checkpoint, keep, nearestBeforeEvents, nearestBeforeTime } from './checkpoints.ts';
import type { Done, Test } from './watch.ts';

/** Where a move stands, for the bar that shows it. */
export interface Progress {
  readonly doneUs: number;
}
export type Move<T> = Generator<Progress, T, void>;

export type MoveStop = 'granted' | 'data-flight' | 'decision' | 'end' | 'no-decision';

/** How many events pass between two looks at the clock (about a millisecond). */
const EVENTS_PER_LOOK = 400;
/** Where exactly a checkpoint lies does not matter, so it is asked for only now and then. */
const KEEP_MASK = 255;
const DENSE_BEFORE_US = 20_000_000;

export class Playhead {
  readonly #parts: EngineParts;
  #branch: Branch;
  #world: World;
  /** The time of the last event or command that ran; -1 before the first. */
  #lastUs = -1;
  #sinceLook = 0;

  constructor(parts: EngineParts, branch: Branch, from: Checkpoint | null) {
    this.#parts = parts;
    this.#branch = branch;
    this.#world = this.#startFrom(from);
  }

  get world(): World {
    return this.#world;
  }
  get branch(): Branch {
    return this.#branch;
  }
  /** The first moment at which a command may still be put: on a replay it stands before the events of its microsecond. */
  get commandUs(): number {
    return this.#lastUs >= this.#world.nowUs ? this.#world.nowUs + 1 : this.#world.nowUs;
  }

  /** A copy of the present moment, to come back to. */
  mark(): Checkpoint {
    const { eventCount: events, nowUs: atUs } = this.#world;
    return { world: forkWorld(this.#world), events, atUs, lastUs: this.#lastUs, coarse: false, bytes: 0, usedAt: 0 };
  }

  /** Takes up another moment, of this branch or another one. */
  restore(branch: Branch, from: Checkpoint | null): void {
    this.#branch = branch;
    this.#world = this.#startFrom(from);
  }

  /** The branch's program grew without touching what has been: the running world reads the new one. */
  adopt(): void {
    this.#read(this.#world);
  }

  #startFrom(from: Checkpoint | null): World {
    const w = from === null ? this.#parts.makeWorld(this.#branch.program.resolved) : forkWorld(from.world);
    this.#lastUs = from === null ? -1 : from.lastUs;
    this.#world = w;
    this.#read(w);
    if (from === null) this.#world = keep(this.#branch, w, -1, false);
    return this.#world;
  }

  /** A world names its scenario's steps by their place, and steps may have been added; all else in it is the same. */
  #read(w: World): void {
    (w as { scenario: World['scenario'] }).scenario = this.#branch.program.resolved;
  }

  /** One event or command; null: nothing is left up to `toUs`, and the world stands there. */
  #step(toUs: number, dense: boolean): Done | null {
    const w = this.#world;
    // Time never goes back: a grant that comes late is answered by the moment that is.
    if (toUs < w.nowUs) return null;
    const { commands } = this.#branch.program;
    w.interest = null;
    const event = w.queue[0] ?? null;
    const command = w.commandsRun < commands.length ? (commands[w.commandsRun] as TimedCommand) : null;
    const isCommand = command !== null && (event === null || command.atUs <= event.atUs);
    const done: Done = {
      event: isCommand ? null : event,
      command: isCommand ? command : null,
      firstMessage: w.nextMessageId,
      firstLine: vectorLength(w.lines),
    };
    if (!step(w, commands, toUs)) return null;
    this.#lastUs = w.nowUs;
    if ((w.eventCount & KEEP_MASK) === 0) this.#world = keep(this.#branch, w, this.#lastUs, dense);
    return done;
  }

  /** True now and then: time to let the driver look at its clock. */
  #look(): boolean {
    this.#sinceLook += 1;
    if (this.#sinceLook < EVENTS_PER_LOOK) return false;
    this.#sinceLook = 0;
    this.#reached();
    return true;
  }

  #reached(): void {
    const branch = this.#branch;
    if (this.#world.nowUs > branch.furthestUs) branch.furthestUs = this.#world.nowUs;
    if (this.#world.eventCount > branch.furthestEvents) branch.furthestEvents = this.#world.eventCount;
  }

  #stop(why: MoveStop): MoveStop {
    this.#reached();
    return why;
  }

  /** Runs to a moment, inclusive; with `watch` it stops after an event that one would want to see. */
  *advance(toUs: number, watch: boolean, selection: ThingId | null): Move<MoveStop> {
    for (;;) {
      const done = this.#step(toUs, true);
      if (done === null) break;
      const w = this.#world;
      if (watch && w.interest !== null) return this.#stop(w.interest);
      if (
        watch &&
        selection !== null &&
        w.nextMessageId !== done.firstMessage &&
        lateWatch.carriesRecordsTo(w, done.firstMessage, selection)
      )
        return this.#stop('data-flight');
      if (this.#look()) yield { doneUs: w.nowUs };
    }
    return this.#stop(this.#world.nowUs >= this.#world.scenario.untilUs ? 'end' : 'granted');
  }

  /** To the world as it was (or will be) at a moment, all its events included. */
  *seek(atUs: number): Move<void> {
    const from = nearestBeforeTime(this.#branch, atUs);
    const w = this.#world;
    if (w.nowUs > atUs || (from !== null && from.events > w.eventCount)) this.#startFrom(from);
    // Where one goes, one often steps back next: the last stretch gets dense checkpoints, what lies far before it none.
    while (this.#step(atUs, atUs - this.#world.nowUs < DENSE_BEFORE_US) !== null)
      if (this.#look()) yield { doneUs: this.#world.nowUs };
    this.#reached();
  }

  /** To the world after so many events, which this branch is known to have. */
  *toCount(events: number): Move<void> {
    const w = this.#world;
    const from = nearestBeforeEvents(this.#branch, events + 1);
    if (w.eventCount > events || (from !== null && from.events > w.eventCount)) this.#startFrom(from);
    while (this.#world.eventCount < events && this.#step(this.#world.scenario.untilUs, true) !== null) {
      if (this.#look()) yield { doneUs: this.#world.nowUs };
    }
  }

  /** Runs on until an event that passes the test, at most to `limitUs`. */
  *forward(test: Test, limitUs = Number.POSITIVE_INFINITY): Move<MoveStop> {
    const untilUs = Math.min(this.#world.scenario.untilUs, limitUs);
    while (nextTime(this.#world, this.#branch.program.commands) <= untilUs) {
      const done = this.#step(untilUs, true);
      if (done === null) break;
      if (test(this.#world, done)) return this.#stop(this.#world.interest ?? 'granted');
      if (this.#look()) yield { doneUs: this.#world.nowUs };
    }
    while (this.#step(untilUs, true) !== null);
    return this.#stop('end');
  }

  /**
   * Back to the last event before the present one that passed the test, or to the start: a stretch between two
   * checkpoints is replayed at a time, the latest first. The world comes out as it was then, and so does the picture.
   */
  *back(test: Test): Move<void> {
    let bound = this.#world.eventCount;
    let lookup = bound;
    for (;;) {
      const from = nearestBeforeEvents(this.#branch, lookup);
      this.#startFrom(from);
      const start = this.#world.eventCount;
      let found = -1;
      while (this.#world.eventCount < bound) {
        const done = this.#step(this.#world.scenario.untilUs, true);
        if (done === null) break;
        if (this.#world.eventCount < bound && test(this.#world, done)) found = this.#world.eventCount;
        if (this.#look()) yield { doneUs: this.#world.nowUs };
      }
      if (found >= 0 || start === 0) {
        yield* this.toCount(Math.max(0, found));
        return;
      }
      // The event that ended where this stretch began belongs to the stretch before.
      lookup = start;
      bound = start + 1;
    }
  }
}
