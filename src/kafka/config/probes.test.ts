import './all-keys.ts';
import { expect, test } from 'vitest';
import probes from './probes.json';
import { findKey } from './registry.ts';
import type { ConfigScope } from './types.ts';
import { validateConfigValue } from './validate.ts';

/**
 * probes.json: which texts Kafka 4.3.1 took and refused for which keys. Keys with the same answers share a row. Classes
 * are left out, since Kafka looks them up among its own.
 */
test('every key takes and refuses what Kafka 4.3.1 takes and refuses', () => {
  const wrong: string[] = [];
  let checked = 0;
  for (const row of probes) {
    for (const [scope, keys] of Object.entries(row.keys) as [ConfigScope, string[]][]) {
      for (const key of keys) {
        const verdictOf = (value: string) => validateConfigValue(scope, key, value).ok;
        for (const value of row.ok)
          if (!verdictOf(value)) wrong.push(`${scope} ${key} = ${JSON.stringify(value)}: Kafka takes it`);
        for (const value of row.bad)
          if (verdictOf(value)) wrong.push(`${scope} ${key} = ${JSON.stringify(value)}: Kafka refuses it`);
        checked += row.ok.length + row.bad.length;
      }
    }
  }
  expect(wrong).toEqual([]);
  expect(checked).toBeGreaterThan(5000);
});

test('every probed key is known', () => {
  for (const row of probes) {
    for (const [scope, keys] of Object.entries(row.keys) as [ConfigScope, string[]][]) {
      expect(keys.filter((key) => findKey(scope, key) === undefined)).toEqual([]);
    }
  }
});
