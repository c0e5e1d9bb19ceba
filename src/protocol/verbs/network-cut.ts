import type { Between } from '../scenario.ts';
import { verbSpec } from './spec.ts';

/** Nothing passes between the two sides; `oneWay`: nothing from the first to the second. */
export type NetworkCut = { do: 'network.cut'; between: Between; oneWay: boolean };

export const networkCut = verbSpec({
  verb: 'network.cut',
  args: [
    { name: 'between', type: 'between', required: true },
    { name: 'oneWay', type: 'boolean', required: false, default: false },
  ],
  appliesTo: 'link',
  harm: 'fault',
  key: 'x',
  acts: true,
});
