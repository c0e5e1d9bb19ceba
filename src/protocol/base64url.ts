/** Base64url without padding (RFC 4648, section 5): the letters that a URL's fragment keeps as they are. */
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

const VALUES: ReadonlyMap<string, number> = new Map([...ALPHABET].map((letter, value) => [letter, value]));

export function encodeBase64Url(bytes: Uint8Array): string {
  const letters: string[] = [];
  for (let i = 0; i < bytes.length; i += 3) {
    const group = ((bytes[i] as number) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    const used = Math.min(3, bytes.length - i) + 1;
    for (let j = 0; j < used; j++) letters.push(ALPHABET.charAt((group >> (18 - 6 * j)) & 63));
  }
  return letters.join('');
}

/** The bytes, or the first character that is none of the alphabet; '' for a length that no bytes have. */
export function decodeBase64Url(text: string): { ok: true; bytes: Uint8Array } | { ok: false; found: string } {
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
  let bits = 0;
  let bitCount = 0;
  let length = 0;
  for (const letter of text) {
    const value = VALUES.get(letter);
    if (value === undefined) return { ok: false, found: letter };
    bits = ((bits << 6) | value) & 0xffff;
    bitCount += 6;
    if (bitCount < 8) continue;
    bitCount -= 8;
    bytes[length++] = (bits >> bitCount) & 0xff;
  }
  return text.length % 4 === 1 ? { ok: false, found: '' } : { ok: true, bytes };
}
