/** The frames of a zstd stream, walked without unpacking them: where they end, and how much can come out of them. */
import { CodecError } from '../codec.ts';
import { MAX_PLAIN_BYTES } from './limits.ts';

const MAGIC = 0xfd2fb528;
const SKIPPABLE_MAGIC = 0x184d2a50;
const BLOCK_SIZE = 128 * 1024;
/** ZSTD_WINDOWLOG_LIMIT_DEFAULT: what a reader that was not asked for more accepts. */
const MAX_WINDOW = (1 << 27) + 1;
const RAW = 0;
const RLE = 1;
const RESERVED = 3;

const fault = (position: number, message: string): CodecError => new CodecError('zstd', position, message);

export interface ZstdFrame {
  /** Behind the frame. */
  readonly end: number;
  /** The most that can come out; 0 for a skippable frame. */
  readonly bound: number;
}

const readUint32 = (bytes: Uint8Array, at: number): number =>
  (bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16) | (bytes[at + 3] << 24)) >>> 0;

function readLittle(bytes: Uint8Array, at: number, size: number): number {
  let value = 0;
  for (let index = size - 1; index >= 0; index--) value = value * 256 + bytes[at + index];
  return value;
}

function need(bytes: Uint8Array, at: number, size: number): void {
  if (bytes.length - at < size) throw fault(bytes.length, 'the stream is cut off');
}

interface Header {
  readonly blocks: number;
  readonly hasChecksum: boolean;
  readonly blockSize: number;
  readonly contentSize: number | null;
}

function readHeader(bytes: Uint8Array, start: number): Header {
  need(bytes, start, 5);
  const descriptor = bytes[start + 4];
  if ((descriptor & 8) !== 0) throw fault(start + 4, 'the reserved bit of a frame is set');
  const isSingleSegment = (descriptor & 0x20) !== 0;
  const dictionarySize = [0, 1, 2, 4][descriptor & 3];
  const contentSizeCode = descriptor >>> 6;
  const contentSizeSize = contentSizeCode === 0 ? (isSingleSegment ? 1 : 0) : 1 << contentSizeCode;
  const at = start + 5;
  const windowSizeSize = isSingleSegment ? 0 : 1;
  need(bytes, at, windowSizeSize + dictionarySize + contentSizeSize);
  if (readLittle(bytes, at + windowSizeSize, dictionarySize) !== 0) throw fault(at, 'a dictionary is asked for');
  const blocks = at + windowSizeSize + dictionarySize + contentSizeSize;
  const claimed = readLittle(bytes, blocks - contentSizeSize, contentSizeSize) + (contentSizeCode === 1 ? 256 : 0);
  const windowSize = isSingleSegment ? claimed : windowOf(bytes[at]);
  if (windowSize > MAX_WINDOW) throw fault(at, `a window of ${windowSize} bytes, the most is ${MAX_WINDOW}`);
  return {
    blocks,
    hasChecksum: (descriptor & 4) !== 0,
    blockSize: Math.min(BLOCK_SIZE, windowSize),
    contentSize: contentSizeSize === 0 ? null : claimed,
  };
}

/** The frame that begins at `start`. Throws a CodecError where a frame is cut off or claims what no reader accepts. */
export function readZstdFrame(bytes: Uint8Array, start: number): ZstdFrame {
  need(bytes, start, 4);
  const magic = readUint32(bytes, start);
  if ((magic & 0xfffffff0) >>> 0 === SKIPPABLE_MAGIC) {
    need(bytes, start, 8);
    const size = readUint32(bytes, start + 4);
    need(bytes, start + 8, size);
    return { end: start + 8 + size, bound: 0 };
  }
  if (magic !== MAGIC) throw fault(start, 'not a zstd frame (magic number)');
  const { blocks, hasChecksum, blockSize, contentSize } = readHeader(bytes, start);
  let at = blocks;
  let bound = 0;
  for (let isLast = false; !isLast; ) {
    need(bytes, at, 3);
    const header = readLittle(bytes, at, 3);
    const size = header >>> 3;
    const type = (header >>> 1) & 3;
    isLast = (header & 1) === 1;
    if (type === RESERVED) throw fault(at, 'a block of a reserved type');
    if (size > blockSize) throw fault(at, `a block of ${size} bytes, the most is ${blockSize}`);
    at += 3;
    const stored = type === RLE ? 1 : size;
    need(bytes, at, stored);
    at += stored;
    bound += type === RAW || type === RLE ? size : blockSize;
  }
  if (hasChecksum) {
    need(bytes, at, 4);
    at += 4;
  }
  if (contentSize !== null) bound = Math.min(bound, contentSize);
  if (bound > MAX_PLAIN_BYTES) throw fault(start, `a frame of up to ${bound} bytes, the most is ${MAX_PLAIN_BYTES}`);
  return { end: at, bound };
}

/** Window_Descriptor: an exponent of 5 bits and eighths. */
function windowOf(descriptor: number): number {
  let base = 1024;
  for (let exponent = descriptor >>> 3; exponent > 0; exponent--) base *= 2;
  return base + (base / 8) * (descriptor & 7);
}
