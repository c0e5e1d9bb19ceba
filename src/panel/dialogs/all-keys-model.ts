/** What the page of all keys lists: the parameters of a version, or what changed between two. Pure. */
import {
  changesBetween,
  type DefaultValue,
  defaultAt,
  HISTORY_VERSIONS,
  type KeyChange,
  type KeyHistory,
  minorLine,
  scopeHistory,
  valueAt,
} from '../../kafka/config/history.ts';
import { findKey } from '../../kafka/config/registry.ts';
import type { ConfigScope, KnownKey } from '../../kafka/config/types.ts';

export const NEWEST = HISTORY_VERSIONS.length - 1;

export interface KeyRow {
  readonly key: string;
  /** null: 4.3 does not have it any more. */
  readonly known: KnownKey | null;
  readonly history: KeyHistory;
  readonly value: DefaultValue | undefined;
}

/** Every parameter that a version had, sorted by key. */
export function rowsAt(scope: ConfigScope, at: number): readonly KeyRow[] {
  return scopeHistory(scope).flatMap((history) => {
    const value = defaultAt(history, at);
    if (value === undefined) return [];
    return [{ key: history.key, known: findKey(scope, history.key) ?? null, history, value }];
  });
}

/** Versions in which a scope existed, the newest first. */
export function versionsOf(scope: ConfigScope): readonly { readonly at: number; readonly name: string }[] {
  const first = Math.min(...scopeHistory(scope).map((history) => history.since));
  return HISTORY_VERSIONS.map((_, at) => ({ at, name: minorLine(at) }))
    .filter(({ at }) => at >= first)
    .reverse();
}

export const CHANGE_KINDS: readonly KeyChange['kind'][] = ['default', 'new', 'gone', 'valid', 'mode'];

export interface ChangeRow {
  readonly key: string;
  readonly kind: KeyChange['kind'];
  readonly known: KnownKey | null;
  readonly history: KeyHistory;
  /** Defaults for a new default, else Kafka's words; undefined where the parameter was not there. */
  readonly before: DefaultValue | undefined;
  readonly after: DefaultValue | undefined;
}

/** What changed from the older of two versions to the newer, by kind. */
export function changeRows(scope: ConfigScope, a: number, b: number): readonly ChangeRow[] {
  const [older, newer] = a <= b ? [a, b] : [b, a];
  const rows = changesBetween(scope, older, newer).map(({ history, kind }): ChangeRow => {
    const at = (place: number): DefaultValue | undefined => {
      if (kind === 'valid') return valueAt(history.valid, place);
      if (kind === 'mode') return valueAt(history.modes, place);
      return defaultAt(history, place);
    };
    const known = findKey(scope, history.key) ?? null;
    return { key: history.key, kind, known, history, before: at(older), after: at(newer) };
  });
  return CHANGE_KINDS.flatMap((kind) => rows.filter((row) => row.kind === kind));
}
