/** For the build only: the page's content security policy, and a service worker that knows every file by name. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

/**
 * Nothing from elsewhere, nothing inline. React and D3 set styles through the style object, which no policy forbids; a style
 * written into the markup is refused. WebAssembly may be compiled (zstd comes as such); JavaScript out of text may not.
 */
export const POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** Not needed to play: the picture that links show when they are shared. */
const LEFT_OUT = /^kafkascope\.png$|\.map$/;
const HASHED = /-[\w-]{8}\.\w+$/;

function filesUnder(folder: string, inner = ''): string[] {
  return readdirSync(join(folder, inner), { withFileTypes: true }).flatMap((entry) => {
    const path = inner === '' ? entry.name : `${inner}/${entry.name}`;
    return entry.isDirectory() ? filesUnder(folder, path) : [path];
  });
}

/** `template` with the files of a build in it; the version changes when any byte of any of them does. */
export function serviceWorkerText(template: string, files: ReadonlyMap<string, string | Uint8Array>): string {
  const names = [...files.keys()].filter((name) => !LEFT_OUT.test(name)).sort();
  const hash = createHash('sha256').update(template);
  for (const name of names) hash.update(name).update(files.get(name) ?? '');
  return template
    .replace('self.__FILES__', JSON.stringify(names.map((name) => [name, HASHED.test(name)])))
    .replace('self.__VERSION__', JSON.stringify(hash.digest('hex').slice(0, 16)));
}

export function offline(): Plugin {
  let publicDir = '';
  return {
    name: 'kafkascope-offline',
    apply: 'build',
    configResolved(config) {
      publicDir = config.publicDir;
    },
    transformIndexHtml: {
      order: 'post',
      handler: () => [
        { tag: 'meta', attrs: { 'http-equiv': 'Content-Security-Policy', content: POLICY }, injectTo: 'head-prepend' },
      ],
    },
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        // The workers are bundles of their own; what they emit ends up in this one.
        const files = new Map<string, string | Uint8Array>();
        for (const [name, item] of Object.entries(bundle)) {
          files.set(name, item.type === 'chunk' ? item.code : item.source);
        }
        for (const name of filesUnder(publicDir)) files.set(name, readFileSync(join(publicDir, name)));
        const template = readFileSync(join(import.meta.dirname, '../../app/offline/service-worker.js'), 'utf8');
        this.emitFile({ type: 'asset', fileName: 'sw.js', source: serviceWorkerText(template, files) });
      },
    },
  };
}
