/**
 * LZ4 in Kafka's frame. Level 9, Kafka's default, selects the fast compressor; every other level from 1 to 17 the high one,
 * which searches deeper the higher it is (Lz4BlockOutputStream).
 */
import type { Codec } from '../codec.ts';
import { compressLz4Block } from './lz4-block.ts';
import { readLz4Frame, writeLz4Frame } from './lz4-frame.ts';
import { highCompressor } from './lz4-high.ts';

const FAST_LEVEL = 9;
const MAX_LEVEL = 17;

export const LZ4: Codec = {
  type: 'lz4',
  compress(bytes, level = FAST_LEVEL, magic = 2) {
    if (!(Number.isInteger(level) && level >= 1 && level <= MAX_LEVEL))
      throw new RangeError(`lz4 has no level ${level}`);
    return writeLz4Frame(bytes, level === FAST_LEVEL ? compressLz4Block : highCompressor(level), magic === 0);
  },
  decompress: (bytes, magic = 2) => readLz4Frame(bytes, magic === 0),
};
