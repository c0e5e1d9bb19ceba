/** The judgement over what was changed: of a message set, over the entry that differs. Pure. */
import type { Judgement } from '../../kafka/records/byte-field.ts';
import { byteMapsOf } from '../../kafka/records/explore/byte-map.ts';
import { judge } from '../../kafka/records/explore/judge.ts';

const same = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && a.every((byte, i) => byte === b[i]);

export interface Notices {
  readonly judgement: Judgement;
  /** Which entry of a message set it is about, from 0, and how many there are. */
  readonly entry: number;
  readonly entries: number;
}

/** `before` is whole; `after` may have become anything. Without a difference it is about the first entry. */
export function noticesOf(before: Uint8Array, after: Uint8Array): Notices {
  const was = byteMapsOf(before);
  const is = byteMapsOf(after);
  const found = was.findIndex((map, i) => !same(map.bytes, is[i]?.bytes ?? new Uint8Array()));
  const entry = Math.max(0, found);
  // A batch alone is judged with all of its bytes: a shorter length leaves some behind it, and the broker looks at these too.
  const judgement = judge(was[entry]!.bytes, was.length === 1 ? after : (is[entry]?.bytes ?? new Uint8Array()));
  return { judgement, entry, entries: was.length };
}
