/**
 * Answers leave when the work that decided them is done: an answer lets the next request of its connection in, and that one must find
 * a group in order. (Kafka's coordinator handles one event of a partition at a time.) Empty between events.
 */
import type { World } from '../kernel/world.ts';
import type { Message } from '../net/message.ts';
import { respond } from '../net/network.ts';

interface Answer {
  readonly request: Message;
  readonly body: unknown;
  readonly sizeBytes: number;
}

let depth = 0;
let sending = false;
let answers: Answer[] = [];

/** Answers within a turn wait for its end. */
export function answer(w: World, request: Message, body: unknown, sizeBytes: number): void {
  if (depth === 0 && !sending) respond(w, request, body, sizeBytes);
  else answers.push({ request, body, sizeBytes });
}

export function inTurn(w: World, work: () => void): void {
  depth += 1;
  try {
    work();
  } catch (error) {
    // The world is broken; the next one starts without these.
    answers = [];
    throw error;
  } finally {
    depth -= 1;
  }
  if (depth > 0 || sending) return;
  sending = true;
  try {
    for (let next = answers.shift(); next !== undefined; next = answers.shift())
      respond(w, next.request, next.body, next.sizeBytes);
  } finally {
    sending = false;
    answers = [];
  }
}
