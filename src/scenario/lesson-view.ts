/**
 * What a lesson and the page's panel say to each other, as plain data. It stands here because `lesson/` and `panel/` may
 * both import this folder and not each other: the panel draws any `LessonRun`, the app hands it the lessons.
 */
import type { Answers, ConfigEdit, Question, StepCommand } from '../protocol/engine-client.ts';
import type { BranchView, CommandView, Frame, LogLine, Phrase, ThingId } from '../protocol/frame.ts';
import type { Scenario } from '../protocol/scenario.ts';

export type LessonLanguage = 'en' | 'zh';

/** All that a lesson may look at: the engine's own words, nothing of the page's. */
export interface LessonWorld {
  readonly title: string;
  readonly language: LessonLanguage;
  readonly frame: Frame;
  readonly lines: readonly LogLine[];
  readonly commands: readonly CommandView[];
  readonly branches: readonly BranchView[];
}

/** The lesson's own memory; plain JSON, saved and given back as it is. */
export type LessonData = Readonly<Record<string, unknown>>;

export type ScenarioName = 'default' | 'lesson-one-copy' | 'lesson-two-copies' | 'd1-no-idempotence-retries';

/** What a lesson asks of the page; done in order, each after the engine has answered the one before. */
export type LessonAction =
  /** A shipped scenario in the learner's language. `steps`: only its first so many commands; `words`: the learner's own lines as values. */
  | {
      readonly do: 'open';
      readonly scenario: ScenarioName;
      readonly atUs: number;
      readonly steps?: number;
      readonly words?: string | null;
    }
  /** A scenario that the lesson kept. */
  | { readonly do: 'reopen'; readonly scenario: Scenario; readonly atUs: number }
  | { readonly do: 'command'; readonly command: StepCommand }
  | { readonly do: 'configure'; readonly edits: readonly ConfigEdit[]; readonly from: 'start' | 'now' }
  | { readonly do: 'workload'; readonly producer: string; readonly text: string }
  | { readonly do: 'delete-command'; readonly id: number }
  | { readonly do: 'seek'; readonly atUs: number }
  | { readonly do: 'skip' }
  | { readonly do: 'play' }
  | { readonly do: 'pause' }
  | { readonly do: 'select'; readonly thing: ThingId | null }
  | { readonly do: 'emphasis'; readonly things: readonly ThingId[] }
  | { readonly do: 'story'; readonly id: number }
  | { readonly do: 'changed'; readonly from: number; readonly to: number; readonly atUs: number }
  | { readonly do: 'labs' }
  | { readonly do: 'fold' }
  /** The answer comes back through `answered(as, answer)`. The question is made when its turn comes. */
  | { readonly do: 'ask'; readonly as: string; readonly question: (world: LessonWorld) => Question };

export interface LessonOutcome {
  /** Another step: its `enter` follows. */
  readonly step?: number;
  /** Merged into the memory. */
  readonly data?: LessonData;
  readonly actions?: readonly LessonAction[];
}

export interface MomentView {
  readonly atUs: number;
  /** Since send(). */
  readonly sinceUs: number;
  readonly phrase: Phrase;
  readonly tone: 'plain' | 'harm' | 'risk' | 'good';
  readonly reached: boolean;
}

export interface PredictionView {
  readonly question: Phrase;
  readonly options: readonly { readonly id: string; readonly text: Phrase; readonly right: boolean }[];
  readonly chosen: string | null;
  /** The engine has answered: cards are closed, the right one has its tick. */
  readonly decided: boolean;
}

export interface RevealView {
  readonly phrase: Phrase;
  readonly tone: 'plain' | 'harm' | 'risk' | 'good';
  /** Opens this record's story. */
  readonly record: number | null;
}

export interface CardView {
  readonly title: Phrase;
  /** What was changed, before and after. */
  readonly columns: readonly [before: Phrase, after: Phrase];
  readonly rows: readonly {
    readonly label: Phrase;
    readonly before: Phrase;
    readonly after: Phrase;
    readonly same: boolean;
  }[];
}

export interface StepView {
  readonly id: string;
  readonly title: Phrase;
  readonly body: readonly Phrase[];
  readonly figure: { readonly label: Phrase; readonly value: number; readonly tone: 'plain' | 'risk' } | null;
  readonly moments: readonly MomentView[];
  readonly ring: {
    readonly startUs: number;
    readonly endUs: number;
    readonly nowUs: number;
    readonly label: Phrase;
  } | null;
  /** Lines that the learner may change; given back with the filled button. */
  readonly input: { readonly label: Phrase; readonly lines: readonly Phrase[] } | null;
  readonly prediction: PredictionView | null;
  readonly reveal: readonly RevealView[];
  readonly cards: readonly CardView[];
  readonly badge: Phrase | null;
  readonly doors: readonly { readonly id: string; readonly title: Phrase; readonly note: Phrase }[];
  /** The one filled button: the next thing to do. */
  readonly button: { readonly label: Phrase; readonly enabled: boolean } | null;
  readonly quiet: readonly { readonly id: string; readonly label: Phrase }[];
}

/** A lesson as the panel drives it: pure functions over (world, step, memory). */
export interface LessonRun {
  readonly id: string;
  readonly title: Phrase;
  readonly steps: number;
  /** The step to go back to: one whose cluster can be had again. */
  before(step: number): number;
  view(step: number, world: LessonWorld, data: LessonData): StepView;
  enter(step: number, world: LessonWorld, data: LessonData): LessonOutcome;
  /** Called whenever the engine has moved; null: nothing to do. */
  observe(step: number, world: LessonWorld, data: LessonData): LessonOutcome | null;
  press(step: number, world: LessonWorld, data: LessonData, input: readonly string[]): LessonOutcome;
  choose(step: number, option: string, world: LessonWorld, data: LessonData): LessonOutcome;
  quiet(step: number, id: string, world: LessonWorld, data: LessonData): LessonOutcome;
  answered(
    step: number,
    as: string,
    answer: Answers[Question['ask']],
    world: LessonWorld,
    data: LessonData,
  ): LessonOutcome;
}
