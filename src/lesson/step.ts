/**
 * A lesson as data and pure functions. A step says what it shows, what it does when it is entered, and which events of the
 * engine end it; nothing here knows the page. Adding a lesson: a folder with a list of steps, and a line in index.ts.
 */
import type { Answers, Question } from '../protocol/engine-client.ts';
import type { Phrase } from '../protocol/frame.ts';
import type {
  LessonData,
  LessonOutcome,
  LessonRun,
  LessonWorld,
  PredictionView,
  StepView,
} from '../scenario/lesson-view.ts';

export interface Prediction {
  readonly question: Phrase;
  readonly options: readonly { readonly id: string; readonly text: Phrase }[];
  /** The right option, from the engine's frames and answers; null: not decided yet; 'none': decided, and none of them. */
  right(world: LessonWorld, data: LessonData): string | null;
}

export interface LessonStep {
  readonly id: string;
  /** Where 'back' leads; by default the step before. A step that only its history can reach names one before that. */
  readonly back?: string;
  /** Whose prediction it shows: its own, or that of an earlier step (the reveal). */
  readonly prediction?: { readonly of: string; readonly is: Prediction };
  show(world: LessonWorld, data: LessonData): Partial<Omit<StepView, 'id' | 'prediction'>> & { readonly title: Phrase };
  /** When the step begins; not when it is taken up again. */
  enter?(world: LessonWorld, data: LessonData): Omit<LessonOutcome, 'step'>;
  /** True once the engine has done what the step waits for. */
  done?(world: LessonWorld, data: LessonData): boolean;
  /** Once, when `done` first holds. */
  after?(world: LessonWorld, data: LessonData): LessonMove;
  press?(world: LessonWorld, data: LessonData, input: readonly string[]): LessonMove;
  quiet?(id: string, world: LessonWorld, data: LessonData): LessonMove;
  answered?(as: string, answer: Answers[Question['ask']], world: LessonWorld, data: LessonData): LessonMove;
}

/** An outcome whose step is named: 'next', 'stay' (the default) or a step's id. */
export interface LessonMove extends Omit<LessonOutcome, 'step'> {
  readonly to?: string;
}

const EMPTY: Omit<StepView, 'id' | 'title'> = {
  body: [],
  figure: null,
  moments: [],
  ring: null,
  input: null,
  prediction: null,
  reveal: [],
  cards: [],
  badge: null,
  doors: [],
  button: null,
  quiet: [],
};

export const phrase = (key: string, params: Phrase['params'] = {}): Phrase => ({ key, params });

const record = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};

/** What the learner predicted in a step, or null. */
export function predicted(data: LessonData, step: string): string | null {
  const chosen = record(data.predictions)[step];
  return typeof chosen === 'string' ? chosen : null;
}

/** Whether the engine has already done what a step waits for. */
export function isDone(data: LessonData, step: string): boolean {
  return record(data.done)[step] === true;
}

function showPrediction(step: LessonStep, world: LessonWorld, data: LessonData): PredictionView | null {
  if (step.prediction === undefined) return null;
  const { of, is } = step.prediction;
  const right = is.right(world, data);
  return {
    question: is.question,
    options: is.options.map(({ id, text }) => ({ id, text, right: id === right })),
    chosen: predicted(data, of),
    decided: right !== null,
  };
}

/** Makes a lesson of its steps. */
export function lessonOf(id: string, title: Phrase, steps: readonly LessonStep[]): LessonRun {
  const at = (index: number): LessonStep => steps[Math.max(0, Math.min(index, steps.length - 1))]!;

  const resolve = (index: number, move: LessonMove | undefined): LessonOutcome => {
    if (move === undefined) return {};
    const { to, ...outcome } = move;
    if (to === undefined || to === 'stay') return outcome;
    const step = to === 'next' ? index + 1 : steps.findIndex((each) => each.id === to);
    if (step < 0 || step >= steps.length) return outcome;
    return { ...outcome, step };
  };

  return {
    id,
    title,
    steps: steps.length,
    before(index) {
      const { back } = at(index);
      return back === undefined
        ? Math.max(0, index - 1)
        : Math.max(
            0,
            steps.findIndex((each) => each.id === back),
          );
    },
    view(index, world, data) {
      const step = at(index);
      return { ...EMPTY, ...step.show(world, data), id: step.id, prediction: showPrediction(step, world, data) };
    },
    enter(index, world, data) {
      const step = at(index);
      const done = { ...record(data.done) };
      // A step that is entered again waits again.
      delete done[step.id];
      const outcome = step.enter?.(world, data) ?? {};
      return { ...outcome, data: { done, ...outcome.data } };
    },
    observe(index, world, data) {
      const step = at(index);
      if (step.done === undefined || isDone(data, step.id) || !step.done(world, data)) return null;
      const outcome = resolve(index, step.after?.(world, data));
      return { ...outcome, data: { ...outcome.data, done: { ...record(data.done), [step.id]: true } } };
    },
    press(index, world, data, input) {
      return resolve(index, at(index).press?.(world, data, input) ?? { to: 'next' });
    },
    choose(index, option, world, data) {
      const { prediction } = at(index);
      if (prediction === undefined || prediction.is.right(world, data) !== null) return {};
      if (!prediction.is.options.some(({ id: known }) => known === option)) return {};
      return { data: { predictions: { ...record(data.predictions), [prediction.of]: option } } };
    },
    quiet(index, quietId, world, data) {
      return resolve(index, at(index).quiet?.(quietId, world, data));
    },
    answered(index, as, answer, world, data) {
      return resolve(index, at(index).answered?.(as, answer, world, data));
    },
  };
}
