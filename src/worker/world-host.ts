/**
 * The engine's host: takes requests in order, works in slices of about 8 ms, and answers each with one frame (or a
 * refusal). Knows nothing of workers or promises; clock and outlet are handed in.
 */
import { InvariantError } from '../base/assert.ts';
import type { Move, MoveStop } from '../engine/kernel/history/playhead.ts';
import { Playing } from '../engine/kernel/history/playing.ts';
import type { History } from '../engine/kernel/history.ts';
import { DEFAULT_VIEW, frameOf, worldInfo } from '../engine/projection/frame.ts';
import { growKeys, type KeyTable, newKeyTable } from '../engine/projection/key-table.ts';
import type { EngineMessage, EngineRequest, Question, StopReason, ViewRequest } from '../protocol/engine-client.ts';
import type { Problem } from '../protocol/parse-scenario.ts';
import type { Scenario } from '../protocol/scenario.ts';
import type { BackgroundRun } from './background.ts';
import type { HostClock } from './clock.ts';
import type { ChangeHost, ChangeRequest } from './host-changes.ts';
import type { HostParts } from './host-parts.ts';
import { TimelineFeed } from './timeline-feed.ts';

const SLICE_MS = 8;
const TIMELINE_MS = 100;
const PROGRESS_MS = 120;

/** How a question came out. */
export type Reply = { readonly answer: unknown } | { readonly error: string };
type Replier = (reply: Reply) => void;

type Work = { readonly request: EngineRequest } | { readonly question: Question; readonly reply: Replier };

interface Job {
  readonly move: Generator<unknown, void, void>;
  readonly what: 'seek' | 'replay';
  readonly ofUs: number;
  readonly reply: Replier | null;
}

export class WorldHost {
  readonly #parts: HostParts;
  readonly #clock: HostClock;
  readonly #emit: (message: EngineMessage) => void;
  readonly #queue: Work[] = [];
  readonly #runs: BackgroundRun[] = [];
  #history: Playing | null = null;
  #view: ViewRequest = DEFAULT_VIEW;
  #keys: KeyTable = newKeyTable();
  #feed = new TimelineFeed();
  #job: Job | null = null;
  #pumping = false;
  #scheduled = false;
  #world = 0;
  #jump = 0;
  #sentKeys = -1;
  #sentTopics = '';
  #infoAt = Number.NEGATIVE_INFINITY;
  #timelineAt = Number.NEGATIVE_INFINITY;
  #progressAt = 0;
  #opened: Scenario = { kafkascope: 1, topics: [] };
  #timelineHeld = false;
  #revision = -1;

  readonly #changes: ChangeHost = {
    emit: (message) => this.#emit(message),
    jump: () => {
      this.#jump += 1;
    },
    flush: (jumped) => this.#flushTimeline(jumped),
    frame: (stopped) => this.#frame(stopped),
  };

  constructor(parts: HostParts, clock: HostClock, emit: (message: EngineMessage) => void) {
    this.#parts = parts;
    this.#clock = clock;
    this.#emit = emit;
  }

  send(request: EngineRequest): void {
    this.#queue.push({ request });
    this.#pump();
  }

  ask(question: Question, reply: Replier): void {
    this.#queue.push({ question, reply });
    this.#pump();
  }

  // --- slices ---------------------------------------------------------------------------------------------------------

  #pump(): void {
    if (this.#pumping) return;
    this.#pumping = true;
    const endMs = this.#clock.now() + SLICE_MS;
    try {
      do {
        if (this.#job !== null) this.#continueJob(endMs);
        else if (this.#queue.length > 0) this.#begin(this.#queue.shift() as Work);
        else break;
      } while (this.#clock.now() < endMs);
      if (this.#job === null && this.#queue.length === 0) this.#continueRun(endMs);
    } finally {
      this.#pumping = false;
    }
    if (this.#job !== null || this.#queue.length > 0 || this.#runs.length > 0) this.#schedule();
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    this.#clock.later(() => {
      this.#scheduled = false;
      this.#pump();
    }, 0);
  }

  #continueJob(endMs: number): void {
    const job = this.#job as Job;
    try {
      while (job.move.next().done !== true) {
        const now = this.#clock.now();
        if (now < endMs) continue;
        if (job.ofUs > 0 && now - this.#progressAt > PROGRESS_MS && this.#history !== null) {
          this.#progressAt = now;
          this.#emit({
            type: 'progress',
            what: job.what,
            doneUs: Math.min(this.#history.world.nowUs, job.ofUs),
            ofUs: job.ofUs,
          });
        }
        return;
      }
      this.#job = null;
    } catch (error) {
      this.#job = null;
      this.#crash(error, job.reply);
    }
  }

  #continueRun(endMs: number): void {
    const run = this.#runs[0];
    if (run === undefined) return;
    try {
      do {
        const next = run.move.next();
        if (next.done !== true) continue;
        this.#runs.shift();
        run.reply({ answer: next.value });
        return;
      } while (this.#clock.now() < endMs && this.#queue.length === 0);
    } catch (error) {
      this.#runs.shift();
      run.reply({ error: error instanceof Error ? error.message : String(error) });
    }
  }

  #begin(work: Work): void {
    if ('question' in work) this.#beginQuestion(work.question, work.reply);
    else this.#beginRequest(work.request);
  }

  // --- requests -------------------------------------------------------------------------------------------------------

  #beginRequest(request: EngineRequest): void {
    this.#progressAt = this.#clock.now();
    if (request.type === 'open') {
      this.#start(this.#open(request), 'seek', request.atUs);
      return;
    }
    if (request.type === 'view') {
      this.#view = request.view;
      // Whatever comes next brings a frame; only a page that waits for nothing else gets one for the view alone.
      if (this.#history !== null && this.#queue.length === 0) this.#frame('granted');
      return;
    }
    const history = this.#history;
    if (history === null) return;
    switch (request.type) {
      case 'grant':
        this.#start(this.#play(history.advance(request.toUs, request.watch, this.#view.selection)), 'replay', 0);
        break;
      case 'seek':
        this.#start(this.#jumpTo(history.seek(request.atUs)), 'seek', request.atUs);
        break;
      default:
        this.#beginChange(this.#whole(history), request);
    }
  }

  /** What is played, with all that the learner may do to it. */
  #whole(playing: Playing): History {
    const history = this.#parts.history(playing);
    this.#history = history;
    return history;
  }

  #beginChange(history: History, request: ChangeRequest): void {
    const ofUs =
      request.type === 'skip' ? history.world.scenario.untilUs : request.type === 'step' ? 0 : history.world.nowUs;
    this.#start(this.#parts.change(this.#changes, history, request), 'replay', ofUs);
  }

  #start(move: Generator<unknown, void, void>, what: Job['what'], ofUs: number, reply: Replier | null = null): void {
    this.#job = { move, what, ofUs, reply };
  }

  *#open(request: Extract<EngineRequest, { type: 'open' }>): Generator<unknown, void, void> {
    const { scenario, atUs, off = [], events } = request;
    this.#opened = scenario;
    const opened = Playing.play(this.#parts, scenario, off);
    if ('problems' in opened) {
      this.#emit({ type: 'problems', problems: opened.problems as readonly Problem[] });
      return;
    }
    this.#history = opened;
    this.#world += 1;
    this.#jump += 1;
    this.#keys = newKeyTable();
    this.#feed = new TimelineFeed();
    this.#sentKeys = -1;
    this.#revision = -1;
    yield* opened.seek(atUs);
    if (events !== undefined) yield* this.#between(this.#whole(opened), events);
    this.#flushTimeline(true);
    this.#frame(opened.world.nowUs >= opened.world.scenario.untilUs ? 'end' : 'granted');
  }

  /** From the end of a microsecond back to the moment within it when only so many events had happened. */
  *#between(history: History, events: number): Generator<unknown, void, void> {
    const atUs = history.world.nowUs;
    while (history.world.eventCount > events && history.world.nowUs === atUs) yield* history.step(-1, 'event', null);
    // A count that this history does not have there, as of another version of the engine.
    if (history.world.eventCount !== events) yield* history.seek(atUs);
  }

  *#play(move: Move<MoveStop>): Generator<unknown, void, void> {
    const stop = yield* move;
    this.#frame(stop);
  }

  *#jumpTo(move: Move<unknown>): Generator<unknown, void, void> {
    yield* move;
    this.#jump += 1;
    this.#flushTimeline(true);
    this.#frame('granted');
  }

  // --- questions ------------------------------------------------------------------------------------------------------

  #beginQuestion(question: Question, reply: Replier): void {
    if (question.ask === 'run' || question.ask === 'lab' || question.ask === 'how-many') {
      this.#parts.background(this.#parts, question, reply, this.#runs, this.#emit);
      return;
    }
    const history = this.#history;
    if (history === null) {
      reply({ error: 'Nothing is open.' });
      return;
    }
    if (question.ask === 'scenario') {
      reply({ answer: history.scenario() });
      return;
    }
    if (question.ask === 'crash') {
      reply({ answer: null });
      this.#crash(new InvariantError('planted', 'broken on purpose, to see the report'), null);
      return;
    }
    const whole = this.#whole(history);
    const answer = function* (parts: HostParts): Generator<unknown, void, void> {
      try {
        reply({ answer: yield* parts.answer(parts, whole, question) });
      } catch (error) {
        // Asked for what is not there (a branch that is gone): that is an answer, and nothing is broken.
        if (!(error instanceof RangeError)) throw error;
        reply({ error: error.message });
      }
    };
    this.#start(answer(this.#parts), 'replay', 0, reply);
  }

  // --- what goes out --------------------------------------------------------------------------------------------------

  #frame(stopped: StopReason): void {
    const history = this.#history as Playing;
    const { world } = history;
    const frame = frameOf(world, {
      world: this.#world,
      branch: history.branch.id,
      jump: this.#jump,
      view: this.#view,
      keys: this.#keys,
      detail: this.#parts.detail,
    });
    this.#info(history);
    const ended = world.nowUs >= world.scenario.untilUs;
    // The marks of what just happened come before its picture: they slow the player down.
    this.#flushTimeline(false);
    this.#emit({ type: 'frame', frame, stopped: ended && stopped === 'granted' ? 'end' : stopped });
  }

  #info(history: Playing): void {
    const { world } = history;
    growKeys(this.#keys, world);
    const topics = [...world.controller.image.topics.values()].map((t) => `${t.name} ${t.partitions.length}`).join();
    const grown = this.#keys.keys.length !== this.#sentKeys || topics !== this.#sentTopics;
    const now = this.#clock.now();
    if (!grown || (this.#keys.keys.length > 64 && this.#sentKeys > 0 && now - this.#infoAt < TIMELINE_MS)) return;
    this.#sentKeys = this.#keys.keys.length;
    this.#sentTopics = topics;
    this.#infoAt = now;
    this.#emit({ type: 'info', info: worldInfo(world, this.#world, this.#keys) });
  }

  /** At most ten a second while it plays, at once after a jump or a named event; what was held back follows by itself. */
  #flushTimeline(jumped: boolean): void {
    const history = this.#history;
    if (history === null) return;
    const state = this.#feed.state(history);
    if (state === 'nothing' && !jumped) return;
    const now = this.#clock.now();
    const waitMs = TIMELINE_MS - (now - this.#timelineAt);
    if (!jumped && state !== 'now' && waitMs > 0) {
      if (this.#timelineHeld) return;
      this.#timelineHeld = true;
      this.#clock.later(() => {
        this.#timelineHeld = false;
        this.#flushTimeline(false);
      }, waitMs);
      return;
    }
    if (history.revision !== this.#revision) {
      this.#revision = history.revision;
      this.#emit({ type: 'edits', ...history.edits });
    }
    if (state === 'nothing') return;
    this.#timelineAt = now;
    this.#emit({ type: 'timeline', delta: this.#feed.next(history, false) });
  }

  /** The history is not to be trusted any more; its scenario is the report. Opening another one goes on. */
  #crash(error: unknown, reply: Replier | null): void {
    const message = error instanceof Error ? error.message : String(error);
    const history = this.#history;
    let scenario = this.#opened;
    try {
      if (history !== null) scenario = history.scenario();
    } catch {
      // The report is then the scenario as it was opened.
    }
    const atUs = history?.world.nowUs ?? 0;
    this.#history = null;
    if (reply !== null) reply({ error: message });
    for (const work of this.#queue.splice(0)) {
      if ('question' in work) work.reply({ error: message });
      else if (work.request.type === 'open') this.#queue.push(work);
    }
    this.#emit({
      type: 'crashed',
      message,
      invariant: error instanceof InvariantError ? error.invariant : null,
      atUs,
      scenario,
    });
  }
}
