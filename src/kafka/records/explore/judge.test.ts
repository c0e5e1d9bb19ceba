/**
 * Every bit of several batches flipped, as it is and with a checksum made anew: what Kafka 4.3.1's own classes answered to the same
 * bytes (`flips.json`: UnifiedLog.appendAsLeader behind ProduceRequest's check, appendAsFollower, CompletedFetch with and without
 * check.crcs, and a log opened after an unclean stop). Runs of equal answers stand as "bits broker|follower|consumer|consumer|recovery".
 */
import { describe, expect, test } from 'vitest';
import { byteMap } from '../../../text/en/byte-map.ts';
import { formats } from '../../../text/en/formats.ts';
import { fill } from '../../../text/format.ts';
import type { Fact, Testimony } from '../byte-field.ts';
import { bytesOfHex } from '../bytes.ts';
import { crc32c } from '../crc32c.ts';
import { crc32 } from '../legacy/crc32.ts';
import { byteMapOf } from './byte-map.ts';
import { flipBit } from './edit.ts';
import { bytesOfInt } from './field-text.ts';
import flips from './flips.json' with { type: 'json' };
import { judge } from './judge.ts';
import { consume } from './witness-consumer.ts';

type Sample = keyof typeof flips;
/** The brokers' clock in that run: a second after the records. */
const NOW_MS = 1_767_225_601_000;
/** The log ended at 5 there, in a segment from 0 on, and its leader's epoch was 3. */
const [NEXT, EPOCH] = [5n, 3];

/** The checksum over the whole of the bytes, whatever their length says. */
function stamped(bytes: Uint8Array, magic: number): Uint8Array {
  const crc = magic === 2 ? crc32c(bytes, 21) : crc32(bytes, 16);
  const out = bytes.slice();
  out.set(bytesOfInt('uint32', BigInt(crc)), magic === 2 ? 17 : 12);
  return out;
}

function answers(before: Uint8Array, after: Uint8Array): string[] {
  // A 4.3 broker knows v0 and v1 no more: its log was asked past the request's check, and stored them as v2.
  const produce = { nextOffset: NEXT, leaderEpoch: EPOCH, ...(before[16] === 2 ? {} : { toMagic: 2 as const }) };
  const said = judge(before, after, { nowMs: NOW_MS, segmentBase: 0, fetchEpoch: EPOCH, produce }).testimonies;
  const [broker, follower, , , recovery] = said as [Testimony, Testimony, Testimony, Testimony, Testimony];
  const consumed = [true, false].map((check) => {
    const { records, next, exception } = consume(after, NEXT, check);
    return `${records.length} ${exception ?? `next ${next}`}`;
  });
  const cut = after.length - Number(recovery.message.params.bytes);
  return [
    broker.error ?? (broker.notices ? 'nothing' : 'ok'),
    follower.exception ?? (follower.notices ? 'nothing' : `ok ${follower.message.params.next}`),
    ...consumed,
    recovery.message.key.endsWith('stops') ? String(recovery.exception) : `${recovery.message.params.end} ${cut}`,
  ];
}

describe.each(Object.keys(flips) as Sample[])('%s', (sample) => {
  const stored = bytesOfHex(flips[sample].stored);
  const magic = stored[16] as number;

  test.each(['asIs', 'freshCrc'] as const)('%s: all witnesses say what Kafka said', (which) => {
    let bit = which === 'asIs' ? -1 : (magic === 2 ? 21 : 16) * 8;
    const differ: string[] = [];
    for (const run of flips[sample][which]) {
      const [, count, kafka = ''] = /^(\d+) (.*)$/.exec(run) ?? [];
      for (let i = 0; i < Number(count); i++, bit++) {
        const flipped = bit < 0 ? stored : flipBit(stored, bit >> 3, bit & 7);
        const ours = answers(stored, which === 'asIs' ? flipped : stamped(flipped, magic));
        // What was not kept of Kafka's answer (records in front of a broken stream) is left out.
        const theirs = kafka.split('|');
        if (theirs.some((answer, w) => answer !== '' && answer !== ours[w]))
          differ.push(`${bit}: ${ours.join('|')} ≠ ${kafka}`);
      }
    }
    expect(differ).toEqual([]);
    if (flips[sample][which].length > 0) expect(bit).toBe(stored.length * 8);
  });
});

describe('in words', () => {
  const stored = bytesOfHex(flips.plain.stored);
  const by = (after: Uint8Array, witness: string): Testimony =>
    judge(stored, after).testimonies.find((t) => t.witness === witness) as Testimony;

  test('nobody has anything to say of bytes as they were', () => {
    const { testimonies, crcHolds, storedCrc, computedCrc } = judge(stored, stored);
    expect(crcHolds).toBe(true);
    expect(storedCrc).toBe(computedCrc);
    expect(testimonies.map(({ witness, config }) => [witness, config])).toEqual([
      ['producer-broker', null],
      ['follower', null],
      ['consumer', 'check.crcs=true'],
      ['consumer', 'check.crcs=false'],
      ['recovery', null],
    ]);
    expect(testimonies.some(({ notices, reads }) => notices || reads.length > 0)).toBe(false);
  });

  test.each(['idempotent', 'gzip', 'zstd', 'v0', 'v1', 'v1-lz4'] as const)('nor of %s', (sample) => {
    const bytes = bytesOfHex(flips[sample].stored);
    expect(judge(bytes, bytes).testimonies.filter(({ notices, reads }) => notices || reads.length > 0)).toEqual([]);
  });

  test('a wrapper’s own checksum is looked at by brokers, never by a consumer: that looks at the messages inside', () => {
    const wrapper = bytesOfHex(flips['v1-lz4'].stored);
    const { testimonies } = judge(wrapper, flipBit(wrapper, 12, 0));
    expect(testimonies.map(({ notices }) => notices)).toEqual([true, true, false, false, true]);
  });

  test('a control batch is the broker’s own: it takes none from a producer', () => {
    const bytes = bytesOfHex(flips.control.stored);
    expect(judge(bytes, bytes).testimonies.map(({ error }) => error)).toEqual([
      'INVALID_RECORD',
      null,
      null,
      null,
      null,
    ]);
  });

  test('a flipped bit of a value: all look at the checksum but a consumer with check.crcs=false', () => {
    const after = flipBit(stored, 69, 0);
    const judgement = judge(stored, after);
    expect(judgement.crcHolds).toBe(false);
    expect(judgement.testimonies.map(({ notices, error, exception }) => [notices, error, exception])).toEqual([
      [true, 'CORRUPT_MESSAGE', 'CorruptRecordException'],
      [true, null, 'CorruptRecordException'],
      [true, null, 'KafkaException'],
      [false, null, null],
      [true, null, 'CorruptRecordException'],
    ]);
    expect(judgement.testimonies[3]?.reads).toEqual([
      { path: 'records[0].value', name: 'value', before: 'hello', after: 'iello' },
    ]);
  });

  test('rule 90: a leader epoch above the one fetched with is left out by the follower, and overwritten by the leader', () => {
    const after = flipBit(stored, 13, 0);
    expect(by(after, 'producer-broker')).toMatchObject({ notices: false, error: null });
    expect(by(after, 'follower').message).toEqual({
      key: 'byte-map.follower.skips',
      params: { epoch: 65539, fetchEpoch: 3 },
    });
    expect(by(after, 'recovery').notices).toBe(false);
  });

  test('rule 93: recovery keeps a batch with magic 3, which nobody can read', () => {
    const after = flipBit(stored, 16, 0);
    expect(judge(stored, after).crcHolds).toBe(true);
    expect(by(after, 'recovery').notices).toBe(false);
    expect(by(after, 'consumer').exception).toBe('CorruptRecordException');
  });

  test('rule 97: a corrupt batch makes the follower fetch again; a negative epoch ends its fetching', () => {
    expect(by(flipBit(stored, 70, 3), 'follower').message.key).toBe('byte-map.follower.retries');
    expect(by(flipBit(stored, 12, 7), 'follower').message.key).toBe('byte-map.follower.fails');
  });

  test('a base offset that is not 0 is refused though no checksum covers it; stored, it moves the consumer', () => {
    const after = flipBit(stored, 7, 3);
    expect(by(after, 'producer-broker')).toMatchObject({ error: 'INVALID_RECORD' });
    expect(by(after, 'consumer')).toMatchObject({
      notices: false,
      message: { key: 'byte-map.consumer.reads', params: { records: 2, position: '5', next: '15' } },
    });
  });
});

describe('the sentences', () => {
  const area: Readonly<Record<string, string>> = { ...byteMap, ...formats };

  test('each fact that any flipped bit brings has its sentence, filled whole', () => {
    const unsaid = new Set<string>();
    const say = (fact: Fact | null): void => {
      if (fact === null) return;
      const template = area[fact.key];
      if (template === undefined) unsaid.add(fact.key);
      else if (fill(template, fact.params).includes('{')) unsaid.add(`${fact.key}: ${fill(template, fact.params)}`);
    };
    for (const sample of Object.keys(flips) as Sample[]) {
      const stored = bytesOfHex(flips[sample].stored);
      for (let bit = 0; bit < stored.length * 8; bit += 1) {
        const flipped = flipBit(stored, bit >> 3, bit & 7);
        for (const after of [flipped, stamped(flipped, stored[16] as number)]) {
          for (const { message, why } of judge(stored, after).testimonies) {
            say(message);
            say(why);
          }
          const map = byteMapOf(after);
          say(map.failure?.message ?? null);
          say(map.inner?.failure?.message ?? null);
        }
      }
    }
    expect([...unsaid]).toEqual([]);
  });
});
