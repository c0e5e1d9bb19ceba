/** The bits of attributes, by Kafka's names (DefaultRecordBatch, LegacyRecord). */
import type { FieldBits } from '../byte-field.ts';
import { COMPRESSION_TYPES } from '../codec.ts';
import { CONTROL_RECORD_TYPES } from '../control-record.ts';

interface BitsSpec {
  readonly name: string;
  readonly shift: number;
  readonly width: number;
  /** What each number says, from 0 on; without it the number is said. */
  readonly values: readonly string[];
}

const FLAG = ['false', 'true'];
const COMPRESSION: BitsSpec = { name: 'compressionType', shift: 0, width: 3, values: COMPRESSION_TYPES };
const TIMESTAMP_TYPE: BitsSpec = {
  name: 'timestampType',
  shift: 3,
  width: 1,
  values: ['CreateTime', 'LogAppendTime'],
};

/** int16 of a batch. */
export const BATCH_BITS: readonly BitsSpec[] = [
  COMPRESSION,
  TIMESTAMP_TYPE,
  { name: 'isTransactional', shift: 4, width: 1, values: FLAG },
  { name: 'isControlBatch', shift: 5, width: 1, values: FLAG },
  { name: 'hasDeleteHorizonMs', shift: 6, width: 1, values: FLAG },
  { name: 'unused', shift: 7, width: 9, values: [] },
];

/** int8 of a message; format v0 has no timestamps. */
export const MESSAGE_BITS: Readonly<Record<0 | 1, readonly BitsSpec[]>> = {
  0: [COMPRESSION, { name: 'unused', shift: 3, width: 5, values: [] }],
  1: [COMPRESSION, TIMESTAMP_TYPE, { name: 'unused', shift: 4, width: 4, values: [] }],
};

export function bitsOf(specs: readonly BitsSpec[], value: number): readonly FieldBits[] {
  return specs.map(({ name, shift, width, values }) => {
    const number = (value >> shift) & ((1 << width) - 1);
    return { name, shift, width, value: values[number] ?? String(number) };
  });
}

/** What the bits of a name may say, for editing: all values by number; empty: any number that fits. */
export function bitValues(name: string): readonly string[] {
  if (name === 'type') return CONTROL_RECORD_TYPES;
  return [...BATCH_BITS, ...MESSAGE_BITS[1]].find((spec) => spec.name === name)?.values ?? [];
}
