/** How speeds are measured, by a clock of the test's own: warm-ups do not count, codecs take turns, the median is told. */
import { afterEach, expect, test } from 'vitest';
import {
  type Codec,
  type CompressionType,
  getCodec,
  isCodecRegistered,
  registerCodec,
} from '../../kafka/records/codec.ts';
import { payloadsOf, REPEATS, speedsOf, WARM_UPS } from './speed.ts';

const kept = new Map<CompressionType, Codec>();
afterEach(() => {
  for (const codec of kept.values()) registerCodec(codec);
});

/** Codecs that take as long as the test says. */
function fake(clock: { ms: number }, type: CompressionType, compressMs: () => number, calls: string[]): void {
  if (isCodecRegistered(type)) kept.set(type, getCodec(type));
  registerCodec({
    type,
    compress: (bytes) => {
      calls.push(type);
      clock.ms += compressMs();
      return bytes.slice(0, 1);
    },
    decompress: (bytes) => {
      clock.ms += 10;
      return bytes;
    },
  });
}

test('medians of the rounds after the warm-up, of uncompressed bytes, codecs in turns', () => {
  const clock = { ms: 0, now: () => clock.ms };
  const calls: string[] = [];
  let measured = 0;
  // 1000 ms in the warm-ups and in the last four rounds: with the warm-ups counted the median would be that of the slow ones.
  fake(clock, 'gzip', () => (++measured <= 1 + WARM_UPS || measured > 1 + WARM_UPS + REPEATS - 4 ? 1000 : 100), calls);
  fake(clock, 'snappy', () => 50, calls);
  const subjects = [
    { codec: 'gzip', level: null },
    { codec: 'snappy', level: null },
  ] as const;
  const steps = speedsOf(subjects, [new Uint8Array(1_000_000)], 2, clock);
  let progress = -1;
  for (;;) {
    const next = steps.next();
    if (next.done === true) {
      const told = { repeats: REPEATS, warmUps: WARM_UPS, plainBytes: 1_000_000, batches: 1 };
      expect(next.value).toMatchObject([
        { codec: 'gzip', compressMBps: 10, decompressMBps: 100, ...told },
        { codec: 'snappy', compressMBps: 20, decompressMBps: 100, ...told },
      ]);
      break;
    }
    expect(next.value).toBeGreaterThanOrEqual(progress);
    progress = next.value;
  }
  expect(REPEATS).toBeGreaterThanOrEqual(9);
  expect(calls.slice(0, 6)).toEqual(['gzip', 'snappy', 'gzip', 'snappy', 'gzip', 'snappy']);
});

test('a clock that stands still ends too', () => {
  const clock = { ms: 0, now: () => 0 };
  fake(clock, 'gzip', () => 0, []);
  const steps = speedsOf([{ codec: 'gzip', level: null }], [new Uint8Array(1)], 2, clock);
  let next = steps.next();
  while (next.done !== true) next = steps.next();
  expect(next.value[0]?.compressMBps).toBe(0);
});

test('about a megabyte of payloads, at least one and not too many', () => {
  expect(payloadsOf(2000, () => new Uint8Array(100))).toHaveLength(500);
  expect(payloadsOf(50, () => new Uint8Array(300_000))).toHaveLength(4);
  expect(payloadsOf(5, () => new Uint8Array(3_000_000))).toHaveLength(1);
  expect(payloadsOf(3, () => new Uint8Array(10))).toHaveLength(3);
});
