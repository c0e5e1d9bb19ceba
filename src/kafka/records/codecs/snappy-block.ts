/** One raw snappy block: its length as a varint, then literals and copies. Unpacking checks every step. */
import { CodecError } from '../codec.ts';
import { MAX_PLAIN_BYTES } from './limits.ts';

const fault = (position: number, message: string): CodecError => new CodecError('snappy', position, message);

/** The uncompressed length that the block at `start` claims, and where its elements begin. */
export function readSnappyLength(bytes: Uint8Array, start: number, end: number): { length: number; next: number } {
  let length = 0;
  for (let index = 0; index < 5; index++) {
    if (start + index >= end) throw fault(end, 'the length of a block is cut off');
    const byte = bytes[start + index];
    length += (byte & 0x7f) * (1 << (index * 7));
    if (byte < 0x80) {
      if (length > MAX_PLAIN_BYTES)
        throw fault(start, `a block claims ${length} bytes, the most is ${MAX_PLAIN_BYTES}`);
      return { length, next: start + index + 1 };
    }
  }
  throw fault(start, 'the length of a block takes more than 5 bytes');
}

/**
 * Unpacks the elements in bytes[start, end) to target[targetStart, targetEnd), which they must fill exactly. Each
 * element moves `start` on, so that it ends after at most as many steps as there are bytes.
 */
export function unpackSnappyElements(
  bytes: Uint8Array,
  start: number,
  end: number,
  target: Uint8Array,
  targetStart: number,
  targetEnd: number,
): void {
  let at = start;
  let out = targetStart;
  while (at < end) {
    const element = at;
    const tag = bytes[at++];
    let length = (tag >>> 2) + 1;
    if ((tag & 3) === 0) {
      if (length > 60) {
        const lengthBytes = length - 60;
        if (at + lengthBytes > end) throw fault(element, 'the length of a literal is cut off');
        length = 1;
        for (let index = 0; index < lengthBytes; index++)
          length += bytes[at + index] * (index === 3 ? 16777216 : 1 << (8 * index));
        at += lengthBytes;
      }
      if (length > end - at) throw fault(element, `a literal of ${length} bytes is cut off`);
      if (length > targetEnd - out) throw fault(element, 'there is more than the block claims');
      if (length < 24) for (const stop = at + length; at < stop; ) target[out++] = bytes[at++];
      else {
        target.set(bytes.subarray(at, at + length), out);
        at += length;
        out += length;
      }
      continue;
    }
    const offsetBytes = (tag & 3) === 3 ? 4 : tag & 3;
    if (at + offsetBytes > end) throw fault(element, 'a copy is cut off');
    let offset = bytes[at];
    if (offsetBytes === 1) {
      length = ((tag >>> 2) & 7) + 4;
      offset |= (tag >>> 5) << 8;
    } else {
      offset |= bytes[at + 1] << 8;
      if (offsetBytes === 4) offset += bytes[at + 2] * 65536 + bytes[at + 3] * 16777216;
    }
    at += offsetBytes;
    if (offset === 0 || offset > out - targetStart) throw fault(element, `a copy from ${offset} bytes back`);
    if (length > targetEnd - out) throw fault(element, 'there is more than the block claims');
    for (let from = out - offset, stop = out + length; out < stop; ) target[out++] = target[from++];
  }
  if (out !== targetEnd)
    throw fault(end, `a block claims ${targetEnd - targetStart} bytes and holds ${out - targetStart}`);
}
