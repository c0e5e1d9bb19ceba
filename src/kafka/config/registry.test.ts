import './all-keys.ts';
import { describe, expect, test } from 'vitest';
import { parseIsoDurationUs } from './duration.ts';
import { editDistance, nearest } from './nearest.ts';
import { NOT_YET } from './not-yet.ts';
import { parseValue } from './parse-value.ts';
import {
  CONFIG_ENTRIES,
  CONFIG_SCOPES,
  configDefault,
  configEntries,
  configEntry,
  findKey,
  knownKeys,
} from './registry.ts';
import { NOTES, REFUSALS } from './texts.ts';
import { validateConfigValue } from './validate.ts';
import { NOT_YET_ZH, NOTES_ZH, REFUSALS_ZH } from './zh.ts';

describe('the registries', () => {
  test('all keys of Kafka 4.3.1 are known, each once', () => {
    const counts = CONFIG_SCOPES.map((scope) => [scope, knownKeys(scope).length]);
    expect(Object.fromEntries(counts)).toEqual({
      producer: 113,
      consumer: 116,
      broker: 360,
      topic: 34,
      group: 17,
      admin: 91,
    });
    const names = CONFIG_ENTRIES.map((entry) => `${entry.scope} ${entry.key}`);
    expect(new Set(names).size).toBe(names.length);
  });

  test('every default is a value that Kafka takes', () => {
    for (const scope of CONFIG_SCOPES) {
      for (const known of knownKeys(scope)) {
        if (known.default === null) continue;
        expect([scope, known.key, validateConfigValue(scope, known.key, known.default)]).toMatchObject([
          scope,
          known.key,
          { ok: true },
        ]);
      }
    }
  });

  test('every entry says whether it acts, and every key that does not says why', () => {
    for (const scope of CONFIG_SCOPES) {
      for (const known of knownKeys(scope)) expect(known.acts === true || NOT_YET[known.acts]).toBeTruthy();
    }
    expect(findKey('broker', 'ssl.keystore.type')?.acts).toBe('security');
    expect(findKey('broker', 'remote.log.storage.system.enable')?.acts).toBe('tieredStorage');
    expect(findKey('broker', 'log.cleaner.threads')?.acts).toBe('compaction');
    expect(findKey('group', 'consumer.heartbeat.interval.ms')?.acts).toBe(true);
    expect(findKey('producer', 'ssl.protocol')?.acts).toBe('security');
    expect(findKey('broker', 'num.io.threads')?.acts).toBe('threads');
    expect(findKey('broker', 'socket.send.buffer.bytes')?.acts).toBe('buffers');
    expect(findKey('broker', 'advertised.listeners')?.acts).toBe('addresses');
    expect(findKey('broker', 'producer.purgatory.purge.interval.requests')?.acts).toBe('tidying');
    expect(findKey('group', 'streams.session.timeout.ms')?.acts).toBe('streams');
    expect(findKey('admin', 'retries')?.acts).toBe('admin');
  });

  test('entries of the inspector', () => {
    expect(configEntry('producer', 'linger.ms')).toMatchObject({
      type: 'long',
      default: '5',
      unit: 'ms',
      group: 'Latency',
      updateMode: 'client',
      sentenceKey: 'config.producer.linger.ms',
      acts: true,
    });
    expect(configEntry('broker', 'min.insync.replicas')?.updateMode).toBe('cluster-wide');
    expect(configEntry('topic', 'flush.ms')?.brokerSynonyms?.map((synonym) => synonym.key)).toEqual([
      'log.flush.interval.ms',
      'log.flush.scheduler.interval.ms',
    ]);
    expect(configEntry('broker', 'ssl.keystore.type')).toBeUndefined();
    expect(configEntries('producer')[0]?.key).toBe('acks');
    expect(configDefault('broker', 'broker.session.timeout.ms')).toBe('9000');
    expect(() => configDefault('broker', 'no.such.key')).toThrow();
  });

  test('every synonym of a topic is a broker parameter', () => {
    const synonyms = configEntries('topic').flatMap((entry) => entry.brokerSynonyms ?? []);
    expect(synonyms.filter((synonym) => findKey('broker', synonym.key) === undefined)).toEqual([]);
  });
});

describe('values as Java reads them', () => {
  test.each<[Parameters<typeof parseValue>[0], string, unknown]>([
    ['int', ' +7 ', 7],
    ['int', '007', 7],
    ['int', '-0', 0],
    ['long', '9223372036854775807', 9223372036854775807n],
    ['long', '9007199254740991', 9007199254740991],
    ['double', '.5', 0.5],
    ['double', '1e3', 1000],
    ['double', '2.5f', 2.5],
    ['double', '-Infinity', Number.NEGATIVE_INFINITY],
    ['boolean', ' TRUE', true],
    ['list', '', []],
    ['list', ' a , b ,', ['a', 'b', '']],
    ['string', '\t x \u0000', 'x'],
    ['string', '\u00a0x', '\u00a0x'],
  ])('%s %j', (type, text, value) => {
    const parsed = parseValue(type, text);
    expect('value' in parsed && parsed.value).toEqual(value);
  });

  test.each<[Parameters<typeof parseValue>[0], string, string]>([
    ['int', '', 'not-whole'],
    ['int', '1.0', 'not-whole'],
    ['int', '1_000', 'not-whole'],
    ['int', '2147483648', 'too-big-for-type'],
    ['short', '32768', 'too-big-for-type'],
    ['long', '9'.repeat(100_000), 'too-big-for-type'],
    ['double', '1,5', 'not-number'],
    ['boolean', '1', 'not-boolean'],
  ])('%s %j is refused', (type, text, code) => {
    const parsed = parseValue(type, text);
    expect('fault' in parsed && parsed.fault.code).toBe(code);
  });

  test('a long run of white space takes no time', () => {
    const verdict = validateConfigValue('producer', 'interceptor.classes', `a${' '.repeat(1_000_000)}b`);
    expect(verdict.ok).toBe(true);
  });

  test.each([
    ['PT1H', 3_600_000_000],
    ['P1DT2H3M4.5S', 93_784_500_000],
    ['PT-1.5S', -1_500_000],
    ['-PT1S', -1_000_000],
    ['PT0.0000019S', 1],
    ['P1D', 86_400_000_000],
    ['PT', null],
    ['P', null],
    ['1h', null],
    ['', null],
    [`P${'9'.repeat(18)}D`, Number.MAX_SAFE_INTEGER],
  ])('%s', (text, us) => {
    expect(parseIsoDurationUs(text)).toBe(us);
  });
});

test('a refusal names the value, the reason and the exception', () => {
  expect(validateConfigValue('topic', 'segment.bytes', '20000')).toEqual({
    ok: false,
    key: 'segment.bytes',
    code: 'below-min',
    params: { key: 'segment.bytes', value: '20000', min: '1048576' },
    kafkaException: 'InvalidConfigurationException',
    message: 'segment.bytes = 20000 is too small: the least is 1048576.',
  });
  expect(validateConfigValue('producer', 'linger', '5')).toMatchObject({
    code: 'unknown-key',
    kafkaException: null,
    nearest: 'linger.ms',
  });
  expect(validateConfigValue('topic', 'flush.msgs', '5')).toMatchObject({
    kafkaException: 'InvalidConfigurationException',
    nearest: 'flush.ms',
  });
  expect(validateConfigValue('producer', 'compression.type', 'ztsd')).toMatchObject({
    code: 'not-one-of',
    nearest: 'zstd',
  });
  expect(validateConfigValue('producer', 'acks', 'ALL')).toMatchObject({
    code: 'wrong-case',
    kafkaException: 'ConfigException',
    nearest: 'all',
  });
});

describe('the nearest name', () => {
  test.each([
    ['linger.mss', 'linger.ms'],
    ['lingerms', 'linger.ms'],
    ['LINGER.MS', 'linger.ms'],
    ['ack', 'acks'],
    ['batch.szie', 'batch.size'],
    ['linger', 'linger.ms'],
    ['size', 'batch.size'],
    ['something.else.entirely', undefined],
    ['', undefined],
  ])('%s: %s', (name, expected) => {
    expect(nearest(name, ['acks', 'batch.size', 'linger.ms'])).toBe(expected);
  });

  test('a swap of neighbours is one edit', () => {
    expect(editDistance('szie', 'size')).toBe(1);
    expect(editDistance('', 'abc')).toBe(3);
    expect(editDistance('kitten', 'sitting')).toBe(3);
  });
});

test('every sentence is there in Chinese, with the same parameters', () => {
  const braces = (text: string) => [...new Set(text.match(/\{[a-zA-Z]+\}/g) ?? [])].sort();
  for (const [english, chinese] of [
    [NOT_YET, NOT_YET_ZH],
    [REFUSALS, REFUSALS_ZH],
    [NOTES, NOTES_ZH],
  ] as const) {
    for (const [code, text] of Object.entries(english)) {
      expect([code, braces((chinese as Record<string, string>)[code] ?? '')]).toEqual([code, braces(text)]);
    }
  }
});
