import { expect, test } from 'vitest';
import { labCommand } from './lab.ts';

test('a table of what each variant costs', () => {
  const { stdout, stderr, exitCode } = labCommand([
    '--variant',
    'eager',
    '--members',
    '1',
    '--partitions=2',
    '--rate',
    '5',
  ]);
  expect([stderr, exitCode]).toEqual(['', 0]);
  const [trigger, empty, head, row] = stdout.split('\n');
  expect([trigger, empty]).toEqual(['c2 joins.', '']);
  expect(head).toMatch(/unread p-s +longest ms +stalled p-s +settled ms +moved +rebalances/);
  expect(row).toMatch(/^eager +0\.0\d\d +\d+ +0\.000 +\d+ +1 +1 /);
});

test('the same as JSON, with the spec that was run', () => {
  const { stdout } = labCommand([
    '--variant=cooperative',
    '--members=1',
    '--partitions=2',
    '--rate=5',
    '--seed=3',
    '--json',
  ]);
  const { spec, runs } = JSON.parse(stdout);
  expect(spec).toMatchObject({ seed: 3, trigger: 'join', base: { members: 1, partitions: 2 } });
  expect(runs).toMatchObject([{ variant: 'cooperative', notYet: null, figures: { rebalances: 2, moved: 1 } }]);
});

test.each([
  [['--trigger', 'sneeze'], 'there is no trigger "sneeze"'],
  [['--members', 'many'], '--members must be a number from 0 on, not "many"'],
  [['--speed', '3'], 'unknown argument "--speed"'],
  [['--seed'], '--seed needs a value'],
])('%j is a wrong call', (args, message) => {
  const { stderr, exitCode } = labCommand(args);
  expect(exitCode).toBe(2);
  expect(stderr).toContain(message);
  expect(stderr).toContain('usage: lab');
});
