import { describe, expect, test } from 'vitest';
import { formats as english } from '../../../text/en/formats.ts';
import { fill } from '../../../text/format.ts';
import { formats as chinese } from '../../../text/zh/formats.ts';
import { REFUSALS } from '../legacy/refusal-keys.ts';
import { compareVersions, fetchMagic, KAFKA_RELEASES, produceMagic, releaseOf, storedMagic } from './kafka-versions.ts';
import { type Hop, type Meeting, meeting } from './versions.ts';

const meet = (producer: string, broker: string, consumer: string, rest: Partial<Meeting> = {}): Hop[] =>
  meeting({ producer, broker, consumer, ...rest });

const magics = (hops: readonly Hop[]): (number | null)[] => hops.map(({ magic }) => magic);
const conversions = (hops: readonly Hop[]): string[] => hops.map(({ conversion }) => conversion);

describe('releases', () => {
  test('are in order, and their requests only grow', () => {
    for (let index = 1; index < KAFKA_RELEASES.length; index++) {
      const [before, after] = [KAFKA_RELEASES[index - 1], KAFKA_RELEASES[index]];
      expect(compareVersions(before.version, after.version)).toBeLessThan(0);
      expect(after.produce >= before.produce && after.fetch >= before.fetch).toBe(true);
    }
  });

  test('a release in between is like the one before it', () => {
    expect([releaseOf('0.8.2').version, releaseOf('2.6').version, releaseOf('4.1').version]).toEqual([
      '0.8',
      '2.4',
      '4.0',
    ]);
    expect(releaseOf('4.3.1')).toEqual({ version: '4.3', produce: 13, fetch: 18 });
    for (const wrong of ['0.7', 'new', '4', '']) expect(() => releaseOf(wrong)).toThrow(/no Kafka version/);
  });

  test('formats: v0 to 0.9, v1 with 0.10, v2 since 0.11; a topic may ask for an older one until 3.0', () => {
    expect(['0.9', '0.10.2', '0.11', '4.3'].map((version) => storedMagic(version))).toEqual([0, 1, 2, 2]);
    expect([storedMagic('2.8', 1), storedMagic('3.0', 1), storedMagic('4.3', 0), storedMagic('0.10.0', 2)]).toEqual([
      1, 2, 2, 1,
    ]);
    expect([0, 1, 2, 3, 13].map(produceMagic)).toEqual([0, 0, 1, 2, 2]);
    expect([0, 1, 2, 3, 4, 18].map(fetchMagic)).toEqual([0, 0, 1, 1, 2, 2]);
  });
});

describe('who meets whom', () => {
  test('all of one time: nobody converts', () => {
    for (const [version, magic] of [
      ['0.9', 0],
      ['0.10.2', 1],
      ['2.8', 2],
      ['4.3', 2],
    ] as const) {
      const hops = meet(version, version, version);
      expect([magics(hops), conversions(hops)]).toEqual([
        [magic, magic, magic],
        ['none', 'none', 'none'],
      ]);
      expect(hops.flatMap(({ costs, lost }) => [...costs, ...lost])).toEqual([]);
    }
  });

  test('an old producer and an old consumer at a newer broker: up on the way in, down on the way out', () => {
    const hops = meet('0.10.2', '2.8', '0.10.2', { codec: 'gzip' });
    expect([magics(hops), conversions(hops)]).toEqual([
      [1, 2, 1],
      ['none', 'up', 'down'],
    ]);
    expect(hops.map(({ costs }) => costs)).toEqual([
      [],
      ['unpack', 'repack', 'rebuild'],
      ['unpack', 'repack', 'rebuild', 'no-zero-copy'],
    ]);
    expect(hops.map(({ request }) => request?.version ?? null)).toEqual([2, null, 3]);
  });

  test('a new producer asks and writes what the broker knows', () => {
    expect(magics(meet('2.8', '0.10.2', '2.8'))).toEqual([1, 1, 1]);
    expect(meet('2.8', '0.10.2', '2.8')[0].facts[0].key).toBe('formats.send.older');
  });

  test('headers and times: lost on the way down', () => {
    const lost = (consumer: string): readonly string[] => meet('2.8', '2.8', consumer, { headers: true })[2].lost;
    expect([lost('2.8'), lost('0.10.2'), lost('0.9')]).toEqual([
      [],
      ['headers', 'control-records'],
      ['headers', 'control-records', 'timestamps'],
    ]);
  });

  test('a log that is kept in an older format converts what new producers send, and refuses what does not fit', () => {
    expect(conversions(meet('2.8', '2.8', '2.8', { messageFormat: 1 }))).toEqual(['none', 'down', 'none']);
    const refusal = (rest: Partial<Meeting>): string | null | undefined =>
      meet('2.8', '2.8', '2.8', { messageFormat: 1, ...rest })[1].refusal?.error;
    expect(refusal({ idempotence: true })).toBe('UNSUPPORTED_FOR_MESSAGE_FORMAT');
    expect(refusal({ headers: true })).toBe('UNKNOWN_SERVER_ERROR');
    expect(refusal({ codec: 'zstd' })).toBe('UNKNOWN_SERVER_ERROR');
    expect(meet('3.9', '3.9', '3.9', { messageFormat: 1 })[1].facts.map(({ key }) => key)).toContain(
      'formats.note.format-ignored',
    );
    expect(meet('4.3', '4.3', '4.3', { messageFormat: 1 })[1].facts.map(({ key }) => key)).toContain(
      'formats.note.format-removed',
    );
  });

  test('format v0 under compression is rebuilt even where it stays', () => {
    expect(meet('0.9', '0.9', '0.9', { codec: 'gzip' })[1]).toMatchObject({
      conversion: 'rebuild',
      costs: ['unpack', 'repack', 'rebuild'],
    });
    expect(meet('0.10.2', '0.10.2', '0.10.2', { codec: 'gzip' })[1]).toMatchObject({
      conversion: 'none',
      costs: ['unpack'],
    });
  });

  test('message.downconversion.enable=false refuses the old consumer (KIP-283)', () => {
    expect(meet('2.8', '2.8', '0.10.2', { downConversion: false })[2].refusal?.error).toBe('UNSUPPORTED_VERSION');
  });

  test('zstd: producers need Produce 7, consumers Fetch 10, and no conversion unpacks it (KIP-110)', () => {
    expect(meet('2.8', '2.0', '2.8', { codec: 'zstd' })[0].refusal?.exception).toBe(
      'UnsupportedCompressionTypeException',
    );
    expect(meet('2.8', '2.8', '2.0', { codec: 'zstd' })[2].refusal).toMatchObject({ who: 'consumer', error: null });
    expect(meet('2.8', '2.8', '0.10.2', { codec: 'zstd' })[2].refusal?.error).toBe('UNSUPPORTED_COMPRESSION_TYPE');
  });

  test('idempotence has no place before 0.11: the producer gives up', () => {
    expect(meet('3.9', '0.10.2', '3.9')[0].refusal?.exception).toBe('UnsupportedVersionException');
    expect(magics(meet('3.9', '0.10.2', '3.9', { idempotence: false }))).toEqual([1, 1, 1]);
  });
});

describe('Kafka 4 and old clients (KIP-896)', () => {
  test('a producer that was told Produce 0 to 12 sends 2 and loses its connection; a consumer finds no common version', () => {
    const [send, fetch] = meet('0.10.2', '4.3', '0.10.2');
    expect(send.refusal).toMatchObject({ who: 'broker', error: null, exception: null, connectionClosed: true });
    expect(fetch.refusal).toMatchObject({
      who: 'consumer',
      exception: 'UnsupportedVersionException',
      connectionClosed: false,
    });
  });

  test('a client that does not ask is cut off on both sides', () => {
    expect(meet('0.9', '4.3', '0.9').map(({ refusal }) => refusal?.connectionClosed)).toEqual([true, true]);
  });

  test('between 0.11 and 2.0 the numbers still meet, and nothing is promised', () => {
    const hops = meet('1.1', '4.3', '0.11');
    expect(magics(hops)).toEqual([2, 2, 2]);
    expect(hops[2].facts.map(({ key }) => key)).toContain('formats.note.below-baseline');
    expect(meet('2.1', '4.3', '2.1').flatMap(({ facts }) => facts.map(({ key }) => key))).not.toContain(
      'formats.note.below-baseline',
    );
  });

  test('a new client finds nothing to say to a broker before 0.11', () => {
    expect(meet('4.3', '0.10.2', '4.3').map(({ refusal }) => refusal?.exception)).toEqual(
      Array(2).fill('UnsupportedVersionException'),
    );
    expect(meet('2.8', '0.9', '0.8').map(({ refusal }) => refusal?.connectionClosed ?? false)).toEqual([true, false]);
    expect(meet('0.9', '0.8', '0.9').map(({ refusal }) => refusal?.connectionClosed)).toEqual([true, true]);
  });
});

describe('sentences', () => {
  const tables: Readonly<Record<string, Readonly<Record<string, string>>>> = { english, chinese };
  const everyMeeting = (): Hop[] => {
    const versions = KAFKA_RELEASES.map(({ version }) => version);
    const hops: Hop[] = [];
    for (const producer of versions) {
      for (const broker of versions) {
        for (const rest of [
          {},
          { codec: 'zstd', headers: true },
          { headers: true },
          { codec: 'lz4', messageFormat: 1, idempotence: true },
        ] as const) {
          hops.push(...meet(producer, broker, producer, rest));
          hops.push(...meet(broker, broker, producer, { ...rest, downConversion: rest.codec !== 'lz4' }));
        }
      }
    }
    return hops;
  };

  test('every pair of releases gives facts whose sentences exist and are filled', () => {
    const unfilled = everyMeeting()
      .flatMap(({ facts, refusal }) => [...facts, ...(refusal === null ? [] : [refusal.reason])])
      .flatMap(({ key, params }) => Object.values(tables).map((table) => fill(table[key] ?? `{${key}}`, params)))
      .filter((text) => text.includes('{'));
    expect([...new Set(unfilled)]).toEqual([]);
  });

  test('every reason of a refusal has its sentence, and no sentence is without a reason', () => {
    const keys = Object.keys(english).filter((key) => key.startsWith('formats.refused.'));
    expect(keys.sort()).toEqual(REFUSALS.map((key) => `formats.refused.${key}`).sort());
    const hops = everyMeeting();
    const costs = new Set(hops.flatMap((hop) => hop.costs));
    const lost = new Set(hops.flatMap((hop) => hop.lost));
    const said = (part: string): string[] =>
      Object.keys(english)
        .filter((key) => key.startsWith(`formats.${part}.`))
        .map((key) => key.slice(`formats.${part}.`.length));
    expect([[...costs].sort(), [...lost].sort()]).toEqual([said('cost').sort(), said('lost').sort()]);
  });
});
