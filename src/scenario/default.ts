/** What the page opens with. By itself, so that the bench, tests and the command line can have it without Vite's glob. */
import type { Scenario } from '../protocol/scenario.ts';
import json from './default.json';

/** Parsed JSON has wider types than a scenario; the file is checked in scenario.test.ts. */
export const DEFAULT_SCENARIO = json as unknown as Scenario;

/** The page opens here: the first seconds run unseen, so that a cluster at work is what one sees first. */
export const DEFAULT_AT_US = 8_000_000;
