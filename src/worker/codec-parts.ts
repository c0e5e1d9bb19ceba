/** Codecs for the worlds of the engine's worker: nothing is carried out before what it needs is there. */
export { loadCodecs } from './load-codecs.ts';
export { neededCodecs } from './needed-codecs.ts';
