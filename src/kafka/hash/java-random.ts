/**
 * java.util.Random (JDK 17), exactly: a 48-bit linear congruential generator. Kafka draws from it where it places
 * replicas, and the golden placements can only be met by the same numbers. The state is plain data of two 24-bit halves,
 * so that every product stays a safe integer. The simulation's own streams are not this: see base/.
 */
export interface JavaRandom {
  high: number;
  low: number;
}

const HALF = 0x1000000; // 2^24
const HALF_MASK = 0xffffff;
const MULTIPLIER_HIGH = 0x5de; // 0x5DEECE66D
const MULTIPLIER_LOW = 0xece66d;
const ADDEND = 0xb;
const TWO_31 = 2147483648;
const DOUBLE_UNIT = 1 / 9007199254740992; // 2^-53

/** Any 64-bit seed; beyond 2^53 it must come as BigInt. */
export function javaRandom(seed: number | bigint): JavaRandom {
  const scrambled = BigInt.asUintN(48, BigInt(seed) ^ 0x5deece66dn);
  return { high: Number(scrambled >> 24n), low: Number(scrambled & 0xffffffn) };
}

function step(random: JavaRandom): void {
  const low = random.low * MULTIPLIER_LOW + ADDEND;
  const carry = Math.floor(low / HALF);
  const high = random.high * MULTIPLIER_LOW + random.low * MULTIPLIER_HIGH + carry;
  random.low = low % HALF;
  random.high = high % HALF;
}

/** The top `bits` bits of the next state; signed when all 32 are asked for. */
function next(random: JavaRandom, bits: number): number {
  step(random);
  const top = (random.high & HALF_MASK) * 256 + (random.low >>> 16);
  return bits === 32 ? top | 0 : top >>> (32 - bits);
}

export function nextInt(random: JavaRandom): number {
  return next(random, 32);
}

/** Uniform in [0, bound). Draws again while the draw falls into the incomplete last stretch, as Java does. */
export function nextIntBelow(random: JavaRandom, bound: number): number {
  if (bound <= 0) throw new RangeError(`the bound must be positive, not ${bound}`);
  let draw = next(random, 31);
  // A power of two takes the high bits, which are the better ones. (The product is exact: a shift of 31 bits.)
  if ((bound & (bound - 1)) === 0) return Math.floor((bound * draw) / TWO_31);
  let value = draw % bound;
  while (draw - value + (bound - 1) >= TWO_31) {
    draw = next(random, 31);
    value = draw % bound;
  }
  return value;
}

export function nextLong(random: JavaRandom): bigint {
  const high = BigInt(next(random, 32));
  return BigInt.asIntN(64, (high << 32n) + BigInt(next(random, 32)));
}

export function nextDouble(random: JavaRandom): number {
  const high = next(random, 26);
  return (high * 134217728 + next(random, 27)) * DOUBLE_UNIT;
}

export function nextBoolean(random: JavaRandom): boolean {
  return next(random, 1) !== 0;
}

/** Collections.shuffle, in place, with the draws given: nextInt(size), nextInt(size - 1) ... nextInt(2). */
export function shuffle<T>(list: T[], nextIntBelowBound: (bound: number) => number): void {
  for (let size = list.length; size > 1; size--) {
    const other = nextIntBelowBound(size);
    const last = list[size - 1];
    list[size - 1] = list[other];
    list[other] = last;
  }
}
