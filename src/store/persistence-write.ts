/** The writing half of persistence.ts. It comes after the first motion. */
import type { Scenario } from '../protocol/scenario.ts';
import type { AppStore } from './app-store.ts';
import {
  browserStorage,
  keepBefore,
  MOMENT,
  type SavedMoment,
  type SavedScenario,
  type Storage,
  THEME,
} from './persistence.ts';
import { presentScenario } from './present.ts';

/** While it plays the moment is written this often; the scenario when its commands or settings change. */
const MOMENT_EVERY_MS = 2_000;
const SCENARIO_AFTER_MS = 600;

/** The same for what is on the stage now. */
export async function keepPresent(store: AppStore, storage: Storage = browserStorage()): Promise<void> {
  try {
    const { withOff, off } = await presentScenario(store);
    await keepBefore(storage, { version: 1, scenario: withOff, off, lesson: store.getState().lesson });
  } catch {
    // Nothing is on the stage yet.
  }
}

const LONG_TEXT = 1_000_000;

function hasLongText({ producers = [] }: Scenario): boolean {
  return producers.some(
    ({ workload }) => workload?.values?.kind === 'lines' && workload.values.text.length > LONG_TEXT,
  );
}

/** Keeps the state written; returns what writes the last moment and stops. */
export function startPersistence(store: AppStore, storage: Storage, now: () => number = Date.now): () => void {
  const { actions } = store.getState();
  let told = false;
  const fail = (): void => {
    if (told) return;
    told = true;
    actions.notice({ key: 'app.notice.storage', params: {} });
  };

  let momentAt = 0;
  const writeMoment = (): void => {
    const { frame, selection, language, words, player, lessonFolded } = store.getState();
    momentAt = now();
    const moment: SavedMoment = {
      version: 1,
      atUs: frame?.atUs ?? 0,
      events: frame?.events ?? 0,
      selection,
      language,
      words,
      speed: player.speed,
      lessonFolded,
    };
    try {
      storage.setItem(MOMENT, JSON.stringify(moment));
    } catch {
      fail();
    }
  };

  let timer: ReturnType<typeof setTimeout> | null = null;
  const writeScenario = async (): Promise<void> => {
    timer = null;
    if (store.getState().frame === null) return;
    try {
      const { withOff, off } = await presentScenario(store);
      const saved: SavedScenario = { version: 1, scenario: withOff, off, lesson: store.getState().lesson };
      // A long text takes time to come and time to go: not in one task.
      if (hasLongText(withOff)) await new Promise((resolve) => setTimeout(resolve, 0));
      await storage.save('scenario', saved);
    } catch {
      // An engine that stands still cannot be asked; what was saved before stays.
      if (store.getState().crash === null) fail();
    }
  };
  const scenarioLater = (): void => {
    timer ??= setTimeout(() => void writeScenario(), SCENARIO_AFTER_MS);
  };

  const stop = store.subscribe((state, before) => {
    if (state.theme !== before.theme) {
      try {
        storage.setItem(THEME, state.theme);
      } catch {
        fail();
      }
    }
    const settled =
      state.player.playing !== before.player.playing ||
      state.selection !== before.selection ||
      state.language !== before.language ||
      state.words !== before.words ||
      state.player.speed !== before.player.speed ||
      state.lessonFolded !== before.lessonFolded ||
      state.frame?.jump !== before.frame?.jump;
    if (state.frame !== null && (settled || now() - momentAt > MOMENT_EVERY_MS)) writeMoment();
    if (
      state.timeline.commands !== before.timeline.commands ||
      state.frame?.branch !== before.frame?.branch ||
      state.frame?.world !== before.frame?.world ||
      state.lesson !== before.lesson ||
      state.bookmarks !== before.bookmarks
    ) {
      scenarioLater();
    }
  });
  // It begins after the first motion: what has come until then is written as well.
  if (store.getState().frame !== null) {
    writeMoment();
    scenarioLater();
  }
  return () => {
    if (timer !== null) clearTimeout(timer);
    if (store.getState().frame !== null) writeMoment();
    stop();
  };
}
