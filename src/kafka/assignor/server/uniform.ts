/** UniformAssignor: the coordinator's first choice (rule 108). Even, and everybody keeps as much as that allows. */
import type { ServerAssignor } from './server-assignor.ts';
import { assignHeterogeneous } from './uniform-heterogeneous.ts';
import { assignHomogeneous } from './uniform-homogeneous.ts';

export const uniformAssignor: ServerAssignor = {
  name: 'uniform',
  assign(spec, topics, steps) {
    if (spec.members.size === 0) return new Map();
    return spec.subscriptionType === 'homogeneous'
      ? assignHomogeneous(spec, topics, steps)
      : assignHeterogeneous(spec, topics, steps);
  },
};
