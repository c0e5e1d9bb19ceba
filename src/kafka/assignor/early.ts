/** The assignor that a group has by default. The first seconds of a shipped scenario run on it alone (worker/early.ts); load.ts brings all. */
import { fillLate } from '../../base/late-module.ts';
import { lateAssignors } from './index.ts';
import { rangeAssignor } from './range.ts';

if (!Object.hasOwn(lateAssignors, 'ASSIGNORS'))
  fillLate(lateAssignors, { ASSIGNORS: new Map([[rangeAssignor.name, rangeAssignor]]) });
