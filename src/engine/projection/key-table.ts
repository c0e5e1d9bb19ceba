/**
 * The table of record keys, in order of first appearance among the records sent. It stands outside of the world: a cache
 * of one branch's history, which only grows and is the same whichever way one came to a moment.
 */
import type { Bytes } from '../../kafka/records/record-batch.ts';
import type { World } from '../kernel/world.ts';
import { LEDGER_CHUNK } from '../ledger/ledger-state.ts';

/** Beyond so many different keys, the rest share the last place: nobody tells them apart by colour any more. */
const MAX_KEYS = 4096;
const OTHER = '…';

export interface KeyTable {
  readonly keys: string[];
  readonly index: Map<string, number>;
  /** Records of the ledger that were looked at. */
  seen: number;
}

export function newKeyTable(): KeyTable {
  return { keys: [], index: new Map(), seen: 0 };
}

/** Looks at the records that were sent since the last time. */
export function growKeys(table: KeyTable, w: World): void {
  const { count, chunks } = w.ledger;
  for (let id = table.seen; id < count; id++) {
    const record = chunks[Math.floor(id / LEDGER_CHUNK)]?.records[id % LEDGER_CHUNK];
    if (record !== null && record !== undefined && record.key !== null) keyIndex(table, record.key);
  }
  if (count > table.seen) table.seen = count;
}

/** A key's place, -1 for no key. */
export function keyIndex(table: KeyTable, key: Bytes): number {
  if (key === null) return -1;
  const text = textOf(key) as string;
  const known = table.index.get(text);
  if (known !== undefined) return known;
  const at = Math.min(table.keys.length, MAX_KEYS - 1);
  if (at === table.keys.length) table.keys.push(table.keys.length === MAX_KEYS - 1 ? OTHER : text);
  table.index.set(text, at);
  return at;
}

const decoder = new TextDecoder();

export function textOf(bytes: Bytes): string | null {
  if (bytes === null || typeof bytes === 'string') return bytes;
  return decoder.decode(bytes);
}
