/**
 * Places for what the first seconds of a shipped scenario do without: filled by late.ts, which the worker loads after the
 * first motion or with the first thing that needs it. Which moments these places may stay empty in is the worker's to keep
 * (worker/engine-worker.ts), and worker/first-load.test.ts plays them.
 */
import { lateModule } from '../base/late-module.ts';

export const lateEdits = lateModule<typeof import('./kernel/history/program-edits.ts')>('program-edits');
export const lateTitles = lateModule<typeof import('./kernel/history/titles.ts')>('titles');
export const lateWatch = lateModule<typeof import('./kernel/history/watch.ts')>('watch');
