/** From a failing run to the fewest commands that still break the same rule (delta debugging, Zeller's ddmin). */
import type { PlantedBugs } from '../../engine/kernel/world.ts';
import type { Scenario, ScenarioStep } from '../../protocol/scenario.ts';
import { type FuzzRun, replay } from './run.ts';
import type { Failure } from './watch.ts';

const MOST_RUNS = 200;

export interface Shrunk {
  readonly scenario: Scenario;
  readonly failure: Failure;
  readonly runs: number;
}

/** The same rule broken; where a cluster did not come to rest, for the same reason, whoever the brokers are. */
function isSame(a: Failure, b: Failure): boolean {
  const reason = (message: string): string => message.replace(/\d+/g, '#').replace(/#(, #)*/g, '#');
  return a.invariant === b.invariant && (a.invariant !== 'liveness' || reason(a.message) === reason(b.message));
}

/** The same run with fewer commands. Healing commands of a run that did not come to rest all stay. */
export function shrink(run: FuzzRun, bugs: PlantedBugs): Shrunk | null {
  const { failure, scenario } = run;
  if (failure === null) return null;
  const rests = failure.invariant === 'liveness';
  const all = scenario.steps ?? [];
  // What went wrong only while all was healing needs the healing.
  const healing = all.slice(all.length - run.healing);
  const kept = healing.length > 0 && (healing[0]?.atMs ?? 0) * 1000 <= failure.atUs ? healing : [];
  let steps = all.slice(0, all.length - run.healing).filter((s) => (s.atMs ?? 0) * 1000 <= failure.atUs);
  let found: Failure | null = null;
  let runs = 0;
  const withSteps = (left: readonly ScenarioStep[]): Scenario => ({ ...scenario, steps: [...left, ...kept] });
  const fails = (left: readonly ScenarioStep[]): boolean => {
    runs += 1;
    const again = replay(withSteps(left), bugs, rests);
    if (again === null || !isSame(again, failure)) return false;
    found = again;
    return true;
  };
  if (!fails(steps)) return null;
  let parts = 2;
  while (steps.length > 0 && runs < MOST_RUNS) {
    const size = Math.ceil(steps.length / parts);
    let smaller: ScenarioStep[] | null = null;
    for (let from = 0; from < steps.length && smaller === null && runs < MOST_RUNS; from += size) {
      const without = [...steps.slice(0, from), ...steps.slice(from + size)];
      if (fails(without)) smaller = without;
    }
    if (smaller !== null) {
      steps = smaller;
      parts = Math.max(2, parts - 1);
    } else if (size <= 1) break;
    else parts = Math.min(steps.length, parts * 2);
  }
  // The last failing run need not be the smallest: once more, for its own words.
  fails(steps);
  const last = found as Failure | null;
  if (last === null) return null;
  const shortened = {
    ...withSteps(steps),
    title: `fuzz ${run.seed}: ${last.invariant}`,
    note: last.message.split('\n')[0] ?? '',
    untilMs: Math.ceil(last.atUs / 1000),
  };
  return { scenario: shortened, failure: last, runs };
}
