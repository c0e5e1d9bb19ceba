/** What happens before the first picture: the engine, the saved state or a link, and the scenario that is opened. */
import { DEFAULT_AT_US, DEFAULT_SCENARIO } from '../scenario/default.ts';
import { type AppActions, type AppStore, createAppStore } from '../store/app-store.ts';
import {
  browserStorage,
  keepBefore,
  keepPresent,
  readMoment,
  readScenario,
  type Storage,
  startPersistence,
} from '../store/persistence.ts';
import { browserScreen, startPlayer } from '../store/player.ts';
import { WorkerClient } from '../store/worker-client.ts';
import { loadLanguage } from '../text/index.ts';
import { followAppearance } from './appearance.ts';
import { listenForShortcuts } from './shortcuts.ts';

/** A browser that cannot run the engine at all. */
export function canRun(): boolean {
  return typeof Worker === 'function' && typeof structuredClone === 'function';
}

declare global {
  interface Window {
    /** For the browser's console and the journeys: what the page knows now, and the engine's own answers. */
    kafkascope?: { readonly state: AppStore['getState']; readonly ask: AppActions['ask'] };
  }
}

function makeWorker(): Worker {
  return new Worker(new URL('../worker/engine-worker.ts', import.meta.url), { type: 'module' });
}

/** A new engine, for the start and after a crash. */
export function connectEngine(store: AppStore): void {
  store.getState().client?.close();
  try {
    store.getState().actions.connect(new WorkerClient(makeWorker()));
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    store.getState().actions.setCrash({ message, invariant: null, atUs: 0, scenario: null });
  }
}

/** The learner's language if they chose one, else the browser's. */
function firstLanguage(saved: 'en' | 'zh' | undefined): 'en' | 'zh' {
  if (saved !== undefined) return saved;
  return (navigator.languages ?? [navigator.language])[0]?.toLowerCase().startsWith('zh') ? 'zh' : 'en';
}

/** Opens what the link's fragment holds. Decoding loads only when there is one. */
async function openLink(store: AppStore, hash: string): Promise<boolean> {
  const { openShared } = await import('../store/share.ts');
  const opened = await openShared(store, hash);
  // What the learner does from here on is theirs: a reload must not bring the link's moment back.
  if (opened) history.replaceState(null, '', location.pathname + location.search);
  return opened;
}

/** The list of scenario files is no part of the first load. */
const chineseShop = async () => (await import('../scenario/index.ts')).loadScenario('default', 'zh');

export async function openDefault(store: AppStore): Promise<void> {
  const { actions, language } = store.getState();
  actions.wantLesson(true);
  actions.open(language === 'en' ? DEFAULT_SCENARIO : await chineseShop(), {
    atUs: DEFAULT_AT_US,
    play: true,
    shipped: true,
  });
}

async function openFirst(
  store: AppStore,
  storage: Storage,
  { atUs = DEFAULT_AT_US, events, selection = null }: ReturnType<typeof readMoment>,
): Promise<void> {
  const { actions } = store.getState();
  const saved = await readScenario(storage);
  const linked = location.hash.length > 1;
  if (linked) {
    if (saved !== null) await keepBefore(storage, saved);
    if (await openLink(store, location.hash)) return;
  }
  // Behind the page that says what is wrong with a link stands the learner's own cluster.
  const { openFailure } = store.getState();
  if (saved === null) await openDefault(store);
  else {
    actions.setLesson(saved.lesson);
    actions.open(saved.scenario, { atUs, events, off: saved.off, selection });
  }
  if (linked) {
    actions.pause();
    actions.setOpenFailure(openFailure);
  }
}

export function boot(): AppStore {
  const storage = browserStorage();
  const saved = readMoment(storage);
  const store = createAppStore({
    theme: saved.theme ?? 'system',
    words: saved.words ?? 'first',
    lessonFolded: saved.lessonFolded ?? false,
  });
  const { actions } = store.getState();
  if (saved.speed !== undefined) actions.setSpeed(saved.speed);
  followAppearance(store);
  listenForShortcuts(store);
  window.kafkascope = { state: store.getState, ask: actions.ask };
  if (!canRun()) return store;

  connectEngine(store);
  startPlayer(store, browserScreen());
  const language = firstLanguage(saved.language);
  void loadLanguage(language)
    .catch(() => undefined)
    .then(() => {
      store.setState({ language });
      return openFirst(store, storage, saved);
    })
    .then(() => {
      const stop = startPersistence(store, storage);
      addEventListener('pagehide', stop);
      // For looking at the error page, and for its test: ?break-engine plants a broken invariant.
      if (new URLSearchParams(location.search).has('break-engine')) void actions.ask({ ask: 'crash' });
      addEventListener('hashchange', () => {
        if (location.hash.length > 1) void keepPresent(store).then(() => openLink(store, location.hash));
      });
    });
  return store;
}
