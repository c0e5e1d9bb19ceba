/**
 * Snappy as Kafka writes it: blocks of 32 KiB behind the 16-byte header of xerial's SnappyOutputStream, each with its
 * compressed length before it. Raw snappy without the header is read too, as SnappyInputStream does. Whatever version
 * the header names is read, as there. There are no levels.
 */
import { compress as compressBlock } from 'snappyjs';
import { type Codec, CodecError } from '../codec.ts';
import { MAX_PLAIN_BYTES, Output } from './limits.ts';
import { readSnappyLength, unpackSnappyElements } from './snappy-block.ts';

const MAGIC = [0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0x00];
const HEADER = [...MAGIC, 0, 0, 0, 1, 0, 0, 0, 1];
const BLOCK_SIZE = 32 * 1024;

const fault = (position: number, message: string): CodecError => new CodecError('snappy', position, message);

const readInt32 = (bytes: Uint8Array, at: number): number =>
  (bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3];

function compress(bytes: Uint8Array): Uint8Array {
  const output = new Output(HEADER.length + 64 + (bytes.length >>> 1));
  output.append(Uint8Array.from(HEADER));
  for (let start = 0; start < bytes.length; start += BLOCK_SIZE) {
    const block = compressBlock(bytes.subarray(start, Math.min(start + BLOCK_SIZE, bytes.length)));
    const size = block.length;
    output.append(Uint8Array.of(size >>> 24, size >>> 16, size >>> 8, size));
    output.append(block);
  }
  return output.take();
}

function hasHeaderAt(bytes: Uint8Array, at: number): boolean {
  return bytes.length - at >= HEADER.length && MAGIC.every((byte, index) => bytes[at + index] === byte);
}

function unpackBlock(bytes: Uint8Array, start: number, end: number, output: Output): void {
  const { length, next } = readSnappyLength(bytes, start, end);
  const total = output.length + length;
  if (total > MAX_PLAIN_BYTES) throw fault(start, `more than ${MAX_PLAIN_BYTES} bytes come out`);
  // A copy of 3 bytes gives at most 64: a larger claim is refused before room is made for it.
  if (length > (end - start) * 32) throw fault(start, `${end - start} bytes cannot hold the ${length} that they claim`);
  unpackSnappyElements(bytes, next, end, output.reserve(length), output.length, total);
  output.length = total;
}

function decompress(bytes: Uint8Array): Uint8Array {
  if (bytes.length === 0) throw fault(0, 'an empty stream');
  const output = new Output(Math.max(64, bytes.length * 4));
  if (!hasHeaderAt(bytes, 0)) {
    unpackBlock(bytes, 0, bytes.length, output);
    return output.take();
  }
  let at = HEADER.length;
  while (at < bytes.length) {
    // Streams written one behind the other: a header may stand where a block would.
    if (hasHeaderAt(bytes, at)) {
      at += HEADER.length;
      continue;
    }
    // As SnappyInputStream, which takes half a length for the end of the stream.
    if (bytes.length - at < 4) break;
    const size = readInt32(bytes, at);
    at += 4;
    if (size < 0 || size > bytes.length - at) throw fault(at - 4, `a block of ${size >>> 0} bytes is cut off`);
    unpackBlock(bytes, at, at + size, output);
    at += size;
  }
  return output.take();
}

export const SNAPPY: Codec = { type: 'snappy', compress: (bytes) => compress(bytes), decompress };
