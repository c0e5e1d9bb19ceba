/**
 * The engine in a Web Worker, as an EngineClient. The worker is handed in, so that this file needs neither a browser nor
 * the worker's address. Requests go as they are; questions carry a number and come back with it. A worker that cannot
 * start, throws or sends what cannot be read becomes a 'crashed' message, so that the page has one way to stand still.
 */
import type { Answers, EngineClient, EngineMessage, EngineRequest, Question } from '../protocol/engine-client.ts';
import type { Scenario } from '../protocol/scenario.ts';

/** The part of `Worker` that is used. */
export interface WorkerLike {
  postMessage(message: unknown): void;
  addEventListener(type: 'message', listener: (event: MessageEvent) => void): void;
  addEventListener(type: 'error', listener: (event: ErrorEvent) => void): void;
  addEventListener(type: 'messageerror', listener: (event: MessageEvent) => void): void;
  terminate(): void;
}

/** A hidden run may be long; everything else is short. */
const TIMEOUT_MS = 30_000;
const RUN_TIMEOUT_MS = 300_000;

interface Waiting {
  readonly resolve: (answer: never) => void;
  readonly reject: (reason: Error) => void;
  readonly timer: ReturnType<typeof setTimeout>;
}

/** What the worker sends back for a question. */
type Reply = { readonly id: number; readonly answer: unknown } | { readonly id: number; readonly error: string };

export class WorkerClient implements EngineClient {
  readonly #worker: WorkerLike;
  readonly #listeners = new Set<(message: EngineMessage) => void>();
  readonly #waiting = new Map<number, Waiting>();
  #ids = 0;
  #dead = false;
  /** What was opened last: the report of a worker that died without a word. */
  #scenario: Scenario | null = null;
  #atUs = 0;

  constructor(worker: WorkerLike) {
    this.#worker = worker;
    worker.addEventListener('message', (event: MessageEvent) => this.#receive(event.data));
    worker.addEventListener('error', (event: ErrorEvent) => {
      event.preventDefault?.();
      this.#crash(event.message === undefined || event.message === '' ? 'The worker could not start.' : event.message);
    });
    worker.addEventListener('messageerror', () => this.#crash('A message of the worker could not be read.'));
  }

  send(request: EngineRequest): void {
    if (this.#dead) return;
    if (request.type === 'open') this.#scenario = request.scenario;
    this.#worker.postMessage(request);
  }

  ask<Q extends Question>(question: Q): Promise<Answers[Q['ask']]> {
    if (this.#dead) return Promise.reject(new Error('The engine stands still.'));
    this.#ids += 1;
    const id = this.#ids;
    return new Promise<Answers[Q['ask']]>((resolve, reject) => {
      const limit = /^(run|lab|how-many)$/.test(question.ask) ? RUN_TIMEOUT_MS : TIMEOUT_MS;
      const timer = setTimeout(() => {
        this.#waiting.delete(id);
        reject(new Error(`The engine did not answer '${question.ask}' within ${limit / 1000} s.`));
      }, limit);
      this.#waiting.set(id, { resolve: resolve as Waiting['resolve'], reject, timer });
      this.#worker.postMessage({ id, question });
    });
  }

  subscribe(listener: (message: EngineMessage) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  close(): void {
    this.#dead = true;
    this.#rejectAll('The engine was closed.');
    this.#listeners.clear();
    this.#worker.terminate();
  }

  #receive(data: EngineMessage | Reply): void {
    if (this.#dead) return;
    if ('id' in data) {
      const waiting = this.#waiting.get(data.id);
      if (waiting === undefined) return;
      this.#waiting.delete(data.id);
      clearTimeout(waiting.timer);
      if ('error' in data) waiting.reject(new Error(data.error));
      else waiting.resolve(data.answer as never);
      return;
    }
    if (data.type === 'frame') this.#atUs = data.frame.atUs;
    if (data.type === 'crashed') this.#rejectAll(data.message);
    this.#emit(data);
  }

  #crash(message: string): void {
    if (this.#dead) return;
    this.#dead = true;
    this.#rejectAll(message);
    this.#worker.terminate();
    // Nothing was opened yet: the page has no scenario to offer and says only what happened.
    const scenario = this.#scenario ?? { kafkascope: 1, topics: [] };
    this.#emit({ type: 'crashed', message, invariant: null, atUs: this.#atUs, scenario });
  }

  #rejectAll(message: string): void {
    for (const { reject, timer } of this.#waiting.values()) {
      clearTimeout(timer);
      reject(new Error(message));
    }
    this.#waiting.clear();
  }

  #emit(message: EngineMessage): void {
    for (const listener of [...this.#listeners]) listener(message);
  }
}
