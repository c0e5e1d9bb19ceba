/** Fills the places of slots.ts. */
import { fillLate } from '../base/late-module.ts';
import * as programEdits from './kernel/history/program-edits.ts';
import * as titles from './kernel/history/titles.ts';
import * as watch from './kernel/history/watch.ts';
import { lateEdits, lateTitles, lateWatch } from './slots.ts';

fillLate(lateEdits, programEdits);
fillLate(lateTitles, titles);
fillLate(lateWatch, watch);
