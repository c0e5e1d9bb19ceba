import fc from 'fast-check';
import { deflateSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { encodeBase64Url } from './base64url.ts';
import { decodeMoment, encodeMoment, inflateWithin, MAX_INFLATED_BYTES, type SharedMoment } from './link.ts';

const moment: SharedMoment = {
  version: 1,
  scenario: { kafkascope: 1, title: 'Grüße 世界 \ud800', topics: [{ name: 'orders', config: { 'flush.ms': '5' } }] },
  atUs: 3_291_000,
  events: 12_345,
  selection: 'partition:orders-0',
  off: [2],
};

function encoded(value: SharedMoment = moment): string {
  const link = encodeMoment(value);
  if (!link.ok) throw new Error(link.fault.message);
  return link.text;
}

function faultOf(text: string): string {
  const read = decodeMoment(text);
  return read.ok ? 'ok' : read.fault.code;
}

test('a moment comes back as it was, with or without the mark of a fragment', () => {
  for (const text of [encoded(), `#${encoded()}`]) {
    const read = decodeMoment(text);
    expect(read.ok && read.moment).toEqual(moment);
    expect(read.ok && read.resolved.topics[0]?.replicationFactor).toBe(3);
  }
  expect(encoded()).toMatch(/^k1\.[A-Za-z0-9_-]+$/);
});

describe('a broken link says what is wrong', () => {
  test.each([
    ['', 'not-a-link'],
    ['#', 'not-a-link'],
    ['lesson=1', 'not-a-link'],
    ['k2.AAAA', 'unknown-version'],
    ['k1.', 'truncated'],
    ['k1.AAAA', 'truncated'],
    ['k1.AAA=', 'not-base64url'],
    ['k1.AA A', 'not-base64url'],
    [`k1.${'A'.repeat(70_000)}`, 'link-too-long'],
  ])('%s', (text, code) => {
    expect(faultOf(text)).toBe(code);
  });

  test('cut off anywhere', () => {
    const text = encoded();
    const codes = new Set<string>();
    for (let length = 3; length < text.length; length++) codes.add(faultOf(text.slice(0, length)));
    expect([...codes].filter((code) => code !== 'truncated' && code !== 'damaged')).toEqual([]);
    expect(faultOf(text.slice(0, -20))).toBe('truncated');
  });

  test('any letter changed', () => {
    const text = encoded();
    for (let at = 3; at < text.length - 1; at++) {
      const changed = text.slice(0, at) + (text.charAt(at) === 'A' ? 'B' : 'A') + text.slice(at + 1);
      expect(faultOf(changed)).not.toBe('ok');
    }
  });

  test('a scenario with faults carries them', () => {
    const read = decodeMoment(encoded({ ...moment, scenario: { kafkascope: 1, topics: [{ name: 'a b' }] } }));
    expect(read.ok).toBe(false);
    if (read.ok) return;
    expect(read.fault.code).toBe('not-a-scenario');
    expect(read.fault.problems?.[0]?.place).toBe('topics[0].name');
    expect(read.fault.message).toContain('topics[0].name');
  });

  test.each([[{ atUs: -1 }], [{ atUs: 0.5 }], [{ selection: 3 }], [{ off: [-1] }], [{ off: 'x' }], [{ version: 2 }]])(
    'a moment with %o',
    (change) => {
      expect(faultOf(encoded({ ...moment, ...change } as SharedMoment))).toBe('not-a-moment');
    },
  );
});

describe('limits', () => {
  /** Behind a right checksum nobody gets: the limit is checked while unpacking. */
  const asLink = (bytes: Uint8Array) => `k1.${encodeBase64Url(Uint8Array.of(...bytes, 0, 0, 0, 0))}`;

  test('a bomb stops early', () => {
    const bomb = deflateSync(new Uint8Array(40_000_000), { level: 9 });
    expect(bomb.length).toBeLessThan(48_000);
    expect(faultOf(asLink(bomb))).toBe('inflated-too-large');
    const inflated = inflateWithin(bomb, 1000);
    expect(inflated).toEqual({ ok: false, code: 'inflated-too-large' });
  });

  test('exactly the limit passes, one more does not', () => {
    expect(inflateWithin(deflateSync(new Uint8Array(1000)), 1000).ok).toBe(true);
    expect(inflateWithin(deflateSync(new Uint8Array(1001)), 1000).ok).toBe(false);
  });

  test('what does not fit into a link is refused when it is made', () => {
    let state = 1;
    const letters = Array.from({ length: 90_000 }, () => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
      return String.fromCharCode(33 + ((state >>> 16) % 90));
    });
    const noise = letters.join('');
    const big = encodeMoment({
      ...moment,
      scenario: { ...moment.scenario, note: noise },
    });
    expect(big.ok || big.fault.code).toBe('too-long-to-share');
    const huge = encodeMoment({ ...moment, scenario: { ...moment.scenario, note: 'a'.repeat(MAX_INFLATED_BYTES) } });
    expect(huge.ok || huge.fault.code).toBe('inflated-too-large');
  });
});

test('random text and random bytes never throw and are never taken', () => {
  fc.assert(fc.property(fc.string({ maxLength: 200 }), (text) => faultOf(text) !== 'ok'));
  fc.assert(fc.property(fc.stringMatching(/^k1\.[A-Za-z0-9_-]{0,200}$/), (text) => faultOf(text) !== 'ok'));
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => faultOf(`k1.${encodeBase64Url(bytes)}`) !== 'ok'),
  );
});
