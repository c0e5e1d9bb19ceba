/** The rest of the engine: in the worker it is loaded when something first asks for it. */
import '../engine/fault/index.ts';
import { checkInvariants } from '../engine/invariant/index.ts';
import { History } from '../engine/kernel/history.ts';
import { detailOf } from '../engine/projection/detail.ts';
import { validateScenario } from '../protocol/parse-scenario.ts';
import { answerOf } from './answers.ts';
import { inBackground } from './background.ts';
import { hiddenRun } from './hidden-run.ts';
import { carryOut } from './host-changes.ts';
import './group-parts.ts';
import './share-parts.ts';
import type { LateParts } from './host-parts.ts';

export const LATE: LateParts = {
  resolve: (scenario) => validateScenario(scenario, 'scenario'),
  history: (playing) => History.of(playing),
  change: carryOut,
  invariants: checkInvariants,
  detail: detailOf,
  answer: answerOf,
  background: inBackground,
  run: hiddenRun,
};
