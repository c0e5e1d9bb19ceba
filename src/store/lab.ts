/**
 * The lab's own store: what is asked for, what the engine's runs have shown, and where the cursor stands. It lives from the
 * lab's opening to its closing; the page's store and the cluster that is played go on beneath it untouched.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Words } from '../protocol/frame.ts';
import {
  type HowManyPoint,
  type HowManySpec,
  LAB_VARIANTS,
  type LabRun,
  type LabSpec,
  type LabStep,
  type LabVariant,
} from '../protocol/lab.ts';
import { firstPlace, placeAt, placeOfIndex, shownSteps, stepUs } from './lab-cursor.ts';
import type { LabPlace, LabTab, LabView } from './lab-link.ts';
import { type Ranked, ranking } from './lab-ranking.ts';
import { RunCache } from './lab-runs.ts';
import { changed } from './lab-spec.ts';

/** The engine as the lab needs it; a promise that is rejected says why a variant cannot run. */
export interface LabEngine {
  run(spec: LabSpec, variant: LabVariant): Promise<LabRun>;
  howMany(spec: HowManySpec): Promise<readonly HowManyPoint[]>;
  /** Calls back with how much of the present run is done, 0 to 1; returns what ends it. */
  onProgress(listener: (of: 'lab' | 'how-many', part: number) => void): () => void;
}

/** One variant's lanes, or why there are none. */
export type Lanes =
  | { readonly variant: LabVariant; readonly run: LabRun; readonly failure: null }
  | { readonly variant: LabVariant; readonly run: null; readonly failure: Words | string };

const lanesFor = (variant: LabVariant, run: LabRun): Lanes =>
  run.notYet === null ? { variant, run, failure: null } : { variant, run: null, failure: run.notYet };

export interface HowMany {
  readonly spec: HowManySpec;
  readonly points: readonly HowManyPoint[];
  /** What the points are of; null: nothing has run yet. */
  readonly shown: HowManySpec | null;
  readonly running: boolean;
  /** How much of it has run, 0 to 1. */
  readonly part: number;
  readonly failure: string | null;
}

export interface LabState extends LabPlace {
  /** What is drawn, all of one and the same `shownSpec`: results are shown together, so that nothing jumps while they come. */
  readonly lanes: readonly Lanes[];
  readonly shownSpec: LabSpec | null;
  readonly running: {
    readonly variant: LabVariant;
    readonly done: number;
    readonly of: number;
    /** Of this variant's run, 0 to 1. */
    readonly part: number;
  } | null;
  /** The same group with another processing time of its slowest member, for comparison. */
  readonly reference: { readonly slowestMs: number; readonly ranked: readonly Ranked[] } | null;
  readonly playing: boolean;
  /** Virtual microseconds in a real one; null: so that what matters lasts about fifteen seconds. */
  readonly rate: number | null;
  readonly howMany: HowMany;
  readonly actions: LabActions;
}

export interface LabActions {
  start(): void;
  ask(change: Partial<LabSpec>): void;
  show(variant: LabVariant, on: boolean): void;
  select(variant: LabVariant): void;
  setView(view: LabView): void;
  setTab(tab: LabTab): void;
  setAll(all: boolean): void;
  setDomain(domain: LabPlace['domain']): void;
  setPartition(partition: string | null): void;
  /** Moves the cursor to a moment, by hand or while it plays. */
  setAt(atUs: number): void;
  goTo(variant: LabVariant, step: LabStep): void;
  stepBy(by: number): void;
  stepToEnd(end: 'first' | 'last'): void;
  play(on: boolean): void;
  setRate(rate: number | null): void;
  askHowMany(change: Partial<HowManySpec>): void;
  runHowMany(): void;
  close(): void;
}

export type LabStore = StoreApi<LabState>;

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

export const runsOf = (lanes: readonly Lanes[]): readonly LabRun[] =>
  lanes.flatMap(({ run }) => (run === null ? [] : [run]));

export const selectedRun = (state: Pick<LabState, 'lanes' | 'selected'>): LabRun | null =>
  state.lanes.find(({ variant }) => variant === state.selected)?.run ?? null;

const NO_STEPS: readonly LabStep[] = [];
const mattering = new WeakMap<LabRun, readonly LabStep[]>();

/** The steps of the selected run as they are shown; the same list as long as nothing changes. */
export function stepsOf(run: LabRun | null, all: boolean): readonly LabStep[] {
  if (run === null) return NO_STEPS;
  if (all) return run.steps;
  const known = mattering.get(run) ?? shownSteps(run, false);
  mattering.set(run, known);
  return known;
}

/** The step that the cursor stands on or has passed last: its place among the shown ones, -1 before the first. */
export function placeOf(state: Pick<LabState, 'lanes' | 'selected' | 'all' | 'atUs' | 'step'>): number {
  const steps = stepsOf(selectedRun(state), state.all);
  if (state.step !== null) {
    const place = placeOfIndex(steps, state.step);
    if (place >= 0) return place;
  }
  return state.atUs === null ? -1 : placeAt(steps, state.atUs);
}

/** What the figures of another processing time are compared with: at one end all are quick, at the other one is slow. */
const otherEnd = (slowestMs: number): number => (slowestMs > 0 ? 0 : 2000);

/** Comparing costs as much as the runs themselves: large groups go without. */
const MOST_FOR_REFERENCE = 20_000;

const sizeOf = ({ base }: LabSpec): number => (base.kind === 'fresh' ? base.members * base.partitions : 1);

export function createLabStore(engine: LabEngine, place: LabPlace): LabStore {
  const cache = new RunCache(engine);
  /** Grows with every question; an answer to an older one is kept, but not shown. */
  let asked = 0;
  let closed = false;
  let stopProgress: (() => void) | null = null;

  return createStore<LabState>((set, get) => {
    const cursorFor = (state: Pick<LabState, 'lanes' | 'selected' | 'all' | 'atUs' | 'step'>): Partial<LabState> => {
      const run = selectedRun(state);
      if (run === null) return {};
      const steps = stepsOf(run, state.all);
      if (state.atUs === null) {
        const step = steps[firstPlace(steps, run.triggerUs)];
        return { atUs: step === undefined ? run.triggerUs : stepUs(step), step: step?.index ?? null };
      }
      const kept = state.step !== null && run.steps[state.step] !== undefined;
      return { atUs: Math.max(run.fromUs, Math.min(run.untilUs, state.atUs)), step: kept ? state.step : null };
    };

    const compare = async (mine: number, spec: LabSpec, variants: readonly LabVariant[]): Promise<void> => {
      if (sizeOf(spec) > MOST_FOR_REFERENCE) return;
      const slowestMs = otherEnd(spec.slowestMs);
      const runs: LabRun[] = [];
      for (const variant of variants) {
        if (mine !== asked || closed) return;
        const run = await cache.run(changed(spec, { slowestMs }), variant).catch(() => null);
        if (run !== null && run.notYet === null) runs.push(run);
      }
      if (mine === asked && runs.length > 1) set({ reference: { slowestMs, ranked: ranking(runs) } });
    };

    const start = async (): Promise<void> => {
      asked += 1;
      const mine = asked;
      const { spec, variants } = get();
      set({ reference: null, playing: false });
      const lanes: Lanes[] = [];
      for (const variant of variants) {
        if (mine !== asked || closed) return;
        const known = cache.known(spec, variant);
        if (known === null) set({ running: { variant, done: lanes.length, of: variants.length, part: 0 } });
        try {
          lanes.push(lanesFor(variant, known ?? (await cache.run(spec, variant))));
        } catch (error) {
          lanes.push({ variant, run: null, failure: messageOf(error) });
        }
      }
      if (mine !== asked || closed) return;
      const again = get().shownSpec === null || get().shownSpec === spec;
      const { selected: wanted, atUs, step, all } = get();
      const selected = lanes.find(({ variant }) => variant === wanted)?.run
        ? wanted
        : (lanes.find(({ run }) => run !== null)?.variant ?? wanted);
      // Another question: its steps are others, so the cursor goes to where they begin.
      const cursor = {
        lanes,
        selected,
        all,
        atUs: again ? atUs : null,
        step: again && selected === wanted ? step : null,
      };
      set({ ...cursor, ...cursorFor(cursor), shownSpec: spec, running: null, ...(again ? {} : { domain: null }) });
      await compare(mine, spec, variants);
    };

    const moveTo = (place: number): void => {
      const state = get();
      const steps = stepsOf(selectedRun(state), state.all);
      const step = steps[Math.max(0, Math.min(steps.length - 1, place))];
      if (step !== undefined) set({ step: step.index, atUs: stepUs(step), playing: false });
    };

    const actions: LabActions = {
      start() {
        closed = false;
        stopProgress ??= engine.onProgress((of, part) => {
          const { running, howMany } = get();
          if (of === 'how-many') set({ howMany: { ...howMany, part } });
          else if (running !== null) set({ running: { ...running, part } });
        });
        void start();
      },
      ask(change) {
        set({ spec: changed(get().spec, change) });
        void start();
      },
      show(variant, on) {
        const { variants, lanes } = get();
        const next = LAB_VARIANTS.filter((each) => (each === variant ? on : variants.includes(each)));
        if (next.length === 0) return;
        set({ variants: next, lanes: lanes.filter((each) => next.includes(each.variant)) });
        if (get().selected === variant && !on) actions.select(next[0] as LabVariant);
        void start();
      },
      select(variant) {
        if (get().selected !== variant) set({ selected: variant, step: null });
      },
      setView: (view) => set({ view }),
      setTab: (tab) => set({ tab }),
      setAll: (all) => set({ all }),
      setDomain: (domain) => set({ domain }),
      setPartition: (partition) => set({ partition }),
      setAt(atUs) {
        const run = selectedRun(get());
        if (run === null) return;
        set({ atUs: Math.round(Math.max(run.fromUs, Math.min(run.untilUs, atUs))), step: null });
      },
      goTo(variant, step) {
        set({ selected: variant, step: step.index, atUs: stepUs(step), playing: false });
      },
      stepBy(by) {
        const state = get();
        const place = placeOf(state);
        const steps = stepsOf(selectedRun(state), state.all);
        // Between two steps, back leads to the one that was passed last.
        const between = place >= 0 && state.step === null && stepUs(steps[place] as LabStep) !== state.atUs;
        moveTo(by < 0 && between ? place : place + by);
      },
      stepToEnd(end) {
        moveTo(end === 'first' ? 0 : Number.MAX_SAFE_INTEGER);
      },
      play: (playing) => set({ playing }),
      setRate: (rate) => set({ rate }),
      askHowMany(change) {
        const { howMany } = get();
        set({ howMany: { ...howMany, spec: { ...howMany.spec, ...change } } });
      },
      runHowMany() {
        const { spec } = get().howMany;
        set({ howMany: { ...get().howMany, running: true, part: 0, failure: null } });
        engine.howMany(spec).then(
          (points) => set({ howMany: { ...get().howMany, points, shown: spec, running: false } }),
          (error) => set({ howMany: { ...get().howMany, running: false, failure: messageOf(error) } }),
        );
      },
      close() {
        closed = true;
        asked += 1;
        stopProgress?.();
        stopProgress = null;
      },
    };

    return {
      ...place,
      lanes: [],
      shownSpec: null,
      running: null,
      reference: null,
      playing: false,
      rate: null,
      howMany: { spec: FIRST_HOW_MANY, points: [], shown: null, running: false, part: 0, failure: null },
      actions,
    };
  });
}

const FIRST_HOW_MANY: HowManySpec = {
  partitions: 6,
  upTo: 9,
  ratePerSecond: 500,
  processMs: 10,
  variant: 'eager',
  seed: 1,
};
