/** Questions that are answered by runs which nobody sees: they work in slices behind everything else. */
import type { EngineMessage, Question } from '../protocol/engine-client.ts';
import { LAB_SUPERSEDED } from '../protocol/lab.ts';
import type { HostParts } from './host-parts.ts';

export type BackgroundQuestion = Extract<Question, { ask: 'run' | 'lab' | 'how-many' }>;

export interface BackgroundRun {
  readonly move: Generator<unknown, unknown, void>;
  readonly reply: (reply: { readonly answer: unknown } | { readonly error: string }) => void;
  /** What it is of; a newer question of the same kind about something else takes its place. Null: it always runs to its end. */
  readonly about: { readonly kind: 'lab' | 'how-many'; readonly spec: string } | null;
}

/** A message for every so many slices of events. */
const YIELDS_PER_PROGRESS = 4;

/** Puts the question's run behind those that wait; a lab's runs about something else than this one are given up. */
export function inBackground(
  parts: HostParts,
  question: BackgroundQuestion,
  reply: BackgroundRun['reply'],
  runs: BackgroundRun[],
  emit: (message: EngineMessage) => void,
): void {
  if (question.ask === 'run') {
    const { scenario, untilUs } = question;
    runs.push({ move: resultOfRun(parts, scenario, untilUs), reply, about: null });
    return;
  }
  const about = { kind: question.ask, spec: JSON.stringify(question.spec) };
  for (let i = runs.length - 1; i >= 0; i--) {
    const run = runs[i] as BackgroundRun;
    if (run.about?.kind !== about.kind || run.about.spec === about.spec) continue;
    runs.splice(i, 1);
    run.reply({ error: LAB_SUPERSEDED });
  }
  const move =
    question.ask === 'lab' ? parts.lab(parts, question.spec, question.variant) : parts.howMany(parts, question.spec);
  runs.push({ move: reporting(move, question, emit), reply, about });
}

function* resultOfRun(
  parts: HostParts,
  ...[scenario, untilUs]: [Extract<Question, { ask: 'run' }>['scenario'], number]
): Generator<unknown, unknown, void> {
  return (yield* parts.run(parts, scenario, untilUs)).result;
}

function* reporting(
  move: Generator<{ readonly doneUs: number; readonly ofUs: number }, unknown, void>,
  question: Exclude<BackgroundQuestion, { ask: 'run' }>,
  emit: (message: EngineMessage) => void,
): Generator<unknown, unknown, void> {
  const variant = question.ask === 'lab' ? question.variant : null;
  for (let since = 1; ; since++) {
    const next = move.next();
    if (next.done === true) return next.value;
    if (since % YIELDS_PER_PROGRESS === 0) emit({ type: 'lab-progress', ask: question.ask, variant, ...next.value });
    yield;
  }
}
