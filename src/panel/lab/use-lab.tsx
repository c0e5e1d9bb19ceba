/** The lab's store in React: `useLab(selector)` redraws when what the selector picks changes. */
import { createContext, type ReactNode, useContext } from 'react';
import { useStore } from 'zustand';
import { readerColour } from '../../diagram/palette.ts';
import type { LabRun } from '../../protocol/lab.ts';
import { type LabActions, type LabState, type LabStore, placeOf, selectedRun, stepsOf } from '../../store/lab.ts';

const Context = createContext<LabStore | null>(null);

export function LabProvider({ store, children }: { store: LabStore; children: ReactNode }) {
  return <Context.Provider value={store}>{children}</Context.Provider>;
}

export function useLabStore(): LabStore {
  const store = useContext(Context);
  if (store === null) throw new Error('useLab needs a LabProvider above it');
  return store;
}

export const useLab = <T,>(selector: (state: LabState) => T): T => useStore(useLabStore(), selector);
export const useLabActions = (): LabActions => useLabStore().getState().actions;

export const useSelectedRun = (): LabRun | null => useLab(selectedRun);
export const useSteps = () => useLab((state) => stepsOf(selectedRun(state), state.all));
/** The place of the present step among the shown ones; -1: before the first. */
export const usePlace = (): number => useLab(placeOf);

/** A member's colour, by the place that it has in its run. */
export function hueOf(run: LabRun, consumer: string): string {
  const member = run.members.find((each) => each.consumer === consumer);
  return member === undefined ? 'var(--mute)' : readerColour(member.hue);
}
