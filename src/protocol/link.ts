import { deflateSync, Inflate, strFromU8, strToU8 } from 'fflate';
import { fillPhrase } from '../kafka/config/phrase.ts';
import { decodeBase64Url, encodeBase64Url } from './base64url.ts';
import { LINK_FAULTS, type LinkFaultCode } from './link-faults.ts';
import { readJson } from './parse/json.ts';
import { type ParsedScenario, type Problem, validateScenario } from './parse-scenario.ts';
import type { Scenario } from './scenario.ts';

/** A moment that one learner shares with another. */
export type SharedMoment = {
  version: 1;
  scenario: Scenario;
  atUs: number;
  /** How many events had happened: the moment may lie between two of one microsecond. */
  events?: number | undefined;
  /** The selected thing, such as `broker:1`; null for none. */
  selection: string | null;
  /** Commands of the branch that are switched off, by their place in the command log. */
  off: number[];
};

export type LinkFault = {
  code: LinkFaultCode;
  params: Readonly<Record<string, string | number>>;
  /** In English; the page says it by `code` and `params`. */
  message: string;
  /** What the parser found in the scenario. */
  problems?: Problem[];
};

export type ReadMoment =
  | { ok: true; moment: SharedMoment; resolved: Extract<ParsedScenario, { ok: true }>['resolved']; warnings: Problem[] }
  | { ok: false; fault: LinkFault };

const PREFIX = 'k1.';
/** Browsers and chat programs cut longer ones. */
export const MAX_LINK_LENGTH = 65_536;
export const MAX_INFLATED_BYTES = 2_097_152;
/** Compressed bytes are fed in pieces, since deflate may unpack one byte to a thousand: a bomb stops after one piece. */
const PIECE_BYTES = 256;
const CHECKSUM_BYTES = 4;

/**
 * A moment as text for a URL's fragment: JSON, deflate, a checksum (deflate has none), base64url, behind `k1.`. The same
 * moment always makes the same text.
 */
export function encodeMoment(moment: SharedMoment): { ok: true; text: string } | { ok: false; fault: LinkFault } {
  const { version, scenario, atUs, events, selection, off } = moment;
  const json = strToU8(JSON.stringify({ version, scenario, atUs, events, selection, off }));
  if (json.length > MAX_INFLATED_BYTES) return fail('inflated-too-large', { max: MAX_INFLATED_BYTES });
  const text = packBytes(json);
  if (text.length > MAX_LINK_LENGTH) return fail('too-long-to-share', { size: text.length, max: MAX_LINK_LENGTH });
  return { ok: true, text };
}

/** Bytes as a link holds them: deflated, with their checksum, as letters. */
export function packBytes(json: Uint8Array): string {
  const deflated = deflateSync(json, { level: 9 });
  const bytes = new Uint8Array(deflated.length + CHECKSUM_BYTES);
  bytes.set(deflated);
  bytes.set(checksumOf(json), deflated.length);
  return PREFIX + encodeBase64Url(bytes);
}

/** Reads what {@link packBytes} wrote; null: it is none of these, cut, damaged, or unpacks to more than `limit` bytes. */
export function unpackBytes(text: string, limit = MAX_INFLATED_BYTES): Uint8Array | null {
  if (text.length > MAX_LINK_LENGTH || !text.startsWith(PREFIX)) return null;
  const packed = decodeBase64Url(text.slice(PREFIX.length));
  if (!packed.ok || packed.bytes.length <= CHECKSUM_BYTES) return null;
  const inflated = inflateWithin(packed.bytes.subarray(0, -CHECKSUM_BYTES), limit);
  if (!inflated.ok) return null;
  const checksum = packed.bytes.subarray(-CHECKSUM_BYTES);
  return checksumOf(inflated.bytes).every((byte, i) => byte === checksum[i]) ? inflated.bytes : null;
}

/** Reads what {@link encodeMoment} wrote, or says what is wrong. Nothing of a link is trusted before it was checked. */
export function decodeMoment(fragment: string): ReadMoment {
  const text = fragment.startsWith('#') ? fragment.slice(1) : fragment;
  if (text.length > MAX_LINK_LENGTH) return fail('link-too-long', { size: text.length, max: MAX_LINK_LENGTH });
  const version = /^k([0-9]{1,4})\./.exec(text);
  if (version === null) return fail('not-a-link', {});
  if (version[0] !== PREFIX) return fail('unknown-version', { found: `k${version[1]}` });
  const packed = decodeBase64Url(text.slice(PREFIX.length));
  if (!packed.ok) return packed.found === '' ? fail('truncated', {}) : fail('not-base64url', { found: packed.found });
  if (packed.bytes.length <= CHECKSUM_BYTES) return fail('truncated', {});
  const inflated = inflateWithin(packed.bytes.subarray(0, -CHECKSUM_BYTES), MAX_INFLATED_BYTES);
  if (!inflated.ok) return fail(inflated.code, { max: MAX_INFLATED_BYTES });
  const checksum = packed.bytes.subarray(-CHECKSUM_BYTES);
  if (!checksumOf(inflated.bytes).every((byte, i) => byte === checksum[i])) return fail('damaged', {});
  const json = readJson(strFromU8(inflated.bytes));
  return json.ok ? readMoment(json.value) : fail('damaged', {});
}

type Inflated = { ok: true; bytes: Uint8Array } | { ok: false; code: 'truncated' | 'damaged' | 'inflated-too-large' };

/** Unpacks no more than `limit` bytes, whatever the packed ones promise. */
export function inflateWithin(packed: Uint8Array, limit: number): Inflated {
  const pieces: Uint8Array[] = [];
  let size = 0;
  let ended = false;
  const inflate = new Inflate((piece, final) => {
    size += piece.length;
    ended = final;
    if (size <= limit) pieces.push(piece);
  });
  try {
    for (let at = 0; at < packed.length; at += PIECE_BYTES) {
      inflate.push(packed.subarray(at, at + PIECE_BYTES), at + PIECE_BYTES >= packed.length);
      if (size > limit) return { ok: false, code: 'inflated-too-large' };
    }
  } catch (error) {
    return { ok: false, code: (error as { code?: unknown }).code === UNEXPECTED_EOF ? 'truncated' : 'damaged' };
  }
  return ended ? { ok: true, bytes: join(pieces, size) } : { ok: false, code: 'truncated' };
}

/** fflate's code for a stream that ends before its last block does. */
const UNEXPECTED_EOF = 0;

function join(pieces: readonly Uint8Array[], size: number): Uint8Array {
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}

function readMoment(json: unknown): ReadMoment {
  if (typeof json !== 'object' || json === null || Array.isArray(json))
    return fail('not-a-moment', { why: 'no object' });
  const { version, scenario, atUs, events, selection, off, ...rest } = json as Readonly<Record<string, unknown>>;
  const unknown = Object.keys(rest)[0];
  if (unknown !== undefined) return fail('not-a-moment', { why: `field ${JSON.stringify(unknown.slice(0, 60))}` });
  if (version !== 1) return fail('not-a-moment', { why: 'version' });
  if (!isCount(atUs)) return fail('not-a-moment', { why: 'atUs' });
  if (events !== undefined && !isCount(events)) return fail('not-a-moment', { why: 'events' });
  if (selection !== null && !(typeof selection === 'string' && selection.length <= MAX_SELECTION_LENGTH)) {
    return fail('not-a-moment', { why: 'selection' });
  }
  if (!Array.isArray(off) || off.length > MAX_OFF || !off.every(isCount)) return fail('not-a-moment', { why: 'off' });
  const parsed = validateScenario(scenario, 'link');
  if (!parsed.ok) return failScenario(parsed.problems);
  const moment: SharedMoment = { version: 1, scenario: parsed.scenario, atUs, selection, off: off as number[] };
  if (events !== undefined) moment.events = events;
  return { ok: true, moment, resolved: parsed.resolved, warnings: parsed.warnings };
}

const MAX_SELECTION_LENGTH = 400;
const MAX_OFF = 10_000;

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function failScenario(problems: Problem[]): { ok: false; fault: LinkFault } {
  const first = problems[0];
  const params = { count: problems.length, first: first === undefined ? '' : `${first.place}: ${first.message}` };
  const { fault } = fail('not-a-scenario', params);
  return { ok: false, fault: { ...fault, problems } };
}

function fail(code: LinkFaultCode, params: LinkFault['params']): { ok: false; fault: LinkFault } {
  return { ok: false, fault: { code, params, message: fillPhrase(LINK_FAULTS[code], params) } };
}

/** FNV-1a, 32 bits: enough to tell a letter that was changed on its way. */
function checksumOf(bytes: Uint8Array): Uint8Array {
  let hash = 0x811c9dc5;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
  return Uint8Array.of(hash >>> 24, (hash >>> 16) & 0xff, (hash >>> 8) & 0xff, hash & 0xff);
}
