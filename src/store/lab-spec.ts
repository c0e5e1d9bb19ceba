/** What the rebalance lab can be asked for: its triggers, its variants, and the limits of its fields. Plain data, no engine. */
import type { LabSpec, LabVariant } from '../protocol/lab.ts';
import { MAX_LAB_MEMBERS, MAX_LAB_PARTITIONS } from '../protocol/lab-fresh.ts';
import { defaultWindowUs } from '../protocol/lab-scenario.ts';

/** What stands one above another without a switch. */
export const FIRST_VARIANTS: readonly LabVariant[] = ['eager', 'cooperative', 'consumer', 'static'];

export const MOST = {
  members: MAX_LAB_MEMBERS,
  partitions: MAX_LAB_PARTITIONS,
  rate: 10_000,
  seed: 2 ** 32 - 1,
  slowestMs: 5_000,
} as const;

/** A slow member makes every step of a rebalance wait for it, a few times over. */
const SLOW_ROUNDS = 5;

/** How long a run goes on after its trigger so that the whole of it is seen, microseconds. */
export function windowOf({ trigger, base, slowestMs }: Pick<LabSpec, 'trigger' | 'base' | 'slowestMs'>): number {
  const members = base.kind === 'fresh' ? base.members : (base.scenario.consumers?.length ?? 1);
  return defaultWindowUs(trigger, members) + slowestMs * 1000 * SLOW_ROUNDS;
}

/** The same question with something else in it, over a window that fits it. */
export function changed(spec: LabSpec, change: Partial<LabSpec>): LabSpec {
  const next = { ...spec, ...change };
  return { ...next, windowUs: windowOf(next) };
}

export const FIRST_SPEC: LabSpec = changed(
  {
    base: { kind: 'fresh', members: 3, partitions: 6, ratePerSecond: 60 },
    seed: 1,
    trigger: 'join',
    slowestMs: 0,
    windowUs: 0,
  },
  {},
);

/** The same run has the same key. */
export const runKey = (spec: LabSpec, variant: LabVariant): string => `${variant} ${JSON.stringify(spec)}`;

/**
 * The knob for the slowest member's processing time, 0 to 5 s: its place (0 to 100) and its milliseconds. Logarithmic above 0,
 * in values that one can say.
 */
const KNOB: readonly number[] = [0, 10, 20, 50, 100, 200, 300, 500, 750, 1000, 1500, 2000, 2500, 3000, 4000, 5000];
export const KNOB_STEPS = KNOB.length - 1;

export const knobMs = (step: number): number => KNOB[Math.max(0, Math.min(KNOB_STEPS, Math.round(step)))] as number;

/** The nearest place of a value. */
export function knobStep(ms: number): number {
  let best = 0;
  for (let i = 1; i < KNOB.length; i++) {
    if (Math.abs((KNOB[i] as number) - ms) < Math.abs((KNOB[best] as number) - ms)) best = i;
  }
  return best;
}
