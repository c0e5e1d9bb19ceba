/** What a bug report says: the moment, the rule that was broken, the seed, every command, and what the engine said. */
import type { Crash } from '../store/model.ts';
import type { Say } from '../store/use-app.tsx';

/** What browsers say when an array, a string or the heap does not fit any more. */
export function outOfMemory(message: string): boolean {
  return /out of memory|allocation failed|invalid array (buffer )?length|invalid string length/i.test(message);
}

/** A little before what broke, after the last command; null when nothing lies between the two. */
export function lastGoodUs(crash: Crash): number | null {
  const BACK_US = 100_000;
  const lastUs = Math.round((crash.scenario?.steps?.at(-1)?.atMs ?? 0) * 1000);
  const goodUs = crash.atUs - BACK_US;
  return goodUs > lastUs ? goodUs : null;
}

export function reportText(crash: Crash, say: Say, browser: string): string {
  const { scenario } = crash;
  const steps = scenario?.steps ?? [];
  const lines = [
    say('app.error.crash.at', { at: crash.atUs }),
    crash.invariant === null ? null : say('app.error.crash.invariant', { name: crash.invariant }),
    crash.message,
    scenario === null || scenario.topics.length === 0
      ? null
      : say('app.error.crash.seed', { seed: scenario.seed ?? 1, steps: steps.length }),
    ...steps.map((step) => JSON.stringify(step)),
    browser,
  ];
  return lines.filter((line) => line !== null && line !== '').join('\n');
}
