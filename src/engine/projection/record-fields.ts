/** A decoded structure as lines of fields: nested structures indented, lists numbered. Pure. */
import type { RecordField } from '../../protocol/decoded-record.ts';

/** What decoders give: plain data under Kafka's field names. A Map is a list of its entries. */
export type Plain =
  | string
  | number
  | boolean
  | null
  | undefined
  | Uint8Array
  | readonly Plain[]
  | { readonly [name: string]: Plain };

const MOST_BYTES = 24;

export function recordFields(fields: { readonly [name: string]: Plain }): RecordField[] {
  const out: RecordField[] = [];
  addAll(out, fields, 0);
  return out;
}

function addAll(out: RecordField[], fields: { readonly [name: string]: Plain }, depth: number): void {
  for (const name of Object.keys(fields)) add(out, name, fields[name], depth);
}

function add(out: RecordField[], name: string, value: Plain, depth: number): void {
  if (value === undefined) return;
  if (value === null || typeof value !== 'object') {
    out.push({ name, value: value === '' ? '""' : String(value), depth });
    return;
  }
  if (value instanceof Uint8Array) {
    out.push({ name, value: hex(value), depth });
    return;
  }
  if (Array.isArray(value)) {
    const list = value as readonly Plain[];
    if (list.every((item) => item === null || typeof item !== 'object')) {
      out.push({ name, value: `[${list.join(', ')}]`, depth });
      return;
    }
    out.push({ name, value: `[${list.length}]`, depth });
    list.forEach((item, i) => {
      add(out, `[${i}]`, item, depth + 1);
    });
    return;
  }
  out.push({ name, value: '', depth });
  addAll(out, value as { readonly [name: string]: Plain }, depth + 1);
}

function hex(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length && i < MOST_BYTES; i++) text += (bytes[i] as number).toString(16).padStart(2, '0');
  return `0x${text}${bytes.length > MOST_BYTES ? '…' : ''} (${bytes.length})`;
}
