import type { Between } from '../scenario.ts';
import { verbSpec } from './spec.ts';

/** Ends cuts between the two sides; `between` null: every cut. */
export type NetworkHeal = { do: 'network.heal'; between: Between | null; oneWay: boolean };

export const networkHeal = verbSpec({
  verb: 'network.heal',
  args: [
    { name: 'between', type: 'between', required: false, default: null },
    { name: 'oneWay', type: 'boolean', required: false, default: false },
  ],
  appliesTo: 'link',
  harm: 'repair',
  key: 'h',
  acts: true,
});
