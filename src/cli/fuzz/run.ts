/** One seed: a random cluster, random faults while 20,000 events pass, then everything heals and must come to rest. */
import { makeStream } from '../../base/random.ts';
import '../../engine/index.ts';
import { nextInt } from '../../base/random.ts';
import { atRest } from '../../engine/invariant/liveness.ts';
import { makeWorld, NO_BUGS } from '../../engine/kernel/make-world.ts';
import type { PlantedBugs, TimedCommand, World } from '../../engine/kernel/world.ts';
import { validateScenario } from '../../protocol/parse-scenario.ts';
import type { Scenario, ScenarioStep } from '../../protocol/scenario.ts';
import { usToMs } from '../../protocol/time.ts';
import type { Command } from '../../protocol/verbs/index.ts';
import { adminCommand, adminDraws } from './admin-commands.ts';
import { between, fuzzCluster, withGroup } from './cluster.ts';
import { withCodecs } from './codecs.ts';
import { healingCommands, nextCommand, nextGap, startAgain } from './commands.ts';
import { groupCluster } from './group-cluster.ts';
import { nextGroupCommand, nextGroupGapUs } from './group-commands.ts';
import { type Failure, Watch } from './watch.ts';

export const EVENTS = 20_000;
const GROUP_COMMANDS = 40;
/** A healed cluster has this long; sessions, back-off and delivery time-outs all fit in several times over. */
const REST_US = 120_000_000;
const SLICE_US = 1_000_000;

export interface FuzzRun {
  readonly seed: number;
  readonly failure: Failure | null;
  /** The whole run as a scenario: its steps are the commands that were drawn. */
  readonly scenario: Scenario;
  /** How many of the steps, at the end, heal. */
  readonly healing: number;
  readonly events: number;
  readonly world: World;
}

function worldOf(scenario: Scenario, bugs: PlantedBugs): { world: World; commands: TimedCommand[] } {
  const parsed = validateScenario(scenario, scenario.title ?? 'fuzz');
  if (!parsed.ok) throw new Error(`a fuzzed scenario is refused: ${JSON.stringify(parsed.problems[0])}`);
  const commands: TimedCommand[] = [];
  for (const { index, start, command } of parsed.resolved.steps)
    if (start.kind === 'at') commands.push({ id: index, atUs: start.atUs, command });
  return { world: makeWorld(parsed.resolved, bugs), commands };
}

/** A command as a step of a file: what is null there is left out. */
function stepOf({ atUs, command }: TimedCommand): ScenarioStep {
  // A file writes values as an object; the engine has them as a list.
  const given = Object.entries(command)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => [
      name,
      command.do === 'topic.create' && name === 'config' ? Object.fromEntries(value) : value,
    ]);
  return { atMs: usToMs(atUs), ...Object.fromEntries(given) } as unknown as ScenarioStep;
}

export function fuzzSeed(
  seed: number,
  bugs: PlantedBugs = NO_BUGS,
  { events = EVENTS, admin: administered = false }: { events?: number; admin?: boolean } = {},
): FuzzRun {
  const draws = makeStream(seed, 'fuzz');
  const cluster = withCodecs(seed, withGroup(seed, fuzzCluster(seed, draws)));
  const { world, commands } = worldOf(cluster, bugs);
  const watch = new Watch(world, commands);
  let failure: Failure | null = null;
  const admin = administered ? adminDraws(seed) : null;
  const next = (): Command => (admin === null ? null : adminCommand(world, admin)) ?? nextCommand(world, draws);
  while (failure === null && world.eventCount < events) {
    const target = Math.min(events, world.eventCount + nextGap(draws));
    failure = watch.run(Number.MAX_SAFE_INTEGER, target);
    if (failure === null && world.eventCount < events) add(world, commands, next(), 1 + nextInt(draws, 5000));
  }
  const drawn = commands.length;
  if (failure === null) failure = heal(watch);
  const steps = commands.map(stepOf);
  const untilMs = Math.ceil(world.nowUs / 1000);
  const scenario = { ...cluster, untilMs, steps };
  return { seed, failure, scenario, healing: commands.length - drawn, events: world.eventCount, world };
}

/** One seed of `fuzz --groups`: the same, with many groups and what happens to them. */
export function fuzzGroups(seed: number, bugs: PlantedBugs = NO_BUGS, commandCount = GROUP_COMMANDS): FuzzRun {
  const draws = makeStream(seed, 'fuzz groups');
  const cluster = groupCluster(seed, draws);
  const { world, commands } = worldOf(cluster, bugs);
  const watch = new Watch(world, commands);
  let failure = watch.run(between(draws, 1000, 9000) * 1000, Number.MAX_SAFE_INTEGER);
  while (failure === null && commands.length < commandCount) {
    add(world, commands, nextGroupCommand(world, draws), 1);
    failure = watch.run(world.nowUs + nextGroupGapUs(draws), Number.MAX_SAFE_INTEGER);
  }
  const drawn = commands.length;
  if (failure === null) failure = heal(watch);
  const scenario = { ...cluster, untilMs: Math.ceil(world.nowUs / 1000), steps: commands.map(stepOf) };
  return { seed, failure, scenario, healing: commands.length - drawn, events: world.eventCount, world };
}

function add(w: World, commands: TimedCommand[], command: Command, afterUs: number): void {
  // The list is in time order, whatever was drawn for the command before.
  const beforeUs = commands[commands.length - 1]?.atUs ?? 0;
  commands.push({ id: commands.length, atUs: Math.max(w.nowUs + afterUs, beforeUs + 1), command });
}

/** Heals and waits for rest. */
function heal(watch: Watch): Failure | null {
  const { world, commands } = watch;
  healingCommands(world).forEach((command, i) => {
    add(world, commands, command, 1 + i);
  });
  const lastUs = world.nowUs + REST_US;
  for (;;) {
    const failure = watch.run(world.nowUs + SLICE_US, Number.MAX_SAFE_INTEGER);
    if (failure !== null) return failure;
    const missing = atRest(world);
    if (missing === null) return watch.checkAll();
    if (world.nowUs >= lastUs) return { invariant: 'liveness', message: missing, atUs: world.nowUs };
    startAgain(world).forEach((command, i) => {
      add(world, commands, command, 1 + i);
    });
  }
}

/** Runs a scenario of a fuzzed run again, under the same eyes; `rests`: at its end everything must have come to rest. */
export function replay(scenario: Scenario, bugs: PlantedBugs, rests: boolean): Failure | null {
  // Without a command that others need (a topic's creation) it is no scenario, and fails in nothing.
  if (!validateScenario(scenario, scenario.title ?? 'fuzz').ok) return null;
  const { world, commands } = worldOf(scenario, bugs);
  const watch = new Watch(world, commands);
  const endUs = (scenario.untilMs ?? 30_000) * 1000;
  const failure = watch.run(endUs, Number.MAX_SAFE_INTEGER) ?? watch.checkAll();
  if (failure !== null || !rests) return failure;
  const missing = atRest(world);
  return missing === null ? null : { invariant: 'liveness', message: missing, atUs: world.nowUs };
}
