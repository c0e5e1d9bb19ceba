/**
 * A copy names every field, in the order in which the thing was made: one shape for the whole life of a thing, which is
 * what keeps a running world fast. The price is that a field could be forgotten; here it would show.
 */
import { expect, test } from 'vitest';
import { validateScenario } from '../../protocol/parse-scenario.ts';
import DEFAULT_JSON from '../../scenario/default.json' with { type: 'json' };
import '../index.ts';
import { cloneBroker } from '../broker/broker-state.ts';
import { cloneFetcher } from '../broker/replica-fetcher-state.ts';
import { cloneReplica } from '../broker/replica-state.ts';
import { cloneConsumer } from '../client/consumer-state.ts';
import { cloneProducer } from '../client/producer-state.ts';
import { cloneLedger, cloneTruth } from '../ledger/ledger-state.ts';
import { cloneConnection, cloneLink } from '../net/connection-state.ts';
import { forkWorld } from './fork.ts';
import { makeWorld } from './make-world.ts';
import { advance } from './run.ts';
import type { World } from './world.ts';

function runningWorld(): World {
  const parsed = validateScenario(DEFAULT_JSON, 'default.json');
  if (!parsed.ok) throw new Error(parsed.problems[0]?.message);
  const w = makeWorld(parsed.resolved);
  advance(w, [], 3_000_000);
  return w;
}

/** Every plain object in it, by its place: its fields in order, so that two things of one shape read alike. */
function shapes(place: string, thing: unknown, out: Map<string, string> = new Map()): Map<string, string> {
  if (thing === null || typeof thing !== 'object' || ArrayBuffer.isView(thing)) return out;
  if (thing instanceof Map) {
    for (const [key, value] of thing) shapes(`${place}{${String(key)}}`, value, out);
  } else if (Array.isArray(thing)) {
    thing.forEach((item, i) => {
      shapes(`${place}[${i}]`, item, out);
    });
  } else {
    out.set(place, Object.keys(thing).join(' '));
    for (const [key, value] of Object.entries(thing)) shapes(`${place}.${key}`, value, out);
  }
  return out;
}

/** Who owns a vector or an entity is not what it holds. */
const held = (thing: unknown): string =>
  JSON.stringify(thing, (key, value) => {
    if (key === 'gen' || key === 'generation') return 0;
    if (typeof value === 'bigint') return String(value);
    return value instanceof Map ? [...value] : value;
  });

function expectCopy<T>(place: string, thing: T, clone: (thing: T) => T): void {
  const copy = clone(thing);
  expect(copy).not.toBe(thing);
  expect(shapes(place, copy)).toEqual(shapes(place, thing));
  expect(held(copy)).toBe(held(thing));
}

test('a copy of an entity has all its fields, in their order', () => {
  const w = runningWorld();
  for (const c of w.connections) expectCopy('connection', c, cloneConnection);
  for (const l of w.links) expectCopy('link', l, cloneLink);
  for (const b of w.brokers) expectCopy('broker', b, cloneBroker);
  for (const r of w.replicas) if (r !== null) expectCopy('replica', r, cloneReplica);
  for (const f of w.fetchers) if (f !== null && f !== undefined) expectCopy('fetcher', f, cloneFetcher);
  for (const p of w.producers) expectCopy('producer', p, cloneProducer);
  for (const c of w.consumers) expectCopy('consumer', c, cloneConsumer);
  for (const t of w.ledger.truth) expectCopy('truth', t, cloneTruth);
  expectCopy('ledger', w.ledger, cloneLedger);
});

test('a fork has all fields of its world, and a fork of it has them in the same order', () => {
  const w = runningWorld();
  const fork = forkWorld(w);
  expect(Object.keys(fork).toSorted()).toEqual(Object.keys(w).toSorted());
  expect(Object.keys(forkWorld(fork))).toEqual(Object.keys(fork));
  expect(held(fork)).toBe(held(w));
});
