/** The compression lab's store in React: `usePack(selector)` redraws when what the selector picks changes. */
import { createContext, type ReactNode, useContext } from 'react';
import { useStore } from 'zustand';
import type { CompressionType } from '../../kafka/records/codec.ts';
import { isStale, type PackActions, type PackShown, type PackState, type PackStore } from '../../store/pack.ts';

const Context = createContext<PackStore | null>(null);

export function PackProvider({ store, children }: { store: PackStore; children: ReactNode }) {
  return <Context.Provider value={store}>{children}</Context.Provider>;
}

export function usePackStore(): PackStore {
  const store = useContext(Context);
  if (store === null) throw new Error('usePack needs a PackProvider above it');
  return store;
}

export const usePack = <T,>(selector: (state: PackState) => T): T => useStore(usePackStore(), selector);
export const usePackActions = (): PackActions => usePackStore().getState().actions;

/** One part of the answer, and whether it is of an older question. */
export function useShown<K extends keyof PackShown>(key: K): { shown: PackShown[K]; stale: boolean } {
  const shown = usePack((state) => state.shown[key]);
  const stale = usePack((state) => isStale(state, state.shown[key]));
  return { shown, stale };
}

const COLOURS: Readonly<Record<CompressionType, string>> = {
  none: 'var(--k-none)',
  snappy: 'var(--k1)',
  lz4: 'var(--k2)',
  gzip: 'var(--k0)',
  zstd: 'var(--k3)',
};

export const codecColour = (codec: CompressionType): string => COLOURS[codec];
