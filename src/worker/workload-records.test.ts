/** Records of a file in a workload: row by row with their keys, undone as one, and shared instead of copied. */
import { expect, test } from 'vitest';
import { History } from '../engine/kernel/history.ts';
import { recordRows } from '../engine/projection/records.ts';
import type { WorkloadRecords } from '../protocol/engine-client.ts';
import { parseScenario } from '../protocol/parse-scenario.ts';
import { serializeScenario } from '../protocol/serialize-scenario.ts';
import { DEFAULT_SCENARIO } from '../scenario/default.ts';
import { ENGINE } from './parts.ts';

function open(): History {
  const history = History.open(ENGINE, DEFAULT_SCENARIO);
  if ('problems' in history) throw new Error(history.problems[0]?.message);
  return history;
}

function drain<T>(move: Generator<unknown, T, void>): T {
  for (;;) {
    const next = move.next();
    if (next.done === true) return next.value;
  }
}

function sent(history: History): [string | null, string | null][] {
  const { rows } = recordRows(history.world, 'all', 0, 20);
  return [...rows].sort((a, b) => a.ordinal - b.ordinal).map(({ key, value }) => [key, value]);
}

const THREE: WorkloadRecords = {
  keys: { text: 'a\n\\N\nc\n', nullMarker: '\\N' },
  values: { text: 'one\u001etwo\nlines\u001e\\N\u001e', separator: '\u001e', nullMarker: '\\N' },
  count: 3,
  ratePerSecond: 100,
};

test('from the start: keys and values row by row, each once, at the rate asked for', () => {
  const history = open();
  drain(history.seek(2_000_000));
  const change = drain(history.workload('checkout', THREE, 'start'));
  expect(change).toMatchObject({ from: 0, to: 1 });
  expect(sent(history)).toEqual([
    ['a', 'one'],
    [null, 'two\nlines'],
    ['c', null],
  ]);
  const workload = history.scenario().producers?.[0]?.workload;
  expect(workload).toMatchObject({ count: 3, ratePerSecond: 100 });
});

test('without keys, over and over: what the workload had before is gone', () => {
  const history = open();
  drain(
    history.workload('checkout', { keys: null, values: { text: 'x\ny\n' }, count: null, ratePerSecond: null }, 'start'),
  );
  drain(history.seek(1_000_000));
  expect(sent(history).slice(0, 4)).toEqual([
    [null, 'x'],
    [null, 'y'],
    [null, 'x'],
    [null, 'y'],
  ]);
  const workload = history.scenario().producers?.[0]?.workload;
  expect(workload?.keys).toBeUndefined();
  expect(workload?.ratePerSecond).toBe(DEFAULT_SCENARIO.producers?.[0]?.workload?.ratePerSecond);
});

test('from now: each row is sent with its key at this moment', () => {
  const history = open();
  drain(history.seek(1_000_000));
  expect(drain(history.workload('checkout', THREE, 'now'))).not.toHaveProperty('refused');
  const commands = history.branch.content.entries
    .filter(({ origin }) => origin === 'you')
    .map(({ command }) => command);
  expect(commands.map(({ key, value }) => [key, value])).toEqual([
    ['a', 'one'],
    [null, 'two\nlines'],
    ['c', null],
  ]);
});

test('too many for one moment: refused, nothing changed', () => {
  const history = open();
  const hash = history.hash();
  const values = { text: 'x\n'.repeat(501) };
  const change = drain(history.workload('checkout', { keys: null, values, count: 501, ratePerSecond: null }, 'now'));
  expect(change).toMatchObject({ refused: expect.stringContaining('501') });
  expect(history.hash()).toBe(hash);
});

test('the file of a scenario with them reads back and gives the same history', () => {
  const history = open();
  drain(history.workload('checkout', THREE, 'start'));
  drain(history.seek(3_000_000));
  const parsed = parseScenario(serializeScenario(history.scenario()), 'a.json');
  if (!parsed.ok) throw new Error(parsed.problems[0]?.message);
  const again = History.open(ENGINE, parsed.scenario);
  if ('problems' in again) throw new Error(again.problems[0]?.message);
  drain(again.seek(3_000_000));
  expect(again.hash()).toBe(history.hash());
});

test('a long text is split once: every branch and every checkpoint has the same list', () => {
  const history = open();
  const values = { text: `${'x'.repeat(200)}\n`.repeat(20_000) };
  drain(history.workload('checkout', { keys: null, values, count: null, ratePerSecond: null }, 'start'));
  const linesOf = () => {
    const made = history.branch.program.resolved.producers[0]?.workload?.values;
    return made?.kind === 'lines' ? made.lines : null;
  };
  const first = linesOf();
  expect(first).toHaveLength(20_000);
  drain(history.seek(1_000_000));
  history.commands([{ do: 'broker.kill', broker: 2 }]);
  expect(linesOf()).toBe(first);
  drain(history.configure([{ scope: 'producer', entity: 'checkout', key: 'linger.ms', value: '9' }], 'start'));
  expect(linesOf()).toBe(first);
});
