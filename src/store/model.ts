/** The shapes of what the page keeps: plain data, so that tests and the lesson can make and compare it. */
import type { ConfigScope } from '../kafka/config/types.ts';
import type { ConfigEdit, EngineClient } from '../protocol/engine-client.ts';
import type {
  BranchView,
  CommandView,
  DetailTab,
  Fate,
  Frame,
  LaneMark,
  LogLine,
  Phrase,
  Words as Sentence,
  ThingId,
  WorldInfo,
} from '../protocol/frame.ts';
import type { Scenario } from '../protocol/scenario.ts';
import type { Language } from '../text/index.ts';

/** A problem of a file or link as the parser reports it; structural, so that the store does not load the parser. */
export interface ProblemLike {
  readonly place: string;
  /** With what would be right and the nearest known name. */
  readonly message: string;
}

export type ThemeChoice = 'system' | 'light' | 'dark';
/** first: 'in sync', 'safe below 14', 'next 17'. kafka: ISR, HW, LEO, epoch. */
export type Words = 'first' | 'kafka';

/** 'auto', or virtual time by real time: 0.02 is 1/50 of real time. */
export type Speed = 'auto' | number;

export type PaceMode = 'paused' | 'flow' | 'slow' | 'fast' | 'fixed' | 'busy';

export interface PlayerState {
  readonly playing: boolean;
  readonly speed: Speed;
  /** Virtual microseconds shown in a real microsecond, as it is now. */
  readonly rate: number;
  readonly mode: PaceMode;
  readonly reason: Phrase;
}

export interface TimelineState {
  readonly bucketUs: number;
  /** A count for each bucket from time 0. */
  readonly requests: readonly number[];
  readonly atRisk: readonly number[];
  readonly marks: readonly LaneMark[];
  readonly lines: readonly LogLine[];
  readonly commands: readonly CommandView[];
  readonly branches: readonly BranchView[];
}

/** A marked moment. */
export interface Bookmark {
  readonly id: number;
  readonly atUs: number;
  readonly note: string;
  /** The branch that it was made in. */
  readonly branch: number;
}

/** What an undo would undo, and a redo do again; null: there is nothing. */
export interface EditsState {
  readonly undo: Sentence | null;
  readonly redo: Sentence | null;
}

export interface ViewState {
  readonly windowRecords: number;
  /** Partition name -> first offset shown, for columns that were dragged back. */
  readonly scroll: Readonly<Record<string, number>>;
  /** Partitions whose records are in view; absent: all. */
  readonly columns?: readonly string[];
}

/** Which records a ledger list shows. */
export type LedgerWhich = Fate | 'sent' | 'delivered' | 'behind' | 'twice' | 'all';

/** What comes in and goes out besides the scenario itself. */
export type InOutTab = 'records' | 'properties' | 'commands' | 'pictures';

export type Dialog =
  | { readonly kind: 'your-text'; readonly producer: string }
  | { readonly kind: 'inout'; readonly tab: InOutTab; readonly producer?: string; readonly file?: File }
  | { readonly kind: 'share' }
  | { readonly kind: 'open' }
  | { readonly kind: 'help' }
  | { readonly kind: 'add'; readonly what: 'broker' | 'topic' | 'producer' | 'consumer' }
  /** A fault that needs a second thing or a number before it is sent. */
  | { readonly kind: 'link'; readonly verb: string; readonly from: ThingId; readonly to: ThingId | null }
  | { readonly kind: 'ask'; readonly verb: string; readonly thing: ThingId }
  /** `chosen`: the two branches were chosen in the panel of branches, at a moment that it shows. */
  | {
      readonly kind: 'changed';
      readonly from: number;
      readonly to: number;
      readonly atUs: number;
      readonly chosen?: boolean;
    }
  | { readonly kind: 'branches' }
  /** `added`: one that was just made and wants its note. */
  | { readonly kind: 'bookmarks'; readonly added: number | null }
  | { readonly kind: 'ledger'; readonly which: LedgerWhich }
  | { readonly kind: 'story'; readonly id: number }
  | { readonly kind: 'glossary'; readonly term: string }
  | { readonly kind: 'all-keys'; readonly scope: ConfigScope }
  | { readonly kind: 'invariants' }
  /** A batch of a partition's or a replica's log by an offset in it; null: the last one. */
  | { readonly kind: 'bytes'; readonly thing: ThingId; readonly offset: number | null };

/** What Kafka, the engine or the page refuses, and why; nothing was changed. */
export interface Refusal {
  readonly message: string;
  readonly kafkaException: string | null;
  readonly edit: ConfigEdit | null;
}

/** A short sentence at the edge of the page. `quiet` ones are read out politely and leave by themselves. */
export interface Notice {
  readonly id: number;
  readonly phrase: Phrase;
  /** Said inside of the phrase, where it has `{what}`. */
  readonly what?: Sentence;
  readonly tone: 'quiet' | 'refusal';
}

export interface Crash {
  readonly message: string;
  readonly invariant: string | null;
  readonly atUs: number;
  readonly scenario: Scenario | null;
}

/** Why the page cannot open what was asked for; the learner's own scenario is kept. */
export interface OpenFailure {
  readonly source: 'file' | 'link' | 'saved' | 'engine';
  readonly name: string | null;
  readonly phrase: Phrase | null;
  readonly problems: readonly ProblemLike[];
}

/** Where a lesson stands. `data` is the lesson's own (plain JSON), saved and given back as it is. */
export interface LessonSlot {
  readonly id: string;
  readonly step: number;
  readonly data: Readonly<Record<string, unknown>>;
}

export interface ProgressState {
  readonly what: 'seek' | 'replay' | 'run';
  readonly doneUs: number;
  readonly ofUs: number;
}

/** The two branches of the last replay, for the what-changed card. */
export interface BranchedState {
  readonly from: number;
  readonly to: number;
  readonly atUs: number;
}

/** The thing a context menu belongs to and where it stands (viewport pixels). */
export interface MenuState {
  readonly thing: ThingId;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface PageData {
  readonly client: EngineClient | null;
  /** As opened; the present branch with its edits is the answer to `ask: 'scenario'`. */
  readonly scenario: Scenario | null;
  readonly frame: Frame | null;
  readonly info: WorldInfo | null;
  readonly timeline: TimelineState;
  readonly progress: ProgressState | null;
  /** Requests sent and not yet answered by a frame (or refused). */
  readonly pending: number;
  /** The same, one by one: `jump` is answered only by a frame whose `jump` has risen. */
  readonly awaiting: readonly ('frame' | 'jump')[];
  readonly branched: BranchedState | null;
  readonly edits: EditsState;
  readonly bookmarks: readonly Bookmark[];
  /** The offer to see what the replay changed was taken or put away. */
  readonly branchedSeen: boolean;
  readonly refusal: Refusal | null;
  readonly notices: readonly Notice[];
  readonly crash: Crash | null;
  readonly openFailure: OpenFailure | null;

  readonly selection: ThingId | null;
  readonly tab: DetailTab;
  readonly hover: ThingId | null;
  /** Things a line, a caption or a lesson points at while it is hovered or read. */
  readonly highlight: readonly ThingId[];
  /** Ledger ids of records that are made findable on the stage. */
  readonly emphasis: readonly number[];
  /** Things that the lesson points at, as long as it does; the stage shows them together with `highlight`. */
  readonly pointed: readonly ThingId[];
  readonly selectedCommand: number | null;
  readonly view: ViewState;
  readonly menu: MenuState | null;
  readonly dialog: Dialog | null;
  /** Which panel is a sheet on a narrow page; null: none is open. */
  readonly sheet: 'lesson' | 'inspector' | 'time' | null;
  readonly lessonFolded: boolean;

  readonly language: Language;
  /** Grows when sentences have come that were asked for before. */
  readonly texts: number;
  readonly theme: ThemeChoice;
  readonly resolvedTheme: 'light' | 'dark';
  readonly reducedMotion: boolean;
  readonly words: Words;
  readonly player: PlayerState;
  readonly lesson: LessonSlot | null;
  /** A lesson may begin by itself: on the first cluster yes, on a file or link of somebody's only when it is asked for. */
  readonly lessonWanted: boolean;
}
