/**
 * DEFLATE (RFC 1951), unpacked with a check at every step: what fflate does faster where a stream is whole and stands alone.
 * This one says where a stream ends, so that several may follow each other, and at which byte it is broken.
 */
import { CodecError } from '../codec.ts';
import { MAX_PLAIN_BYTES, type Output } from './limits.ts';

const MAX_BITS = 15;
const END_OF_BLOCK = 256;
const LENGTH_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

const LENGTH_BASE = [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131];
LENGTH_BASE.push(163, 195, 227, 258);
const LENGTH_EXTRA = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
const DISTANCE_BASE = [1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049];
DISTANCE_BASE.push(3073, 4097, 6145, 8193, 12289, 16385, 24577);
const DISTANCE_EXTRA = [
  0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13,
];

interface Input {
  readonly bytes: Uint8Array;
  readonly end: number;
  at: number;
  /** Bits that are read from the bytes and not yet used, the next one lowest. */
  bits: number;
  bitCount: number;
}

/** A canonical Huffman code: how many codes have each length, and the symbols in the order of their codes. */
interface Code {
  readonly counts: Uint16Array;
  readonly symbols: Uint16Array;
}

const fault = (input: Input, message: string): CodecError => new CodecError('gzip', input.at, message);

function takeBits(input: Input, count: number): number {
  while (input.bitCount < count) {
    if (input.at >= input.end) throw fault(input, 'the stream is cut off');
    input.bits |= input.bytes[input.at++] << input.bitCount;
    input.bitCount += 8;
  }
  const value = input.bits & ((1 << count) - 1);
  input.bits >>>= count;
  input.bitCount -= count;
  return value;
}

/**
 * As zlib, refuses lengths that give more codes than there are; incomplete codes are refused too, but for a single
 * code of one bit.
 */
function makeCode(input: Input, lengths: Uint8Array, mayBeIncomplete: boolean): Code {
  const counts = new Uint16Array(MAX_BITS + 1);
  for (const length of lengths) counts[length]++;
  let left = 1;
  for (let bits = 1; bits <= MAX_BITS; bits++) {
    left = left * 2 - counts[bits];
    if (left < 0) throw fault(input, 'a code with too many symbols');
  }
  const used = lengths.length - counts[0];
  if (left > 0 && !(mayBeIncomplete && used <= 1 && counts[1] === used)) throw fault(input, 'an incomplete code');
  const offsets = new Uint16Array(MAX_BITS + 2);
  for (let bits = 1; bits <= MAX_BITS; bits++) offsets[bits + 1] = offsets[bits] + counts[bits];
  const symbols = new Uint16Array(used);
  for (let symbol = 0; symbol < lengths.length; symbol++) {
    if (lengths[symbol] !== 0) symbols[offsets[lengths[symbol]]++] = symbol;
  }
  return { counts, symbols };
}

function takeSymbol(input: Input, { counts, symbols }: Code): number {
  let code = 0;
  let first = 0;
  let index = 0;
  for (let bits = 1; bits <= MAX_BITS; bits++) {
    code |= takeBits(input, 1);
    const count = counts[bits];
    if (code - count < first) return symbols[index + (code - first)];
    index += count;
    first = (first + count) << 1;
    code <<= 1;
  }
  throw fault(input, 'a code without a symbol');
}

function makeFixedCodes(input: Input): { lengths: Code; distances: Code } {
  const lengths = new Uint8Array(288).fill(8);
  lengths.fill(9, 144, 256);
  lengths.fill(7, 256, 280);
  // 30 and 31 take part in the code, but no stream may use them.
  return { lengths: makeCode(input, lengths, false), distances: makeCode(input, new Uint8Array(32).fill(5), false) };
}

function readCodes(input: Input): { lengths: Code; distances: Code } {
  const lengthCount = takeBits(input, 5) + 257;
  const distanceCount = takeBits(input, 5) + 1;
  const orderCount = takeBits(input, 4) + 4;
  if (lengthCount > 286 || distanceCount > 30) throw fault(input, 'too many symbols for lengths or distances');
  const orderLengths = new Uint8Array(19);
  for (let index = 0; index < orderCount; index++) orderLengths[LENGTH_ORDER[index]] = takeBits(input, 3);
  const order = makeCode(input, orderLengths, false);
  const all = new Uint8Array(lengthCount + distanceCount);
  for (let index = 0; index < all.length; ) {
    const symbol = takeSymbol(input, order);
    if (symbol < 16) {
      all[index++] = symbol;
      continue;
    }
    if (symbol === 16 && index === 0) throw fault(input, 'a repeat of nothing');
    const repeated = symbol === 16 ? all[index - 1] : 0;
    const times =
      symbol === 16 ? 3 + takeBits(input, 2) : symbol === 17 ? 3 + takeBits(input, 3) : 11 + takeBits(input, 7);
    if (index + times > all.length) throw fault(input, 'more code lengths than symbols');
    all.fill(repeated, index, index + times);
    index += times;
  }
  if (all[END_OF_BLOCK] === 0) throw fault(input, 'a block without an end');
  return {
    lengths: makeCode(input, all.subarray(0, lengthCount), true),
    distances: makeCode(input, all.subarray(lengthCount), true),
  };
}

function checkRoom(input: Input, output: Output, more: number): void {
  if (output.length + more > MAX_PLAIN_BYTES) throw fault(input, `more than ${MAX_PLAIN_BYTES} bytes come out`);
}

/** Each pass takes at least one bit of the input, so that it ends. */
function unpackCodes(input: Input, output: Output, start: number, lengths: Code, distances: Code): void {
  for (;;) {
    const symbol = takeSymbol(input, lengths);
    if (symbol === END_OF_BLOCK) return;
    if (symbol < END_OF_BLOCK) {
      checkRoom(input, output, 1);
      output.reserve(1)[output.length++] = symbol;
      continue;
    }
    if (symbol > 285) throw fault(input, 'an unknown length');
    const length = LENGTH_BASE[symbol - 257] + takeBits(input, LENGTH_EXTRA[symbol - 257]);
    const code = takeSymbol(input, distances);
    if (code > 29) throw fault(input, 'an unknown distance');
    const distance = DISTANCE_BASE[code] + takeBits(input, DISTANCE_EXTRA[code]);
    if (distance > output.length - start) throw fault(input, `a copy from ${distance} bytes back`);
    checkRoom(input, output, length);
    const target = output.reserve(length);
    for (let to = output.length, stop = to + length; to < stop; to++) target[to] = target[to - distance];
    output.length += length;
  }
}

function unpackStored(input: Input, output: Output): void {
  input.bits = 0;
  input.bitCount = 0;
  if (input.end - input.at < 4) throw fault(input, 'the stream is cut off');
  const { bytes, at } = input;
  const length = bytes[at] | (bytes[at + 1] << 8);
  if ((length ^ 0xffff) !== (bytes[at + 2] | (bytes[at + 3] << 8)))
    throw fault(input, 'a stored block with a wrong length');
  input.at += 4;
  if (length > input.end - input.at) throw fault(input, 'the stream is cut off');
  checkRoom(input, output, length);
  output.append(bytes.subarray(input.at, input.at + length));
  input.at += length;
}

/** Unpacks the stream that begins at `start`, and returns the position behind it. */
export function inflate(bytes: Uint8Array, start: number, end: number, output: Output): number {
  const input: Input = { bytes, end, at: start, bits: 0, bitCount: 0 };
  const outputStart = output.length;
  for (;;) {
    const isLast = takeBits(input, 1) === 1;
    const type = takeBits(input, 2);
    if (type === 3) throw fault(input, 'a block of an unknown type');
    if (type === 0) unpackStored(input, output);
    else {
      const codes = type === 1 ? makeFixedCodes(input) : readCodes(input);
      unpackCodes(input, output, outputStart, codes.lengths, codes.distances);
    }
    if (isLast) return input.at;
  }
}
