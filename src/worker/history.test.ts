/** History on the real engine: whatever way one comes to a moment, it is the same moment, hash and picture. */
import { describe, expect, test } from 'vitest';
import { makeStream, nextInt } from '../base/random.ts';
import { History } from '../engine/kernel/history.ts';
import { DEFAULT_VIEW, frameOf } from '../engine/projection/frame.ts';
import { newKeyTable } from '../engine/projection/key-table.ts';
import { resultOf } from '../engine/projection/result.ts';
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

function open(scenario: Scenario = SCENARIO, off: number[] = []): History {
  const history = History.open(ENGINE, scenario, off);
  if ('problems' in history) throw new Error(history.problems[0]?.message);
  return history;
}

function drain<T>(move: Generator<unknown, T, void>): T {
  for (;;) {
    const next = move.next();
    if (next.done === true) return next.value;
  }
}

function picture(history: History): string {
  const frame = frameOf(history.world, {
    world: 1,
    branch: 0,
    jump: 0,
    view: DEFAULT_VIEW,
    keys: newKeyTable(),
    detail: ENGINE.detail,
  });
  return `${history.hash()} ${JSON.stringify(frame)}`;
}

/** The hash at a moment as a run without any checkpoint or step has it. */
function straight(atUs: number, scenario = SCENARIO, off: number[] = []): string {
  const history = open(scenario, off);
  drain(history.seek(atUs));
  return picture(history);
}

describe('one history', () => {
  test('seek back and replay give the same hash and picture', () => {
    const history = open();
    drain(history.advance(14_000_000, false, null));
    const there = picture(history);
    expect(there).toBe(straight(14_000_000));
    drain(history.seek(3_000_000));
    expect(picture(history)).toBe(straight(3_000_000));
    drain(history.advance(14_000_000, true, 'broker:2'));
    drain(history.advance(14_000_000, false, null));
    expect(picture(history)).toBe(there);
  });

  test('many random seeks and steps change nothing', () => {
    const history = open();
    const known = new Map<number, string>();
    const draws = makeStream(3, 'test');
    drain(history.advance(30_000_000, false, null));
    for (let i = 0; i < 60; i++) {
      const atUs = nextInt(draws, 30) * 1_000_000;
      drain(history.seek(atUs));
      const now = picture(history);
      const before = known.get(atUs);
      if (before === undefined) known.set(atUs, now);
      else expect(now).toBe(before);
      for (let s = nextInt(draws, 4); s > 0; s--) drain(history.step(nextInt(draws, 2) === 0 ? 1 : -1, 'event', null));
    }
    for (const [atUs, there] of [...known].slice(0, 5)) expect(there).toBe(straight(atUs));
  });

  test('a step back is where one was before the step forward', () => {
    const history = open();
    drain(history.seek(4_100_000));
    const pictures: string[] = [];
    drain(history.step(1, 'event', null));
    for (let i = 0; i < 30; i++) {
      pictures.push(picture(history));
      drain(history.step(1, 'event', null));
    }
    for (let i = 29; i >= 0; i--) {
      drain(history.step(-1, 'event', null));
      expect(picture(history)).toBe(pictures[i]);
    }
  });

  test.each(['request', 'next'] as const)('steps by %s go back the way they came', (by) => {
    const history = open();
    drain(history.seek(4_100_000));
    const of = by === 'next' ? 'partition:orders-1' : null;
    const hashes: string[] = [];
    for (let i = 0; i < 12; i++) {
      drain(history.step(1, by, of));
      hashes.push(history.hash());
    }
    for (let i = 10; i >= 0; i--) {
      drain(history.step(-1, by, of));
      expect(history.hash()).toBe(hashes[i]);
    }
  });

  test('a step back at the start stays there', () => {
    const history = open();
    drain(history.step(-1, 'event', null));
    drain(history.step(-1, 'request', null));
    expect(history.world.eventCount).toBe(0);
  });

  test('skip stops at the next decision', () => {
    const history = open();
    drain(history.seek(4_500_000));
    expect(drain(history.skip())).toBe('decision');
    expect(history.world.nowUs).toBeGreaterThan(9_000_000);
    expect(history.world.nowUs).toBeLessThan(14_000_000);
  });
});

describe('branches', () => {
  test('a command now is the same as a step of a file', () => {
    const history = open({ ...SCENARIO, steps: [] });
    drain(history.seek(4_000_000));
    const change = history.commands([{ do: 'broker.kill', broker: 1 }]);
    expect('refused' in change).toBe(false);
    drain(history.advance(20_000_000, false, null));
    const file = open(history.scenario());
    drain(file.seek(20_000_000));
    expect(file.hash()).toBe(history.hash());
    expect(resultOf(file.world)).toEqual(resultOf(history.world));
  });

  test('a command in the past begins a branch and keeps the old one', () => {
    const history = open();
    drain(history.advance(15_000_000, false, null));
    const old = history.hash();
    drain(history.seek(3_000_000));
    const change = history.commands([{ do: 'broker.pause', broker: 3 }]);
    expect(change).toMatchObject({ from: 0, to: 1 });
    drain(history.advance(15_000_000, false, null));
    expect(history.hash()).not.toBe(old);
    const file = open(history.scenario());
    drain(file.seek(15_000_000));
    expect(file.hash()).toBe(history.hash());
    drain(history.switchTo(0));
    expect(history.hash()).toBe(old);
  });

  test('a command that is switched off never was', () => {
    const history = open();
    drain(history.advance(15_000_000, false, null));
    drain(history.editCommand(0, 'off'));
    const without = { ...SCENARIO, steps: SCENARIO.steps?.slice(1) ?? [] };
    const file = open(without);
    drain(file.seek(15_000_000));
    expect(history.hash()).toBe(file.hash());
    expect(history.hash()).toBe(straight(15_000_000, SCENARIO, [0]).slice(0, 16));
    drain(history.editCommand(0, 'on'));
    expect(history.hash()).toBe(straight(15_000_000).slice(0, 16));
  });

  test('a moved command is a file with another time', () => {
    const history = open();
    drain(history.advance(15_000_000, false, null));
    drain(history.editCommand(0, { moveToUs: 6_000_500 }));
    const [kill, start] = SCENARIO.steps ?? [];
    const file = open({ ...SCENARIO, steps: [{ ...kill, atMs: 6000.5 } as never, start as never] });
    drain(file.seek(15_000_000));
    expect(history.hash()).toBe(file.hash());
  });

  test('a value set from the start is a file with that value, at the same moment', () => {
    const history = open();
    drain(history.advance(15_000_000, false, null));
    const change = drain(
      history.configure([{ scope: 'producer', entity: 'checkout', key: 'acks', value: 'all' }], 'start'),
    );
    expect(change).toMatchObject({ from: 0, to: 1, atUs: 15_000_000 });
    const file = open(history.scenario());
    drain(file.seek(15_000_000));
    expect(history.hash()).toBe(file.hash());
    const there = drain(history.worldAt(0, 15_000_000));
    expect(there?.producers[0]?.settings.acks).toBe(1);
    expect(history.world.producers[0]?.settings.acks).toBe(-1);
  });

  test('what Kafka or the engine refuses changes nothing', () => {
    const history = open();
    drain(history.advance(5_000_000, false, null));
    const before = picture(history);
    const refused = [
      drain(history.configure([{ scope: 'producer', entity: 'checkout', key: 'acks', value: '2' }], 'start')),
      drain(history.configure([{ scope: 'producer', entity: 'nobody', key: 'acks', value: '1' }], 'now')),
      drain(history.editCommand(77, 'off')),
      history.commands([{ do: 'broker.kill', broker: 1 }]),
      history.commands([{ do: 'broker.kill', broker: 99 }]),
      history.commands([{ do: 'no.verb' }]),
    ];
    for (const change of refused) expect(change).toHaveProperty('refused');
    expect(history.branches).toHaveLength(1);
    expect(picture(history)).toBe(before);
    drain(history.advance(15_000_000, false, null));
    expect(picture(history)).toBe(straight(15_000_000));
  });

  test('other records from the start', () => {
    const history = open();
    drain(history.advance(2_000_000, false, null));
    drain(history.workload('checkout', 'one\ntwo\nthree', 'start'));
    const chunk = history.world.ledger.chunks[0];
    expect([0, 1, 2, 3].map((i) => chunk?.records[i]?.value)).toEqual(['one', 'two', 'three', 'one']);
  });
});
