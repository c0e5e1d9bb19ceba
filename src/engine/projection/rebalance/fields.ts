/**
 * A request's or an answer's body as Kafka's own fields, in Kafka's order and under the names of its message definitions
 * (`generation_id`), nested ones a step deeper. What the simulation carries beside them is left out.
 */
import { errorForCode } from '../../../kafka/api/errors.ts';
import type { LabField } from '../../../protocol/lab.ts';

/** A consumer by its member id; null: nobody's that is known. */
export type WhoIs = (memberId: string) => string | null;

/** Beside Kafka's fields: `partition` is the dense index next to topic and index. */
const OWN_FIELDS: ReadonlySet<string> = new Set(['errors']);
const MEMBER_IDS: ReadonlySet<string> = new Set(['memberId', 'leader']);
const MAX_LISTED = 200;

type Plain = Readonly<Record<string, unknown>>;

export function fieldsOf(body: unknown, whoIs: WhoIs): LabField[] {
  const fields: LabField[] = [];
  if (isPlain(body)) addFields(fields, body, 0, whoIs);
  return fields;
}

export function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function isPlain(value: unknown): value is Plain {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function addFields(into: LabField[], body: Plain, depth: number, whoIs: WhoIs): void {
  for (const [key, value] of Object.entries(body)) {
    if (OWN_FIELDS.has(key) || (key === 'partition' && 'index' in body)) continue;
    addField(into, key, value, depth, whoIs);
  }
}

function addField(into: LabField[], key: string, value: unknown, depth: number, whoIs: WhoIs): void {
  const name = snakeCase(key);
  const row = (text: string, consumer: string | null = null): void =>
    void into.push({ name, value: text, depth, consumer });
  if (Array.isArray(value)) addList(into, name, value, depth, whoIs);
  else if (isPlain(value)) {
    row('');
    addFields(into, value, depth + 1, whoIs);
  } else if (key === 'errorCode') row(errorText(Number(value)));
  else if (typeof value === 'string') row(value === '' ? '""' : value, MEMBER_IDS.has(key) ? whoIs(value) : null);
  else row(String(value));
}

function addList(into: LabField[], name: string, list: readonly unknown[], depth: number, whoIs: WhoIs): void {
  const short = partitionsIn(list) ?? (list.some(isPlain) ? null : list.map(String));
  if (short !== null) {
    into.push({ name, value: short.length === 0 ? '[]' : listed(short), depth, consumer: null });
    return;
  }
  into.push({ name, value: `${list.length}`, depth, consumer: null });
  for (const item of list.slice(0, MAX_LISTED)) {
    if (!isPlain(item)) continue;
    const at = placeOf(item);
    if (at === null) addFields(into, item, depth + 1, whoIs);
    else into.push({ name: at, value: restOf(item), depth: depth + 1, consumer: null });
  }
}

function listed(items: readonly string[]): string {
  const shown = items.slice(0, MAX_LISTED).join(', ');
  return items.length > MAX_LISTED ? `${shown}, … (${items.length})` : shown;
}

/** A list of nothing but partitions, by name; null: it is something else. */
export function partitionsIn(list: readonly unknown[]): string[] | null {
  const names: string[] = [];
  for (const item of list) {
    if (!isPlain(item) || typeof item.topic !== 'string') return null;
    if (Array.isArray(item.partitions)) for (const index of item.partitions) names.push(`${item.topic}-${index}`);
    else if (typeof item.index === 'number' && restOf(item) === '') names.push(`${item.topic}-${item.index}`);
    else return null;
  }
  return names;
}

function placeOf(item: Plain): string | null {
  return typeof item.topic === 'string' && typeof item.index === 'number' ? `${item.topic}-${item.index}` : null;
}

/** What an entry says of its partition: "committed_offset 14, committed_leader_epoch 0". */
function restOf(item: Plain): string {
  const parts: string[] = [];
  for (const [key, value] of Object.entries(item)) {
    if (key === 'topic' || key === 'index' || key === 'partition' || key === 'topicId' || OWN_FIELDS.has(key)) continue;
    const text = key === 'errorCode' ? errorText(Number(value)) : value === '' ? '""' : String(value);
    parts.push(`${snakeCase(key)} ${text}`);
  }
  return parts.join(', ');
}

function errorText(code: number): string {
  return code === 0 ? '0' : `${code} ${errorForCode(code).name}`;
}
