/** What happens before the first picture: the engine, the saved state or a link, and the scenario that is opened. */
import { DEFAULT_AT_US, DEFAULT_SCENARIO } from '../scenario/default.ts';
import { type AppActions, type AppStore, createAppStore } from '../store/app-store.ts';
import { isLab, pageMode } from '../store/page-mode.ts';
import { browserStorage, keepBefore, readMoment, readScenario, type Storage } from '../store/persistence.ts';
import { browserScreen, startPlayer } from '../store/player.ts';
import { WorkerClient } from '../store/worker-client.ts';
import { loadLanguage, loadTextsAfter } from '../text/index.ts';
import { followAppearance } from './appearance.ts';
import { listenForKeys } from './keys.ts';

/** A browser that cannot run the engine at all. */
export function canRun(): boolean {
  return typeof Worker === 'function' && typeof structuredClone === 'function';
}

/** The first motion gets the machine for itself. */
const MOVED_MS = 250;
const LATE_MS = 1_500;

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

/** What the address asks for behind its question mark. */
const asked = (): URLSearchParams => new URLSearchParams(location.search);

/** An embedding page may say how it looks: `?embed&theme=dark`. */
function wantedTheme(): 'light' | 'dark' | null {
  const wanted = asked().get('theme');
  return wanted === 'light' || wanted === 'dark' ? wanted : null;
}

/** In somebody else's page nothing is kept and nothing is read: their storage may be forbidden, and it is not the learner's. */
const NO_STORAGE: Storage = {
  getItem: () => null,
  setItem: () => undefined,
  load: async () => undefined,
  save: async () => undefined,
  remove: async () => undefined,
};

/** The learner's language if they chose one, else the browser's. An embedding page may say it: `?embed&lang=zh`. */
function firstLanguage(saved: 'en' | 'zh' | undefined): 'en' | 'zh' {
  const wanted = asked().get('lang');
  if (wanted === 'en' || wanted === 'zh') return wanted;
  if (saved !== undefined) return saved;
  return (navigator.languages ?? [navigator.language])[0]?.toLowerCase().startsWith('zh') ? 'zh' : 'en';
}

/** Opens what the link's fragment holds. Decoding loads only when there is one. */
async function openLink(store: AppStore, hash: string): Promise<boolean> {
  const { openShared } = await import('../store/share.ts');
  const opened = await openShared(store, hash);
  // What the learner does from here on is theirs: a reload must not bring the link's moment back. An embedded page keeps it:
  // it has no other memory.
  if (opened && !pageMode.getState().embed) history.replaceState(null, '', location.pathname + location.search);
  return opened;
}

/** The list of scenario files is no part of the first load. */
const chineseShop = async () => (await import('../scenario/index.ts')).loadScenario('default', 'zh');

export async function openDefault(store: AppStore): Promise<void> {
  const { actions, language } = store.getState();
  actions.wantLesson(!pageMode.getState().embed);
  actions.open(language === 'en' ? DEFAULT_SCENARIO : await chineseShop(), {
    atUs: DEFAULT_AT_US,
    play: !pageMode.getState().embed || asked().get('embed') === 'play',
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
  const linked = location.hash.length > 1 && !isLab();
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

/** Not to be loaded is like a storage that is full: the page goes on, and says so. */
async function keepFromNowOn(store: AppStore, storage: Storage): Promise<void> {
  try {
    const { startPersistence } = await import('../store/persistence-write.ts');
    addEventListener('pagehide', startPersistence(store, storage));
  } catch {
    store.getState().actions.notice({ key: 'app.notice.storage', params: {} });
  }
}

export function boot(): AppStore {
  const { embed } = pageMode.getState();
  const storage = embed ? NO_STORAGE : browserStorage();
  const saved = readMoment(storage);
  const store = createAppStore({
    theme: wantedTheme() ?? saved.theme ?? 'system',
    words: saved.words ?? 'first',
    lessonFolded: saved.lessonFolded ?? false,
  });
  const { actions } = store.getState();
  if (saved.speed !== undefined) actions.setSpeed(saved.speed);
  followAppearance(store);
  const moved = new Promise<void>((resolve) => {
    pageMode.subscribe((mode) => mode.moved && resolve());
  });
  loadTextsAfter(moved);
  listenForKeys(store);
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
      if (!embed) void moved.then(() => keepFromNowOn(store, storage));
      // For looking at the error page, and for its test: ?break-engine plants a broken invariant.
      if (asked().has('break-engine')) void actions.ask({ ask: 'crash' });
      addEventListener('hashchange', () => {
        pageMode.setState({ lab: !embed && isLab() });
        if (location.hash.length <= 1 || isLab()) return;
        const kept = embed
          ? Promise.resolve()
          : import('../store/persistence-write.ts').then((x) => x.keepPresent(store));
        void kept.then(() => openLink(store, location.hash));
      });
    });
  afterFirstMotion(store, () => {
    setTimeout(() => pageMode.setState({ moved: true }), MOVED_MS);
    setTimeout(() => pageMode.setState({ late: true }), LATE_MS);
  });
  return store;
}

/** Once, when the clock has moved on from the first picture, or stands still on purpose, or nothing will move at all. */
function afterFirstMotion(store: AppStore, then: () => void): void {
  let firstUs: number | null = null;
  const stop = store.subscribe(({ frame, player, crash, openFailure }) => {
    if (crash === null && openFailure === null) {
      if (frame === null) return;
      firstUs ??= frame.atUs;
      if (frame.atUs === firstUs && player.playing) return;
    }
    stop();
    then();
  });
}
