/**
 * LZ4 frames as Kafka's Lz4BlockOutputStream writes them: one descriptor without sizes and checksums, independent blocks of
 * 64 KiB, an end mark. Reading refuses and passes over what Lz4BlockInputStream does: blocks that depend on each other are
 * refused, checksums of blocks are verified, that of the content and whatever stands behind the frame are not looked at.
 */
import { CodecError } from '../codec.ts';
import { MAX_PLAIN_BYTES, Output } from './limits.ts';
import { lz4BlockBound, unpackLz4Block } from './lz4-block.ts';
import { xxhash32 } from './xxhash32.ts';

const MAGIC = [0x04, 0x22, 0x4d, 0x18];
/** Version 1, independent blocks, nothing else. */
const FLG = 0x60;
/** Blocks of 64 KiB. */
const BD = 0x40;
const BLOCK_SIZE = 1 << 16;
const DESCRIPTOR_START = 4;
const HEADER_SIZE = 7;
const UNCOMPRESSED = 0x80000000;

const fault = (position: number, message: string): CodecError => new CodecError('lz4', position, message);

/** Compresses source[start, end) to `target` from `at` on, and returns where the block ends. */
export type BlockCompressor = (
  source: Uint8Array,
  start: number,
  end: number,
  target: Uint8Array,
  at: number,
) => number;

const readUint32 = (bytes: Uint8Array, at: number): number =>
  (bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16) | (bytes[at + 3] << 24)) >>> 0;

function writeUint32(target: Uint8Array, at: number, value: number): void {
  target[at] = value;
  target[at + 1] = value >>> 8;
  target[at + 2] = value >>> 16;
  target[at + 3] = value >>> 24;
}

/** Clients of format v0 took the checksum from the magic number on, and theirs must still read it (KAFKA-3160). */
export function writeLz4Frame(bytes: Uint8Array, compressBlock: BlockCompressor, brokenChecksum: boolean): Uint8Array {
  const output = new Output(HEADER_SIZE + 4 + Math.min(bytes.length, BLOCK_SIZE) + (bytes.length >>> 1) + 64);
  output.append(Uint8Array.of(...MAGIC, FLG, BD));
  const checksum = xxhash32(output.bytes, brokenChecksum ? 0 : DESCRIPTOR_START, HEADER_SIZE - 1);
  output.append(Uint8Array.of(checksum >>> 8));
  for (let start = 0; start < bytes.length; start += BLOCK_SIZE) {
    const end = Math.min(start + BLOCK_SIZE, bytes.length);
    const target = output.reserve(4 + lz4BlockBound(end - start));
    const at = output.length + 4;
    let size = compressBlock(bytes, start, end, target, at) - at;
    let mask = 0;
    if (size >= end - start) {
      target.set(bytes.subarray(start, end), at);
      size = end - start;
      mask = UNCOMPRESSED;
    }
    writeUint32(target, output.length, size | mask);
    output.length = at + size;
  }
  output.append(Uint8Array.of(0, 0, 0, 0));
  return output.take();
}

interface Descriptor {
  readonly maxBlockSize: number;
  readonly hasBlockChecksums: boolean;
  readonly hasContentChecksum: boolean;
  /** Where the first block begins. */
  readonly next: number;
}

function readDescriptor(bytes: Uint8Array, ignoreChecksum: boolean): Descriptor {
  if (bytes.length < HEADER_SIZE - 1) throw fault(bytes.length, 'the frame is cut off');
  if (MAGIC.some((byte, index) => bytes[index] !== byte)) throw fault(0, 'not an LZ4 frame (magic number)');
  const flags = bytes[DESCRIPTOR_START];
  const block = bytes[DESCRIPTOR_START + 1];
  if ((flags & 3) !== 0) throw fault(4, 'reserved bits of the frame are set');
  if ((flags & 0x20) === 0) throw fault(4, 'blocks that depend on each other are not supported');
  if (flags >>> 6 !== 1) throw fault(4, `version ${flags >>> 6} of the frame is not supported`);
  if ((block & 0x8f) !== 0) throw fault(5, 'reserved bits of the block size are set');
  const blockSizeCode = block >>> 4;
  if (blockSizeCode < 4) throw fault(5, `the block size ${blockSizeCode} is not between 4 and 7`);
  const end = HEADER_SIZE - 1 + ((flags & 8) === 0 ? 0 : 8);
  if (bytes.length <= end) throw fault(bytes.length, 'the frame is cut off');
  const checksum = (xxhash32(bytes, DESCRIPTOR_START, end) >>> 8) & 0xff;
  if (!ignoreChecksum && bytes[end] !== checksum) throw fault(end, "the descriptor's checksum is wrong");
  return {
    maxBlockSize: 1 << (2 * blockSizeCode + 8),
    hasBlockChecksums: (flags & 0x10) !== 0,
    hasContentChecksum: (flags & 4) !== 0,
    next: end + 1,
  };
}

function unpackBlock(bytes: Uint8Array, at: number, size: number, isPlain: boolean, max: number, output: Output): void {
  // A byte of a block stands for at most 255: no more room than that is ever needed.
  const most = isPlain ? size : Math.min(max, size * 255);
  const target = output.reserve(most);
  const start = output.length;
  if (isPlain) {
    target.set(bytes.subarray(at, at + size), start);
    output.length += size;
  } else output.length = unpackLz4Block(bytes, at, at + size, target, start, start + most);
  if (output.length > MAX_PLAIN_BYTES) throw fault(at, `more than ${MAX_PLAIN_BYTES} bytes come out`);
}

export function readLz4Frame(bytes: Uint8Array, ignoreChecksum: boolean): Uint8Array {
  const { maxBlockSize, hasBlockChecksums, hasContentChecksum, next } = readDescriptor(bytes, ignoreChecksum);
  const output = new Output(Math.max(64, Math.min(bytes.length * 4, MAX_PLAIN_BYTES)));
  let at = next;
  for (;;) {
    if (bytes.length - at < 4) throw fault(bytes.length, 'the frame is cut off');
    const word = readUint32(bytes, at);
    const size = word & 0x7fffffff;
    if (size === 0) {
      if (hasContentChecksum && bytes.length - at < 8) throw fault(bytes.length, 'the frame is cut off');
      return output.take();
    }
    if (size > maxBlockSize) throw fault(at, `a block of ${size} bytes, the most is ${maxBlockSize}`);
    at += 4;
    if (size > bytes.length - at) throw fault(at - 4, `a block of ${size} bytes is cut off`);
    unpackBlock(bytes, at, size, word >= UNCOMPRESSED, maxBlockSize, output);
    const block = at;
    at += size;
    if (!hasBlockChecksums) continue;
    if (bytes.length - at < 4) throw fault(bytes.length, 'the checksum of a block is cut off');
    if (readUint32(bytes, at) !== xxhash32(bytes, block, at)) throw fault(at, 'the checksum of a block is wrong');
    at += 4;
  }
}
