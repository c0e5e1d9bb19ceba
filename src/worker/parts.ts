/** The real engine, put together for the host: in-process client and command line use all of it from the start. */
import { CORE } from './core-parts.ts';
import type { HostParts } from './host-parts.ts';
import { LAB } from './lab-parts.ts';
import { LATE } from './late-parts.ts';

export const ENGINE: HostParts = { ...CORE, ...LATE, ...LAB };
