/**
 * The compression lab's own store: what is asked for, and what has come of it. A part is shown when all of it is there, and
 * until then the older figures stand in its place, so that nothing jumps and nothing of two questions is compared.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type {
  PackClaim,
  PackCurve,
  PackMessage,
  PackPart,
  PackRecords,
  PackRow,
  PackSpec,
  PackSpeed,
} from '../protocol/pack.ts';
import { FIRST_MEET, type PackMeet } from './pack-meet.ts';
import { changedPack, codecsOf } from './pack-spec.ts';

export type PackBatches = Extract<PackPart, { part: 'batches' }>;
export type PackFormats = Extract<PackPart, { part: 'formats' }>['formats'];

/** The worker as the lab needs it. `onCrash`: it is dead, and says why as far as it can. */
export interface PackEngine {
  ask(id: number, spec: PackSpec): void;
  close(): void;
}
export type StartPackEngine = (
  onMessage: (message: PackMessage) => void,
  onCrash: (message: string) => void,
) => PackEngine;

/** A part with the question that it answers. */
export interface Shown<T> {
  readonly spec: PackSpec;
  readonly value: T;
}

export interface PackShown {
  readonly records: Shown<PackRecords> | null;
  readonly rows: Shown<readonly PackRow[]> | null;
  readonly batches: Shown<PackBatches> | null;
  readonly formats: Shown<PackFormats> | null;
  readonly curves: Shown<readonly PackCurve[]> | null;
  readonly speeds: Shown<readonly PackSpeed[]> | null;
  readonly claims: Shown<readonly PackClaim[]> | null;
}

export const NOTHING: PackShown = {
  records: null,
  rows: null,
  batches: null,
  formats: null,
  curves: null,
  speeds: null,
  claims: null,
};

export interface PackFailed {
  /** 'refused': the question cannot be answered as it is. 'crashed': the worker is dead; it can be started again. */
  readonly kind: 'refused' | 'crashed';
  readonly message: string;
  readonly why: { readonly key: string; readonly params: Readonly<Record<string, string | number>> } | null;
}

export interface PackState {
  readonly spec: PackSpec;
  /** Whose versions meet; nothing runs for it. */
  readonly meet: PackMeet;
  readonly shown: PackShown;
  /** How much of the question is done, 0 to 1; null: nothing runs. */
  readonly running: number | null;
  readonly failed: PackFailed | null;
  readonly actions: PackActions;
}

export interface PackActions {
  start(): void;
  ask(change: Partial<PackSpec>): void;
  setMeet(meet: PackMeet): void;
  /** The same question once more: after a crash, or to measure anew. */
  again(): void;
  close(): void;
}

export type PackStore = StoreApi<PackState>;

interface Collected {
  rows: PackRow[];
  curves: PackCurve[];
  speeds: PackSpeed[];
}

/** What has come so far, as far as a whole part of the picture is complete; the first answer of all is shown as it comes. */
function publish(shown: PackShown, spec: PackSpec, got: Collected, part: PackPart, done: boolean): PackShown {
  const packing = codecsOf(spec.magic).length;
  const whole = <T>(list: readonly T[], before: Shown<readonly T[]> | null, count: number) =>
    list.length > 0 && (list.length >= count || done || before === null || before.spec === spec)
      ? { spec, value: [...list] }
      : before;
  switch (part.part) {
    case 'records':
      return { ...shown, records: { spec, value: part.records } };
    case 'row':
      return { ...shown, rows: whole(got.rows, shown.rows, packing) };
    case 'batches':
      return { ...shown, batches: { spec, value: part } };
    case 'formats':
      return { ...shown, formats: { spec, value: part.formats } };
    case 'curve':
      return { ...shown, curves: whole(got.curves, shown.curves, 4) };
    case 'speed':
      return { ...shown, speeds: whole(got.speeds, shown.speeds, packing - 1) };
    case 'claims':
      return { ...shown, claims: { spec, value: part.claims } };
  }
}

export function createPackStore(startEngine: StartPackEngine, first: PackSpec, meet: PackMeet = FIRST_MEET): PackStore {
  let engine: PackEngine | null = null;
  /** Grows with every question; messages about an older one are not heard. */
  let asked = 0;
  let got: Collected = { rows: [], curves: [], speeds: [] };

  return createStore<PackState>((set, get) => {
    const fail = (kind: PackFailed['kind'], message: string, why: PackFailed['why'] = null): void =>
      set({ failed: { kind, message, why }, running: null });

    const onMessage = (message: PackMessage): void => {
      if (message.id !== asked) return;
      const { spec, shown, running } = get();
      if (message.type === 'progress') set({ running: Math.max(running ?? 0, message.part) });
      else if (message.type === 'done') set({ running: null });
      else if (message.type === 'failed') fail('refused', message.message, message.why ?? null);
      else {
        const { part } = message;
        if (part.part === 'row') got.rows.push(part.row);
        else if (part.part === 'curve') got.curves.push(part.curve);
        else if (part.part === 'speed') got.speeds.push(part.speed);
        set({ shown: publish(shown, spec, got, part, false) });
      }
    };

    const ask = (): void => {
      asked += 1;
      got = { rows: [], curves: [], speeds: [] };
      set({ running: 0, failed: null });
      try {
        engine ??= startEngine(onMessage, (message) => {
          engine?.close();
          engine = null;
          asked += 1;
          fail('crashed', message);
        });
        engine.ask(asked, get().spec);
      } catch (error) {
        engine = null;
        fail('crashed', error instanceof Error ? error.message : String(error));
      }
    };

    return {
      spec: first,
      meet,
      shown: NOTHING,
      running: null,
      failed: null,
      actions: {
        start: ask,
        ask(change) {
          const { spec } = get();
          const next = changedPack(spec, change);
          const same = (Object.keys(next) as (keyof PackSpec)[]).every((key) => next[key] === spec[key]);
          if (same && get().failed === null) return;
          set({ spec: next });
          ask();
        },
        setMeet: (next) => set({ meet: next }),
        again: ask,
        close() {
          asked += 1;
          engine?.close();
          engine = null;
          set({ running: null });
        },
      },
    };
  });
}

/** Whether a part answers an older question than the present one. */
export const isStale = (state: Pick<PackState, 'spec'>, shown: Shown<unknown> | null): boolean =>
  shown !== null && shown.spec !== state.spec;

/** The chosen codec's row, of the question that is shown. */
export function chosenRow({ shown, spec }: Pick<PackState, 'shown' | 'spec'>): PackRow | null {
  const rows = shown.rows?.value ?? [];
  return rows.find(({ codec }) => codec === spec.codec) ?? null;
}
