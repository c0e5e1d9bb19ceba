import type { Between } from '../scenario.ts';
import { verbSpec } from './spec.ts';

/** What is null stays as it is. */
export type NetworkSet = {
  do: 'network.set';
  between: Between;
  oneWay: boolean;
  latencyMs: number | null;
  jitterMs: number | null;
  lossPercent: number | null;
  bandwidthMbps: number | null;
};

export const networkSet = verbSpec({
  verb: 'network.set',
  args: [
    { name: 'between', type: 'between', required: true },
    { name: 'oneWay', type: 'boolean', required: false, default: false },
    { name: 'latencyMs', type: 'ms', required: false, default: null },
    { name: 'jitterMs', type: 'ms', required: false, default: null },
    { name: 'lossPercent', type: 'percent', required: false, default: null },
    { name: 'bandwidthMbps', type: 'mbps', required: false, default: null },
  ],
  appliesTo: 'link',
  harm: 'change',
  key: 'n',
  acts: true,
});
