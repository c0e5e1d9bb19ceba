/** The store in React: `useApp(selector)` redraws when what the selector picks changes; `useActions()` never does. */
import { createContext, type ReactNode, useContext } from 'react';
import { useStore } from 'zustand';
import type { Phrase, Words } from '../protocol/frame.ts';
import type { Params } from '../text/format.ts';
import { type Language, text } from '../text/index.ts';
import type { AppActions, AppState, AppStore } from './app-store.ts';

const Context = createContext<AppStore | null>(null);

export function StoreProvider({ store, children }: { store: AppStore; children: ReactNode }) {
  return <Context.Provider value={store}>{children}</Context.Provider>;
}

export function useAppStore(): AppStore {
  const store = useContext(Context);
  if (store === null) throw new Error('useApp needs a StoreProvider above it');
  return store;
}

export function useApp<T>(selector: (state: AppState) => T): T {
  return useStore(useAppStore(), selector);
}

export function useActions(): AppActions {
  return useAppStore().getState().actions;
}

export interface Say {
  (key: string, params?: Params): string;
  readonly language: Language;
  phrase(phrase: Phrase): string;
  /** A sentence with another one inside of it. */
  words(words: Words): string;
}

const makeSay = (language: Language): Say =>
  Object.assign((key: string, params?: Params) => text(language, key, params), {
    language,
    phrase: ({ key, params }: Phrase) => text(language, key, params),
    words: ({ title, what }: Words) =>
      text(
        language,
        title.key,
        what === null ? title.params : { ...title.params, command: text(language, what.key, what.params) },
      ),
  });

let says: { readonly texts: number; readonly en: Say; readonly zh: Say } | null = null;

/** Sentences in the learner's language; another one, so that all are said anew, when more of them have come. */
export function useSay(): Say {
  const language = useApp((state) => state.language);
  const texts = useApp((state) => state.texts);
  if (says === null || says.texts !== texts) says = { texts, en: makeSay('en'), zh: makeSay('zh') };
  return says[language];
}
