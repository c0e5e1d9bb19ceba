/** Bytes of a stranger's file to text: UTF-8 and nothing else; what is wrong says where and what it looks like. */

export interface TextFault {
  readonly code: 'too-large' | 'empty' | 'utf-16' | 'utf-32' | 'not-utf-8' | 'binary';
  readonly line: number;
  /** Counted in bytes, from 1. */
  readonly column: number;
  readonly found: string;
}

export type DecodedText =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly fault: TextFault };

/** 5 MiB. */
export const MAX_RECORDS_BYTES = 5_242_880;

export function decodeUtf8(bytes: Uint8Array, maxBytes: number): DecodedText {
  if (bytes.length > maxBytes) return fail('too-large', bytes, 0, String(bytes.length));
  if (bytes.length === 0) return fail('empty', bytes, 0, '');
  const [a, b, c, d] = bytes;
  if ((a === 0xff && b === 0xfe && c === 0 && d === 0) || (a === 0 && b === 0 && c === 0xfe && d === 0xff))
    return fail('utf-32', bytes, 0, '');
  if ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff)) return fail('utf-16', bytes, 0, '');
  const zero = bytes.indexOf(0);
  // Text of Latin letters in UTF-16 without its mark has a zero in every second byte.
  if (zero >= 0) return fail(isUtf16(bytes) ? 'utf-16' : 'binary', bytes, zero, '00');
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return text === '' ? fail('empty', bytes, 0, '') : { ok: true, text };
  } catch {
    const at = firstInvalid(bytes);
    return fail('not-utf-8', bytes, at, (bytes[at] ?? 0).toString(16).toUpperCase().padStart(2, '0'));
  }
}

function isUtf16(bytes: Uint8Array): boolean {
  const seen = Math.min(bytes.length, 400);
  const zeros = [0, 0];
  for (let i = 0; i < seen; i++) if (bytes[i] === 0) zeros[i % 2] = (zeros[i % 2] as number) + 1;
  return Math.max(...zeros) > seen / 4 && Math.min(...zeros) < seen / 20;
}

/** The first byte that no UTF-8 sequence has at its place. */
function firstInvalid(bytes: Uint8Array): number {
  for (let i = 0; i < bytes.length; ) {
    const byte = bytes[i] as number;
    const length =
      byte < 0x80
        ? 1
        : byte >= 0xc2 && byte < 0xe0
          ? 2
          : byte >= 0xe0 && byte < 0xf0
            ? 3
            : byte >= 0xf0 && byte < 0xf5
              ? 4
              : 0;
    if (length === 0) return i;
    for (let k = 1; k < length; k++) if (((bytes[i + k] ?? 0) & 0xc0) !== 0x80) return i;
    const second = bytes[i + 1] ?? 0;
    const isOverlong = (byte === 0xe0 && second < 0xa0) || (byte === 0xf0 && second < 0x90);
    const isBeyond = (byte === 0xed && second >= 0xa0) || (byte === 0xf4 && second >= 0x90);
    if (length > 2 && (isOverlong || isBeyond)) return i;
    i += length;
  }
  return bytes.length;
}

function fail(code: TextFault['code'], bytes: Uint8Array, at: number, found: string): DecodedText {
  let line = 1;
  let start = 0;
  for (let i = 0; i < at; i++) {
    if (bytes[i] !== 10) continue;
    line++;
    start = i + 1;
  }
  return { ok: false, fault: { code, line, column: at - start + 1, found } };
}
