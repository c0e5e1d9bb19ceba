/**
 * Gzip with fflate: the header as Java's GZIPOutputStream writes it (no time, no name, an unknown system), so that the same
 * records give the same bytes everywhere. Reads what GZIPInputStream reads. Levels 1 to 9, and -1 for zlib's default.
 */
import { gzipSync } from 'fflate';
import { type Codec, CodecError } from '../codec.ts';
import { crc32 } from '../legacy/crc32.ts';
import { inflate, MAX_COPY } from './inflate.ts';
import { MAX_PLAIN_BYTES, Output } from './limits.ts';
import { PartlyUnpackedError } from './partly-unpacked.ts';

type Level = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9;

/** What -1 means to zlib. */
const DEFAULT_LEVEL = 6;
const HEADER_SIZE = 10;
const TRAILER_SIZE = 8;
const FHCRC = 2;
const FEXTRA = 4;
const FNAME = 8;
const FCOMMENT = 16;
/** A byte of DEFLATE stands for at most so many. */
const MOST_FOR_A_BYTE = 1032;

const fault = (position: number, message: string): CodecError => new CodecError('gzip', position, message);

const readUint32 = (bytes: Uint8Array, at: number): number =>
  (bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16) | (bytes[at + 3] << 24)) >>> 0;

function compress(bytes: Uint8Array, level = -1): Uint8Array {
  if (level !== -1 && !(Number.isInteger(level) && level >= 1 && level <= 9))
    throw new RangeError(`gzip has no level ${level}`);
  const packed = gzipSync(bytes, { level: (level === -1 ? DEFAULT_LEVEL : level) as Level, mtime: 0 });
  // fflate names a system and a level where Java writes neither.
  packed[8] = 0;
  packed[9] = 0xff;
  return packed;
}

function skipText(bytes: Uint8Array, start: number): number {
  const end = bytes.indexOf(0, start);
  if (end < 0) throw fault(bytes.length, 'the header is cut off');
  return end + 1;
}

/** The position behind the header that begins at `start`. */
function readHeader(bytes: Uint8Array, start: number): number {
  if (bytes.length - start < HEADER_SIZE) throw fault(bytes.length, 'the header is cut off');
  if (bytes[start] !== 0x1f || bytes[start + 1] !== 0x8b) throw fault(start, 'not in gzip format');
  if (bytes[start + 2] !== 8) throw fault(start + 2, `unknown compression method ${bytes[start + 2]}`);
  const flags = bytes[start + 3];
  let at = start + HEADER_SIZE;
  if ((flags & FEXTRA) !== 0) {
    if (bytes.length - at < 2) throw fault(bytes.length, 'the header is cut off');
    at += 2 + (bytes[at] | (bytes[at + 1] << 8));
  }
  if ((flags & FNAME) !== 0) at = skipText(bytes, at);
  if ((flags & FCOMMENT) !== 0) at = skipText(bytes, at);
  if ((flags & FHCRC) !== 0) {
    if (bytes.length - at < 2) throw fault(bytes.length, 'the header is cut off');
    if ((bytes[at] | (bytes[at + 1] << 8)) !== (crc32(bytes, start, at) & 0xffff)) throw fault(at, 'corrupt header');
    at += 2;
  }
  if (at > bytes.length) throw fault(bytes.length, 'the header is cut off');
  return at;
}

function unpackMember(bytes: Uint8Array, start: number, output: Output): number {
  const plainStart = output.length;
  const trailer = inflate(bytes, start, bytes.length, output);
  const fail = (position: number, message: string): never => {
    throw new PartlyUnpackedError('gzip', position, message, output.take());
  };
  if (bytes.length - trailer < TRAILER_SIZE) fail(bytes.length, 'the trailer is cut off');
  const wrongCrc = crc32(output.bytes, plainStart, output.length) !== readUint32(bytes, trailer);
  if (wrongCrc) fail(trailer, 'the checksum is wrong');
  if (output.length - plainStart !== readUint32(bytes, trailer + 4)) fail(trailer + 4, 'the length is wrong');
  return trailer + TRAILER_SIZE;
}

/** Whether another member follows. Like GZIPInputStream, whatever else stands behind a member is passed over. */
function nextMember(bytes: Uint8Array, at: number): number | null {
  try {
    return readHeader(bytes, at);
  } catch {
    return null;
  }
}

/** Room for what the last member says of its length, where that is possible: then nothing grows. */
function capacityFor(bytes: Uint8Array): number {
  const claimed = readUint32(bytes, bytes.length - 4);
  return Math.min(claimed, bytes.length * MOST_FOR_A_BYTE, MAX_PLAIN_BYTES) + MAX_COPY;
}

function decompress(bytes: Uint8Array): Uint8Array {
  const start = readHeader(bytes, 0);
  const output = new Output(capacityFor(bytes));
  for (let at: number | null = start; at !== null; ) at = nextMember(bytes, unpackMember(bytes, at, output));
  return output.take();
}

export const GZIP: Codec = { type: 'gzip', compress: (bytes, level) => compress(bytes, level), decompress };
