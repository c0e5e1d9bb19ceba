/** org.apache.kafka.common.Uuid in its base64 form: what it is for this project's topics, and how Kafka orders two. */

const BASE64_URL = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const DIGITS = 22;
const ZERO = 'A'.repeat(DIGITS);

/** The Uuid whose low 64 bits are this dense topic id (a safe integer from 0 on), as the project's records write it. */
export function topicUuid(topicId: number): string {
  let text = '';
  // 128 bits and four unused ones: the last digit holds two bits of the number.
  let rest = topicId;
  text = BASE64_URL.charAt((rest % 4) * 16);
  rest = Math.floor(rest / 4);
  while (rest > 0) {
    text = BASE64_URL.charAt(rest % 64) + text;
    rest = Math.floor(rest / 64);
  }
  return ZERO.slice(text.length) + text;
}

/** The other way round; only for ids that `topicUuid` made. */
export function topicIdOfUuid(uuid: string): number {
  let id = 0;
  for (let index = 0; index < DIGITS - 1; index++) id = id * 64 + digit(uuid, index);
  return id * 4 + digit(uuid, DIGITS - 1) / 16;
}

/** Uuid.compareTo: the high and then the low half as signed 64-bit numbers. */
export function compareUuids(a: string, b: string): number {
  const left = halves(a);
  const right = halves(b);
  if (left.high !== right.high) return left.high < right.high ? -1 : 1;
  return left.low === right.low ? 0 : left.low < right.low ? -1 : 1;
}

function digit(uuid: string, index: number): number {
  const value = BASE64_URL.indexOf(uuid.charAt(index));
  if (value < 0 || uuid.length !== DIGITS) throw new Error(`not a Kafka id: ${uuid}`);
  return value;
}

function halves(uuid: string): { high: bigint; low: bigint } {
  let bits = 0n;
  for (let index = 0; index < DIGITS; index++) bits = bits * 64n + BigInt(digit(uuid, index));
  bits >>= 4n;
  return { high: BigInt.asIntN(64, bits >> 64n), low: BigInt.asIntN(64, bits) };
}
