/** "How many consumers?": one real run for each number of members, and what each came to. */
import type { EngineParts } from '../engine/kernel/history/branch.ts';
import { contentOf, programOf } from '../engine/kernel/history/program.ts';
import { step } from '../engine/kernel/run.ts';
import type { NodeState, TimedCommand, World } from '../engine/kernel/world.ts';
import { groupPartition, groupTotals } from '../engine/ledger/group-facts.ts';
import { highWatermarkOf } from '../engine/projection/totals.ts';
import type { HowManyPoint, HowManySpec } from '../protocol/lab.ts';
import { COUNTED_MS, HOW_MANY_GROUP, howManyScenario, MAX_HOW_MANY } from '../protocol/lab-how-many.ts';
import { msToUs } from '../protocol/time.ts';
import { type LabProgress, missingIn } from './lab.ts';

const EVENTS_PER_LOOK = 400;

/** Points for 1 to `upTo` members. Throws what the parser says of a spec that makes no scenario, or what is not there yet. */
export function* howManyOf(parts: EngineParts, spec: HowManySpec): Generator<LabProgress, HowManyPoint[], void> {
  const points: HowManyPoint[] = [];
  const most = Math.max(1, Math.min(MAX_HOW_MANY, Math.round(spec.upTo)));
  for (let members = 1; members <= most; members++) points.push(yield* pointOf(parts, spec, members, most));
  return points;
}

function* pointOf(
  parts: EngineParts,
  spec: HowManySpec,
  members: number,
  most: number,
): Generator<LabProgress, HowManyPoint, void> {
  const { scenario, joinsUs } = howManyScenario(spec, members);
  const program = programOf(parts, contentOf(scenario, []));
  if ('problems' in program) throw new Error(program.problems[0]?.message ?? 'not a scenario');
  const world = parts.makeWorld(program.resolved);
  const missing = missingIn(world, HOW_MANY_GROUP);
  if (missing !== null) throw new Error(missing.title.key);
  const untilUs = msToUs(scenario.untilMs ?? 0);
  const report = { doneUs: (members - 1) * untilUs, ofUs: most * untilUs };
  yield* runTo(world, program.commands, joinsUs - 1, report);
  const before = groupTotals(world, HOW_MANY_GROUP).partitionSecondsUnread;
  yield* runTo(world, program.commands, untilUs - msToUs(COUNTED_MS), report);
  const processed = groupTotals(world, HOW_MANY_GROUP).processed;
  yield* runTo(world, program.commands, untilUs, report);
  const after = groupTotals(world, HOW_MANY_GROUP);
  return {
    members,
    processedPerSecond: ((after.processed - processed) * 1000) / COUNTED_MS,
    idle: idleMembers(world),
    rebalanceCost: members === 1 ? 0 : after.partitionSecondsUnread - before,
    lagAtEnd: notProcessed(world),
  };
}

function* runTo(
  world: World,
  commands: readonly TimedCommand[],
  toUs: number,
  report: LabProgress,
): Generator<LabProgress, void, void> {
  for (let since = 1; step(world, commands, toUs); since++)
    if (since % EVENTS_PER_LOOK === 0) yield { doneUs: report.doneUs + world.nowUs, ofUs: report.ofUs };
}

/** Members that run and hold nothing. */
function idleMembers(w: World): number {
  return w.consumers.filter(
    (c) => c.membership !== null && c.membership.owned.length === 0 && (w.nodes[c.node] as NodeState).process === 'up',
  ).length;
}

/** Records below the high watermark that the group has not processed. */
function notProcessed(w: World): number {
  let waiting = 0;
  w.partitions.forEach((_, partition) => {
    const facts = groupPartition(w, HOW_MANY_GROUP, partition);
    if (facts?.subscribed) waiting += Math.max(0, highWatermarkOf(w, partition) - Math.max(0, facts.frontier));
  });
  return waiting;
}
