/** Runs one parsed scenario to its end, without a host: as fast as it goes. */

import { contentOf, programOf } from '../engine/kernel/history/program.ts';
import { advance } from '../engine/kernel/run.ts';
import type { World } from '../engine/kernel/world.ts';
import type { Say } from '../engine/projection/result.ts';
import type { ParsedScenario } from '../protocol/parse-scenario.ts';
import { text } from '../text/index.ts';
import '../text/whole.ts';
import { ENGINE } from '../worker/parts.ts';

type Parsed = Extract<ParsedScenario, { ok: true }>;

/** The world at the scenario's end. The commands are those of the file, exactly as a branch of the page has them. */
export function runScenario({ scenario }: Pick<Parsed, 'scenario'>): World {
  const program = programOf(ENGINE, contentOf(scenario, []));
  if ('problems' in program) throw new Error(program.problems[0]?.message ?? 'not a scenario');
  const world = ENGINE.makeWorld(program.resolved);
  advance(world, program.commands, program.resolved.untilUs);
  return world;
}

/** The command line speaks English. */
export const say: Say = (key, params) => text('en', key, params);
