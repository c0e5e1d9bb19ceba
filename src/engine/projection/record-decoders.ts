/**
 * What a record of an internal topic says, key and value, in Kafka's field names. One decoder a record type; a protocol that
 * writes further records adds its own to the list of its topic (modern-record-decoders.ts shows how).
 */
import { type Bytes, bytesOf } from '../../kafka/records/bytes.ts';
import type { DecodedRecord } from '../../protocol/decoded-record.ts';
import type { Phrase } from '../../protocol/frame.ts';
import { GROUP_RECORD_DECODERS } from './group-record-decoders.ts';
import { MODERN_RECORD_DECODERS, SHARE_STATE_DECODERS } from './modern-record-decoders.ts';
import { type Plain, recordFields } from './record-fields.ts';

/** Plain data under Kafka's names; both throw RangeError where the bytes end too early. The bytes begin with the version. */
export interface RecordDecoder {
  /** The 16-bit number in front of the key. */
  readonly type: number;
  /** As Kafka's schema is called, without Key and Value: "OffsetCommit". */
  readonly name: string;
  readonly key: (bytes: Uint8Array) => { readonly [name: string]: Plain };
  readonly value: (bytes: Uint8Array, key: Uint8Array) => { readonly [name: string]: Plain };
  /** What it says in a sentence; `value` is null for a tombstone. */
  readonly says: (key: { readonly [name: string]: Plain }, value: { readonly [name: string]: Plain } | null) => Phrase;
}

const BY_TOPIC: ReadonlyMap<string, readonly RecordDecoder[]> = new Map([
  ['__consumer_offsets', [...GROUP_RECORD_DECODERS, ...MODERN_RECORD_DECODERS]],
  ['__share_group_state', SHARE_STATE_DECODERS],
]);

export function hasDecoders(topic: string): boolean {
  return BY_TOPIC.has(topic);
}

/** Null for a record that nobody can read: of another topic, of a type that is not known, or broken. */
export function decodeRecord(topic: string, key: Bytes, value: Bytes): DecodedRecord | null {
  const keyBytes = bytesOf(key);
  if (keyBytes === null || keyBytes.length < 2) return null;
  const keyVersion = version(keyBytes);
  const decoder = BY_TOPIC.get(topic)?.find((d) => d.type === keyVersion);
  if (decoder === undefined) return null;
  const valueBytes = bytesOf(value);
  try {
    const keyData = decoder.key(keyBytes);
    const valueData = valueBytes === null ? null : decoder.value(valueBytes, keyBytes);
    return {
      type: decoder.name,
      keyVersion,
      valueVersion: valueBytes === null ? null : version(valueBytes),
      key: recordFields(keyData),
      value: valueData === null ? null : recordFields(valueData),
      says: decoder.says(keyData, valueData),
    };
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

const version = (bytes: Uint8Array): number => ((bytes[0] as number) << 8) | (bytes[1] as number);

/** Kafka's own formatter, in one line: what a plain list of records shows. */
export function decodedText(fields: DecodedRecord['key']): string {
  return fields
    .filter((f) => f.depth === 0)
    .map((f) => `${f.name}=${f.value}`)
    .join(' ');
}
