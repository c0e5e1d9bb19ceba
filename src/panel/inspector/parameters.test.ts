/** What the inspector and the page of all keys say of parameters: pure words, found and filtered. */
import '../../kafka/config/all-keys.ts';
import '../../text/whole.ts';
import { describe, expect, test } from 'vitest';
import { HISTORY_VERSIONS, keyHistory, minorLine, scopeSince } from '../../kafka/config/history.ts';
import { CONFIG_SCOPES, findKey, knownKeys } from '../../kafka/config/registry.ts';
import type { ConfigScope, KnownKey } from '../../kafka/config/types.ts';
import { parameters } from '../../text/en/parameters.ts';
import { hasText, text } from '../../text/index.ts';
import { changeRows, NEWEST, rowsAt, versionsOf } from '../dialogs/all-keys-model.ts';
import { refusalOf } from './check-value.ts';
import { findable, findIn } from './find-parameters.ts';
import { historyWords } from './history-words.ts';
import { validWords } from './valid-words.ts';
import { typedValue, valueWords } from './value-words.ts';

const say = (key: string, params: Record<string, string | number> = {}) => text('en', key, params);
const known = (scope: ConfigScope, key: string): KnownKey => {
  const found = findKey(scope, key);
  if (found === undefined) throw new Error(`${scope} ${key}`);
  return found;
};
const at = (version: string) => HISTORY_VERSIONS.indexOf(version);

describe('defaults by version in one line', () => {
  test.each<[ConfigScope, string, string]>([
    ['producer', 'acks', '1 until 2.8, all since 3.0'],
    ['producer', 'linger.ms', '0 ms until 3.9, 5 ms since 4.0'],
    ['consumer', 'session.timeout.ms', '1 s until 0.8.2, 30 s until 0.10.0, 10 s until 2.8, 45 s since 3.0'],
    ['producer', 'batch.size', '16 KiB in every version since it exists'],
    ['consumer', 'allow.auto.create.topics', 'true since 2.3'],
    ['admin', 'bootstrap.servers', 'you must set it until 3.6, empty since 3.7'],
    ['broker', 'offsets.retention.minutes', '1 d until 1.1, 7 d since 2.0'],
    ['group', 'consumer.session.timeout.ms', '45 s in every version since it exists'],
  ])('%s %s: %s', (scope, key, words) => {
    const history = keyHistory(scope, key);
    if (history === undefined) throw new Error(key);
    expect(historyWords(say, known(scope, key), history, scopeSince(scope), minorLine)).toBe(words);
  });

  test('a parameter that is gone ends with its last version', () => {
    const history = keyHistory('producer', 'auto.include.jmx.reporter');
    if (history === undefined) throw new Error('gone');
    const valued = { key: history.key, type: 'boolean', unit: null, validator: null } as const;
    expect(historyWords(say, valued, history, 0, minorLine)).toBe('true until 3.9');
  });
});

describe('what a parameter takes', () => {
  test.each<[ConfigScope, string, string]>([
    ['producer', 'batch.size', '0 B or more'],
    ['topic', 'segment.bytes', '1 MiB or more'],
    ['producer', 'compression.gzip.level', '1 to 9, or -1'],
    ['producer', 'security.protocol', 'PLAINTEXT, SASL_PLAINTEXT, SASL_SSL, SSL, in any case'],
    ['topic', 'cleanup.policy', 'a list of compact, delete'],
    ['broker', 'controller.quorum.voters', 'a list of id@host:port'],
    ['broker', 'ssl.key.password', 'any text, kept secret'],
  ])('%s %s: %s', (scope, key, words) => {
    expect(validWords(say, known(scope, key))).toBe(words);
  });

  test('every parameter says something, in both languages, and so do its kind, its unit and its way to take effect', () => {
    for (const scope of CONFIG_SCOPES) {
      for (const one of knownKeys(scope)) {
        expect([one.key, validWords(say, one)]).not.toEqual([one.key, '']);
        for (const key of [`config.page.kind.${one.type}`, `config.page.mode.${one.updateMode}`])
          expect(hasText(key)).toBe(true);
        if (one.unit !== null && one.unit !== 'count' && one.unit !== 'ratio')
          expect(hasText(`config.page.unit.${one.unit}`)).toBe(true);
      }
    }
  });

  test('what a value changes elsewhere is said of parameters that exist', () => {
    const prefix = 'config.elsewhere.';
    for (const key of Object.keys(parameters).filter((name) => name.startsWith(prefix))) {
      const [scope = '', ...rest] = key.slice(prefix.length).split('.');
      expect([key, findKey(scope as ConfigScope, rest.join('.'))?.key]).toEqual([key, rest.join('.')]);
    }
  });
});

describe('numbers with units', () => {
  test.each<[ConfigScope, string, string, string]>([
    ['broker', 'log.retention.hours', '168', '7 d'],
    ['broker', 'offsets.retention.minutes', '90', '1.5 h'],
    ['broker', 'leader.imbalance.check.interval.seconds', '300', '5 min'],
    ['broker', 'log.cleaner.io.max.bytes.per.second', '1048576', '1 MiB/s'],
    ['broker', 'log.cleaner.io.max.bytes.per.second', '1.7976931348623157E308', '∞'],
    ['producer', 'linger.ms', '0', '0 ms'],
    ['producer', 'retries', '2147483647', '2,147,483,647'],
  ])('%s %s = %s: %s', (scope, key, value, words) => {
    expect(valueWords(known(scope, key), value)).toBe(words);
  });

  test.each<[ConfigScope, string, string, string]>([
    ['broker', 'log.retention.hours', '7 d', '168'],
    ['broker', 'offsets.retention.minutes', '2 h', '120'],
    ['topic', 'retention.ms', '0.5 h', '1800000'],
    ['producer', 'batch.size', '32 KiB', '32768'],
    ['producer', 'batch.size', '2 h', '2 h'],
    ['producer', 'retries', '3 s', '3 s'],
  ])('%s %s typed as %s: %s', (scope, key, typed, value) => {
    expect(typedValue(known(scope, key), typed)).toBe(value);
  });
});

describe('the find box', () => {
  const list = knownKeys('broker').map((one) =>
    findable(one, one.key === 'log.retention.ms' ? 'old segments are deleted' : ''),
  );
  const keys = (find: string) => findIn(list, find).map((one) => one.key);

  test('by name, by parts of it in any order, by a word of its sentence', () => {
    expect(keys('')).toHaveLength(360);
    expect(keys('replica lag')).toEqual(['replica.lag.time.max.ms']);
    expect(keys('lag REPLICA')).toEqual(['replica.lag.time.max.ms']);
    expect(keys('deleted old')).toEqual(['log.retention.ms']);
    expect(keys('nothing like it')).toEqual([]);
  });

  test('names that begin with what is typed stand in front', () => {
    expect(keys('num.')[0]?.startsWith('num.')).toBe(true);
    expect(keys('log.retention')[0]).toBe('log.retention.bytes');
  });
});

describe('a value beside others', () => {
  test('fine alone, refused together; the key itself is no other', () => {
    expect(refusalOf('producer', 'acks', '1', [])).toBeNull();
    expect(refusalOf('producer', 'acks', '1', [['enable.idempotence', 'true']])?.code).toBe('idempotence-needs-acks');
    expect(
      refusalOf('producer', 'acks', 'all', [
        ['acks', '1'],
        ['enable.idempotence', 'true'],
      ]),
    ).toBeNull();
    expect(refusalOf('broker', 'replica.fetch.wait.max.ms', '30001', [])?.code).toBe('fetch-wait-above-socket');
    expect(refusalOf('group', 'consumer.session.timeout.ms', '1', [])?.code).toBe('at-least');
    expect(refusalOf('producer', 'acks', 'some', [])?.code).toBe('not-one-of');
  });
});

describe('the page of all keys', () => {
  test('the newest version lists every parameter of 4.3, an older one those it had', () => {
    expect(CONFIG_SCOPES.reduce((sum, scope) => sum + rowsAt(scope, NEWEST).length, 0)).toBe(731);
    expect(rowsAt('broker', at('2.8.2')).find((row) => row.key === 'zookeeper.connect')?.known).toBeNull();
    expect(rowsAt('group', at('3.9.1'))).toEqual([]);
  });

  test('versions of a scope, the newest first', () => {
    expect(versionsOf('producer')).toHaveLength(31);
    expect(versionsOf('group').map((version) => version.name)).toEqual(['4.3', '4.2', '4.1', '4.0']);
  });

  test('what changed between two versions, older to newer whichever comes first', () => {
    const rows = changeRows('producer', at('3.0.2'), at('2.8.2'));
    expect(rows.map(({ kind, key, before, after }) => [kind, key, before, after])).toEqual(
      expect.arrayContaining([
        ['default', 'acks', '1', 'all'],
        ['default', 'enable.idempotence', 'false', 'true'],
      ]),
    );
    expect(changeRows('topic', at('4.0.0'), at('4.1.1')).find((row) => row.kind === 'valid')).toMatchObject({
      key: 'segment.bytes',
      before: '[14,...]',
      after: '[1048576,...]',
    });
  });
});
