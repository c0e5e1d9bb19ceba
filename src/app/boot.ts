/** What happens before the first picture: the engine, the saved state or a link, and the scenario that is opened. */
import { DEFAULT_AT_US, DEFAULT_SCENARIO, loadScenario } from '../scenario/index.ts'
import { type AppStore, createAppStore } from '../store/app-store.ts'
import { browserStorage, readMoment, readScenario, type Storage, startPersistence } from '../store/persistence.ts'
import { browserScreen, startPlayer } from '../store/player.ts'
import { WorkerClient } from '../store/worker-client.ts'
import { loadLanguage } from '../text/index.ts'
import { followAppearance } from './appearance.ts'
import { listenForShortcuts } from './shortcuts.ts'

/** A browser that cannot run the engine at all. */
export function canRun(): boolean {
  return typeof Worker === 'function' && typeof structuredClone === 'function'
}

function makeWorker(): Worker {
  return new Worker(new URL('../worker/engine-worker.ts', import.meta.url), { type: 'module' })
}

/** A new engine, for the start and after a crash. */
export function connectEngine(store: AppStore): void {
  store.getState().client?.close()
  try {
    store.getState().actions.connect(new WorkerClient(makeWorker()))
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    store.getState().actions.setCrash({ message, invariant: null, atUs: 0, scenario: null })
  }
}

/** The learner's language if they chose one, else the browser's. */
function firstLanguage(saved: 'en' | 'zh' | undefined): 'en' | 'zh' {
  if (saved !== undefined) return saved
  return (navigator.languages ?? [navigator.language])[0]?.toLowerCase().startsWith('zh') ? 'zh' : 'en'
}

/** The clipboard of a link: `#…`. Decoding it loads only when there is one. */
async function openLink(store: AppStore, hash: string): Promise<boolean> {
  const { openShared } = await import('../store/share.ts')
  return openShared(store, hash)
}

export async function openDefault(store: AppStore): Promise<void> {
  const { actions, language } = store.getState()
  actions.wantLesson(true)
  actions.open(language === 'en' ? DEFAULT_SCENARIO : await loadScenario('default', language), {
    atUs: DEFAULT_AT_US,
    play: true,
  })
}

async function openFirst(store: AppStore, storage: Storage, atUs: number, selection: string | null): Promise<void> {
  const { actions } = store.getState()
  if (location.hash.length > 1 && (await openLink(store, location.hash))) return
  const saved = await readScenario(storage)
  if (saved === null) return openDefault(store)
  actions.setLesson(saved.lesson)
  actions.open(saved.scenario, { atUs, off: saved.off, selection })
}

export function boot(): AppStore {
  const storage = browserStorage()
  const saved = readMoment(storage)
  const store = createAppStore({
    theme: saved.theme ?? 'system',
    words: saved.words ?? 'first',
    lessonFolded: saved.lessonFolded ?? false,
  })
  const { actions } = store.getState()
  if (saved.speed !== undefined) actions.setSpeed(saved.speed)
  followAppearance(store)
  listenForShortcuts(store)
  if (!canRun()) return store

  connectEngine(store)
  startPlayer(store, browserScreen())
  const language = firstLanguage(saved.language)
  void loadLanguage(language)
    .catch(() => undefined)
    .then(() => {
      store.setState({ language })
      return openFirst(store, storage, saved.atUs ?? DEFAULT_AT_US, saved.selection ?? null)
    })
    .then(() => {
      const stop = startPersistence(store, storage)
      addEventListener('pagehide', stop)
      addEventListener('hashchange', () => void openLink(store, location.hash))
    })
  return store
}
