// The whole page offline, after its first load. The build puts the list of files and their common version in the place of
// the two names below. One cache a version: what it serves was built together. A new version waits until the page asks
// for it, so that no page ever gets half of each; files of older pages that are still open stay findable by their hashed names.
/* global self, caches, fetch, URL */
const FILES = self.__FILES__;
const VERSION = self.__VERSION__;

const scope = self.registration.scope;
const prefix = `kafkascope ${scope} `;
const own = prefix + VERSION;

self.addEventListener('install', (event) => {
  // One file that does not come, and nothing is installed. Names with a hash may come from the browser's cache.
  const requests = FILES.map(
    ([path, hashed]) => new Request(new URL(path, scope), { cache: hashed ? 'default' : 'no-cache' }),
  );
  event.waitUntil(caches.open(own).then((cache) => cache.addAll(requests)));
});

self.addEventListener('activate', (event) => {
  event.waitUntil(
    (async () => {
      // The version before stays for pages that were opened with it; older ones go.
      const names = (await caches.keys()).filter((name) => name.startsWith(prefix) && name !== own);
      await Promise.all(names.slice(0, -1).map((name) => caches.delete(name)));
      await self.clients.claim();
    })(),
  );
});

self.addEventListener('message', (event) => {
  if (event.data === 'take-over') self.skipWaiting();
});

async function answer(request, url) {
  const page = request.mode === 'navigate';
  const wanted = page ? new URL('index.html', scope).href : url.origin + url.pathname;
  const cached = await (await caches.open(own)).match(wanted);
  if (cached !== undefined) return cached;
  const older = await caches.match(wanted);
  return older ?? fetch(request);
}

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || !url.href.startsWith(scope)) return;
  const path = url.pathname.slice(new URL(scope).pathname.length);
  // Other pages that lie under the same address are not ours.
  if (request.mode === 'navigate' && path !== '' && path !== 'index.html') return;
  event.respondWith(answer(request, url));
});
