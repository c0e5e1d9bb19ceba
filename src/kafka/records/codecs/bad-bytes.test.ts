/** Bytes that are no stream, or are one that was harmed: a CodecError that says where, and never anything else. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { COMPRESSION_TYPES, CodecError, getCodec } from '../codec.ts';
import { logLines, repeats } from './fixed-inputs.ts';
import { MAX_PLAIN_BYTES } from './limits.ts';

const CODECS = COMPRESSION_TYPES.filter((type) => type !== 'none');
const hex = (text: string): Uint8Array => new Uint8Array(Buffer.from(text.replaceAll(' ', ''), 'hex'));

/** The fault's text, or the size of what came out. Anything that is no CodecError goes on. */
function outcome(type: (typeof CODECS)[number], bytes: Uint8Array): string | number {
  try {
    return getCodec(type).decompress(bytes).length;
  } catch (error) {
    if (!(error instanceof CodecError)) throw error;
    expect([error.codec, error.position >= 0 && error.position <= bytes.length]).toEqual([type, true]);
    return error.message;
  }
}

/** A stream of log lines or of repeats, harmed in up to three places. */
const harms = fc.array(fc.tuple(fc.constantFrom('flip', 'cut', 'insert', 'double'), fc.nat(), fc.nat(255)), {
  minLength: 1,
  maxLength: 3,
});

function harm(stream: Uint8Array, list: readonly [string, number, number][]): Uint8Array {
  let bytes = stream.slice();
  for (const [how, place, value] of list) {
    const at = place % (bytes.length + 1);
    if (how === 'flip' && at < bytes.length) bytes[at]! ^= 1 << (value & 7);
    else if (how === 'cut') bytes = bytes.slice(0, at);
    else if (how === 'insert') bytes = Uint8Array.of(...bytes.slice(0, at), value, ...bytes.slice(at));
    else bytes = Uint8Array.of(...bytes.slice(0, at), ...bytes.slice(Math.max(0, at - value)));
  }
  return bytes;
}

describe.each(CODECS)('%s', (type) => {
  const codec = getCodec(type);
  const streams = [logLines(3000), repeats(5000), new Uint8Array(40_000), logLines(20)].map((b) => codec.compress(b));
  const good = logLines(5000, 9);

  test('a harmed stream: a fault with its place, or some bytes; never more steps than its bytes allow', () => {
    fc.assert(
      fc.property(fc.constantFrom(...streams), harms, (stream, list) => {
        outcome(type, harm(stream, list as [string, number, number][]));
      }),
      { numRuns: 1500 },
    );
    // And whatever was read, the codec still does its work.
    expect(codec.decompress(codec.compress(good))).toEqual(good);
  });

  test('any bytes, alone and behind a header that is right', () => {
    const headers = [0, 4, 7, 10, 16, 20].map((size) => streams[0]!.slice(0, size));
    fc.assert(
      fc.property(fc.constantFrom(...headers), fc.uint8Array({ maxLength: 300 }), (header, rest) => {
        outcome(type, Uint8Array.of(...header, ...rest));
      }),
      { numRuns: 1500 },
    );
  });

  test('cut at every byte: half a stream is never taken for the whole', () => {
    const stream = codec.compress(logLines(400));
    for (let size = 0; size < stream.length; size++) {
      const result = outcome(type, stream.slice(0, size));
      // An empty zstd stream, and snappy's header alone, end where a stream may end; as in Kafka's readers.
      if (typeof result === 'number') expect(result).toBe(0);
    }
  });
});

test('gzip sees every bit that is flipped behind its header, but those that only fill the last byte', () => {
  const stream = getCodec('gzip').compress(logLines(300));
  const unseen: number[] = [];
  for (let bit = 80; bit < stream.length * 8; bit++) {
    const bytes = stream.slice();
    bytes[bit >>> 3]! ^= 1 << (bit & 7);
    if (typeof outcome('gzip', bytes) === 'number') unseen.push(bit >>> 3);
  }
  expect(unseen.length).toBeLessThan(8);
  for (const byte of unseen) expect(byte).toBe(stream.length - 9);
});

test('gzip says what is wrong', () => {
  const gzip = getCodec('gzip');
  const stream = gzip.compress(logLines(200));
  expect(outcome('gzip', hex('00'))).toBe('gzip: the header is cut off (at byte 1)');
  expect(outcome('gzip', hex('1f8a0800000000000000'))).toBe('gzip: not in gzip format (at byte 0)');
  expect(outcome('gzip', hex('1f8b0700000000000000'))).toBe('gzip: unknown compression method 7 (at byte 2)');
  expect(outcome('gzip', stream.slice(0, 100))).toBe('gzip: the stream is cut off (at byte 100)');
  expect(outcome('gzip', stream.slice(0, -1))).toMatch('gzip: the trailer is cut off');
  const wrong = stream.slice();
  wrong[stream.length - 8]! ^= 1;
  expect(outcome('gzip', wrong)).toBe(`gzip: the checksum is wrong (at byte ${stream.length - 8})`);
  const header = '1f8b08000000000000ff';
  expect(outcome('gzip', hex(`${header} 07`))).toBe('gzip: a block of an unknown type (at byte 10)');
  expect(outcome('gzip', hex(`${header} 01 0100 feff 41`))).toMatch('the trailer is cut off');
  expect(outcome('gzip', hex(`${header} 01 0100 fffe 41`))).toMatch('a stored block with a wrong length');
  // What stands behind a member and is no member is passed over, as GZIPInputStream does.
  expect(outcome('gzip', Uint8Array.of(...stream, 1, 2, 3))).toBe(200);
  // Header with an extra field, a name, a comment and its own checksum.
  const crc = (bytes: Uint8Array, sum: string): string | number =>
    outcome('gzip', Uint8Array.of(...bytes, ...hex(sum), ...stream.slice(10)));
  const rich = hex('1f8b081e000000000003 0200 4142 6e00 6300');
  expect(crc(rich, '0000')).toBe(`gzip: corrupt header (at byte ${rich.length})`);
});

test('snappy says what is wrong', () => {
  const header = '82534e41505059000000000100000001';
  expect(outcome('snappy', hex(''))).toBe('snappy: an empty stream (at byte 0)');
  // Whatever version the header names, and half a length at the end: as SnappyInputStream.
  expect(outcome('snappy', hex('82534e4150505900 00000000 00000000 00000003 01 00 41 0000'))).toBe(1);
  expect(outcome('snappy', hex(`${header} 00000009 01 00`))).toBe('snappy: a block of 9 bytes is cut off (at byte 16)');
  expect(outcome('snappy', hex(`${header} 00000002 02 00`))).toMatch('a literal of 1 bytes is cut off');
  expect(outcome('snappy', hex(`${header} 00000003 02 00 41`))).toMatch('claims 2 bytes and holds 1');
  expect(outcome('snappy', hex(`${header} 00000005 06 00 41 05 02`))).toMatch('a copy from 2 bytes back');
  // The length whose sign once sent a reader back for ever: a literal of 2^32 bytes.
  expect(outcome('snappy', hex('0a fc ffffffff 4141'))).toMatch('a literal of 4294967296 bytes is cut off');
  expect(outcome('snappy', hex('ffffffff0f 00 41'))).toMatch('a block claims 4294967295 bytes');
  expect(outcome('snappy', hex('ffff3f 00 41'))).toMatch('cannot hold the 1048575');
  // Raw snappy, without the header.
  expect(getCodec('snappy').decompress(hex('05 00 41 01 01'))).toEqual(hex('4141414141'));
});

test('lz4 refuses and passes over what Lz4BlockInputStream does', () => {
  const frame = '04224d18';
  const empty = '00000000';
  expect(outcome('lz4', hex('04224d'))).toBe('lz4: the frame is cut off (at byte 3)');
  expect(outcome('lz4', hex('04224d19604082 00000000'))).toBe('lz4: not an LZ4 frame (magic number) (at byte 0)');
  expect(outcome('lz4', hex(`${frame}614082${empty}`))).toBe('lz4: reserved bits of the frame are set (at byte 4)');
  expect(outcome('lz4', hex(`${frame}404082${empty}`))).toMatch('blocks that depend on each other are not supported');
  expect(outcome('lz4', hex(`${frame}a04082${empty}`))).toMatch('version 2 of the frame is not supported');
  expect(outcome('lz4', hex(`${frame}604182${empty}`))).toMatch('reserved bits of the block size');
  expect(outcome('lz4', hex(`${frame}603082${empty}`))).toMatch('the block size 3 is not between 4 and 7');
  expect(outcome('lz4', hex(`${frame}604083${empty}`))).toMatch("the descriptor's checksum is wrong (at byte 6)");
  expect(outcome('lz4', hex(`${frame}604082 01000180`))).toMatch(
    'a block of 65537 bytes, the most is 65536 (at byte 7)',
  );
  expect(outcome('lz4', hex(`${frame}604082 02000080 41`))).toMatch('a block of 2 bytes is cut off (at byte 7)');
  expect(outcome('lz4', hex(`${frame}604082 02000080 4142`))).toMatch('the frame is cut off');
  expect(outcome('lz4', hex(`${frame}604082 02000080 4142 ${empty} ffff`))).toBe(2);
  // A match that begins before the block: blocks are independent, so there is nothing.
  expect(outcome('lz4', hex(`${frame}604082 05000000 1041 0500 00 ${empty}`))).toMatch('a match from 5 bytes back');
});

describe('few bytes that stand for very many', () => {
  const many = MAX_PLAIN_BYTES + 70_000;

  test('zstd: blocks of one byte for 128 KiB', () => {
    const blocks = Math.ceil(many / 131_072);
    const bytes = new Uint8Array(6 + blocks * 4);
    bytes.set(hex('28b52ffd 00 38'));
    for (let block = 0; block < blocks; block++) {
      const header = (131_072 << 3) | (1 << 1) | (block === blocks - 1 ? 1 : 0);
      bytes.set([header & 255, (header >>> 8) & 255, header >>> 16, 0x41], 6 + block * 4);
    }
    expect(outcome('zstd', bytes)).toMatch(/^zstd: a frame of up to \d+ bytes, the most is 268435456/);
    bytes[6 + 4 * 10 - 4]! |= 1;
    expect(outcome('zstd', bytes.slice(0, 6 + 4 * 10))).toBe(10 * 131_072);
  });

  test('zstd: frames behind each other, and a window of 2 GiB', () => {
    const frame = getCodec('zstd').compress(new Uint8Array(1 << 26));
    const bytes = new Uint8Array(frame.length * 5);
    for (let index = 0; index < 5; index++) bytes.set(frame, index * frame.length);
    expect(outcome('zstd', bytes)).toMatch('more than 268435456 bytes come out');
    expect(outcome('zstd', hex('28b52ffd 00 a8 010000'))).toMatch('a window of 2147483648 bytes');
  });

  test('snappy: a claim is not believed', () => {
    expect(outcome('snappy', hex('ffffff7f 00 41'))).toMatch('cannot hold the 268435455 that they claim');
  });

  test('gzip: a trailer that claims 4 GiB takes no room for it', () => {
    const stream = getCodec('gzip').compress(logLines(50));
    stream.fill(255, stream.length - 4);
    expect(outcome('gzip', stream)).toMatch('the length is wrong');
  });
});
