/** Importing this brings the assignors themselves, which no scenario without groups needs. */
import { fillLate } from '../../base/late-module.ts';
import * as all from './all.ts';
import { lateAssignors } from './index.ts';

fillLate(lateAssignors, all);
