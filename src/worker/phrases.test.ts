/** Whatever the engine says about the shipped scenarios has a text, and every parameter of it is filled. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { History } from '../engine/kernel/history.ts';
import { frameOf } from '../engine/projection/frame.ts';
import { newKeyTable } from '../engine/projection/key-table.ts';
import { storyOf } from '../engine/projection/story.ts';
import { summaryOf } from '../engine/projection/summary.ts';
import { commandViews, linesFrom, marksFrom } from '../engine/projection/timeline.ts';
import type { DetailTab, Frame, Phrase, ThingId } from '../protocol/frame.ts';
import type { Scenario } from '../protocol/scenario.ts';
import { hasText, text } from '../text/index.ts';
import { ENGINE } from './parts.ts';

const folder = join(import.meta.dirname, '..', 'scenario');
const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
const MOMENTS = 24;
/** The big clusters say the same as the small ones: their groups have formed by then. */
const BIG_MS = 8000;

function fault({ key, params }: Phrase): string | null {
  if (!hasText(key)) return `${key} has no text`;
  const said = text('en', key, params);
  return /[{}]|undefined|NaN/.test(said) ? `${key}: ${said}` : null;
}

function drain<T>(move: Generator<unknown, T, void>): T {
  for (;;) {
    const next = move.next();
    if (next.done === true) return next.value;
  }
}

/** One thing of each kind, and every tab. */
function views(frame: Frame): [ThingId, DetailTab][] {
  const things: ThingId[] = [`broker:1`, 'controller:101', 'link:1>2'];
  for (const { id } of frame.producers.slice(0, 1)) things.push(`producer:${id}`);
  for (const { id } of frame.consumers.slice(0, 1)) things.push(`consumer:${id}`);
  for (const { name, topic } of frame.partitions.slice(0, 1))
    things.push(`topic:${topic}`, `partition:${name}`, `replica:${name}@2`);
  for (const { id, coordinatorPartition } of frame.groups.slice(0, 1))
    things.push(`group:${id}`, ...(coordinatorPartition === '' ? [] : [`partition:${coordinatorPartition}`]));
  const tabs: DetailTab[] = ['parameters', 'state', 'log', 'requests', 'events'];
  return things.flatMap((thing) => tabs.map((tab): [ThingId, DetailTab] => [thing, tab]));
}

describe('every sentence', () => {
  test.each(files)('%s', (name) => {
    const file = JSON.parse(readFileSync(join(folder, name), 'utf8')) as Scenario;
    const scenario = name.startsWith('big-') ? { ...file, untilMs: BIG_MS } : file;
    const history = History.open(ENGINE, scenario);
    if ('problems' in history) throw new Error(`${name}: ${history.problems[0]?.message}`);
    const faults = new Set<string>();
    const check = (phrase: Phrase | null): void => {
      const found = phrase === null ? null : fault(phrase);
      if (found !== null) faults.add(found);
    };
    const keys = newKeyTable();
    for (let i = 0; i <= MOMENTS; i++) {
      drain(history.advance(Math.round((history.world.scenario.untilUs * i) / MOMENTS), false, null));
      const look = (selection: ThingId | null, tab: DetailTab): Frame =>
        frameOf(history.world, {
          world: 1,
          branch: 0,
          jump: 0,
          view: { selection, tab, windowRecords: 12, scroll: {} },
          keys,
          detail: ENGINE.detail,
        });
      const frame = look(null, 'state');
      check(frame.waiting.phrase);
      if (i % 8 !== 0) continue;
      for (const [thing, tab] of views(frame)) {
        const { detail } = structuredClone(look(thing, tab));
        for (const { label, value } of detail?.state ?? []) {
          check({ key: label, params: {} });
          if (typeof value === 'object') check(value);
        }
        for (const { note } of detail?.parameters ?? []) check(note);
      }
    }
    for (const { phrase } of [...linesFrom(history.world, 0), ...marksFrom(history.world, 0)]) check(phrase);
    for (const { phrase } of commandViews(history.branch)) check(phrase);
    const { count } = history.world.ledger;
    for (let id = 0; id < count; id += Math.max(1, Math.floor(count / 60)))
      for (const m of storyOf(history.world, id)?.moments ?? []) check(m.phrase);
    check(summaryOf(history.world, 0).luck);
    expect([...faults]).toEqual([]);
  });
});
