/**
 * What Kafka refuses although each value alone is fine. The rules about parameters that nothing here runs with are many and come
 * with the lists of all keys (all-keys.ts): a shipped scenario, which was checked before, does without them.
 */
import type { ConfigView } from './config-view.ts';
import type { ConfigEntries, ConfigScope } from './types.ts';
import { type ConfigRefusal, type KafkaConfigException, makeRefusal } from './validate.ts';

export type CrossCheck = (view: ConfigView, entries: ConfigEntries) => ConfigRefusal | null;

const checks = new Map<ConfigScope, CrossCheck>();

export function addCrossChecks(scope: ConfigScope, check: CrossCheck): void {
  checks.set(scope, check);
}

/** The first rule between the keys of one process that its values break; null: none, or the rules are not loaded. */
export function crossCheck(scope: ConfigScope, view: ConfigView, entries: ConfigEntries): ConfigRefusal | null {
  return checks.get(scope)?.(view, entries) ?? null;
}

export type Relation = readonly [key: string, relation: 'at-least' | 'at-most' | 'below', other: string];

/** The first relation that does not hold. Defaults fit each other, so a pair of which none is set is not looked at. */
export function brokenRelation(
  view: ConfigView,
  relations: readonly Relation[],
  exception: KafkaConfigException,
): ConfigRefusal | null {
  for (const [key, relation, other] of relations) {
    if (!view.isSet(key) && !view.isSet(other)) continue;
    const refused = compare(key, view.number(key), relation, other, view.number(other), exception);
    if (refused !== null) return refused;
  }
  return null;
}

/** A refusal with both names and both values, null when they fit. */
export function compare(
  key: string,
  value: number,
  relation: Relation[1],
  other: string,
  limit: number,
  exception: KafkaConfigException,
): ConfigRefusal | null {
  const fits = relation === 'at-least' ? value >= limit : relation === 'at-most' ? value <= limit : value < limit;
  if (fits) return null;
  return makeRefusal(key, relation, { key, value: String(value), other, limit: String(limit) }, exception);
}
