/** What the codecs give back, whose streams they read, and that their bytes are the same everywhere. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import LOCK from '../../../../package-lock.json';
import VECTORS from '../../vectors/record-batch-v2-compressed.json';
import { COMPRESSION_TYPES, type CompressionType, getCodec } from '../codec.ts';
import { crc32c } from '../crc32c.ts';
import FIXED_BYTES from './fixed-bytes.json';
import { fixedInputs, logLines, noise, repeats } from './fixed-inputs.ts';
import { CODEC_LIBRARIES } from './libraries.ts';
import MADE_BY_OTHERS from './made-by-others.json';
import { xxhash32 } from './xxhash32.ts';

const CODECS = COMPRESSION_TYPES.filter((type) => type !== 'none');
const LEVELS: Readonly<Record<CompressionType, readonly (number | undefined)[]>> = {
  none: [],
  gzip: [undefined, -1, 1, 2, 3, 4, 5, 6, 7, 8, 9],
  snappy: [undefined],
  lz4: [undefined, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 17],
  zstd: [undefined, -131072, -50, -1, 1, 3, 9, 19, 22],
};
const inputs = fixedInputs();

/** Quicker than a deep comparison, and it says where they part. */
function expectSame(actual: Uint8Array, expected: Uint8Array): void {
  expect(actual.length).toBe(expected.length);
  const different = actual.findIndex((byte, index) => byte !== expected[index]);
  expect(different).toBe(-1);
}

const fromBase64 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'base64'));

describe.each(CODECS)('%s', (type) => {
  const codec = getCodec(type);

  test.each(LEVELS[type])('level %s gives back what was packed, of every shape', (level) => {
    for (const { bytes } of inputs) {
      for (const magic of [0, 2] as const) {
        expectSame(codec.decompress(codec.compress(bytes, level, magic), magic), bytes);
      }
    }
  });

  test('anything that is packed comes back', () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 600 }),
      fc.uint8Array({ max: 3, maxLength: 3000 }),
      fc.tuple(fc.nat(70_000), fc.nat(1000)).map(([size, seed]) => repeats(size, seed)),
      fc.tuple(fc.nat(70_000), fc.nat(1000)).map(([size, seed]) => logLines(size, seed)),
    );
    fc.assert(
      fc.property(
        bytes,
        fc.constantFrom(...LEVELS[type].filter((level) => level === undefined || level < 10)),
        (b, level) => expectSame(codec.decompress(codec.compress(b, level)), b),
      ),
      { numRuns: 150 },
    );
  });

  test('5 MiB of zeros become little and come back, and noise grows by little', () => {
    const zeros = new Uint8Array(5 << 20);
    const packed = codec.compress(zeros);
    expect(packed.length).toBeLessThan(type === 'snappy' ? 270_000 : 25_000);
    expectSame(codec.decompress(packed), zeros);
    const bytes = noise(300_000);
    const same = codec.compress(bytes);
    expect(same.length).toBeLessThan(bytes.length * 1.001 + 32);
    expectSame(codec.decompress(same), bytes);
  });

  test('neither the input nor what was packed before changes the bytes', () => {
    const input = logLines(40_000, 5);
    const kept = input.slice();
    const first = codec.compress(input);
    for (const { bytes } of inputs) codec.decompress(codec.compress(bytes));
    codec.decompress(first);
    expectSame(codec.compress(input), first);
    expectSame(input, kept);
    // Bytes in the middle of a larger buffer, as a batch's payload lies in a log.
    const within = new Uint8Array(first.length + 30).fill(0xab);
    within.set(first, 11);
    expectSame(codec.decompress(within.subarray(11, 11 + first.length)), input);
    expectSame(codec.compress(within.subarray(11, 11 + first.length)), codec.compress(first));
  });

  test("reads what Kafka's own classes and the commands wrote", () => {
    const cases = MADE_BY_OTHERS.cases.filter((each) => each.codec === type);
    expect(cases.length).toBeGreaterThanOrEqual(3);
    for (const { input, magic, base64 } of cases) {
      const plain = inputs.find(({ name }) => name === input)?.bytes as Uint8Array;
      expectSame(codec.decompress(fromBase64(base64), magic as 0 | 2), plain);
    }
  });

  test("unpacks the batches of Kafka's vectors to as many bytes as their records take", () => {
    const cases = VECTORS.cases.filter((each) => each.compression === type);
    expect(cases.length).toBe(10);
    for (const { hex } of cases) {
      const payload = new Uint8Array(Buffer.from(hex.slice(122), 'hex'));
      const plain = codec.decompress(payload);
      expectSame(codec.decompress(codec.compress(plain)), plain);
    }
  });

  test('is the library that is installed', () => {
    const { name, version } = CODEC_LIBRARIES[type as keyof typeof CODEC_LIBRARIES];
    if (name !== '')
      expect(LOCK.packages[`node_modules/${name}` as keyof typeof LOCK.packages]).toMatchObject({ version });
  });

  test('gives the very bytes of the fixture, as e2e/codecs.spec.ts sees in the browser', () => {
    const cases = FIXED_BYTES.filter((each) => each.codec === type);
    expect(cases.length).toBeGreaterThanOrEqual(inputs.length);
    for (const { input, level, size, crc32c: checksum } of cases) {
      const packed = codec.compress(inputs.find(({ name }) => name === input)!.bytes, level ?? undefined);
      expect({ input, level, size: packed.length, crc: crc32c(packed, 0, packed.length) }).toEqual({
        input,
        level,
        size,
        crc: checksum,
      });
    }
  });

  test('a level that it does not have is a fault of the caller', () => {
    if (type === 'snappy') return;
    for (const level of [0.5, Number.NaN, 23, -131073])
      expect(() => codec.compress(new Uint8Array(9), level)).toThrow();
  });
});

describe("as Kafka's writers do", () => {
  const line = inputs.find(({ name }) => name === 'a line')?.bytes as Uint8Array;
  const kafka = (codec: string, input: string): Uint8Array =>
    fromBase64(
      MADE_BY_OTHERS.cases.find((c) => c.codec === codec && c.by === 'Kafka 4.3.1' && c.input === input)!.base64,
    );

  test('lz4 at the default level: the very same bytes', () => {
    for (const input of ['nothing', 'one byte', 'a line', 'a batch', 'zeros']) {
      const bytes = inputs.find(({ name }) => name === input)!.bytes;
      expectSame(getCodec('lz4').compress(bytes), kafka('lz4', input));
    }
    for (const { hex } of VECTORS.cases.filter((each) => each.compression === 'lz4')) {
      const payload = new Uint8Array(Buffer.from(hex.slice(122), 'hex'));
      expectSame(getCodec('lz4').compress(getCodec('lz4').decompress(payload)), payload);
    }
  });

  test("lz4's header: independent blocks of 64 KiB without checksums, and the wrong checksum of format v0", () => {
    const header = (magic: 0 | 1 | 2): string =>
      Buffer.from(getCodec('lz4').compress(line, 9, magic)).toString('hex', 0, 7);
    expect([header(0), header(1), header(2)]).toEqual(['04224d1860401a', '04224d18604082', '04224d18604082']);
    const v0 = getCodec('lz4').compress(line, 9, 0);
    expect(() => getCodec('lz4').decompress(v0, 2)).toThrow("the descriptor's checksum is wrong (at byte 6)");
    expectSame(v0, fromBase64(MADE_BY_OTHERS.cases.find((each) => each.by.endsWith('format v0'))!.base64));
  });

  test('lz4 levels: 9 is the fast one, the others pack more the higher they are', () => {
    const bytes = logLines(200_000, 3);
    const size = (level: number): number => getCodec('lz4').compress(bytes, level).length;
    const [one, six, twelve] = [size(1), size(6), size(12)];
    expect(size(9)).toBeGreaterThan(one);
    expect([one > six, six > twelve, twelve === size(17)]).toEqual([true, true, true]);
  });

  test("gzip's header has no time, no name and no system; its levels pack more the higher they are", () => {
    expect(Buffer.from(getCodec('gzip').compress(line)).toString('hex', 0, 10)).toBe('1f8b08000000000000ff');
    const bytes = logLines(200_000, 3);
    const size = (level?: number): number => getCodec('gzip').compress(bytes, level).length;
    expect([size(1) > size(6), size(6) >= size(9), size(-1) === size(6), size() === size(6)]).toEqual([
      true,
      true,
      true,
      true,
    ]);
  });

  test("snappy's header is xerial's, and its blocks hold 32 KiB", () => {
    const packed = getCodec('snappy').compress(logLines(70_000));
    expect(Buffer.from(packed).toString('hex', 0, 16)).toBe('82534e41505059000000000100000001');
    const view = new DataView(packed.buffer, packed.byteOffset);
    const blocks: number[] = [];
    for (let at = 16; at < packed.length; at += 4 + view.getInt32(at))
      blocks.push(packed[at + 4]! | (packed[at + 5]! << 8));
    // The varints of 32,768 (80 80 02) and of 4,464 (f0 22).
    expect([blocks, at70000(packed)]).toEqual([[0x8080, 0x8080, 0x22f0], 70_000]);
    expectSame(getCodec('snappy').compress(new Uint8Array(0)), kafka('snappy', 'nothing'));
  });

  test('zstd levels pack more the higher they are', () => {
    const bytes = logLines(200_000, 3);
    const size = (level?: number): number => getCodec('zstd').compress(bytes, level).length;
    expect([size(-50) > size(1), size(1) > size(9), size(9) > size(22), size() === size(3)]).toEqual([
      true,
      true,
      true,
      true,
    ]);
  });

  test('several streams behind each other are one', () => {
    const first = line.slice(0, 50);
    const rest = line.slice(50);
    for (const type of ['gzip', 'snappy', 'zstd'] as const) {
      const codec = getCodec(type);
      const both = Uint8Array.of(...codec.compress(first), ...codec.compress(rest));
      expectSame(codec.decompress(both), line);
    }
    // Kafka's reader of LZ4 ends with the first frame's end mark.
    const lz4 = getCodec('lz4');
    expectSame(lz4.decompress(Uint8Array.of(...lz4.compress(first), ...lz4.compress(rest))), first);
  });
});

const at70000 = (packed: Uint8Array): number => getCodec('snappy').decompress(packed).length;

test('xxHash32 gives the published values', () => {
  const hash = (text: string): number => xxhash32(new TextEncoder().encode(text), 0, text.length);
  expect([hash(''), hash('a'), hash('abc')]).toEqual([0x02cc5d05, 0x550d7456, 0x32d153ff]);
  expect(hash('Nobody inspects the spammish repetition')).toBe(0xe2293b2f);
});
