import '../../kafka/config/all-keys.ts';
import type { ConfigNote, Effective } from '../../kafka/config/config-view.ts';
import { findKey } from '../../kafka/config/registry.ts';
import type { ConfigScope } from '../../kafka/config/types.ts';
import { type ConfigRefusal, validateConfigValue } from '../../kafka/config/validate.ts';
import type { ConfigObject } from '../scenario.ts';
import { type Check, isFull, member, report, warn } from './check.ts';
import { isObject, type Read, wrongType } from './values.ts';

/** Kafka's own limit on a dynamic value, in characters here. */
const MAX_VALUE_LENGTH = 32_767;

/** Keys of one scope with values as text; unknown keys, refused values and those without effect are said. */
export function configObject(scope: ConfigScope): Read<ConfigObject> {
  return (check, place, value) => {
    if (!isObject(value)) return wrongType(check, place, 'object', value);
    const config: Record<string, string> = {};
    for (const key of Object.keys(value)) {
      const text = readConfigText(check, member(place, key), value[key]);
      if (text === undefined || !checkConfigValue(check, member(place, key), scope, key, text)) continue;
      config[key] = text;
    }
    return config;
  };
}

export const readConfigText: Read<string> = (check, place, value) => {
  if (typeof value === 'number' || typeof value === 'boolean') {
    report(check, place, 'config-not-text', { value: String(value) }, { expected: JSON.stringify(String(value)) });
    return undefined;
  }
  if (typeof value !== 'string') return wrongType(check, place, 'text', value);
  if (value.length <= MAX_VALUE_LENGTH) return value;
  report(check, place, 'too-long', { size: value.length, max: MAX_VALUE_LENGTH });
  return undefined;
};

/** Whether Kafka takes the value; warns where it does nothing here yet. */
export function checkConfigValue(check: Check, place: string, scope: ConfigScope, key: string, value: string): boolean {
  if (isFull(check) && findKey(scope, key) === undefined) {
    // Searching for the nearest of a hundred names takes time, and nobody would read it.
    check.unlisted++;
    return false;
  }
  const verdict = validateConfigValue(scope, key, value);
  if (!verdict.ok) {
    reportRefusal(check, place, verdict);
    return false;
  }
  const acts = findKey(scope, key)?.acts ?? 'other';
  if (acts !== true) warn(check, place, 'config-not-yet', { key, why: `@not-yet:${acts}` });
  return true;
}

export function reportRefusal(check: Check, place: string, refusal: ConfigRefusal): void {
  const { kafkaException } = refusal;
  const params = { ...refusal.params, reason: `@refusal:${refusal.code}` };
  const hints = refusal.nearest === undefined ? {} : { nearest: refusal.nearest };
  if (kafkaException === null) report(check, place, 'unknown-config', params, hints);
  else report(check, place, 'refused', { ...params, exception: kafkaException }, hints);
}

/** The rules between the keys of one process: refusals are problems, silent changes are warnings. */
export function checkEffective(check: Check, place: string, effective: Effective<unknown>): void {
  if (effective.ok) {
    for (const note of effective.notes) warnNote(check, place, note);
    return;
  }
  for (const refusal of effective.refusals) reportRefusal(check, member(place, refusal.key), refusal);
}

function warnNote(check: Check, place: string, note: ConfigNote): void {
  warn(check, member(place, note.key), 'config-note', { ...note.params, note: `@note:${note.code}` });
}
