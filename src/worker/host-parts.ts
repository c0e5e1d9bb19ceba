/** The engine as its host uses it. */
import type { EngineParts } from '../engine/kernel/history/branch.ts';
import type { Playing } from '../engine/kernel/history/playing.ts';
import type { History, Move } from '../engine/kernel/history.ts';
import type { World } from '../engine/kernel/world.ts';
import type { EngineMessage, Question, ViewRequest } from '../protocol/engine-client.ts';
import type { Detail, InvariantReport } from '../protocol/frame.ts';
import type { HowManyPoint, HowManySpec, LabRun, LabSpec, LabVariant } from '../protocol/lab.ts';
import type { Result } from '../protocol/result.ts';
import type { Scenario } from '../protocol/scenario.ts';
import type { BackgroundQuestion, BackgroundRun } from './background.ts';
import type { ChangeHost, ChangeRequest } from './host-changes.ts';

/** What shows a first picture and moves it. */
export interface CoreParts {
  makeWorld: EngineParts['makeWorld'];
}

/** What is needed from the first touch on: the parser, the inspector's details, the answers. */
export interface LateParts {
  resolve: EngineParts['resolve'];
  /** What is played, with all that the learner may do to it. */
  history(playing: Playing): History;
  /** Does what the learner asks for, a slice at a time. */
  change(host: ChangeHost, history: History, request: ChangeRequest): Generator<unknown, void, void>;
  invariants(w: World): InvariantReport['checked'];
  detail(w: World, view: ViewRequest): Detail | null;
  answer(
    parts: HostParts,
    history: History,
    question: Exclude<Question, BackgroundQuestion | { ask: 'crash' | 'scenario' }>,
  ): Move<unknown>;
  background(
    parts: HostParts,
    question: BackgroundQuestion,
    reply: BackgroundRun['reply'],
    runs: BackgroundRun[],
    emit: (message: EngineMessage) => void,
  ): void;
  run(
    parts: EngineParts,
    scenario: Scenario,
    untilUs: number | null,
  ): Generator<number, { readonly world: World; readonly result: Result }, void>;
}

type Progress = { readonly doneUs: number; readonly ofUs: number };

/** The rebalance lab. */
export interface LabParts {
  lab(parts: EngineParts, spec: LabSpec, variant: LabVariant): Generator<Progress, LabRun, void>;
  howMany(parts: EngineParts, spec: HowManySpec): Generator<Progress, readonly HowManyPoint[], void>;
}

export type HostParts = CoreParts & LateParts & LabParts;
