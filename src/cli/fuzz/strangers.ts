/**
 * Strangers' input: links, scenario files, texts, properties files, tables of records. Whatever it is, a reader answers with
 * a value or with what is wrong and where; it never throws, never takes long, never unpacks without end.
 */
import { deflateSync } from 'fflate';
import { makeStream, nextInt, nextUint32, type RandomStream } from '../../base/random.ts';
import { encodeBase64Url } from '../../protocol/base64url.ts';
import { decodeMoment, encodeMoment, packBytes } from '../../protocol/link.ts';
import { type Problem, parseScenario } from '../../protocol/parse-scenario.ts';
import { readProperties } from '../../protocol/properties.ts';
import {
  contradictions,
  guessKind,
  hideSecrets,
  PROPERTIES_KINDS,
  planProperties,
} from '../../protocol/properties-plan.ts';
import { columnsOf, guessOptions, previewRecords, readRecords } from '../../protocol/records-file.ts';
import type { Scenario } from '../../protocol/scenario.ts';
import { serializeScenario } from '../../protocol/serialize-scenario.ts';
import { decodeUtf8, MAX_RECORDS_BYTES } from '../../protocol/text-bytes.ts';
import { between, pick } from './cluster.ts';
import { PROPERTIES_SAMPLES, RECORDS_SAMPLES, SCENARIO_SAMPLES } from './stranger-samples.ts';
import { strangeJson, strangeText } from './stranger-text.ts';

/** What a reader must not do; null: it did well. */
type Fault = string | null;

export type Apart = (inWorker?: boolean) => void;

interface Reader {
  readonly name: string;
  make(draws: RandomStream): string | Uint8Array;
  /** Reads it, and says what is not right about the answer. `apart`: what the page does at another time begins, or in a worker. */
  read(input: string | Uint8Array, apart: Apart): Fault;
}

const MOST_MESSAGE = 4_000;
const encoder = new TextEncoder();

/** A problem that says nothing, or that repeats a megabyte of what it was given, helps nobody. */
function unclear(message: string): Fault {
  if (message.trim().length < 8) return `says nothing: ${JSON.stringify(message)}`;
  return message.length > MOST_MESSAGE ? `a message of ${message.length} letters` : null;
}

function unclearProblems(problems: readonly Problem[]): Fault {
  if (problems.length === 0) return 'refused without a problem';
  for (const { message, place, code } of problems.slice(0, 50)) {
    const fault = unclear(message);
    if (fault !== null) return `${code}: ${fault}`;
    if (place.length > MOST_MESSAGE) return `${code}: a place of ${place.length} letters`;
  }
  return null;
}

/** What was taken comes back from its own text: nothing was dropped or bent on the way. */
function unstable(scenario: Scenario): Fault {
  const text = serializeScenario(scenario);
  const again = parseScenario(text, 'again');
  if (!again.ok) return `its own text is refused: ${again.problems[0]?.message}`;
  return serializeScenario(again.scenario) === text ? null : 'its own text reads as another scenario';
}

/** A reader that let a name through to the prototype of all objects has broken the page for everybody. */
function polluted(): Fault {
  const { length } = Object.keys(Object.prototype);
  return length > 0 || ({} as { polluted?: unknown }).polluted !== undefined
    ? 'changed the prototype of all objects'
    : null;
}

const scenarioText = (draws: RandomStream): string =>
  nextInt(draws, 2) === 0
    ? JSON.stringify(strangeJson(draws, pick(draws, SCENARIO_SAMPLES)))
    : strangeText(
        draws,
        SCENARIO_SAMPLES.map((sample) => serializeScenario(sample)),
      );

const scenarioFile: Reader = {
  name: 'scenario',
  make: scenarioText,
  read(input, apart) {
    const parsed = parseScenario(input as string, 'stranger.json');
    apart();
    return parsed.ok ? unstable(parsed.scenario) : unclearProblems(parsed.problems);
  },
};

function bytesOf(draws: RandomStream, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  for (let i = 0; i < length; i++) bytes[i] = nextUint32(draws) & 0xff;
  return bytes;
}

/** Few bytes that unpack to many, of several kinds. */
function bomb(draws: RandomStream): Uint8Array {
  const size = pick(draws, [100_000, 2_000_000, 8_000_000]);
  const fill = pick(draws, [0, 32, 91, 123, 255]);
  return new Uint8Array(size).fill(fill);
}

function linkOf(draws: RandomStream): string {
  const scenario = pick(draws, SCENARIO_SAMPLES);
  const moment = { version: 1 as const, scenario, atUs: 5_000_000, events: 7, selection: 'broker:1', off: [0] };
  const whole = encodeMoment(moment);
  const right = whole.ok ? whole.text : 'k1.';
  switch (nextInt(draws, 8)) {
    case 0:
      return strangeText(draws, [right, `#${right}`, 'k2.AAAA', 'k1.']);
    case 1:
      return `k1.${encodeBase64Url(bytesOf(draws, between(draws, 0, 400)))}`;
    case 2: {
      const packed = nextInt(draws, 20) === 0 ? bomb(draws) : encoder.encode(scenarioText(draws));
      return packBytes(packed.subarray(0, 8_000_000));
    }
    case 3:
      // Right letters, wrong stream: what was deflated is cut, changed or followed by more.
      return `k1.${encodeBase64Url(mangle(draws, deflateSync(encoder.encode(JSON.stringify(moment)))))}`;
    case 4:
      return packBytes(encoder.encode(strangeText(draws, [JSON.stringify(moment)])));
    default:
      return packBytes(encoder.encode(JSON.stringify(strangeJson(draws, moment))));
  }
}

function mangle(draws: RandomStream, bytes: Uint8Array): Uint8Array {
  const at = nextInt(draws, bytes.length);
  if (nextInt(draws, 3) === 0) return bytes.subarray(0, at);
  const out = Uint8Array.from(bytes);
  for (let i = between(draws, 1, 6); i > 0; i--) out[nextInt(draws, out.length)] = nextInt(draws, 256);
  return out;
}

const link: Reader = {
  name: 'link',
  make: linkOf,
  read(input, apart) {
    const read = decodeMoment(input as string);
    apart();
    if (read.ok) return unstable(read.moment.scenario);
    return (
      unclear(read.fault.message) ?? (read.fault.problems === undefined ? null : unclearProblems(read.fault.problems))
    );
  },
};

const properties: Reader = {
  name: 'properties',
  make: (draws) => strangeText(draws, PROPERTIES_SAMPLES),
  read(input, apart) {
    const text = input as string;
    const { properties: found, fault } = readProperties(text);
    if (fault !== null && (fault.line < 1 || fault.column < 1)) return 'a fault without a place';
    apart();
    hideSecrets(text);
    apart();
    guessKind(
      found.map(({ key }) => key),
      'server.properties',
    );
    for (const kind of PROPERTIES_KINDS) {
      apart();
      const rows = planProperties(kind, found);
      if (rows.length !== found.length) return 'a line was dropped in silence';
      apart();
      contradictions(kind, rows, []);
    }
    return null;
  },
};

const records: Reader = {
  name: 'records',
  make: (draws) => strangeText(draws, RECORDS_SAMPLES),
  read(input, apart) {
    const text = input as string;
    for (const name of ['a.csv', 'a.jsonl', 'a.txt', '']) {
      apart(true);
      const options = guessOptions(text, name);
      apart(true);
      columnsOf(text, options);
      apart(true);
      previewRecords(text, options);
      apart(true);
      const result = readRecords(text, options);
      if (!result.ok && result.fault.line < 1) return 'a fault without a line';
    }
    return null;
  },
};

const bytes: Reader = {
  name: 'bytes',
  make: (draws) =>
    nextInt(draws, 2) === 0
      ? bytesOf(draws, between(draws, 0, 400))
      : mangle(draws, encoder.encode(`${strangeText(draws, RECORDS_SAMPLES)} `)),
  read(input) {
    const decoded = decodeUtf8(input as Uint8Array, MAX_RECORDS_BYTES);
    return decoded.ok || decoded.fault.line >= 1 ? null : 'a fault without a place';
  },
};

export const READERS: readonly Reader[] = [link, scenarioFile, properties, records, bytes];

export interface StrangerFault {
  readonly seed: number;
  readonly reader: string;
  readonly what: string;
  readonly input: string;
}

/** The input of a seed: the same one every time. */
export function strangerInput(seed: number): { reader: Reader; input: string | Uint8Array } {
  const draws = makeStream(seed, 'strangers');
  const reader = READERS[nextInt(draws, READERS.length)] as Reader;
  return { reader, input: reader.make(draws) };
}

export function readStranger(
  seed: number,
  { reader, input }: ReturnType<typeof strangerInput>,
  apart: Apart = () => undefined,
): StrangerFault | null {
  let what: Fault;
  try {
    what = reader.read(input, apart) ?? polluted();
  } catch (error) {
    what = error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
  if (what === null) return null;
  return { seed, reader: reader.name, what, input: typeof input === 'string' ? input : `bytes ${input.join(' ')}` };
}
