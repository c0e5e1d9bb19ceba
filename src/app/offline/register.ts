/** Brings the service worker in, after the first motion. A browser without one, or a page of the file system, goes on without. */
import { pageMode } from '../../store/page-mode.ts';

/** A version that is installed and waits: the page offers it. */
function offer(registration: ServiceWorkerRegistration): void {
  const { waiting } = registration;
  // Without a controller it is the first one, and takes over by itself.
  if (waiting === null || navigator.serviceWorker.controller === null) return;
  const update = (): void => {
    // Only the page that asked begins anew; others that are open still find their own files.
    navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
    waiting.postMessage('take-over');
  };
  pageMode.setState({ update });
}

function watch(worker: ServiceWorker | null, registration: ServiceWorkerRegistration): void {
  worker?.addEventListener('statechange', () => {
    if (worker.state === 'installed') offer(registration);
  });
}

export async function registerServiceWorker(): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  try {
    const registration = await navigator.serviceWorker.register(new URL('sw.js', document.baseURI), {
      updateViaCache: 'none',
    });
    offer(registration);
    watch(registration.installing, registration);
    registration.addEventListener('updatefound', () => watch(registration.installing, registration));
  } catch {
    // Private windows and blocked storage: the page works, only not offline.
  }
}
