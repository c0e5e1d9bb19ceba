/** What strangers send is always a value or a clear problem: a fixed portion; the rest is `npm run fuzz -- strangers`. */
import { expect, test } from 'vitest';
import { decodeMoment, packBytes } from '../protocol/link.ts';
import { parseScenario } from '../protocol/parse-scenario.ts';
import { READERS, readStranger, strangerInput } from './fuzz/strangers.ts';
import { strangersCommand } from './fuzz-strangers.ts';

test('2,000 strange inputs', { timeout: 120_000 }, () => {
  const readers = new Set<string>();
  for (let seed = 1; seed <= 2000; seed++) {
    const made = strangerInput(seed);
    readers.add(made.reader.name);
    const fault = readStranger(seed, made);
    expect(fault === null ? null : `${fault.reader}: ${fault.what}`, `seed ${seed}`).toBeNull();
  }
  expect([...readers].sort()).toEqual(READERS.map(({ name }) => name).sort());
});

test('an input is the same every time', () => {
  for (const seed of [5, 77, 1234]) expect(strangerInput(seed).input).toEqual(strangerInput(seed).input);
});

test('a reader that throws, or says nothing, is found', () => {
  const made = (read: () => string | null) => ({ reader: { name: 'planted', make: () => '', read }, input: 'x' });
  const thrown = readStranger(
    1,
    made(() => {
      throw new TypeError('planted');
    }),
  );
  expect(thrown?.what).toContain('planted');
  expect(
    readStranger(
      1,
      made(() => 'says nothing'),
    ),
  ).toMatchObject({ reader: 'planted', what: 'says nothing' });
});

test.each([
  ['a prototype', '{"kafkascope":1,"topics":[],"__proto__":{"polluted":1}}'],
  ['a nest', `${'['.repeat(100_000)}${']'.repeat(100_000)}`],
  ['a nest in a link', `{"version":1,"scenario":${'{"a":'.repeat(100_000)}`],
])('%s is a problem with a place', (_, text) => {
  const parsed = parseScenario(text, 'x');
  expect(parsed.ok).toBe(false);
  expect(!parsed.ok && parsed.problems[0]?.message.length).toBeGreaterThan(8);
  const read = decodeMoment(packBytes(new TextEncoder().encode(text)));
  expect(read.ok).toBe(false);
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
});

test('the command says what is wrong with a call, and what it did', () => {
  expect(strangersCommand(['x']).stderr).toContain('"x" is not a whole number');
  const run = strangersCommand(['20', '--from', '3']);
  expect(run.stderr).toContain('20 inputs from 3');
  expect(run.exitCode).toBe(0);
});
