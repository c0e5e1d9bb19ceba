/**
 * What each parameter was in 31 released versions, one of every minor line from 0.8.2 to 4.3: loaded when somebody asks for
 * it, never with the first picture. A line of the generated lists is `key|since|gone|defaults|update modes|valid values`, empty
 * ends left out: `since` and `gone` (the first version without it) are places in {@link HISTORY_VERSIONS}; the other three
 * are `place=value` with `;` between, the first default without its place. Default `~`: none, `!`: required.
 */
import { HISTORY_BROKERS } from './history-brokers.ts';
import { HISTORY_OTHERS } from './history-others.ts';
import type { ConfigScope } from './types.ts';

/** The releases that were asked, oldest first; a place in this list is a version everywhere here. */
export const HISTORY_VERSIONS: readonly string[] = [
  ...[
    '0.8.2.2',
    '0.9.0.1',
    '0.10.0.1',
    '0.10.1.1',
    '0.10.2.2',
    '0.11.0.3',
    '1.0.2',
    '1.1.1',
    '2.0.1',
    '2.1.1',
    '2.2.2',
  ],
  ...[
    '2.3.1',
    '2.4.1',
    '2.5.1',
    '2.6.3',
    '2.7.2',
    '2.8.2',
    '3.0.2',
    '3.1.2',
    '3.2.3',
    '3.3.2',
    '3.4.1',
    '3.5.2',
    '3.6.2',
  ],
  ...['3.7.2', '3.8.1', '3.9.1', '4.0.0', '4.1.1', '4.2.0', '4.3.1'],
];

/** A value that held from one version on, until the next entry of its list or the parameter's end. */
export type Since<T> = { readonly at: number; readonly value: T };

/** A default as Kafka writes it; null: none. */
export type DefaultValue = string | null | { readonly required: true };

export type KeyHistory = {
  readonly scope: ConfigScope;
  readonly key: string;
  /** The first version that has it. */
  readonly since: number;
  /** The first version without it; null: 4.3 has it. */
  readonly gone: number | null;
  readonly defaults: readonly Since<DefaultValue>[];
  /** Only where it changed: read-only, per-broker, cluster-wide. */
  readonly modes: readonly Since<string>[];
  /** Only where it changed: Kafka's own words for a range or a set, without spaces. */
  readonly valid: readonly Since<string>[];
};

/** `0.8.2.2` belongs to 0.8.2, `3.0.2` to 3.0: what people call the version. */
export function minorLine(at: number): string {
  const parts = (HISTORY_VERSIONS[at] ?? '').split('.');
  return parts.slice(0, parts[0] === '0' ? 3 : 2).join('.');
}

/** The history of one parameter, undefined where no version has it. */
export function keyHistory(scope: ConfigScope, key: string): KeyHistory | undefined {
  return histories(scope).get(key);
}

/** Every parameter that some version had, sorted by key. */
export function scopeHistory(scope: ConfigScope): readonly KeyHistory[] {
  return [...histories(scope).values()];
}

/** The first version in which a scope was seen: groups have a configuration since 4.0, the admin client since 0.11. */
export function scopeSince(scope: ConfigScope): number {
  return Math.min(...scopeHistory(scope).map((history) => history.since));
}

export function existsAt(history: KeyHistory, at: number): boolean {
  return history.since <= at && (history.gone === null || at < history.gone);
}

/** The default in a version; undefined where that version does not have the parameter. */
export function defaultAt(history: KeyHistory, at: number): DefaultValue | undefined {
  return existsAt(history, at) ? valueAt(history.defaults, at) : undefined;
}

/** The value of a list of changes that holds in a version; undefined before the first. */
export function valueAt<T>(changes: readonly Since<T>[], at: number): T | undefined {
  let held: T | undefined;
  for (const change of changes) if (change.at <= at) held = change.value;
  return held;
}

export type KeyChange = {
  readonly history: KeyHistory;
  readonly kind: 'new' | 'gone' | 'default' | 'valid' | 'mode';
};

/** What changed of a scope between two versions, in either order: keys that came and went, other defaults, values, update modes. */
export function changesBetween(scope: ConfigScope, from: number, to: number): readonly KeyChange[] {
  const [older, newer] = from <= to ? [from, to] : [to, from];
  const changes: KeyChange[] = [];
  for (const history of scopeHistory(scope)) {
    const before = existsAt(history, older);
    const after = existsAt(history, newer);
    if (!before && after) changes.push({ history, kind: 'new' });
    else if (before && !after) changes.push({ history, kind: 'gone' });
    else if (before && after) {
      const differs = <T>(list: readonly Since<T>[]) => !sameValue(valueAt(list, older), valueAt(list, newer));
      if (differs(history.defaults)) changes.push({ history, kind: 'default' });
      else if (differs(history.valid)) changes.push({ history, kind: 'valid' });
      else if (valueAt(history.modes, older) !== undefined && differs(history.modes)) {
        changes.push({ history, kind: 'mode' });
      }
    }
  }
  return changes;
}

function sameValue(a: unknown, b: unknown): boolean {
  return a === b || (isRequired(a) && isRequired(b));
}

export function isRequired(value: unknown): value is { readonly required: true } {
  return typeof value === 'object' && value !== null;
}

let read: ReadonlyMap<ConfigScope, ReadonlyMap<string, KeyHistory>> | null = null;

function histories(scope: ConfigScope): ReadonlyMap<string, KeyHistory> {
  read ??= readHistories();
  return read.get(scope) ?? new Map();
}

function readHistories(): ReadonlyMap<ConfigScope, ReadonlyMap<string, KeyHistory>> {
  const lists = new Map<ConfigScope, KeyHistory[]>();
  for (const [scopes, lines] of [...HISTORY_BROKERS, ...HISTORY_OTHERS]) {
    for (const scope of scopes.split(' ') as ConfigScope[]) {
      const list = lists.get(scope) ?? [];
      lists.set(scope, list);
      for (const line of lines.split('\n')) list.push(readLine(scope, line));
    }
  }
  const byKey = (a: KeyHistory, b: KeyHistory) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0);
  return new Map(
    [...lists].map(([scope, list]) => [scope, new Map(list.sort(byKey).map((history) => [history.key, history]))]),
  );
}

function readLine(scope: ConfigScope, line: string): KeyHistory {
  const [key = '', since = '', gone = '', defaults = '', modes = '', valid = ''] = line.split('|');
  const first = Number(since);
  return {
    scope,
    key,
    since: first,
    gone: gone === '' ? null : Number(gone),
    defaults: readDefaults(defaults, first),
    modes: readChanges(modes),
    valid: readChanges(valid),
  };
}

function readDefaults(text: string, first: number): readonly Since<DefaultValue>[] {
  const [initial = '', ...later] = text.split(';');
  return [{ at: first, value: readDefault(initial) }, ...readChanges(later.join(';')).map(toDefault)];
}

function toDefault(change: Since<string>): Since<DefaultValue> {
  return { at: change.at, value: readDefault(change.value) };
}

function readDefault(text: string): DefaultValue {
  return text === '~' ? null : text === '!' ? { required: true } : text;
}

function readChanges(text: string): readonly Since<string>[] {
  if (text === '') return [];
  return text.split(';').map((part) => {
    const equals = part.indexOf('=');
    return { at: Number(part.slice(0, equals)), value: part.slice(equals + 1) };
  });
}
