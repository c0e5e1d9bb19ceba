/** A run of another scenario that nobody sees: for lessons and comparisons. It works in slices between other things. */

import type { EngineParts } from '../engine/kernel/history/branch.ts';
import { contentOf, programOf } from '../engine/kernel/history/program.ts';
import { step } from '../engine/kernel/run.ts';
import type { World } from '../engine/kernel/world.ts';
import { resultOf } from '../engine/projection/result.ts';
import type { Result } from '../protocol/result.ts';
import type { Scenario } from '../protocol/scenario.ts';

const EVENTS_PER_LOOK = 400;

/** Runs a scenario to `untilUs` (null: to its end); throws what the parser says of one that is not right. */
export function* hiddenRun(
  parts: EngineParts,
  scenario: Scenario,
  untilUs: number | null,
): Generator<number, { world: World; result: Result }, void> {
  const program = programOf(parts, contentOf(scenario, []));
  if ('problems' in program) throw new Error(program.problems[0]?.message ?? 'not a scenario');
  const world = parts.makeWorld(program.resolved);
  const toUs = Math.min(untilUs ?? Number.POSITIVE_INFINITY, program.resolved.untilUs);
  let since = 0;
  while (step(world, program.commands, toUs)) {
    since += 1;
    if (since < EVENTS_PER_LOOK) continue;
    since = 0;
    yield world.nowUs;
  }
  return { world, result: resultOf(world) };
}
