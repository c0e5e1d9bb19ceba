/** The default scenario keeps its promise: acks=1 loses, acks=all with two copies does not. */
import { expect, test } from 'vitest';
import { makeStream, nextInt } from '../base/random.ts';
import { validateScenario } from '../protocol/parse-scenario.ts';
import scenario from '../scenario/default.json' with { type: 'json' };
import './index.ts';
import { makeWorld } from './kernel/make-world.ts';
import { advance } from './kernel/run.ts';

const KILLS = 50;
/** The new leader leads 10 s after the kill at the latest; then all is decided. */
const AFTER_US = 12_000_000;

/** Records lost when the leader of orders-0 is killed at this moment. */
function lostByKill(atUs: number, acks: string, minIsr: string): number {
  const topics = scenario.topics.map((t) => ({ ...t, config: { ...t.config, 'min.insync.replicas': minIsr } }));
  const producers = scenario.producers.map((p) => ({ ...p, config: { ...p.config, acks } }));
  const parsed = validateScenario(
    { ...scenario, topics, producers, steps: [{ atMs: atUs / 1000, do: 'broker.kill', broker: 1 }] },
    'a test',
  );
  if (!parsed.ok) throw new Error(parsed.problems[0]?.message);
  const world = makeWorld(parsed.resolved);
  const commands = parsed.resolved.steps.map(({ index, command }) => ({ id: index, atUs, command }));
  advance(world, commands, atUs - 1);
  expect(world.controller.image.partitions[0]?.leader).toBe(1);
  advance(world, commands, atUs + AFTER_US);
  expect(world.controller.image.partitions[0]?.leader).toBe(2);
  return world.ledger.lost;
}

function moments(): number[] {
  const draws = makeStream(scenario.seed, 'kills');
  return Array.from({ length: KILLS }, () => 2_000_000 + nextInt(draws, 18_000_000));
}

test('acks=1: of 50 kills of the leader of orders-0 at random moments at least 45 lose something', () => {
  const losing = moments().filter((atUs) => lostByKill(atUs, '1', '1') > 0).length;
  console.info(`${losing} of ${KILLS} kills lost something`);
  expect(losing).toBeGreaterThanOrEqual(45);
});

test('acks=all with min.insync.replicas=2: none of them does', () => {
  for (const atUs of moments()) expect(lostByKill(atUs, 'all', '2')).toBe(0);
});
