/** The built page from a plain folder of files under any path, as any static host would give it. */
import { existsSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';

const DIST = process.env.KAFKASCOPE_E2E_DIST ?? join(import.meta.dirname, '..', 'dist');

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webmanifest': 'application/manifest+json',
};

export interface Served {
  /** With a slash at its end. */
  readonly address: string;
  /** Changes what a file says from now on: another version of the page. */
  change(file: string, edit: (text: string) => string): void;
  close(): void;
}

/** `path` begins and ends with a slash. `pages`: files beside the page, by their whole path. */
export async function serve(path: string, pages: Readonly<Record<string, string>> = {}): Promise<Served> {
  const edits = new Map<string, (text: string) => string>();
  const server: Server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const page = pages[pathname];
    const name = normalize(pathname.slice(path.length)) || 'index.html';
    const file = join(DIST, name === '.' ? 'index.html' : name);
    if (page === undefined && (!pathname.startsWith(path) || !file.startsWith(DIST) || !existsSync(file))) {
      response.writeHead(404).end();
      return;
    }
    const type = page === undefined ? TYPES[extname(file)] : TYPES['.html'];
    response.writeHead(200, { 'content-type': type ?? 'application/octet-stream' });
    const edit = edits.get(name);
    if (page !== undefined) response.end(page);
    else response.end(edit === undefined ? readFileSync(file) : edit(readFileSync(file, 'utf8')));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`,
    change: (file, edit) => edits.set(file, edit),
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
