/** The two languages say the same things with the same parameters, and no placeholder is mistyped. */
import { describe, expect, test } from 'vitest';
import { CONFIG_ENTRIES } from '../kafka/config/registry.ts';
import { app } from './en/app.ts';
import { byteMap } from './en/byte-map.ts';
import { compression } from './en/compression.ts';
import { config } from './en/config.ts';
import { device } from './en/device.ts';
import { dialogs } from './en/dialogs.ts';
import { engine } from './en/engine.ts';
import { engineLate } from './en/engine-late.ts';
import { engineLines } from './en/engine-lines.ts';
import { errors } from './en/errors.ts';
import { glossary } from './en/glossary.ts';
import { groups } from './en/groups.ts';
import { inout } from './en/inout.ts';
import { lab } from './en/lab.ts';
import { lesson } from './en/lesson.ts';
import { lessonLost } from './en/lesson-lost.ts';
import { modernGroups } from './en/modern-groups.ts';
import { offsets } from './en/offsets.ts';
import { packFail } from './en/pack-fail.ts';
import { pageLate } from './en/page-late.ts';
import { panel } from './en/panel.ts';
import { parameters } from './en/parameters.ts';
import { reasoning } from './en/reasoning.ts';
import { shareGroups } from './en/share-groups.ts';
import { stage } from './en/stage.ts';
import { story } from './en/story.ts';
import { time } from './en/time.ts';
import { fill } from './format.ts';
import { zh } from './zh/index.ts';

const areas = {
  app,
  byteMap,
  compression,
  config,
  device,
  dialogs,
  engine,
  engineLate,
  engineLines,
  errors,
  glossary,
  groups,
  inout,
  lab,
  lesson,
  lessonLost,
  modernGroups,
  offsets,
  packFail,
  pageLate,
  panel,
  parameters,
  reasoning,
  shareGroups,
  stage,
  story,
  time,
};
const chinese: Readonly<Record<string, string>> = zh;

const HOLES = /\{[^{}]*\}/g;
const HOLE = /^\{[a-z][A-Za-z0-9]*(?:\|(?:s|s1|ms|dur|bytes|n|list|plural\|[^{}|]*\|[^{}|]*))?\}$/;

const holes = (template: string): string[] => template.match(HOLES) ?? [];
const names = (template: string): string[] =>
  [...new Set(holes(template).map((hole) => hole.slice(1, -1).split('|')[0]!))].sort();

describe.each(Object.entries(areas))('%s', (_area, table) => {
  const keys = Object.keys(table);
  const english: Readonly<Record<string, string>> = table;

  test('every key has a Chinese sentence', () => {
    expect(keys.filter((key) => (chinese[key] ?? '').trim() === '')).toEqual([]);
  });

  test('both languages use the same parameters', () => {
    const differ = keys.filter((key) => names(english[key]!).join() !== names(chinese[key] ?? '').join());
    expect(differ).toEqual([]);
  });

  test('every placeholder is a name and a formatter that exists', () => {
    const faults = keys.flatMap((key) =>
      [english[key]!, chinese[key] ?? ''].flatMap((template) => [
        ...holes(template).filter((hole) => !HOLE.test(hole)),
        ...(template.replace(HOLES, '').match(/[{}]/) ?? []).map((brace) => `${brace} in ${key}`),
      ]),
    );
    expect(faults).toEqual([]);
  });

  test('no exclamation, no 您', () => {
    const faults = keys.filter((key) => /[!！]/.test(english[key]!) || /[!！您]/.test(chinese[key] ?? ''));
    expect(faults).toEqual([]);
  });
});

test('the areas share no key', () => {
  const all = Object.values(areas).flatMap((table) => Object.keys(table));
  expect(all.length).toBe(new Set(all).size);
});

test('each parameter that acts has its own sentence, and each sentence a parameter', () => {
  const acting = CONFIG_ENTRIES.filter(({ acts }) => acts === true).map(({ sentenceKey }) => sentenceKey);
  const sentences = Object.keys({ ...config, ...modernGroups, ...shareGroups }).filter((key) =>
    /^config\.(?!elsewhere)/.test(key),
  );
  expect(acting.filter((key) => !sentences.includes(key))).toEqual([]);
  // A sentence may wait for its parameter to act.
  const known = new Set(CONFIG_ENTRIES.map(({ sentenceKey }) => sentenceKey));
  expect(sentences.filter((key) => !known.has(key))).toEqual([]);
});

test('a filled sentence reads as the voice says', () => {
  expect(
    fill(engineLate['wait.session'], {
      broker: 1,
      silentUs: 2_800_000,
      sessionUs: 9_000_000,
      remainingUs: 6_200_000,
      partition: 'orders-0',
      producer: 'checkout',
    }),
  ).toBe(
    'Broker 1 has been silent for 2.8 s. The controller waits 9 s from its last heartbeat; until then orders-0 has no living leader, and checkout waits.',
  );
  expect(fill(engineLines['log.lost'], { partition: 'orders-0', records: 1, offset: 14, broker: 2 })).toBe(
    'orders-0: 1 acknowledged record is lost, from offset 14: broker 2’s log does not have it.',
  );
});
