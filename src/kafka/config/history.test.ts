import './all-keys.ts';
import { describe, expect, test } from 'vitest';
import {
  changesBetween,
  defaultAt,
  HISTORY_VERSIONS,
  isRequired,
  keyHistory,
  minorLine,
  scopeHistory,
  scopeSince,
} from './history.ts';
import { CONFIG_SCOPES, findKey, knownKeys } from './registry.ts';
import type { ConfigScope } from './types.ts';

const at = (version: string) => HISTORY_VERSIONS.indexOf(version);
const LAST = HISTORY_VERSIONS.length - 1;
const textAt = (scope: ConfigScope, key: string, version: string) => {
  const history = keyHistory(scope, key);
  return history === undefined ? undefined : defaultAt(history, at(version));
};

describe('defaults by version', () => {
  test('the newest version of the history says of all 731 keys what the registry says', () => {
    let seen = 0;
    for (const scope of CONFIG_SCOPES) {
      for (const known of knownKeys(scope)) {
        const history = keyHistory(scope, known.key);
        const value = history === undefined ? undefined : defaultAt(history, LAST);
        // The registry writes a default class as Java prints it, with its word before the name.
        const usual = known.default?.replaceAll('class ', '') ?? null;
        const wanted = known.required ? { required: true } : usual;
        const same = isRequired(value) ? known.required : number(value) === number(wanted);
        expect([scope, known.key, same ? wanted : value]).toEqual([scope, known.key, wanted]);
        seen++;
      }
    }
    expect(seen).toBe(731);
  });

  test('and knows no key in it beyond those', () => {
    for (const scope of CONFIG_SCOPES) {
      const current = scopeHistory(scope).filter((history) => history.gone === null);
      expect(current.map((history) => history.key)).toEqual(knownKeys(scope).map((known) => known.key));
    }
  });

  test.each<[ConfigScope, string, string, string | null | undefined]>([
    ['producer', 'acks', '2.8.2', '1'],
    ['producer', 'acks', '3.0.2', 'all'],
    ['producer', 'enable.idempotence', '2.8.2', 'false'],
    ['producer', 'linger.ms', '3.9.1', '0'],
    ['producer', 'linger.ms', '4.0.0', '5'],
    ['consumer', 'session.timeout.ms', '2.8.2', '10000'],
    ['consumer', 'session.timeout.ms', '3.0.2', '45000'],
    ['broker', 'replica.lag.time.max.ms', '2.4.1', '10000'],
    ['broker', 'replica.lag.time.max.ms', '2.5.1', '30000'],
    ['broker', 'offsets.retention.minutes', '1.1.1', '1440'],
    ['broker', 'offsets.retention.minutes', '2.0.1', '10080'],
    ['broker', 'zookeeper.connection.timeout.ms', '4.0.0', undefined],
    ['topic', 'message.timestamp.after.max.ms', '3.9.1', '9223372036854775807'],
    ['group', 'consumer.session.timeout.ms', '3.9.1', undefined],
  ])('%s %s in %s: %s', (scope, key, version, value) => {
    expect(textAt(scope, key, version)).toBe(value);
  });

  test('every key begins, changes and ends in order, and a change is one', () => {
    for (const scope of CONFIG_SCOPES) {
      for (const { key, since, gone, defaults } of scopeHistory(scope)) {
        const places = defaults.map((change) => change.at);
        expect([key, places]).toEqual([key, [...new Set(places)].sort((a, b) => a - b)]);
        expect(places[0]).toBe(since);
        expect(gone ?? LAST + 1).toBeGreaterThan(places.at(-1) ?? 0);
        for (const [i, change] of defaults.entries()) expect(change.value).not.toEqual(defaults[i - 1]?.value);
      }
    }
  });
});

describe('what changed between two versions', () => {
  const changed = (scope: ConfigScope, from: string, to: string, kind: string) =>
    changesBetween(scope, at(from), at(to))
      .filter((change) => change.kind === kind)
      .map((change) => change.history.key);

  test('3.0 changed what a producer promises', () => {
    expect(changed('producer', '2.8.2', '3.0.2', 'default')).toEqual(['acks', 'enable.idempotence']);
    expect(changed('producer', '3.9.1', '4.0.0', 'default')).toContain('linger.ms');
    expect(changed('producer', '3.9.1', '4.0.0', 'gone')).toEqual(['auto.include.jmx.reporter']);
  });

  test('a least value that rose is said, since a file that was good is refused now', () => {
    expect(changed('topic', '4.0.0', '4.1.1', 'valid')).toEqual(['segment.bytes']);
    expect(keyHistory('topic', 'segment.bytes')?.valid.at(-1)).toEqual({ at: at('4.1.1'), value: '[1048576,...]' });
  });

  test('what could be changed while running and cannot any more', () => {
    expect(changed('broker', '3.9.1', '4.0.0', 'mode')).toContain('advertised.listeners');
  });

  test('the order of the two does not matter, and a version against itself is quiet', () => {
    expect(changesBetween('broker', at('4.0.0'), at('2.0.1'))).toEqual(
      changesBetween('broker', at('2.0.1'), at('4.0.0')),
    );
    expect(changesBetween('broker', LAST, LAST)).toEqual([]);
  });
});

test('names of versions, and where a scope begins', () => {
  expect([0, 5, 6, LAST].map(minorLine)).toEqual(['0.8.2', '0.11.0', '1.0', '4.3']);
  expect(minorLine(scopeSince('group'))).toBe('4.0');
  expect(minorLine(scopeSince('admin'))).toBe('0.11.0');
  expect(findKey('broker', 'zookeeper.connect')).toBeUndefined();
  expect(minorLine(keyHistory('broker', 'zookeeper.connect')?.gone ?? 0)).toBe('4.0');
});

/** 1.0 and 1 are one number; the generated lists write whole doubles either way. */
function number(value: unknown): unknown {
  return typeof value === 'string' && value !== '' && !Number.isNaN(Number(value)) ? Number(value) : value;
}
