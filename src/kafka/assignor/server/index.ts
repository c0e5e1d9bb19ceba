/** The coordinator's assignors by name: group.consumer.assignors knows uniform and range, share groups have simple. */
import { serverRangeAssignor } from './range.ts';
import type { ServerAssignor } from './server-assignor.ts';
import { simpleAssignor } from './simple.ts';
import { uniformAssignor } from './uniform.ts';

export { simpleAssignor } from './simple.ts';

export const CONSUMER_GROUP_ASSIGNORS: ReadonlyMap<string, ServerAssignor> = new Map(
  [uniformAssignor, serverRangeAssignor].map((assignor) => [assignor.name, assignor]),
);
export const SHARE_GROUP_ASSIGNORS: ReadonlyMap<string, ServerAssignor> = new Map([['simple', simpleAssignor]]);
