/** The same scenario in Node and in the browser's worker: one history. */
import type { Result } from '../src/protocol/result.ts';
import type { Scenario } from '../src/protocol/scenario.ts';
import { hiddenRun } from '../src/worker/hidden-run.ts';
import { ENGINE } from '../src/worker/parts.ts';
import { expect, shipped, test } from './page.ts';

const FILES = [
  ['default', 20],
  ['lesson-one-copy', 40],
  ['a1-acks1-leader-kill', 60],
  ['a4-unclean-elect-leaders', 60],
  ['a6-shrink-default', 60],
  ['a8-controlled-shutdown', 60],
  ['d1-no-idempotence-retries', 60],
  ['x1-power-loss-min-isr-2', 60],
] as const;

/** The whole of a scenario in this process. */
function inNode(scenario: Scenario, untilUs: number): Result {
  const run = hiddenRun(ENGINE, scenario, untilUs);
  for (;;) {
    const next = run.next();
    if (next.done === true) return next.value.result;
  }
}

test('a scenario has the same history in Node and in the worker', async ({ scope }) => {
  await scope.openPaused();
  for (const [name, seconds] of FILES) {
    const scenario = shipped(name);
    const untilUs = seconds * 1e6;
    const here = inNode(scenario, untilUs);
    const there = await scope.ask({ ask: 'run', scenario, untilUs });
    expect(there.hash, name).toBe(here.hash);
    expect(there, name).toEqual(JSON.parse(JSON.stringify(here)));
  }
});

test('however one gets there: a history that was played, stepped and sought is the same too', async ({ scope }) => {
  await scope.openPaused();
  for (const [name, seconds] of FILES.slice(2, 5)) {
    const scenario = shipped(name);
    const endUs = Math.min(seconds * 1e6, (scenario.untilMs ?? 30_000) * 1000);
    await scope.play(scenario, 1_000_000);
    await scope.page.keyboard.press('ArrowRight');
    await scope.page.keyboard.press('s');
    await scope.settled();
    await scope.page.keyboard.press('Shift+ArrowLeft');
    await scope.settled();
    await scope.seek(endUs / 2);
    await scope.page.keyboard.press('ArrowLeft');
    await scope.settled();
    await scope.seek(endUs);
    expect((await scope.hash()).hash, name).toBe(inNode(scenario, endUs).hash);
  }
});
