/** The real engine, put together for the host: worker, in-process client and command line use the same. */
import { checkInvariants } from '../engine/invariant/index.ts';
import '../engine/index.ts';
import { makeWorld } from '../engine/kernel/make-world.ts';
import { validateScenario } from '../protocol/parse-scenario.ts';
import type { HostParts } from './answers.ts';

export const ENGINE: HostParts = {
  makeWorld: (resolved) => makeWorld(resolved),
  resolve: (scenario) => validateScenario(scenario, 'scenario'),
  invariants: checkInvariants,
};
