/**
 * What crosses the worker's boundary. `EngineClient` is the only way from the page to an engine: the worker's client and
 * the in-process client of tests and the command line both implement it.
 */
import type { BatchBytes, BatchBytesQuestion, SegmentFile, SegmentFileQuestion } from './batch-bytes.ts';
import type {
  BranchSummary,
  DetailTab,
  Fate,
  Frame,
  InvariantReport,
  RecordRow,
  RecordStory,
  ThingId,
  TimelineDelta,
  Words,
  WorldInfo,
} from './frame.ts';
import type { HowManyPoint, HowManySpec, LabRun, LabSpec, LabVariant } from './lab.ts';
import type { Problem } from './parse-scenario.ts';
import type { Result } from './result.ts';
import type { Scenario } from './scenario.ts';
import type { LinesText } from './text-lines.ts';

/** A value set by the learner. `entity` is a broker id, topic name, producer or consumer id; '' = all brokers. null resets to the default. */
export interface ConfigEdit {
  readonly scope: 'broker' | 'topic' | 'producer' | 'consumer';
  readonly entity: string;
  readonly key: string;
  readonly value: string | null;
}

/** Records of a file, row by row: as many keys as values, or none. */
export interface WorkloadRecords {
  readonly keys: LinesText | null;
  readonly values: LinesText;
  /** How many are sent, from the first on and over again; null: no end. */
  readonly count: number | null;
  /** null: as fast as before. */
  readonly ratePerSecond: number | null;
}

/** A step as in a scenario file without `atMs` and `when`. */
export type StepCommand = Readonly<Record<string, unknown>> & { readonly do: string };

export interface ViewRequest {
  readonly selection: ThingId | null;
  readonly tab: DetailTab;
  /** Records a log window shows, and dragged-back columns: partition name -> base offset (follow the tail if absent). */
  readonly windowRecords: number;
  readonly scroll: Readonly<Record<string, number>>;
  /** Partitions whose records are to be seen (in view, not filtered out); absent: all. The others come with empty log windows. */
  readonly columns?: readonly string[];
}

/** Fire-and-forget requests; each is answered by frames. */
export type EngineRequest =
  | {
      readonly type: 'open';
      readonly scenario: Scenario;
      readonly atUs: number;
      readonly off?: readonly number[];
      /** `Frame.events` of the moment, which may lie between two events of one microsecond. */
      readonly events?: number | undefined;
      /** It ships with the page and is known to be right: it starts without waiting for the parser. */
      readonly shipped?: boolean;
    }
  /** Run to `toUs`; stop early after an event that starts something worth seeing (see StopReason) if `watch`. Answered by one frame. */
  | { readonly type: 'grant'; readonly toUs: number; readonly watch: boolean }
  | { readonly type: 'seek'; readonly atUs: number }
  | {
      readonly type: 'step';
      readonly direction: 1 | -1;
      readonly by: 'event' | 'request' | 'next';
      readonly of: ThingId | null;
    }
  | { readonly type: 'skip' } // to the next decision: election, ISR change, truncation, loss, unfencing
  | { readonly type: 'command'; readonly command: StepCommand }
  /** from 'start': a new branch from 0 with later commands kept, then replayed to the present moment; 'now': a config.set command at this moment. */
  | { readonly type: 'configure'; readonly edits: readonly ConfigEdit[]; readonly from: 'start' | 'now' }
  /** Put other records into a producer's workload, from the start. */
  | {
      readonly type: 'workload';
      readonly producer: string;
      readonly text: string | WorkloadRecords;
      readonly from: 'start' | 'now';
    }
  | {
      readonly type: 'command-edit';
      readonly id: number;
      readonly edit: 'off' | 'on' | 'delete' | { readonly moveToUs: number };
    }
  | { readonly type: 'branch'; readonly id: number }
  /** Calls a branch by a name and puts a note to it ('' takes them away), or takes the branch away. */
  | {
      readonly type: 'branch-edit';
      readonly id: number;
      readonly edit: 'delete' | { readonly name: string; readonly note: string };
    }
  /** Back and forth in what was done; the moment stays. Answered by one frame. */
  | { readonly type: 'undo' }
  | { readonly type: 'redo' }
  | { readonly type: 'view'; readonly view: ViewRequest };

export type Question =
  | { readonly ask: 'story'; readonly id: number }
  | {
      readonly ask: 'records';
      readonly which: Fate | 'sent' | 'delivered' | 'behind' | 'twice' | 'all';
      readonly limit: number;
      readonly from: number;
    }
  | { readonly ask: 'summary'; readonly branch: number; readonly atUs: number }
  | { readonly ask: 'invariants' }
  | { readonly ask: 'result' }
  | { readonly ask: 'hash' }
  /** The present branch as a scenario file: edits applied, commands as steps. */
  | { readonly ask: 'scenario' }
  /** A hidden run of another scenario (lessons, comparisons). */
  | { readonly ask: 'run'; readonly scenario: Scenario; readonly untilUs: number }
  /** One variant of the rebalance lab. A newer question about another spec takes its place (LAB_SUPERSEDED). */
  | { readonly ask: 'lab'; readonly spec: LabSpec; readonly variant: LabVariant }
  | { readonly ask: 'how-many'; readonly spec: HowManySpec }
  | BatchBytesQuestion
  | SegmentFileQuestion
  /** For tests of the error page: breaks an invariant on purpose. */
  | { readonly ask: 'crash' };

export interface Answers {
  readonly story: RecordStory | null;
  readonly records: { readonly rows: readonly RecordRow[]; readonly total: number };
  readonly summary: BranchSummary;
  readonly invariants: InvariantReport;
  readonly result: Result;
  readonly hash: { readonly hash: string; readonly atUs: number; readonly events: number };
  readonly scenario: Scenario;
  readonly run: Result;
  readonly lab: LabRun;
  readonly 'how-many': readonly HowManyPoint[];
  readonly 'batch-bytes': BatchBytes | null;
  readonly 'segment-file': SegmentFile | null;
  readonly crash: null;
}

/** Why a grant ended before its time. */
export type StopReason = 'granted' | 'data-flight' | 'decision' | 'end' | 'no-decision';

export type EngineMessage =
  | { readonly type: 'info'; readonly info: WorldInfo }
  | { readonly type: 'frame'; readonly frame: Frame; readonly stopped: StopReason }
  | { readonly type: 'timeline'; readonly delta: TimelineDelta }
  /** A command or edit that Kafka or the engine refuses; nothing changed. */
  | {
      readonly type: 'refused';
      readonly message: string;
      readonly kafkaException: string | null;
      readonly edit: ConfigEdit | null;
    }
  | { readonly type: 'problems'; readonly problems: readonly Problem[] }
  /** After a branch: where it came from, so that the page can compare. */
  | { readonly type: 'branched'; readonly from: number; readonly to: number; readonly atUs: number }
  /** What an undo would undo and a redo do again; sent when it changes. */
  | { readonly type: 'edits'; readonly undo: Words | null; readonly redo: Words | null }
  | { readonly type: 'undone'; readonly by: 'undo' | 'redo'; readonly words: Words }
  | {
      readonly type: 'progress';
      readonly what: 'seek' | 'replay' | 'run';
      readonly doneUs: number;
      readonly ofUs: number;
    }
  /** How far the lab's present run is; nobody need listen. */
  | {
      readonly type: 'lab-progress';
      readonly ask: 'lab' | 'how-many';
      readonly variant: LabVariant | null;
      readonly doneUs: number;
      readonly ofUs: number;
    }
  /** The engine broke its own rule or threw: it stands still; the scenario is a full report. */
  | {
      readonly type: 'crashed';
      readonly message: string;
      readonly invariant: string | null;
      readonly atUs: number;
      readonly scenario: Scenario;
    };

export interface EngineClient {
  send(request: EngineRequest): void;
  ask<Q extends Question>(question: Q): Promise<Answers[Q['ask']]>;
  subscribe(listener: (message: EngineMessage) => void): () => void;
  close(): void;
}
