// `npm run -s cli -- COMMAND ...`: bundles the command line's TypeScript (once for each state of the sources) and runs it.
// Standard output belongs to the command alone; whatever this file has to say goes to standard error.

import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureInstalled, root } from './install.mjs';

const DAY_MS = 24 * 60 * 60 * 1000;
const cache = join(root, 'node_modules', '.cache', 'kafkascope');

/** A fingerprint of every source file's path, size and time of change: if it is known, so is its bundle. */
function sourceFingerprint() {
  const hash = createHash('sha256');
  const visit = (folder) => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) visit(path);
      else if (!/\.test\.tsx?$/.test(entry.name)) {
        const { size, mtimeMs } = statSync(path);
        hash.update(`${path}\0${size}\0${mtimeMs}\n`);
      }
    }
  };
  visit(join(root, 'src'));
  hash.update(String(statSync(join(root, 'package-lock.json')).mtimeMs));
  return hash.digest('hex').slice(0, 16);
}

async function bundle(file) {
  const { rolldown } = await import('rolldown');
  const { viteImportGlobPlugin } = await import('rolldown/experimental');
  const build = await rolldown({
    input: join(root, 'src', 'cli', 'main.ts'),
    platform: 'node',
    // Packages stay outside: some of them look for files beside themselves.
    external: (id) => !id.startsWith('.') && !id.startsWith('/') && !/^[A-Za-z]:[\\/]/.test(id) && !id.startsWith('\0'),
    plugins: [viteImportGlobPlugin({ root })],
    logLevel: 'warn',
    onLog: (_level, log) => console.error(log.message),
  });
  // Written under a name of its own and then renamed, so that two runs at once never read half a file.
  const partial = `${file}.${process.pid}.tmp`;
  await build.write({ file: partial, format: 'esm', codeSplitting: false, sourcemap: 'inline' });
  await build.close();
  renameSync(partial, file);
}

function removeOldBundles() {
  for (const name of readdirSync(cache)) {
    const path = join(cache, name);
    if (Date.now() - statSync(path).mtimeMs > DAY_MS) rmSync(path, { force: true });
  }
}

ensureInstalled();
const file = join(cache, `cli-${sourceFingerprint()}.mjs`);
if (!existsSync(file)) {
  mkdirSync(cache, { recursive: true });
  removeOldBundles();
  try {
    await bundle(file);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  }
}
process.setSourceMapsEnabled(true);
process.argv = [process.argv[0], file, ...process.argv.slice(2)];
await import(pathToFileURL(file).href);
