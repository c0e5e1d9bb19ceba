// `npm test`: installs what is missing, runs every stage in turn, and ends with one table and one line of counts.

import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureInstalled, root } from './install.mjs';

const results = join(root, 'test-results');
const vitestReport = join(results, 'vitest.json');
const playwrightReport = join(results, 'playwright.json');

const BUILD = 'production build';

/** Colours are for a terminal; in a file or a CI log they are noise. */
const plain = process.stdout.isTTY ? {} : { NO_COLOR: '1', FORCE_COLOR: '0' };

/** Starts a tool of node_modules with this same Node and shows what it prints; true when it exits with 0. */
function tool(script, args, env = {}) {
  const child = spawnSync(process.execPath, [join(root, 'node_modules', script), ...args], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...plain, ...env },
  });
  if (child.error) console.error(child.error.message);
  return child.status === 0;
}

/** The counts of a stage that is one question: it passed or it failed. */
const single = (ok) => ({ passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 });

/** Reads a runner's report. A runner that crashed, wrote none or ran nothing at all counts as one failure at least. */
function counted(ok, file, read) {
  let counts = { passed: 0, failed: 0, skipped: 0 };
  try {
    counts = read(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    console.error(`No readable report: ${error.message}`);
    ok = false;
  }
  if (counts.passed + counts.failed === 0) ok = false;
  if (!ok && counts.failed === 0) counts.failed = 1;
  return counts;
}

/** A test file that could not even be loaded has no tests to count: it counts as one failure. */
function countVitest(report) {
  const broken = report.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0);
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken.length,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

function countPlaywright(report) {
  const { expected, flaky, unexpected, skipped } = report.stats;
  return { passed: expected + flaky, failed: unexpected, skipped };
}

const stages = [
  { name: 'types', run: () => single(tool('typescript/bin/tsc', ['--noEmit'])) },
  {
    name: 'lint and format',
    run: () =>
      single(
        tool('@biomejs/biome/bin/biome', [
          'ci',
          '--max-diagnostics=50',
          ...(process.stdout.isTTY ? [] : ['--colors=off']),
        ]),
      ),
  },
  {
    name: 'unit and property tests',
    run: () => {
      const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${vitestReport}`];
      return counted(tool('vitest/vitest.mjs', args), vitestReport, countVitest);
    },
  },
  { name: BUILD, run: () => single(tool('vite/bin/vite.js', ['build'])) },
  {
    name: 'browser tests',
    run: async () => {
      // An older build may still lie there; testing it would say nothing about this source.
      if (rows.find(({ name }) => name === BUILD)?.failed !== 0) throw new Error('No build to test.');
      // Loaded here and not above: it may look for Playwright, which is there only after the install.
      const { ensureBrowser } = await import(pathToFileURL(join(root, 'e2e', 'browser.mjs')).href);
      const browser = await ensureBrowser(root);
      const ok = tool('@playwright/test/cli.js', ['test', '--reporter=list,json'], {
        KAFKASCOPE_E2E_BROWSER: browser,
        PLAYWRIGHT_JSON_OUTPUT_NAME: playwrightReport,
      });
      return counted(ok, playwrightReport, countPlaywright);
    },
  },
];

ensureInstalled();
mkdirSync(results, { recursive: true });
for (const report of [vitestReport, playwrightReport]) rmSync(report, { force: true });

const rows = [];
for (const { name, run } of stages) {
  console.log(`\n=== ${name} ===`);
  const startedAt = Date.now();
  let counts;
  try {
    counts = await run();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    counts = single(false);
  }
  rows.push({ name, ...counts, seconds: ((Date.now() - startedAt) / 1000).toFixed(1) });
}

const total = { passed: 0, failed: 0, skipped: 0 };
for (const row of rows) for (const key of Object.keys(total)) total[key] += row[key];

const line = (name, ...cells) => console.log(name.padEnd(26) + cells.map((cell) => String(cell).padStart(9)).join(''));
console.log('');
line('stage', 'passed', 'failed', 'skipped', 'seconds');
for (const row of rows) line(row.name, row.passed, row.failed, row.skipped, row.seconds);
console.log(`\n${total.passed} passed, ${total.failed} failed`);
// An exit code and not process.exit(): what was printed into a pipe is still on its way out.
process.exitCode = total.failed === 0 ? 0 : 1;
