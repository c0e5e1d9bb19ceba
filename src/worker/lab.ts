/** The rebalance lab's runs: hidden, in slices, watched around the trigger. Loaded when somebody first asks for one. */
import { notYet } from '../engine/client/make-consumer.ts';
import type { EngineParts } from '../engine/kernel/history/branch.ts';
import { contentOf, programOf } from '../engine/kernel/history/program.ts';
import { step } from '../engine/kernel/run.ts';
import type { TimedCommand, World } from '../engine/kernel/world.ts';
import { NO_FIGURES } from '../engine/projection/rebalance/figures.ts';
import {
  atTrigger,
  beginWatch,
  endWatch,
  lookAhead,
  lookBack,
  type Watch,
} from '../engine/projection/rebalance/observer.ts';
import type { Words } from '../protocol/frame.ts';
import type { LabRun, LabSpec, LabVariant } from '../protocol/lab.ts';
import { type LabScenario, labScenario } from '../protocol/lab-scenario.ts';
import { labWords } from '../protocol/lab-triggers.ts';
import { msToUs } from '../protocol/time.ts';

/** So long before the trigger the lanes begin. */
export const BEFORE_TRIGGER_US = 1_000_000;
const EVENTS_PER_LOOK = 400;

export type LabProgress = { readonly doneUs: number; readonly ofUs: number };

/** Runs one variant. Yields how far it is; a variant that cannot be run says so in `notYet` and is no error. */
export function* labRunOf(
  parts: EngineParts,
  spec: LabSpec,
  variant: LabVariant,
): Generator<LabProgress, LabRun, void> {
  const made = labScenario(spec, variant);
  if (!made.ok) return notRun(spec, variant, made.why, null);
  const program = programOf(parts, contentOf(made.scenario, []));
  if ('problems' in program) {
    const { place = '', message = '' } = program.problems[0] ?? {};
    return notRun(spec, variant, labWords('refused.scenario', { place, message }), made);
  }
  const world = parts.makeWorld(program.resolved);
  const missing = missingIn(world, made.group);
  if (missing !== null) return notRun(spec, variant, missing, made);

  const { triggerUs } = made;
  const untilUs = msToUs(made.scenario.untilMs ?? 0);
  const { commands } = program;
  yield* run(world, commands, Math.max(0, triggerUs - BEFORE_TRIGGER_US), untilUs, null);
  const watch = beginWatch(world, made.group, triggerUs);
  yield* run(world, commands, triggerUs - 1, untilUs, watch);
  atTrigger(world, watch);
  yield* run(world, commands, untilUs, untilUs, watch);
  const refused = world.refusals.find(({ atUs }) => atUs >= triggerUs);
  if (refused !== undefined) return notRun(spec, variant, labWords('refused.step', { message: refused.message }), made);
  return { ...headOf(variant, made), notYet: null, scenario: made.scenario, ...endWatch(world, watch) };
}

function* run(
  world: World,
  commands: readonly TimedCommand[],
  toUs: number,
  ofUs: number,
  watch: Watch | null,
): Generator<LabProgress, void, void> {
  for (let since = 0; ; since++) {
    if (watch !== null) lookAhead(world, watch, commands, toUs);
    const more = step(world, commands, toUs);
    if (watch !== null) lookBack(world, watch);
    if (!more) return;
    if (since % EVENTS_PER_LOOK === 0) yield { doneUs: world.nowUs, ofUs };
  }
}

/** What keeps a member of the group from doing anything yet, in words. */
export function missingIn(w: World, group: string): Words | null {
  for (const c of w.consumers) {
    if (c.settings.groupId !== group) continue;
    const key = notYet(c);
    if (key !== null) return { title: { key, params: { consumer: c.id } }, what: null };
  }
  return null;
}

function headOf(variant: LabVariant, made: Extract<LabScenario, { ok: true }>) {
  return { variant, group: made.group, trigger: made.trigger, setup: made.setup };
}

const NOTHING: Words = labWords('refused.nothing');

function notRun(
  spec: LabSpec,
  variant: LabVariant,
  why: Words,
  made: Extract<LabScenario, { ok: true }> | null,
): LabRun {
  const atUs = made?.triggerUs ?? (spec.base.kind === 'moment' ? spec.base.atUs : 0);
  const head = made === null ? { variant, group: '', trigger: NOTHING, setup: [] } : headOf(variant, made);
  return {
    ...head,
    notYet: why,
    fromUs: atUs,
    triggerUs: atUs,
    untilUs: atUs,
    partitions: [],
    members: [],
    coordinator: [],
    steps: [],
    assignments: [],
    figures: NO_FIGURES,
    told: [],
    scenario: made?.scenario ?? { kafkascope: 1, topics: [] },
    hash: '',
  };
}
