/**
 * Golden traces B3, B4, B6, B9 of a real 4.3.1 cluster with group.protocol=consumer: what the rebalance listener of each member heard,
 * in order, and its epoch then. (What holds in the end stands as `expect` in the scenario files.)
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { vectorGet, vectorLength } from '../base/vector.ts';
import type { World } from '../engine/kernel/world.ts';
import { parseScenario } from '../protocol/parse-scenario.ts';
import { runScenario } from './run-scenario.ts';

const folder = join(import.meta.dirname, '..', 'scenario');

function play(id: string): World {
  const parsed = parseScenario(readFileSync(join(folder, `${id}.json`), 'utf8'), id);
  if (!parsed.ok) throw new Error(id);
  return runScenario(parsed);
}

const CALLBACK: Readonly<Record<string, string>> = {
  'log.modern-member.assigned': 'assigned',
  'log.modern-member.idle': 'assigned',
  'log.modern-member.keeps': 'assigned',
  'log.modern-member.revoked': 'revoked',
  'log.modern-member.lost': 'lost',
};

/** Assigned names what is new; partitions by what stands behind their topic's first part. */
function heard(w: World, consumer: string): string[] {
  return Array.from({ length: vectorLength(w.lines) }, (_, i) => vectorGet(w.lines, i)).flatMap(({ phrase }) => {
    const callback = CALLBACK[phrase.key];
    if (callback === undefined || phrase.params.consumer !== consumer) return [];
    const nothingNew = phrase.key === 'log.modern-member.keeps' || phrase.key === 'log.modern-member.idle';
    const names = nothingNew ? '' : String(phrase.params.partitions).replaceAll('orders-', '');
    return [`${callback}[${names}] gen ${phrase.params.epoch}`];
  });
}

describe.each<{ id: string; callbacks: Record<string, string[]> }>([
  {
    id: 'b3-kip848-uniform',
    callbacks: {
      c1: [
        'assigned[0, 1, 2, 3, 4, 5] gen 2',
        'revoked[3, 4, 5] gen 2',
        'assigned[] gen 2',
        'revoked[2] gen 3',
        'assigned[] gen 3',
        'revoked[0, 1] gen 4',
      ],
      c2: ['assigned[] gen 3', 'assigned[3, 4, 5] gen 3', 'revoked[5] gen 3', 'assigned[] gen 3', 'assigned[0] gen 5'],
      c3: ['assigned[] gen 4', 'assigned[2, 5] gen 4', 'assigned[1] gen 5'],
    },
  },
  {
    id: 'b4-static-restart-kip848',
    callbacks: {
      // Nothing while the other one was away.
      c1: ['assigned[0, 1, 2, 3, 4, 5] gen 2', 'revoked[3, 4, 5] gen 2', 'assigned[] gen 2'],
      c2: ['assigned[] gen 3', 'assigned[3, 4, 5] gen 3', 'revoked[3, 4, 5] gen 3', 'assigned[3, 4, 5] gen 3'],
      'c2-again': [],
    },
  },
  {
    id: 'b6-more-consumers-than-partitions-kip848',
    callbacks: {
      c1: ['assigned[] gen 2'],
      c2: ['assigned[0, 1] gen 2', 'revoked[1] gen 2', 'assigned[] gen 2'],
      c3: ['assigned[] gen 2', 'assigned[1] gen 4'],
    },
  },
  {
    id: 'b9-topic-deleted-kip848-regex',
    callbacks: {
      c1: [
        'assigned[] gen 1',
        'assigned[one-0, one-1, two-0, two-1, two-2] gen 2',
        'revoked[one-0, one-1] gen 2',
        'assigned[] gen 2',
      ],
    },
  },
])('$id', ({ id, callbacks }) => {
  test('what each member hears', () => {
    const w = play(id);
    for (const [consumer, expected] of Object.entries(callbacks))
      expect([consumer, heard(w, consumer)]).toEqual([consumer, expected]);
  });
});
