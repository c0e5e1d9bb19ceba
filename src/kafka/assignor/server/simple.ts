/** SimpleAssignor, the only one of share groups (KIP-932, group.share.assignors). */
import type { ServerAssignor } from './server-assignor.ts';
import { assignSimpleHeterogeneous } from './simple-heterogeneous.ts';
import { assignSimpleHomogeneous } from './simple-homogeneous.ts';

export const simpleAssignor: ServerAssignor = {
  name: 'simple',
  assign(spec, topics, steps) {
    if (spec.members.size === 0) return new Map();
    return spec.subscriptionType === 'homogeneous'
      ? assignSimpleHomogeneous(spec, topics, steps)
      : assignSimpleHeterogeneous(spec, topics, steps);
  },
};
