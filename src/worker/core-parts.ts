/** The engine without what the first picture does not need. */
import '../engine/core.ts';
import { makeWorld } from '../engine/kernel/make-world.ts';
import type { CoreParts } from './host-parts.ts';

export const CORE: CoreParts = { makeWorld: (resolved) => makeWorld(resolved) };
