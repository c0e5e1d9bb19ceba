/** Registers all codecs in Node: imported for its effect by the command line and by the tests' setup, before anything runs. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { registerCodecs } from '../kafka/records/codecs/register.ts';

const library = dirname(createRequire(import.meta.url).resolve('@bokuweb/zstd-wasm'));

registerCodecs(new Uint8Array(readFileSync(join(library, 'zstd.wasm'))));
