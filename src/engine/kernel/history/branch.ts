/**
 * A branch is one way that things may have gone: the base scenario, values set from the start, texts that were put in,
 * and commands with their moments. It holds no world: worlds are made again from it, or taken from checkpoints.
 */
import type { ConfigEdit, StepCommand, WorkloadRecords } from '../../../protocol/engine-client.ts';
import type { Phrase } from '../../../protocol/frame.ts';
import type { ResolvedScenario, Scenario } from '../../../protocol/scenario.ts';
import type { TimedCommand, World } from '../world.ts';
import type { Checkpoint } from './checkpoints.ts';

/** Commands of the learner have ids from here on; a step of the file has its place in the file. */
export const FIRST_LEARNER_ID = 1_000_000;

export interface Entry {
  readonly id: number;
  readonly atUs: number;
  readonly command: StepCommand;
  readonly off: boolean;
  readonly origin: 'file' | 'you';
}

export interface WorkloadText {
  readonly producer: string;
  readonly text: string | WorkloadRecords;
}

/** What makes a branch what it is; changed as a whole, never in place. */
export interface BranchContent {
  /** The scenario as opened, its `steps` included; those with a time stand in `entries` too and count only there. */
  readonly base: Scenario;
  readonly edits: readonly ConfigEdit[];
  readonly workloads: readonly WorkloadText[];
  /** In order of id. */
  readonly entries: readonly Entry[];
}

/** A content made ready to run. */
export interface Program {
  /** The branch as a scenario file: edits worked in, commands as steps, what is off left out. */
  readonly scenario: Scenario;
  readonly resolved: ResolvedScenario;
  /** In time order, then in file order. A command's id is its place in `scenario.steps`, so that a file gives the same hash. */
  readonly commands: readonly TimedCommand[];
  /** Entry ids by place in `scenario.steps`; -1 for steps that follow an event. */
  readonly entryIds: readonly number[];
}

export interface Branch {
  readonly id: number;
  /** null: as opened, or the branch that it came from was deleted. */
  parent: number | null;
  readonly forkUs: number;
  readonly title: Phrase;
  /** A part of the title in words of its own: the command that was put in, moved, switched off. */
  readonly what: Phrase | null;
  /** As the learner calls it. */
  name: string | null;
  note: string;
  content: BranchContent;
  program: Program;
  checkpoints: Checkpoint[];
  /** How far it was ever played: a command before this moment begins another branch. */
  furthestUs: number;
  furthestEvents: number;
}

/** What the history needs of the rest of the engine, handed in so that it can be tested with a small one. */
export interface EngineParts {
  makeWorld(resolved: ResolvedScenario): World;
  resolve(scenario: Scenario): Resolution;
}

export type Resolution =
  | { readonly ok: true; readonly resolved: ResolvedScenario }
  | { readonly ok: false; readonly problems: readonly ProblemLike[] };

export interface ProblemLike {
  readonly place: string;
  readonly message: string;
}

/** Something refused: nothing was changed. */
export interface Refused {
  readonly refused: string;
  readonly kafkaException: string | null;
  readonly edit: ConfigEdit | null;
}

export function refusal(
  message: string,
  kafkaException: string | null = null,
  edit: ConfigEdit | null = null,
): Refused {
  return { refused: message, kafkaException, edit };
}
