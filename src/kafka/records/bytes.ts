/**
 * Keys, values and header values. A string stands for its UTF-8 bytes: most records of a lesson are short texts, and
 * keeping them as strings saves a copy per record and shows them as they were typed.
 */
export type Bytes = Uint8Array | string | null;

const QUESTION_MARK = 0x3f;

/** The number of bytes in UTF-8. A surrogate without its partner counts one byte, since Java writes '?' for it. */
export function utf8Size(text: string): number {
  let size = text.length;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit < 0x80) continue;
    if (unit < 0x800) size += 1;
    else if (unit < 0xd800 || unit > 0xdfff) size += 2;
    else if (isPair(text, index, unit)) {
      size += 2; // two units, four bytes
      index++;
    }
  }
  return size;
}

function isPair(text: string, index: number, unit: number): boolean {
  if (unit >= 0xdc00 || index + 1 >= text.length) return false;
  const low = text.charCodeAt(index + 1);
  return low >= 0xdc00 && low <= 0xdfff;
}

/** Writes the text at `at` as String.getBytes(UTF_8) would, and returns the position after it. */
export function writeUtf8(target: Uint8Array, at: number, text: string): number {
  let position = at;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit < 0x80) {
      target[position++] = unit;
    } else if (unit < 0x800) {
      target[position++] = 0xc0 | (unit >> 6);
      target[position++] = 0x80 | (unit & 0x3f);
    } else if (unit < 0xd800 || unit > 0xdfff) {
      target[position++] = 0xe0 | (unit >> 12);
      target[position++] = 0x80 | ((unit >> 6) & 0x3f);
      target[position++] = 0x80 | (unit & 0x3f);
    } else if (isPair(text, index, unit)) {
      const code = 0x10000 + ((unit - 0xd800) << 10) + (text.charCodeAt(++index) - 0xdc00);
      target[position++] = 0xf0 | (code >> 18);
      target[position++] = 0x80 | ((code >> 12) & 0x3f);
      target[position++] = 0x80 | ((code >> 6) & 0x3f);
      target[position++] = 0x80 | (code & 0x3f);
    } else {
      target[position++] = QUESTION_MARK;
    }
  }
  return position;
}

export function utf8Bytes(text: string): Uint8Array {
  const bytes = new Uint8Array(utf8Size(text));
  writeUtf8(bytes, 0, text);
  return bytes;
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** Malformed bytes become U+FFFD, as in Java's String(bytes, UTF_8); a byte order mark is kept. */
export function utf8Text(bytes: Uint8Array): string {
  return decoder.decode(bytes);
}

/** The size on the wire, -1 for null as in DefaultRecord. */
export function sizeOfBytes(value: Bytes): number {
  if (value === null) return -1;
  return typeof value === 'string' ? utf8Size(value) : value.length;
}

export function bytesOf(value: Bytes): Uint8Array | null {
  return typeof value === 'string' ? utf8Bytes(value) : value;
}

const HEX = '0123456789abcdef';

export function hexOf(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += HEX[byte >> 4] + HEX[byte & 15];
  return text;
}

/** Throws on an odd length or a foreign character: half-read bytes would hide a broken vector file. */
export function bytesOfHex(hex: string): Uint8Array {
  if (hex.length % 2 !== 0 || !/^[0-9a-f]*$/i.test(hex)) throw new Error(`not hexadecimal: ${hex.slice(0, 40)}`);
  const bytes = new Uint8Array(hex.length / 2);
  for (let index = 0; index < bytes.length; index++)
    bytes[index] = Number.parseInt(hex.slice(index * 2, index * 2 + 2), 16);
  return bytes;
}
