/**
 * An engine that is none, for tests and for looking at the page: frames come from a maker that is handed in, time passes
 * as it is granted. Nothing that is built for people imports it.
 */
import type { Answers, EngineClient, EngineMessage, EngineRequest, Question } from '../protocol/engine-client.ts';
import type { CommandView, Detail, Frame, TimelineDelta, WorldInfo } from '../protocol/frame.ts';

export interface FakeWorld {
  readonly info: WorldInfo;
  frame(atUs: number): Frame;
  detail?(thing: string, tab: Detail['tab'], atUs: number): Detail | null;
  answer?(question: Question): unknown;
  timeline?(atUs: number): Partial<TimelineDelta>;
}

const BUCKET_US = 100_000;

export class FakeClient implements EngineClient {
  readonly requests: EngineRequest[] = [];
  readonly #listeners = new Set<(message: EngineMessage) => void>();
  readonly #world: FakeWorld;
  readonly #delay: (run: () => void) => void;
  #atUs = 0;
  #jump = 0;
  #branch = 0;
  #view: Extract<EngineRequest, { type: 'view' }>['view'] | null = null;
  #commands: CommandView[] = [];
  #sentBuckets = 0;

  /** `delay` says when an answer comes: at once, after a promise, by hand. */
  constructor(world: FakeWorld, delay: (run: () => void) => void = queueMicrotask) {
    this.#world = world;
    this.#delay = delay;
  }

  send(request: EngineRequest): void {
    this.requests.push(request);
    this.#delay(() => this.#answer(request));
  }

  ask<Q extends Question>(question: Q): Promise<Answers[Q['ask']]> {
    const answer = this.#world.answer?.(question);
    if (answer === undefined) return Promise.reject(new Error('the fake has no answer'));
    return Promise.resolve(answer as Answers[Q['ask']]);
  }

  subscribe(listener: (message: EngineMessage) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  close(): void {
    this.#listeners.clear();
  }

  emit(message: EngineMessage): void {
    for (const listener of [...this.#listeners]) listener(message);
  }

  #answer(request: EngineRequest): void {
    const end = this.#world.info.endUs;
    const to = (atUs: number): void => {
      this.#atUs = Math.max(0, Math.min(end, atUs));
    };
    switch (request.type) {
      case 'open':
        to(request.atUs);
        this.#jump += 1;
        this.#sentBuckets = 0;
        this.emit({ type: 'info', info: this.#world.info });
        break;
      case 'grant':
        to(Math.max(this.#atUs, request.toUs));
        break;
      case 'seek':
        to(request.atUs);
        this.#jump += 1;
        break;
      case 'step':
        to(this.#atUs + request.direction * 1000);
        if (request.direction < 0) this.#jump += 1;
        break;
      case 'skip':
        to(this.#atUs + 1_000_000);
        break;
      case 'view':
        this.#view = request.view;
        break;
      case 'command': {
        const command: CommandView = {
          id: this.#commands.length + 1,
          atUs: this.#atUs,
          command: request.command,
          phrase: { key: `verb.${request.command.do}`, params: {} },
          off: false,
          origin: 'you',
        };
        this.#commands = [...this.#commands, command];
        break;
      }
      case 'command-edit': {
        const { id, edit } = request;
        this.#commands = this.#commands
          .filter((command) => command.id !== id || edit !== 'delete')
          .map((command) => {
            if (command.id !== id) return command;
            if (edit === 'off' || edit === 'on') return { ...command, off: edit === 'off' };
            return typeof edit === 'object' ? { ...command, atUs: edit.moveToUs } : command;
          });
        this.#jump += 1;
        break;
      }
      case 'configure':
      case 'workload':
        if (request.from === 'start') {
          this.emit({ type: 'branched', from: this.#branch, to: this.#branch + 1, atUs: this.#atUs });
          this.#branch += 1;
        }
        this.#jump += 1;
        break;
      case 'branch-edit':
      case 'undo':
      case 'redo':
        break;
      case 'branch':
        this.#branch = request.id;
        this.#jump += 1;
        break;
    }
    this.#timeline(request.type !== 'grant' && request.type !== 'view');
    const detail =
      this.#view?.selection == null
        ? null
        : (this.#world.detail?.(this.#view.selection, this.#view.tab, this.#atUs) ?? null);
    const frame = { ...this.#world.frame(this.#atUs), jump: this.#jump, branch: this.#branch, detail };
    this.emit({ type: 'frame', frame, stopped: this.#atUs >= end ? 'end' : 'granted' });
  }

  #timeline(reset: boolean): void {
    const buckets = Math.floor(this.#atUs / BUCKET_US) + 1;
    if (!reset && buckets <= this.#sentBuckets) return;
    const from = reset ? 0 : this.#sentBuckets;
    const rows = Array.from({ length: Math.max(0, buckets - from) }, (_, i) => from + i);
    this.#sentBuckets = buckets;
    this.emit({
      type: 'timeline',
      delta: {
        reset,
        bucketUs: BUCKET_US,
        fromBucket: from,
        requests: rows.map((i) => 12 + ((i * 7) % 11)),
        atRisk: rows.map((i) => (i * 5) % 9),
        marks: [],
        lines: [],
        branches: [],
        ...(reset ? this.#world.timeline?.(this.#atUs) : {}),
        commands: [...(reset ? (this.#world.timeline?.(this.#atUs).commands ?? []) : []), ...this.#commands],
      },
    });
  }
}
