/**
 * The compression lab's worker as the store needs it. The worker is handed in by the app, so that this file needs neither a
 * browser nor the worker's address. One that cannot start, throws or sends what cannot be read is told as a crash, once.
 */
import type { PackMessage, PackRequest } from '../protocol/pack.ts';
import type { StartPackEngine } from './pack.ts';
import type { WorkerLike } from './worker-client.ts';

export const packEngine =
  (makeWorker: () => WorkerLike): StartPackEngine =>
  (onMessage, onCrash) => {
    const worker = makeWorker();
    let closed = false;
    const crash = (message: string): void => {
      if (closed) return;
      closed = true;
      worker.terminate();
      onCrash(message);
    };
    worker.addEventListener('message', (event: MessageEvent) => {
      if (!closed) onMessage(event.data as PackMessage);
    });
    worker.addEventListener('error', (event: ErrorEvent) => {
      event.preventDefault?.();
      crash(event.message === undefined || event.message === '' ? 'The worker could not start.' : event.message);
    });
    worker.addEventListener('messageerror', () => crash('A message of the worker could not be read.'));
    return {
      ask: (id, spec) => worker.postMessage({ type: 'pack', id, spec } satisfies PackRequest),
      close() {
        closed = true;
        worker.terminate();
      },
    };
  };
