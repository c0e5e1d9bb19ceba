/** Every reason for which records are refused, as keys of the text area `formats` ('formats.refused.<key>'). */
import type { Fact } from '../byte-field.ts';

export const REFUSALS = [
  'base-offset',
  'codec-unknown',
  'control',
  'count',
  'count-differs',
  'crc',
  'cut-off',
  'field-too-long',
  'headers-in-legacy',
  'idempotent-in-legacy',
  'left-over',
  'length',
  'log-append-time',
  'magic',
  'magic-inner',
  'magic-mixed',
  'no-batch',
  'no-key',
  'no-timestamp-type',
  'no-transactional-id',
  'not-v2',
  'offset-deltas',
  'offset-order',
  'offset-range',
  'offset-too-far',
  'outside',
  'pack',
  'producer-epoch',
  'record-size',
  'record-size-read',
  'record-structure',
  'records',
  'second-batch',
  'second-compressed',
  'segment',
  'sequence',
  'timestamp',
  'timestamp-negative',
  'timestamps',
  'too-large',
  'too-large-stored',
  'transactional-in-legacy',
  'transactional-no-producer',
  'unpack',
  'varint',
  'wrapper-empty',
  'wrapper-nested',
  'wrapper-nothing-inside',
  'wrapper-offset',
  'zstd-in-legacy',
  'zstd-too-new',
] as const;

export type RefusalKey = (typeof REFUSALS)[number];

/** 64-bit figures and checksums go as text: the first may be past what a number holds, the second are no quantities. */
export function refused(key: RefusalKey, params: Readonly<Record<string, string | number>> = {}): Fact {
  return { key: `formats.refused.${key}`, params };
}

/** Eight hexadecimal digits, as the byte explorer shows checksums. */
export function hex32(value: number): string {
  return (value >>> 0).toString(16).padStart(8, '0');
}
