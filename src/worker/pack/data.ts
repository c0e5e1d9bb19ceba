/** The records of one question: a sample's or the learner's own, checked against what the lab takes. */
import type { Bytes } from '../../kafka/records/bytes.ts';
import { sizeOfBytes } from '../../kafka/records/bytes.ts';
import { PACK_SAMPLES, type PackRecords, type PackSource } from '../../protocol/pack.ts';
import { linesOf, utf8Length } from '../../protocol/text-lines.ts';
import { PackFailure } from './failure.ts';
import { sampleOf } from './samples.ts';

export const MAX_PACK_BYTES = 10_000_000;
/** A record costs the simulated cluster time too, however short it is. */
export const MAX_PACK_RECORDS = 100_000;
const HEAD = 5;
const HEX_SHOWN = 24;

export interface PackData {
  readonly name: string;
  /** One record each, without keys; never changed. */
  readonly values: readonly Bytes[];
  readonly valueBytes: number;
  /** null: the learner's own. */
  readonly origin: string | null;
}

/** Loads a sample, or parts the learner's text into records. Throws a PackFailure for what cannot be taken. */
export async function loadPackData(source: PackSource): Promise<PackData> {
  if (source.kind === 'text') return dataOf(source.name, source.text);
  const name = PACK_SAMPLES.find((known) => known === source.name);
  if (name === undefined)
    throw new PackFailure('pack.fail.sample', { name: source.name, known: PACK_SAMPLES.join(', ') });
  const { values, origin } = await sampleOf(name);
  return { name, values, valueBytes: bytesOf(values), origin };
}

/** The learner's own text: one record a line. */
export function dataOf(name: string, text: string): PackData {
  const bytes = utf8Length(text);
  if (bytes > MAX_PACK_BYTES) throw new PackFailure('pack.fail.too-large', { name, bytes, max: MAX_PACK_BYTES });
  const values = linesOf(text);
  if (values.length === 0) throw new PackFailure('pack.fail.empty', { name });
  if (values.length > MAX_PACK_RECORDS)
    throw new PackFailure('pack.fail.too-many', { name, records: values.length, max: MAX_PACK_RECORDS });
  return { name, values, valueBytes: bytesOf(values), origin: null };
}

const bytesOf = (values: readonly Bytes[]): number => values.reduce((sum, value) => sum + sizeOfBytes(value), 0);

export function recordsPart({ name, values, valueBytes, origin }: PackData): PackRecords {
  return { name, records: values.length, valueBytes, head: values.slice(0, HEAD).map(shown), origin };
}

function shown(value: Bytes): string {
  if (value === null || typeof value === 'string') return value ?? 'null';
  const hex = [...value.subarray(0, HEX_SHOWN)].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
  return value.length > HEX_SHOWN ? `${hex} ...` : hex;
}
