/** Every lesson, in the order in which they are offered. */
import type { LessonRun } from '../scenario/lesson-view.ts';
import { acknowledgedAndLost } from './acknowledged-and-lost/index.ts';

export const LESSONS: readonly LessonRun[] = [acknowledgedAndLost];
