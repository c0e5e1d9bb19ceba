/** The lab's records: samples are the same everywhere, and the learner's own text is taken line by line or refused with a reason. */
import { describe, expect, test } from 'vitest';
import { PACK_SAMPLES } from '../../protocol/pack.ts';
import { dataOf, loadPackData, MAX_PACK_BYTES, recordsPart } from './data.ts';
import { PackFailure } from './failure.ts';
import { weblogLines } from './weblog.ts';

const sample = (name: string) => loadPackData({ kind: 'sample', name });

describe('samples', () => {
  test.each(PACK_SAMPLES)('%s loads, with its origin and records', async (name) => {
    const data = await sample(name);
    expect(data.origin).not.toBe(null);
    expect(data.values.length).toBeGreaterThanOrEqual(240);
    const { records, valueBytes, head } = recordsPart(data);
    expect(records).toBe(data.values.length);
    expect(valueBytes).toBeGreaterThan(40_000);
    expect(valueBytes).toBeLessThan(400_000);
    expect(head).toHaveLength(5);
  });

  test('the flights are lines of vega-datasets’ flights-2k.json', async () => {
    const { values } = await sample('flights');
    expect(values).toHaveLength(2000);
    expect(values[0]).toBe(
      '{"date":"2001/01/01 06:55","delay":-19,"distance":1797,"origin":"LAX","destination":"BNA"}',
    );
  });

  test('log lines: 2,000 of one shape, and half of the requests from a third of the users', () => {
    const lines = weblogLines().map((line) => JSON.parse(line) as { user: number });
    expect(lines).toHaveLength(2000);
    for (const line of lines)
      expect(Object.keys(line)).toEqual(['ts', 'level', 'service', 'user', 'path', 'status', 'ms']);
    const low = lines.filter(({ user }) => user < 1000 + 30_000).length;
    expect(low / lines.length).toBeGreaterThan(0.5);
    expect(weblogLines(3)).toEqual(weblogLines().slice(0, 3));
  });

  test('random bytes are shown as hexadecimal', async () => {
    const [first = ''] = recordsPart(await sample('random')).head;
    expect(first).toMatch(/^(?:[0-9a-f]{2} ){24}\.\.\.$/);
  });
});

describe('the learner’s own', () => {
  test('one record a line, whatever ends it', () => {
    expect(dataOf('mine', 'a\r\n\nü\n')).toMatchObject({ values: ['a', '', 'ü'], valueBytes: 3, origin: null });
  });

  test.each([
    ['', 'pack.fail.empty', 'mine has no records.'],
    [
      'x'.repeat(MAX_PACK_BYTES + 1),
      'pack.fail.too-large',
      'mine has 10,000,001 bytes. The lab takes up to 10,000,000',
    ],
    ['\n'.repeat(100_001), 'pack.fail.too-many', 'mine has 100,001 lines. The lab takes up to 100,000'],
  ])('refused: %.5j', (text, key, message) => {
    let failure: unknown;
    try {
      dataOf('mine', text);
    } catch (error) {
      failure = error;
    }
    expect(failure).toBeInstanceOf(PackFailure);
    expect(failure).toMatchObject({ why: { key }, message: expect.stringContaining(message) });
  });

  test('a sample that is not there is told with those that are', async () => {
    await expect(sample('poems')).rejects.toThrow('There is no sample "poems". There are: weblog, orders, flights');
  });
});
