/**
 * The worker plays the first seconds of the page's scenario before the rest of the engine is there: nothing in them may ask for
 * it, and with the rest they go on as if it had always been there. (Its own file: the rest stays loaded once it is.)
 */
import { expect, test } from 'vitest';
import { historyHash } from '../engine/kernel/hash.ts';
import { Playing } from '../engine/kernel/history/playing.ts';
import { resolveScenario } from '../protocol/parse/resolve.ts';
import { loadScenario } from '../scenario/index.ts';
import { CORE } from './core-parts.ts';
import { EARLY_UNTIL_US } from './early.ts';
import './group-parts.ts';

const GOES_ON_US = 45_000_000;

function play(playing: Playing, toUs: number): string {
  const move = playing.advance(toUs, false, null);
  while (move.next().done !== true);
  return historyHash(playing.world);
}

test.each(['en', 'zh'] as const)('the default scenario, %s', async (language) => {
  const scenario = await loadScenario('default', language);
  expect(scenario.steps).toBeUndefined();
  const parts = {
    ...CORE,
    resolve: () => ({
      ok: true as const,
      resolved: resolveScenario(scenario, () => {
        throw new Error('no step is resolved here');
      }),
    }),
  };
  const early = Playing.play(parts, scenario);
  if ('problems' in early) throw new Error('problems');
  const hash = play(early, EARLY_UNTIL_US);

  const { ENGINE } = await import('./parts.ts');
  const whole = Playing.play(ENGINE, scenario);
  if ('problems' in whole) throw new Error('problems');
  expect(whole.branch.program.resolved).toEqual(early.branch.program.resolved);
  expect(play(whole, EARLY_UNTIL_US)).toBe(hash);
  expect(play(ENGINE.history(early), GOES_ON_US)).toBe(play(whole, GOES_ON_US));
});
