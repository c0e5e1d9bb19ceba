/** The lab's questions to the engine in the worker. */
import type { AppStore } from './app-store.ts';
import type { LabEngine } from './lab.ts';

export function labEngine(store: AppStore): LabEngine {
  const { ask } = store.getState().actions;
  return {
    run: (spec, variant) => ask({ ask: 'lab', spec, variant }),
    howMany: (spec) => ask({ ask: 'how-many', spec }),
    onProgress: (listener) =>
      store.getState().client?.subscribe((message) => {
        if (message.type === 'lab-progress') listener(message.ask, message.doneUs / Math.max(1, message.ofUs));
      }) ?? (() => undefined),
  };
}
