/** The keyboard from the first moment on: what the keys stand for loads after the first motion, and no key is lost until then. */
import type { AppStore } from '../store/app-store.ts';
import { pageMode } from '../store/page-mode.ts';

export function listenForKeys(store: AppStore): void {
  const early: KeyboardEvent[] = [];
  let hear = (event: KeyboardEvent): void => {
    early.push(event);
    if (pageMode.getState().moved) load();
  };
  let loading = false;
  const load = (): void => {
    if (loading) return;
    loading = true;
    import('./shortcuts.ts').then(
      ({ shortcutsOf }) => {
        hear = shortcutsOf(store);
        for (const event of early.splice(0)) hear(event);
      },
      // Tried again with the next key.
      () => {
        loading = false;
      },
    );
  };
  addEventListener('keydown', (event) => hear(event));
  const stop = pageMode.subscribe(({ moved }) => {
    if (!moved) return;
    stop();
    load();
  });
}
