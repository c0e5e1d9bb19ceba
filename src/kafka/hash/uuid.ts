/** org.apache.kafka.common.Uuid in its base64 form: what it is for this project's topics, and how Kafka orders two. */

const BASE64_URL = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const DIGITS = 22;
const ZERO = 'A'.repeat(DIGITS);
/** The digit that holds the last four bits of the high half and the first two of the low one. */
const MIDDLE = 10;

/** The Uuid whose low 64 bits are this dense topic id (a safe integer from 0 on), as the project's records write it. */
export function topicUuid(topicId: number): string {
  // 128 bits and four unused ones: the last digit holds two bits of the number.
  let text = BASE64_URL.charAt((topicId % 4) * 16);
  for (let rest = Math.floor(topicId / 4); rest > 0; rest = Math.floor(rest / 64)) {
    text = BASE64_URL.charAt(rest % 64) + text;
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
  for (let index = 0; index < DIGITS; index++) {
    // The first bit of each half is its sign: turned over, the digits compare like those of unsigned numbers.
    const sign = index === 0 ? 32 : index === MIDDLE ? 2 : 0;
    const difference = (digit(a, index) ^ sign) - (digit(b, index) ^ sign);
    if (difference !== 0) return difference;
  }
  return 0;
}

function digit(uuid: string, index: number): number {
  const value = BASE64_URL.indexOf(uuid.charAt(index));
  if (value < 0 || uuid.length !== DIGITS) throw new Error(`not a Kafka id: ${uuid}`);
  return value;
}
