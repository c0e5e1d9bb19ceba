/** The same scenario in Node and in the browser's worker: one history. */
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

test('a scenario has the same history in Node and in the worker', async ({ scope }) => {
  await scope.openPaused();
  for (const [name, seconds] of FILES) {
    const scenario = shipped(name);
    const untilUs = seconds * 1e6;
    const run = hiddenRun(ENGINE, scenario, untilUs);
    let next = run.next();
    while (next.done !== true) next = run.next();
    const { result } = next.value;
    const there = await scope.ask({ ask: 'run', scenario, untilUs });
    expect(there.hash, name).toBe(result.hash);
    expect(there, name).toEqual(JSON.parse(JSON.stringify(result)));
  }
});
