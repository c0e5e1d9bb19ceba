/** The lab's store against made-up runs: results are shown together, the cursor steps and comes back, links open the same moment. */

import { describe, expect, test, vi } from 'vitest';
import { fixtureRun } from '../panel/lab/fixture.ts';
import type { LabRun, LabSpec, LabVariant } from '../protocol/lab.ts';
import { createLabStore, type LabEngine, placeOf, runsOf, selectedRun, stepsOf } from './lab.ts';
import { firstPlace, placeAt, placeOfIndex, shownSteps, spanAt, stepUs } from './lab-cursor.ts';
import { brokenBase, FIRST_PLACE, type LabPlace, labHash, readLabHash } from './lab-link.ts';
import { figureRows, ranking, turned, turnsRound, type Verdict, verdict } from './lab-ranking.ts';
import { changed, FIRST_SPEC, knobMs, knobStep, windowOf } from './lab-spec.ts';
import { isLab } from './page-mode.ts';

const flush = async (): Promise<void> => {
  for (let i = 0; i < 60; i++) await Promise.resolve();
};

function engine(answer: (spec: LabSpec, variant: LabVariant) => Promise<LabRun> | LabRun) {
  const run = vi.fn(async (spec: LabSpec, variant: LabVariant) => answer(spec, variant));
  const made: LabEngine = { run, howMany: async () => [], onProgress: () => () => undefined };
  return { made, run };
}

const plain = () => engine((spec, variant) => fixtureRun(variant, spec.slowestMs));

async function opened(place: Partial<LabPlace> = {}) {
  const { made, run } = plain();
  const store = createLabStore(made, { ...FIRST_PLACE, ...place });
  store.getState().actions.start();
  await flush();
  return { store, run, actions: store.getState().actions };
}

describe('runs', () => {
  test('lanes appear together, when the last variant has run', async () => {
    const waiting: (() => void)[] = [];
    const { made } = engine(
      (spec, variant) => new Promise((resolve) => waiting.push(() => resolve(fixtureRun(variant, spec.slowestMs)))),
    );
    const store = createLabStore(made, FIRST_PLACE);
    store.getState().actions.start();
    for (let done = 0; done < 4; done++) {
      await flush();
      expect(store.getState().lanes).toEqual([]);
      expect(store.getState().running).toMatchObject({ done, of: 4 });
      waiting.shift()!();
    }
    await flush();
    expect(store.getState().lanes.map(({ variant }) => variant)).toEqual([
      'eager',
      'cooperative',
      'consumer',
      'static',
    ]);
    expect(store.getState().running).toBeNull();
  });

  test('an older question’s answer is not shown', async () => {
    const waiting: { spec: LabSpec; answer: () => void }[] = [];
    const { made } = engine(
      (spec, variant) =>
        new Promise((resolve) => waiting.push({ spec, answer: () => resolve(fixtureRun(variant, spec.slowestMs)) })),
    );
    const store = createLabStore(made, { ...FIRST_PLACE, variants: ['eager'] });
    store.getState().actions.start();
    await flush();
    store.getState().actions.ask({ slowestMs: 500 });
    await flush();
    const [old, fresh] = waiting;
    fresh!.answer();
    await flush();
    old!.answer();
    await flush();
    expect(runsOf(store.getState().lanes)[0]!.hash).toBe('eager-500');
  });

  test('a variant that cannot run says why, and the others are shown', async () => {
    const why = { title: { key: 'log.x', params: {} }, what: null };
    const { made } = engine((spec, variant) => {
      if (variant === 'consumer') throw new Error('broken');
      const run = fixtureRun(variant, spec.slowestMs);
      return variant === 'static' ? { ...run, notYet: why } : run;
    });
    const store = createLabStore(made, FIRST_PLACE);
    store.getState().actions.start();
    await flush();
    expect(store.getState().lanes.map(({ failure }) => failure)).toEqual([null, null, 'broken', why]);
    expect(runsOf(store.getState().lanes)).toHaveLength(2);
  });

  test('what was run before is there at once: turning the knob back asks nothing', async () => {
    const { store, run, actions } = await opened();
    actions.ask({ slowestMs: 2000 });
    await flush();
    const asked = run.mock.calls.length;
    actions.ask({ slowestMs: 0 });
    await flush();
    expect(run.mock.calls.length).toBe(asked);
    expect(runsOf(store.getState().lanes)[0]!.hash).toBe('eager-0');
  });

  test('a trigger’s window fits it; the reference has the other processing time', async () => {
    const { store, actions } = await opened();
    expect(store.getState().reference?.slowestMs).toBe(2000);
    actions.ask({ trigger: 'rolling-restart' });
    expect(store.getState().spec.windowUs).toBe(windowOf(store.getState().spec));
    expect(store.getState().spec.windowUs).toBeGreaterThan(FIRST_SPEC.windowUs);
  });

  test('one variant more, one fewer, and never none', async () => {
    const { store, actions } = await opened({ variants: ['eager', 'consumer'], selected: 'consumer' });
    actions.show('consumer', false);
    await flush();
    expect(store.getState()).toMatchObject({ variants: ['eager'], selected: 'eager' });
    actions.show('eager', false);
    expect(store.getState().variants).toEqual(['eager']);
    actions.show('share', true);
    await flush();
    expect(store.getState().lanes.map(({ variant }) => variant)).toEqual(['eager', 'share']);
  });
});

describe('the cursor', () => {
  test('it begins at the first request from the trigger on', async () => {
    const { store } = await opened();
    const step = stepsOf(selectedRun(store.getState()), false)[placeOf(store.getState())]!;
    expect(step).toMatchObject({ api: 'JoinGroup', consumer: 'c3', what: 'request' });
  });

  test('stepping on to the end and back passes the same steps', async () => {
    const { store, actions } = await opened();
    const seen: [number, number][] = [];
    const note = () => [placeOf(store.getState()), store.getState().atUs!] as [number, number];
    const count = stepsOf(selectedRun(store.getState()), false).length;
    actions.stepToEnd('first');
    for (let i = 0; i < count + 3; i++) {
      seen.push(note());
      actions.stepBy(1);
    }
    expect(note()[0]).toBe(count - 1);
    const there = seen.slice(0, count);
    actions.stepBy(0);
    const back: [number, number][] = [note()];
    for (let i = 1; i < count; i++) {
      actions.stepBy(-1);
      back.push(note());
    }
    expect(back.reverse()).toEqual(there);
  });

  test('from between two requests, back leads to the one before and on to the next', async () => {
    const { store, actions } = await opened();
    const steps = stepsOf(selectedRun(store.getState()), false);
    actions.setAt(stepUs(steps[2]!) + 500);
    expect(placeOf(store.getState())).toBe(2);
    actions.stepBy(-1);
    expect(store.getState().step).toBe(steps[2]!.index);
    actions.setAt(stepUs(steps[2]!) + 500);
    actions.stepBy(1);
    expect(store.getState().step).toBe(steps[3]!.index);
  });

  test('of requests that arrive in one microsecond each is a step of its own', async () => {
    const { store, actions } = await opened();
    const steps = stepsOf(selectedRun(store.getState()), false);
    const twin = steps.findIndex((step, i) => i > 0 && stepUs(step) === stepUs(steps[i - 1]!));
    expect(twin).toBeGreaterThan(0);
    actions.goTo('eager', steps[twin - 1]!);
    expect(placeOf(store.getState())).toBe(twin - 1);
    actions.stepBy(1);
    expect(placeOf(store.getState())).toBe(twin);
  });

  test('another variant is stepped through from the same moment', async () => {
    const { store, actions } = await opened();
    actions.stepBy(4);
    const { atUs } = store.getState();
    actions.select('consumer');
    expect(store.getState()).toMatchObject({ atUs, step: null, selected: 'consumer' });
  });

  test('places are found by time and by index', () => {
    const run = fixtureRun('eager', 0);
    const steps = shownSteps(run, false);
    expect(steps.length).toBeLessThan(run.steps.length);
    expect(placeAt(steps, -1)).toBe(-1);
    expect(stepUs(steps[placeAt(steps, stepUs(steps[2]!))]!)).toBe(stepUs(steps[2]!));
    expect(placeAt(steps, run.untilUs)).toBe(steps.length - 1);
    expect(placeOfIndex(steps, steps[3]!.index)).toBe(3);
    expect(placeOfIndex(steps, 0)).toBe(-1);
    expect(stepUs(steps[firstPlace(steps, run.triggerUs)]!)).toBeGreaterThanOrEqual(run.triggerUs);
    expect(firstPlace(steps, 0)).toBe(0);
    expect(firstPlace([], 0)).toBe(-1);
    const { spans } = run.partitions[0]!;
    expect(spanAt(spans, spans[1]!.fromUs)).toBe(spans[1]);
    expect(spanAt(spans, run.untilUs)).toBe(spans.at(-1));
    expect(spanAt(spans, run.untilUs + 1)).toBeNull();
  });
});

describe('links', () => {
  test('a place comes back from its link as it was', () => {
    const place: LabPlace = {
      spec: changed(FIRST_SPEC, {
        trigger: 'crash',
        slowestMs: 750,
        seed: 42,
        base: { kind: 'fresh', members: 5, partitions: 12, ratePerSecond: 30 },
      }),
      variants: ['cooperative', 'share'],
      selected: 'share',
      view: 'members',
      tab: 'assignor',
      all: true,
      atUs: 16_123_456,
      step: 17,
      domain: { fromUs: 15_000_000, toUs: 18_000_000 },
      partition: 'orders-3',
    };
    const { hash, whole } = labHash(place);
    expect(whole).toBe(true);
    expect(isLab(hash)).toBe(true);
    expect(readLabHash(hash)).toEqual(place);
    expect(readLabHash('#lab')).toEqual(FIRST_PLACE);
  });

  test('a moment of free play goes along, checked like any scenario', () => {
    const scenario = { kafkascope: 1 as const, topics: [{ name: 'orders', partitions: 3 }] };
    const base = { kind: 'moment' as const, scenario, group: 'billing', atUs: 8_000_000, coordinator: 2 };
    const { hash } = labHash({ ...FIRST_PLACE, spec: changed(FIRST_SPEC, { base }) });
    expect(readLabHash(hash).spec.base).toEqual(base);
    expect(brokenBase(hash)).toBe(false);
    const cut = hash.replace(/base=k1\.[^&]*/, (text) => text.slice(0, -20));
    expect(brokenBase(cut)).toBe(true);
    expect(readLabHash(cut).spec.base).toEqual(FIRST_SPEC.base);
  });

  test('what cannot be read is left at its default', () => {
    const read = readLabHash(
      '#lab?trigger=nonsense&members=0&partitions=99999&seed=-1&slowest=x&variants=a.b&view=q&at=1e9&time=5.3',
    );
    expect(read).toEqual(FIRST_PLACE);
    expect(isLab('#labour')).toBe(false);
    expect(isLab('#k1.abc')).toBe(false);
  });
});

describe('figures', () => {
  const runs = (slowMs: number) => (['eager', 'cooperative', 'consumer'] as const).map((v) => fixtureRun(v, slowMs));

  test('a slow member turns the order round, and it is said from the figures', () => {
    const quick = ranking(runs(0));
    const slow = ranking(runs(5000));
    expect(quick.at(-1)!.variant).toBe('cooperative');
    expect(slow.at(-1)!.variant).toBe('eager');
    expect(turned(quick, slow).length).toBeGreaterThan(0);
    expect(turned(quick, quick)).toEqual([]);
    const ends = (least: string, most: string) =>
      ({
        kind: 'ranked',
        least: [{ variant: least, cost: 1 }],
        most: [{ variant: most, cost: 2 }],
      }) as unknown as Verdict;
    expect(turnsRound(ends('eager', 'consumer'), ends('eager', 'consumer'))).toBe(false);
    expect(turnsRound(ends('eager', 'consumer'), ends('cooperative', 'consumer'))).toBe(true);
    expect(turnsRound(ends('eager', 'consumer'), ends('eager', 'cooperative'))).toBe(true);
    expect(verdict(slow)).toMatchObject({ kind: 'ranked', most: [{ variant: 'eager' }] });
  });

  test('figures that read alike stand together', () => {
    const alike = [
      { variant: 'eager' as const, cost: 0.038 },
      { variant: 'static' as const, cost: 0.041 },
    ];
    expect(verdict(alike)?.kind).toBe('same');
    expect(verdict(alike.slice(0, 1))?.kind).toBe('one');
    expect(verdict([])).toBeNull();
  });

  test('the least of a row is marked, but not where all are alike', () => {
    const rows = figureRows(runs(5000));
    const row = (id: string) => rows.find((each) => each.id === id)!;
    expect([...row('rebalances').best].sort()).toEqual(['consumer', 'eager']);
    expect(row('stalled').best.size).toBe(0);
    // A few microseconds apart, they read alike: both are at rest after the same time.
    const [eager, cooperative] = runs(0) as [LabRun, LabRun, LabRun];
    const later = { ...eager.figures, settledAfterUs: eager.figures.settledAfterUs! + 5 };
    const two = figureRows([{ ...eager, figures: later }, cooperative]);
    expect(two.find(({ id }) => id === 'settled')!.best.size).toBe(0);
    expect(row('api.Heartbeat').best.size).toBe(0);
  });

  test('the knob has values that one can say, from 0 to 5 s', () => {
    expect(knobMs(0)).toBe(0);
    expect(knobMs(999)).toBe(5000);
    for (let i = 0; i <= 15; i++) expect(knobStep(knobMs(i))).toBe(i);
  });
});
