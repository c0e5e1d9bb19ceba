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

  test('a table for people', () => {
    const { stdout } = paramsCommand(['--scope', 'topic']);
    expect(stdout).toMatch(/^topic: 34 parameters, \d+ act here\n/);
    expect(stdout).toMatch(/min\.insync\.replicas +1 +1 or more +acts/);
    expect(stdout).toMatch(/segment\.bytes +1073741824 +1048576 or more +not yet: Logs/);
  });

  test.each([[['--scope', 'prodcer']], [['--scope']], [['x']], [['--scope=']]])('%o is a wrong call', (args) => {
    const { stdout, stderr, exitCode } = paramsCommand(args);
    expect([stdout, exitCode]).toEqual(['', 2]);
    expect(stderr).toContain('usage: params');
  });
});
