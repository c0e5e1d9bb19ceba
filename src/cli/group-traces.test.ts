/**
 * Golden traces B1, B2, B4, B5, B7 of a real 4.3.1 cluster: what the rebalance listener of each member heard, in order. (What holds
 * in the end stands as `expect` in the scenario files.)
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { vectorGet, vectorLength } from '../base/vector.ts';
import type { LogLineFact, World } from '../engine/kernel/world.ts';
import { parseScenario } from '../protocol/parse-scenario.ts';
import { runScenario } from './run-scenario.ts';

const folder = join(import.meta.dirname, '..', 'scenario');
const worlds = new Map<string, World>();

function play(id: string): World {
  const known = worlds.get(id);
  if (known !== undefined) return known;
  const parsed = parseScenario(readFileSync(join(folder, `${id}.json`), 'utf8'), id);
  if (!parsed.ok) throw new Error(id);
  const world = runScenario(parsed);
  worlds.set(id, world);
  return world;
}

const CALLBACK: Readonly<Record<string, string>> = {
  'log.member.assigned': 'assigned',
  'log.member.idle': 'assigned',
  'log.member.keeps': 'assigned',
  'log.member.revoked': 'revoked',
  'log.member.hands-over': 'revoked',
  'log.member.lost': 'lost',
};

const linesOf = (w: World): LogLineFact[] =>
  Array.from({ length: vectorLength(w.lines) }, (_, i) => vectorGet(w.lines, i));

/** Partitions by their numbers, as the traces name them; assigned names what is new. */
function heard(w: World, consumer: string): { text: string; atMs: number; partitions: string[]; callback: string }[] {
  return linesOf(w).flatMap(({ atUs, phrase: { key, params } }) => {
    const callback = CALLBACK[key];
    if (callback === undefined || params.consumer !== consumer) return [];
    const fresh = key === 'log.member.keeps' || key === 'log.member.idle' ? '' : String(params.partitions);
    const partitions = fresh === '' ? [] : fresh.split(', ').map((name) => name.slice(name.lastIndexOf('-') + 1));
    const text = `${callback}[${partitions.join(', ')}] gen ${params.generation}`;
    return [{ text, atMs: atUs / 1000, partitions, callback }];
  });
}

const texts = (w: World, consumer: string): string[] => heard(w, consumer).map((h) => h.text);

describe.each<{ id: string; callbacks: Record<string, string[]> }>([
  {
    id: 'b1-default-assignor-list',
    callbacks: {
      c1: ['assigned[0, 1, 2, 3] gen 1', 'revoked[0, 1, 2, 3] gen 1', 'assigned[0, 1] gen 2', 'revoked[0, 1] gen 2'],
      c2: ['assigned[2, 3] gen 2', 'revoked[2, 3] gen 2', 'assigned[0, 1, 2, 3] gen 3'],
    },
  },
  {
    id: 'b1-eager-range',
    callbacks: {
      c1: [
        'assigned[0, 1, 2, 3, 4, 5] gen 1',
        'revoked[0, 1, 2, 3, 4, 5] gen 1',
        'assigned[0, 1, 2] gen 2',
        'revoked[0, 1, 2] gen 2',
        'assigned[0, 1] gen 3',
        'revoked[0, 1] gen 3',
      ],
      c2: [
        'assigned[3, 4, 5] gen 2',
        'revoked[3, 4, 5] gen 2',
        'assigned[2, 3] gen 3',
        'revoked[2, 3] gen 3',
        'assigned[0, 1, 2] gen 4',
      ],
      c3: ['assigned[4, 5] gen 3', 'revoked[4, 5] gen 3', 'assigned[3, 4, 5] gen 4'],
    },
  },
  {
    id: 'b1-roundrobin-5p-3m',
    callbacks: {
      c1: [
        'assigned[0, 1, 2, 3, 4] gen 1',
        'revoked[0, 1, 2, 3, 4] gen 1',
        'assigned[0, 2, 4] gen 2',
        'revoked[0, 2, 4] gen 2',
        'assigned[0, 3] gen 3',
        'revoked[0, 3] gen 3',
      ],
      c2: [
        'assigned[1, 3] gen 2',
        'revoked[1, 3] gen 2',
        'assigned[1, 4] gen 3',
        'revoked[1, 4] gen 3',
        'assigned[0, 2, 4] gen 4',
      ],
      c3: ['assigned[2] gen 3', 'revoked[2] gen 3', 'assigned[1, 3] gen 4'],
    },
  },
  {
    id: 'b2-cooperative-sticky',
    callbacks: {
      c1: [
        'assigned[0, 1, 2, 3, 4, 5] gen 1',
        'revoked[3, 4, 5] gen 2',
        'assigned[] gen 2',
        'assigned[] gen 3',
        'revoked[2] gen 4',
        'assigned[] gen 4',
        'assigned[] gen 5',
        'revoked[0, 1] gen 5',
      ],
      c2: [
        'assigned[] gen 2',
        'assigned[3, 4, 5] gen 3',
        'revoked[5] gen 4',
        'assigned[] gen 4',
        'assigned[] gen 5',
        'assigned[0] gen 6',
      ],
      c3: ['assigned[] gen 4', 'assigned[2, 5] gen 5', 'assigned[1] gen 6'],
    },
  },
])('$id', ({ id, callbacks }) => {
  test.each(Object.keys(callbacks))('%s hears what it heard there', (consumer) => {
    expect(texts(play(id), consumer)).toEqual(callbacks[consumer]);
  });
});

test('B2: what moves is read by nobody for about the 3 s of a heartbeat, which tells its new owner to join again', () => {
  const [first] = heard(play('b2-cooperative-sticky'), 'c1').filter((h) => h.callback === 'revoked');
  const [, taken] = heard(play('b2-cooperative-sticky'), 'c2');
  // The real cluster: 3001 to 3089 ms.
  expect(taken!.atMs - first!.atMs).toBeGreaterThan(2500);
  expect(taken!.atMs - first!.atMs).toBeLessThan(3200);
});

test('B4: a static member back within its session: one callback in its new process, none for the other', () => {
  const w = play('b4-static-restart-within-session');
  const closed = 16_756;
  const [, before, after] = heard(w, 'c1').filter((h) => h.callback === 'assigned' || h.atMs > closed);
  expect(before!.text).toBe('assigned[0, 1, 2] gen 2');
  expect(after).toBeUndefined();
  expect(
    heard(w, 'c2')
      .filter((h) => h.atMs > closed + 500 && h.callback === 'assigned')
      .map((h) => h.text),
  ).toEqual(['assigned[3, 4, 5] gen 2']);
  expect(texts(w, 'c2-again')).toEqual(['assigned[3, 4, 5] gen 2']);
});

test('B5: the killed one is out after its session, the slow one after max.poll.interval.ms; what the slow one saw', () => {
  const w = play('b5-kill-and-slow-classic');
  const lines = linesOf(w);
  const at = (key: string, consumer: string): number =>
    lines.find((l) => l.phrase.key === key && l.phrase.params.consumer === consumer)!.atUs / 1000;
  const killed = at('log.consumer.crashed', 'c1');
  const paused = at('log.consumer.paused', 'c2');
  const takenOver = heard(w, 'c3').filter((h) => h.callback === 'assigned' && h.partitions.length === 3)[0]!.atMs;
  const all = heard(w, 'c3').find((h) => h.callback === 'assigned' && h.partitions.length === 6)!.atMs;
  // The real cluster: 5.1 s after the kill (a session of 6 s runs from the last heartbeat), 13.4 s after the last poll.
  expect(takenOver - killed).toBeGreaterThan(4400);
  expect(takenOver - killed).toBeLessThan(7600);
  expect(all - paused).toBeGreaterThan(12_000);
  expect(all - paused).toBeLessThan(13_600);
  const seen = lines
    .filter((l) => l.atUs / 1000 > paused && l.phrase.params.consumer === 'c2')
    .flatMap(({ phrase: { key, params } }) => {
      if (key === 'log.member.commit-failed') return [`commitException ${params.error}`];
      return CALLBACK[key] === undefined ? [] : [`${CALLBACK[key]}(${params.count} partitions)`];
    });
  expect(seen).toEqual(['commitException CommitFailedException', 'lost(3 partitions)', 'assigned(3 partitions)']);
});

test('B7: new partitions and a new topic are seen within metadata.max.age.ms and a heartbeat; what is deleted stays assigned', () => {
  const w = play('b7-partitions-and-regex-classic');
  const grown = heard(w, 'c1').filter((h) => h.atMs > 12_599 && h.callback === 'assigned');
  expect(grown.map((h) => h.partitions)).toEqual([['0', '1', '2']]);
  // 7.9 s and 2.8 s there; 5 s and 3 s are the most that metadata and the heartbeat take.
  expect(grown[0]!.atMs - 12_599).toBeLessThan(8200);
  const created = heard(w, 'r1').filter((h) => h.atMs > 32_674);
  expect(created.map((h) => h.callback)).toEqual(['revoked', 'assigned']);
  expect(created[1]!.atMs - 32_674).toBeLessThan(5200);
});
