// Installs what package-lock.json asks for and node_modules lacks. Only Node's own modules are used here: it runs before
// anything is installed.

import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');

function lockedPackages(file) {
  return JSON.parse(readFileSync(file, 'utf8')).packages;
}

/** The first locked package that is absent or of another version, or undefined when all is there. */
export function missingPackage(folder = root) {
  const installedFile = join(folder, 'node_modules', '.package-lock.json');
  if (!existsSync(installedFile)) return 'node_modules';
  const installed = lockedPackages(installedFile);
  for (const [path, wanted] of Object.entries(lockedPackages(join(folder, 'package-lock.json')))) {
    // Optional packages are mostly builds for other systems; npm knows which one this machine needs.
    if (path === '' || wanted.optional || wanted.devOptional || wanted.peer) continue;
    if (installed[path]?.version !== wanted.version) return path;
  }
  return undefined;
}

/** Runs npm without a shell where that works (on Windows npm is a command script, which needs one). */
export function npm(args, options) {
  const script = process.env.npm_execpath;
  if (script?.endsWith('.js')) return spawnSync(process.execPath, [script, ...args], options);
  return spawnSync('npm', args, { shell: process.platform === 'win32', ...options });
}

/** Makes node_modules complete, or ends the process with npm's exit code. What npm says goes to standard error. */
export function ensureInstalled() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    console.error(`Kafkascope needs Node 20.19 or newer; this is ${process.versions.node}.`);
    process.exit(1);
  }
  const missing = missingPackage();
  if (missing === undefined) return;
  console.error(`Installing packages (missing: ${missing}) ...`);
  // Build and test tools are needed whatever NODE_ENV says.
  const { status } = npm(['ci', '--include=dev'], { cwd: root, stdio: ['ignore', 2, 2] });
  if (status !== 0) {
    console.error('npm ci failed. Check the network and try again.');
    process.exit(status ?? 1);
  }
}
