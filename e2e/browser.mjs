// Finds a Chromium to test with, and brings one when there is none. Only Node's own modules are needed to find one.

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** What a headless Chromium is told, so that it neither needs a display nor talks to anyone but the page under test. */
export const browserFlags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A learner who has seen the first-visit hints, so that they stand in nobody's way; `origin` without a slash at its end. */
export const hinted = (origin) => ({
  cookies: [],
  origins: [
    {
      origin,
      localStorage: [{ name: 'kafkascope.page', value: '{"hinted":["play","break","value","ledger"]}' }],
    },
  ],
});

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'microsoft-edge'];

function* candidates(playwrightPath) {
  if (process.env.CHROME_PATH) yield process.env.CHROME_PATH;
  if (playwrightPath) yield playwrightPath;
  for (const folder of (process.env.PATH ?? '').split(delimiter)) for (const name of NAMES) yield join(folder, name);
  if (process.platform === 'darwin') {
    yield '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';
    yield '/Applications/Chromium.app/Contents/MacOS/Chromium';
  }
  if (process.platform === 'win32') {
    for (const base of [process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA]) {
      if (base) yield join(base, 'Google', 'Chrome', 'Application', 'chrome.exe');
    }
  }
}

/** A browser that is there may still lack the system's libraries; asking for its version shows that it starts. */
function starts(path) {
  if (!existsSync(path)) return false;
  // On Windows the question would open a window.
  if (process.platform === 'win32') return true;
  return spawnSync(path, ['--version'], { stdio: 'ignore', timeout: 30_000 }).status === 0;
}

/** Where Playwright keeps its own Chromium, present or not; undefined when the package is not installed yet. */
async function playwrightPath() {
  try {
    const { chromium } = await import('@playwright/test');
    return chromium.executablePath();
  } catch {
    return undefined;
  }
}

/** The path of a browser that starts, or undefined. CHROME_PATH, Playwright's own, then the system's. */
export async function findBrowser() {
  for (const path of candidates(await playwrightPath())) if (starts(path)) return path;
  return undefined;
}

/** Each way of getting a browser, in the order of how little it touches the machine. */
const WAYS = [
  {
    what: 'npx playwright install chromium',
    possible: () => true,
    limitMs: 180_000,
    go: () => [[process.execPath, 'node_modules/@playwright/test/cli.js', 'install', 'chromium']],
  },
  {
    what: 'apt-get install chromium',
    possible: () => process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get'),
    limitMs: 600_000,
    go: () => [
      ['apt-get', 'update'],
      ['apt-get', 'install', '-y', '--no-install-recommends', 'chromium'],
    ],
  },
];

/** Finds a browser or brings one; throws with the way on when neither works. `cwd` is the project's folder. */
export async function ensureBrowser(cwd) {
  const found = await findBrowser();
  if (found !== undefined) return found;
  for (const way of WAYS) {
    if (!way.possible()) continue;
    console.log(`No browser to test with; trying: ${way.what}`);
    for (const [command, ...args] of way.go()) {
      spawnSync(command, args, {
        cwd,
        stdio: ['ignore', 'inherit', 'inherit'],
        timeout: way.limitMs,
        env: { PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: '20000', DEBIAN_FRONTEND: 'noninteractive', ...process.env },
      });
    }
    const path = await findBrowser();
    if (path !== undefined) return path;
  }
  throw new Error('No Chromium could be found or installed. Install Chromium or Chrome, or set CHROME_PATH to one.');
}
