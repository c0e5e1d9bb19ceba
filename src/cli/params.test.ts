import { describe, expect, test } from 'vitest';
import { type ParamRow, paramsCommand } from './params.ts';

function json(...args: string[]): ParamRow[] {
  const { stdout, exitCode } = paramsCommand([...args, '--json']);
  expect(exitCode).toBe(0);
  return JSON.parse(stdout);
}

describe('params', () => {
  test('lists every parameter of every scope', () => {
    const rows = json();
    expect(rows).toHaveLength(113 + 116 + 360 + 34 + 17 + 91);
    for (const row of rows) {
      expect(row.valid).not.toBe('');
      // An acting key's sentence stands with the page's texts; the others must say why they do nothing.
      if (!row.acts) expect([row.key, row.here]).not.toEqual([row.key, '']);
    }
  });

  test('one scope, those that act first', () => {
    const rows = json('--scope', 'producer');
    expect(new Set(rows.map((row) => row.scope))).toEqual(new Set(['producer']));
    expect(rows.findIndex((row) => !row.acts)).toBe(rows.filter((row) => row.acts).length);
    expect(rows[0]).toMatchObject({
      key: 'acks',
      default: 'all',
      valid: 'all, -1, 0, 1',
      acts: true,
      updateMode: 'client',
    });
    expect(rows.find((row) => row.key === 'compression.gzip.level')?.valid).toBe('1 to 9, or -1');
    expect(json('--scope=topic')).toHaveLength(34);
  });

  test('the full facts of a parameter', () => {
    const find = (scope: string, key: string) => json('--scope', scope).find((row) => row.key === key);
    expect(find('producer', 'linger.ms')).toMatchObject({
      unit: 'ms',
      since: '0.8.2',
      defaults: [
        { since: '0.8.2', value: '0' },
        { since: '4.0', value: '5' },
      ],
      sensitive: false,
    });
    expect(find('producer', 'linger.ms')?.elsewhere).toContain('delivery.timeout.ms');
    expect(find('topic', 'retention.ms')?.synonyms).toEqual([
      'log.retention.ms',
      'log.retention.minutes',
      'log.retention.hours',
    ]);
    expect(find('topic', 'segment.bytes')?.validSince.at(-1)).toEqual({ since: '4.1', valid: '[1048576,...]' });
    expect(find('group', 'consumer.session.timeout.ms')).toMatchObject({
      since: '4.0',
      synonyms: ['group.consumer.session.timeout.ms'],
    });
    expect(find('admin', 'bootstrap.servers')?.defaults[0]).toEqual({ since: '0.11.0', value: 'required' });
    expect(find('broker', 'ssl.key.password')?.sensitive).toBe(true);
  });

  test('the counts come from the registry', () => {
    const rows = json();
    const acting = rows.filter((row) => row.acts).length;
    expect(acting).toBeGreaterThan(110);
    expect(paramsCommand([]).stdout).toContain(`all: 731 parameters, ${acting} act here`);
  });

  test('a table for people', () => {
    const { stdout } = paramsCommand(['--scope', 'topic']);
    expect(stdout).toMatch(/^topic: 34 parameters, \d+ act here\n/);
    expect(stdout).toMatch(/min\.insync\.replicas +1 +1 or more +topic +since \S+ +acts/);
    expect(stdout).toMatch(/compression\.lz4\.level +9 +1 to 17 +topic +since 3\.8 +acts\. /);
    expect(stdout).toContain('1048576 since 0.8.2, 1073741824 since 0.9.0');
  });

  test.each([[['--scope', 'prodcer']], [['--scope']], [['x']], [['--scope=']]])('%o is a wrong call', (args) => {
    const { stdout, stderr, exitCode } = paramsCommand(args);
    expect([stdout, exitCode]).toEqual(['', 2]);
    expect(stderr).toContain('usage: params');
  });
});
