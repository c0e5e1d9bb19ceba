/** The same inputs give the same history; checkpoints are free. */
import { expect, test } from 'vitest';
import { validateScenario } from '../protocol/parse-scenario.ts';
import { forkWorld } from './kernel/fork.ts';
import { historyHash } from './kernel/hash.ts';
import { makeWorld } from './kernel/make-world.ts';
import { advance } from './kernel/run.ts';
import type { TimedCommand, World } from './kernel/world.ts';
import './index.ts';
import lively from '../scenario/default.json' with { type: 'json' };
import { checkInvariants } from './invariant/index.ts';

function program(): { world: World; commands: TimedCommand[] } {
  const steps = [
    { atMs: 3000, do: 'broker.kill', broker: 1 },
    { atMs: 9000, do: 'network.cut', between: [[2], [3]] },
    { atMs: 16_000, do: 'broker.start', broker: 1 },
    { atMs: 17_000, do: 'network.heal' },
    { atMs: 20_000, do: 'host.powerLoss', broker: 3 },
    { atMs: 24_000, do: 'broker.start', broker: 3 },
  ];
  const parsed = validateScenario({ ...lively, steps }, 'a test');
  if (!parsed.ok) throw new Error(parsed.problems[0]?.message);
  const commands: TimedCommand[] = [];
  for (const { index, start, command } of parsed.resolved.steps)
    if (start.kind === 'at') commands.push({ id: index, atUs: start.atUs, command });
  return { world: makeWorld(parsed.resolved), commands };
}

const END_US = 40_000_000;

function plain(): string {
  const { world, commands } = program();
  advance(world, commands, END_US);
  return historyHash(world);
}

test('the same scenario twice: the same hash', () => {
  expect(plain()).toBe(plain());
});

test('worlds forked at any moment both reach the same hash, whoever goes first', () => {
  const whole = plain();
  const { world, commands } = program();
  const forks: World[] = [];
  for (let atUs = 1_000_000; atUs < END_US; atUs += 3_700_001) {
    advance(world, commands, atUs);
    forks.push(forkWorld(world));
  }
  advance(forks[3] as World, commands, END_US);
  advance(world, commands, END_US);
  for (const fork of forks.reverse()) advance(fork, commands, END_US);
  expect([world, ...forks].map(historyHash)).toEqual(Array.from({ length: forks.length + 1 }, () => whole));
  // Not the hash alone: what can be seen is the same.
  expect(forks.map((f) => [f.ledger.acked, f.ledger.lost, f.ledger.atRisk])).toEqual(
    forks.map(() => [world.ledger.acked, world.ledger.lost, world.ledger.atRisk]),
  );
});

test('a fork is not touched by what its origin does, nor the origin by the fork', () => {
  const { world, commands } = program();
  advance(world, commands, 8_000_000);
  const fork = forkWorld(world);
  const before = JSON.stringify([
    fork.ledger.acked,
    fork.ledger.truth.map((t) => [t.leo, t.hw, t.atRisk]),
    fork.replicas.map((r) => r && [r.leo, r.highWatermark, r.isr, r.epochs]),
    fork.connections.map((c) => [c.epoch, c.inFlight.length]),
    fork.controller.image.offset,
  ]);
  advance(world, commands, END_US);
  const after = JSON.stringify([
    fork.ledger.acked,
    fork.ledger.truth.map((t) => [t.leo, t.hw, t.atRisk]),
    fork.replicas.map((r) => r && [r.leo, r.highWatermark, r.isr, r.epochs]),
    fork.connections.map((c) => [c.epoch, c.inFlight.length]),
    fork.controller.image.offset,
  ]);
  expect(after).toBe(before);
});

test('a checkpoint after every step of a run never alters history, and neither do checks', () => {
  const { world, commands } = program();
  for (let atUs = 250_000; atUs <= END_US; atUs += 250_000) {
    advance(world, commands, atUs);
    forkWorld(world);
    if (atUs % 5_000_000 === 0) expect(checkInvariants(world).filter((x) => !x.holds)).toEqual([]);
  }
  expect(historyHash(world)).toBe(plain());
});
