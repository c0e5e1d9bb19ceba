/**
 * DEFLATE (RFC 1951), unpacked with a check at every step. fflate's inflateSync neither says where a stream ends (several
 * members may follow each other, and what stands between must be seen) nor where it is broken, and passes over some faults.
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

/** Codes of up to so many bits are looked up in one step. */
const FAST_BITS = 10;
const FAST_MASK = (1 << FAST_BITS) - 1;

/** A canonical Huffman code: how many codes have each length, and the symbols in the order of their codes. */
interface Code {
  readonly counts: Uint16Array;
  readonly symbols: Uint16Array;
  /** By the next bits: symbol * 16 + length of its code, 0 where the code is longer or there is none. */
  readonly fast: Uint16Array;
}

/** The byte that the next bit stands in. */
const positionOf = (input: Input): number => Math.min(input.end, input.at - ((input.bitCount + 7) >>> 3));

const fault = (input: Input, message: string): CodecError => new CodecError('gzip', positionOf(input), message);
const cutOff = (input: Input): CodecError => new CodecError('gzip', input.end, 'the stream is cut off');

/** At most 16 bits. */
function takeBits(input: Input, count: number): number {
  refill(input);
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
  return { counts, symbols, fast: makeFast(counts, symbols) };
}

/** Codes stand in the stream with their first bit lowest, so that the table counts with reversed bits. */
function makeFast(counts: Uint16Array, symbols: Uint16Array): Uint16Array {
  const fast = new Uint16Array(1 << FAST_BITS);
  let code = 0;
  let index = 0;
  for (let bits = 1; bits <= FAST_BITS; bits++) {
    for (let count = counts[bits]; count > 0; count--, code++, index++) {
      let reversed = 0;
      for (let bit = 0; bit < bits; bit++) reversed |= ((code >>> bit) & 1) << (bits - 1 - bit);
      const entry = (symbols[index] << 4) | bits;
      for (let at = reversed; at <= FAST_MASK; at += 1 << bits) fast[at] = entry;
    }
    code <<= 1;
  }
  return fast;
}

/** symbol * 16 + length of the code that the lowest of `bits` begin with, bit by bit; 0: none has that code. */
function findSymbol(bits: number, { counts, symbols }: Code): number {
  let code = 0;
  let first = 0;
  let index = 0;
  for (let length = 1; length <= MAX_BITS; length++) {
    code |= (bits >>> (length - 1)) & 1;
    const count = counts[length];
    if (code - count < first) return (symbols[index + (code - first)] << 4) | length;
    index += count;
    first = (first + count) << 1;
    code <<= 1;
  }
  return 0;
}

/** Up to three bytes behind the end count as zeros, until it shows whether they are used. */
const BEHIND_END = 3;

/** At least 24 bits, as far as there are any. */
function refill(input: Input): void {
  while (input.bitCount <= 23) {
    if (input.at < input.end) input.bits |= input.bytes[input.at] << input.bitCount;
    else if (input.at >= input.end + BEHIND_END) throw cutOff(input);
    input.at++;
    input.bitCount += 8;
  }
}

function takeSymbol(input: Input, code: Code): number {
  refill(input);
  const entry = code.fast[input.bits & FAST_MASK] || findSymbol(input.bits, code);
  if (entry === 0) throw fault(input, 'a code without a symbol');
  input.bits >>>= entry & 15;
  input.bitCount -= entry & 15;
  return entry >>> 4;
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

/** The longest that one code may stand for. */
export const MAX_COPY = 258;

/** Each pass takes at least one bit of the input, so that it ends. The bits are held in locals: this is where the time goes. */
function unpackCodes(input: Input, output: Output, start: number, lengths: Code, distances: Code): void {
  const { bytes, end } = input;
  const lengthsFast = lengths.fast;
  const distancesFast = distances.fast;
  let { at, bits, bitCount } = input;
  let out = output.length;
  let target = output.reserve(MAX_COPY);
  const fail = (message: string): CodecError => fault({ ...input, at, bits, bitCount }, message);
  for (;;) {
    while (bitCount <= 23) {
      if (at < end) bits |= bytes[at] << bitCount;
      else if (at >= end + BEHIND_END) throw cutOff(input);
      at++;
      bitCount += 8;
    }
    let entry = lengthsFast[bits & FAST_MASK] || findSymbol(bits, lengths);
    if (entry === 0) throw fail('a code without a symbol');
    bits >>>= entry & 15;
    bitCount -= entry & 15;
    const symbol = entry >>> 4;
    if (out > target.length - MAX_COPY) {
      output.length = out;
      checkRoom(input, output, MAX_COPY);
      target = output.reserve(MAX_COPY);
    }
    if (symbol < END_OF_BLOCK) {
      target[out++] = symbol;
      continue;
    }
    if (symbol === END_OF_BLOCK) break;
    if (symbol > 285) throw fail('an unknown length');
    let extra = LENGTH_EXTRA[symbol - 257];
    const length = LENGTH_BASE[symbol - 257] + (bits & ((1 << extra) - 1));
    bits >>>= extra;
    bitCount -= extra;
    while (bitCount <= 23) {
      if (at < end) bits |= bytes[at] << bitCount;
      else if (at >= end + 2 * BEHIND_END) throw cutOff(input);
      at++;
      bitCount += 8;
    }
    entry = distancesFast[bits & FAST_MASK] || findSymbol(bits, distances);
    if (entry === 0) throw fail('a code without a symbol');
    bits >>>= entry & 15;
    bitCount -= entry & 15;
    if (entry >>> 4 > 29) throw fail('an unknown distance');
    extra = DISTANCE_EXTRA[entry >>> 4];
    while (bitCount < extra) {
      if (at < end) bits |= bytes[at] << bitCount;
      at++;
      bitCount += 8;
    }
    const distance = DISTANCE_BASE[entry >>> 4] + (bits & ((1 << extra) - 1));
    bits >>>= extra;
    bitCount -= extra;
    if (distance > out - start) throw fail(`a copy from ${distance} bytes back`);
    for (let from = out - distance, stop = out + length; out < stop; ) target[out++] = target[from++];
  }
  Object.assign(input, { at, bits, bitCount });
  output.length = out;
}

/** Gives back the whole bytes that were read ahead; the rest of the byte that was begun is dropped. */
function toByteBoundary(input: Input): void {
  input.at -= input.bitCount >>> 3;
  input.bits = 0;
  input.bitCount = 0;
  if (input.at > input.end) throw cutOff(input);
}

function unpackStored(input: Input, output: Output): void {
  toByteBoundary(input);
  const { bytes, at } = input;
  if (input.end - at < 4) throw cutOff(input);
  const length = bytes[at] | (bytes[at + 1] << 8);
  if ((length ^ 0xffff) !== (bytes[at + 2] | (bytes[at + 3] << 8)))
    throw fault(input, 'a stored block with a wrong length');
  input.at += 4;
  if (length > input.end - input.at) throw cutOff(input);
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
    if (!isLast) continue;
    toByteBoundary(input);
    return input.at;
  }
}
