/** Undo and redo on the real engine: what was undone never was, and what is done again is the same history, hash for hash. */
import { describe, expect, test } from 'vitest';
import { makeStream, nextInt } from '../base/random.ts';
import { History } from '../engine/kernel/history.ts';
import type { ConfigEdit } from '../protocol/engine-client.ts';
import type { Scenario } from '../protocol/scenario.ts';
import { DEFAULT_SCENARIO } from '../scenario/default.ts';
import { ENGINE } from './parts.ts';

const SCENARIO: Scenario = {
  ...DEFAULT_SCENARIO,
  untilMs: 30_000,
  steps: [
    { atMs: 4000, do: 'broker.kill', broker: 1 },
    { atMs: 20_000, do: 'broker.start', broker: 1 },
  ],
};

function drain<T>(move: Generator<unknown, T, void>): T {
  for (;;) {
    const next = move.next();
    if (next.done === true) return next.value;
  }
}

function open(scenario: Scenario = SCENARIO, atUs = 0): History {
  const history = History.open(ENGINE, scenario);
  if ('problems' in history) throw new Error(history.problems[0]?.message);
  drain(history.seek(atUs));
  return history;
}

/** The hash of the present branch as a file, at the present moment: no checkpoint has a part in it. */
function asFile(history: History): string {
  const file = open(history.scenario());
  drain(file.seek(history.world.nowUs));
  return file.hash();
}

const acks = (value: string): ConfigEdit => ({ scope: 'producer', entity: 'checkout', key: 'acks', value });
const linger: ConfigEdit = { scope: 'producer', entity: 'checkout', key: 'linger.ms', value: '20' };

const EDITS: readonly [string, (history: History) => unknown][] = [
  ['a command now', (h) => h.commands([{ do: 'broker.pause', broker: 3 }])],
  ['a value from the start', (h) => drain(h.configure([acks('all')], 'start'))],
  ['a value from now', (h) => drain(h.configure([linger], 'now'))],
  ['many values, one step', (h) => drain(h.configure([acks('all'), linger], 'start'))],
  ['many values from now, one step', (h) => drain(h.configure([acks('all'), linger], 'now'))],
  ['a text from the start', (h) => drain(h.workload('checkout', 'one\ntwo', 'start'))],
  ['a text from now', (h) => drain(h.workload('checkout', 'one\ntwo\nthree', 'now'))],
  ['a command switched off', (h) => drain(h.editCommand(0, 'off'))],
  ['a command moved', (h) => drain(h.editCommand(0, { moveToUs: 6_000_000 }))],
  ['a command deleted', (h) => drain(h.editCommand(0, 'delete'))],
  ['a command later, moved', (h) => drain(h.editCommand(1, { moveToUs: 25_000_000 }))],
];

describe.each(EDITS)('%s', (_, edit) => {
  test('is undone and done again, at the same moment', () => {
    const history = open(SCENARIO, 9_000_000);
    const before = history.hash();
    const scenario = JSON.stringify(history.scenario());
    expect(history.edits).toEqual({ undo: null, redo: null });
    expect(edit(history)).not.toHaveProperty('refused');
    drain(history.advance(12_000_000, false, null));
    const after = history.hash();
    const edited = JSON.stringify(history.scenario());
    const words = history.edits.undo;
    expect(words).not.toBeNull();

    expect(drain(history.undo())).toEqual(words);
    expect(history.world.nowUs).toBe(12_000_000);
    expect(JSON.stringify(history.scenario())).toBe(scenario);
    expect(history.branches).toHaveLength(1);
    expect(history.hash()).toBe(asFile(history));
    expect(history.edits).toEqual({ undo: null, redo: words });
    drain(history.seek(9_000_000));
    expect(history.hash()).toBe(before);

    drain(history.advance(12_000_000, false, null));
    expect(drain(history.redo())).toEqual(words);
    expect(history.hash()).toBe(after);
    expect(JSON.stringify(history.scenario())).toBe(edited);
    expect(history.edits).toEqual({ undo: words, redo: null });
  });

  test('in the past of what was played', () => {
    const history = open(SCENARIO, 20_500_000);
    drain(history.seek(9_000_000));
    edit(history);
    const edited = history.scenario();
    const branches = history.branches.length;
    drain(history.undo());
    expect(history.branches).toHaveLength(1);
    expect(history.hash()).toBe(open(SCENARIO, 9_000_000).hash());
    drain(history.redo());
    expect(history.branches).toHaveLength(branches);
    expect(history.scenario()).toEqual(edited);
  });
});

describe('undo', () => {
  test('nothing to undo changes nothing', () => {
    const history = open(SCENARIO, 5_000_000);
    const before = history.hash();
    expect(drain(history.undo())).toBeNull();
    expect(drain(history.redo())).toBeNull();
    expect(history.hash()).toBe(before);
  });

  test('what Kafka refuses is no step', () => {
    const history = open(SCENARIO, 5_000_000);
    drain(history.configure([acks('2')], 'start'));
    history.commands([{ do: 'broker.kill', broker: 99 }]);
    history.commands([{ do: 'broker.kill', broker: 1 }]);
    expect(history.edits.undo).toBeNull();
    expect(history.branches).toHaveLength(1);
  });

  test('a new edit ends what could be done again', () => {
    const history = open(SCENARIO, 9_000_000);
    drain(history.configure([acks('all')], 'start'));
    drain(history.undo());
    history.commands([{ do: 'broker.pause', broker: 3 }]);
    expect(history.edits.redo).toBeNull();
    expect(drain(history.redo())).toBeNull();
  });

  test('an edit of what was never played is undone although it was played since', () => {
    const history = open(SCENARIO, 0);
    drain(history.configure([acks('all')], 'start'));
    expect(history.branches).toHaveLength(1);
    drain(history.advance(10_000_000, false, null));
    drain(history.undo());
    expect(history.hash()).toBe(open(SCENARIO, 10_000_000).hash());
  });

  test('after an undo the branch goes on where it was, and a command makes no branch', () => {
    const history = open(SCENARIO, 9_000_000);
    history.commands([{ do: 'broker.pause', broker: 3 }]);
    drain(history.advance(12_000_000, false, null));
    drain(history.undo());
    const change = history.commands([{ do: 'broker.pause', broker: 2 }]);
    expect(change).toMatchObject({ from: 0, to: 0 });
    expect(history.hash()).toBe(asFile(history));
  });

  test('branches that went and came keep their numbers to themselves', () => {
    const history = open(SCENARIO, 9_000_000);
    drain(history.configure([acks('all')], 'start'));
    const first = history.branch.id;
    drain(history.undo());
    drain(history.configure([linger], 'start'));
    expect(history.branch.id).not.toBe(first);
  });

  test('a random walk of edits, undos and redos always is its own file, hash for hash', { timeout: 120_000 }, () => {
    const draws = makeStream(11, 'undo');
    const history = open(SCENARIO, 3_000_000);
    const past: string[] = [];
    const future: string[] = [];
    for (let i = 0; i < 60; i++) {
      const now = JSON.stringify(history.scenario());
      const what = nextInt(draws, 6);
      if (what <= 2) {
        const [, edit] = EDITS[nextInt(draws, EDITS.length)] as (typeof EDITS)[number];
        const steps = history.edits.undo;
        edit(history);
        if (history.edits.undo !== steps) {
          past.push(now);
          future.length = 0;
        }
      } else if (what === 3) {
        const done = drain(history.undo());
        expect(done === null).toBe(past.length === 0);
        if (done !== null) {
          future.push(now);
          expect(JSON.stringify(history.scenario())).toBe(past.pop());
        }
      } else if (what === 4) {
        const done = drain(history.redo());
        expect(done === null).toBe(future.length === 0);
        if (done !== null) {
          past.push(now);
          expect(JSON.stringify(history.scenario())).toBe(future.pop());
        }
      } else drain(history.seek(nextInt(draws, 15) * 1_000_000));
      // A command stands before the events of its microsecond, which are still to come.
      drain(history.advance(history.world.nowUs, false, null));
      expect(history.hash()).toBe(asFile(history));
    }
  });
});

describe('branches', () => {
  test('are named, noted and undone', () => {
    const history = open(SCENARIO, 9_000_000);
    drain(history.configure([acks('all')], 'start'));
    const revision = history.revision;
    expect(history.renameBranch(1, '  safe ', 'nothing is lost')).toBeNull();
    expect(history.branch).toMatchObject({ name: 'safe', note: 'nothing is lost' });
    expect(history.revision).toBeGreaterThan(revision);
    drain(history.undo());
    expect(history.branch).toMatchObject({ id: 1, name: null, note: '' });
    drain(history.redo());
    expect(history.branch.name).toBe('safe');
    expect(history.renameBranch(9, 'x', '')).toHaveProperty('refused');
  });

  test('the one on the screen is deleted: one goes to where it came from, and undo brings it back', () => {
    const history = open(SCENARIO, 9_000_000);
    drain(history.configure([acks('all')], 'start'));
    drain(history.configure([linger], 'start'));
    const there = history.hash();
    drain(history.switchTo(1));
    expect(drain(history.deleteBranch(1))).toBeNull();
    expect(history.branches.map(({ id, parent }) => [id, parent])).toEqual([
      [0, null],
      [2, 0],
    ]);
    expect(history.branch.id).toBe(0);
    expect(history.hash()).toBe(open(SCENARIO, 9_000_000).hash());
    drain(history.undo());
    expect(history.branches.map(({ id, parent }) => [id, parent])).toEqual([
      [0, null],
      [1, 0],
      [2, 1],
    ]);
    drain(history.switchTo(2));
    expect(history.hash()).toBe(there);
  });

  test('the only one stays', () => {
    const history = open(SCENARIO, 1_000_000);
    expect(drain(history.deleteBranch(0))).toHaveProperty('refused');
    expect(history.branches).toHaveLength(1);
  });

  test('a value that Kafka refuses is named by its exception, also as a command', () => {
    const history = open(SCENARIO, 1_000_000);
    const set = { do: 'config.set', scope: 'producer', entity: 'checkout', key: 'acks', value: '2' };
    expect(history.commands([set])).toMatchObject({ kafkaException: 'ConfigException' });
    const topic = { do: 'config.set', scope: 'topic', entity: 'orders', key: 'min.insync.replicas', value: '0' };
    expect(history.commands([topic])).toMatchObject({ kafkaException: 'InvalidConfigurationException' });
    expect(history.commands([{ do: 'no.verb' }])).toMatchObject({ kafkaException: null });
  });
});
