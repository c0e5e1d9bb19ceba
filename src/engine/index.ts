/** The engine: importing it registers every handler. */
import './core.ts';
import './client/modern/index.ts';
import './coordinator/index.ts';
import './projection/frame-groups.ts';
import './client/share/index.ts';
import './share/index.ts';
import './projection/share-groups.ts';
import './projection/share-waiting.ts';
import './fault/index.ts';

export { forkWorld } from './kernel/fork.ts';
export { historyHash } from './kernel/hash.ts';
export { makeWorld, NO_BUGS } from './kernel/make-world.ts';
export { advance, step } from './kernel/run.ts';
export type { World } from './kernel/world.ts';
