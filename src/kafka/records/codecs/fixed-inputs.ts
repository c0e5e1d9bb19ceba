/**
 * The same bytes everywhere, of many shapes, for tests and figures: what packs well, badly and not at all, and lengths about
 * the limits of blocks (32 KiB in snappy, 64 KiB in lz4).
 */
import { makeStream, nextInt } from '../../../base/random.ts';

const LEVELS = ['INFO', 'INFO', 'INFO', 'WARN', 'ERROR'];
const SERVICES = ['search', 'cart', 'checkout', 'catalog', 'payment', 'profile'];

/** JSON log lines of the shape that trace E1 sent, cut at exactly `size` bytes. */
export function logLines(size: number, seed = 1): Uint8Array<ArrayBuffer> {
  const draws = makeStream(seed, 'log lines');
  const bytes = new Uint8Array(size);
  for (let at = 0, line = 0; at < size; line++) {
    const time = `2026-01-01T00:${String(Math.floor(line / 60) % 60).padStart(2, '0')}:${String(line % 60).padStart(2, '0')}.130Z`;
    const text = `{"ts":"${time}","level":"${LEVELS[nextInt(draws, 5)]}","service":"${SERVICES[nextInt(draws, 6)]}","user":${nextInt(draws, 100_000)},"path":"/api/v1/items/${nextInt(draws, 10_000)}","status":200,"ms":${nextInt(draws, 250)}}\n`;
    for (let index = 0; index < text.length && at < size; index++) bytes[at++] = text.charCodeAt(index);
  }
  return bytes;
}

/** Nothing that a codec could use. */
export function noise(size: number, seed = 1): Uint8Array<ArrayBuffer> {
  const draws = makeStream(seed, 'noise');
  return Uint8Array.from({ length: size }, () => nextInt(draws, 256));
}

/** Repeats of every length and distance among few values, as no text has them. */
export function repeats(size: number, seed = 1): Uint8Array<ArrayBuffer> {
  const draws = makeStream(seed, 'repeats');
  const bytes = new Uint8Array(size);
  for (let at = 0; at < size; ) {
    if (at < 8 || nextInt(draws, 3) === 0) {
      bytes[at++] = nextInt(draws, 8);
      continue;
    }
    const distance = 1 + nextInt(draws, at);
    for (let left = nextInt(draws, 90); left > 0 && at < size; left--, at++) bytes[at] = bytes[at - distance];
  }
  return bytes;
}

export interface FixedInput {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Small enough to be packed at every level in a test. */
export function fixedInputs(): FixedInput[] {
  const inputs: FixedInput[] = [
    { name: 'nothing', bytes: new Uint8Array(0) },
    { name: 'one byte', bytes: Uint8Array.of(7) },
    { name: 'twelve bytes', bytes: logLines(12) },
    { name: 'thirteen equal bytes', bytes: new Uint8Array(13).fill(1) },
    { name: 'a line', bytes: logLines(130) },
    { name: 'a batch', bytes: logLines(16_323) },
    { name: 'noise', bytes: noise(70_000) },
    { name: 'repeats', bytes: repeats(150_000) },
    { name: 'zeros', bytes: new Uint8Array(200_000) },
  ];
  for (const limit of [32_768, 65_536]) {
    for (const size of [limit - 1, limit, limit + 1])
      inputs.push({ name: `${size} of lines`, bytes: logLines(size, 2) });
  }
  return inputs;
}
