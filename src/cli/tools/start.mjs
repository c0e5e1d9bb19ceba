// `npm start [-- --port N] [--host H]`: installs what is missing, builds the page, serves it and says where.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureInstalled, root } from './install.mjs';

const { values } = parseArgs({
  options: { port: { type: 'string', default: '4173' }, host: { type: 'string', default: '127.0.0.1' } },
});
const port = Number(values.port);
if (!Number.isInteger(port) || port < 1 || port > 65535) {
  console.error(`--port takes a number from 1 to 65535, not "${values.port}".`);
  process.exit(2);
}

ensureInstalled();
const { build, preview } = await import('vite');
const startedAt = Date.now();
console.log('Building the page ...');
try {
  await build({ root, logLevel: 'warn' });
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  if (!existsSync(join(root, 'dist', 'index.html'))) process.exit(1);
  console.error('The build failed; serving the last one that succeeded.');
}
console.log(`Built in ${((Date.now() - startedAt) / 1000).toFixed(1)} s.`);

// A busy port is no reason to stop: the next free one is taken.
const server = await preview({ root, logLevel: 'warn', preview: { port, strictPort: false, host: values.host } });
for (const url of [...(server.resolvedUrls?.local ?? []), ...(server.resolvedUrls?.network ?? [])]) {
  console.log(`Kafkascope is at ${url}`);
}
console.log('Press Ctrl+C to stop.');

// Whoever ends npm by its process id ends npm's shell too, but not what runs in it. The page must not outlive them.
if (process.env.npm_lifecycle_event === 'start') {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) process.exit(0);
  }, 500);
}
