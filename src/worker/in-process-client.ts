/** The engine in the same thread, as an EngineClient: for tests and for the command line. */
import type { Answers, EngineClient, EngineMessage, EngineRequest, Question } from '../protocol/engine-client.ts';
import type { HostClock } from './clock.ts';
import type { HostParts } from './host-parts.ts';
import { WorldHost } from './world-host.ts';

const realClock: HostClock = {
  now: () => performance.now(),
  later: (callback, delayMs) => void setTimeout(callback, delayMs),
};

export class InProcessClient implements EngineClient {
  readonly #host: WorldHost;
  readonly #listeners = new Set<(message: EngineMessage) => void>();
  #closed = false;

  constructor(parts: HostParts, clock: HostClock = realClock) {
    this.#host = new WorldHost(parts, clock, (message) => {
      for (const listener of [...this.#listeners]) listener(message);
    });
  }

  send(request: EngineRequest): void {
    if (!this.#closed) this.#host.send(request);
  }

  ask<Q extends Question>(question: Q): Promise<Answers[Q['ask']]> {
    if (this.#closed) return Promise.reject(new Error('The engine was closed.'));
    return new Promise((resolve, reject) => {
      this.#host.ask(question, (reply) => {
        if ('error' in reply) reject(new Error(reply.error));
        else resolve(reply.answer as Answers[Q['ask']]);
      });
    });
  }

  subscribe(listener: (message: EngineMessage) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  close(): void {
    this.#closed = true;
    this.#listeners.clear();
  }
}
