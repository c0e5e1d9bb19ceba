import { defineConfig } from '@playwright/test';
import { browserFlags, findBrowser, hinted } from './e2e/browser.mjs';
import { freePort } from './e2e/free-port.mjs';

// Playwright reads this file again in each of its workers, so the first choice of browser and port is handed on to them.
process.env.KAFKASCOPE_E2E_PORT ??= String(await freePort());
process.env.KAFKASCOPE_E2E_BROWSER ??= (await findBrowser()) ?? '';
const port = process.env.KAFKASCOPE_E2E_PORT;
const baseURL = `http://127.0.0.1:${port}/`;

export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results/e2e',
  workers: 2,
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  timeout: 120_000,
  expect: { timeout: 20_000 },
  reporter: 'list',
  use: {
    baseURL,
    browserName: 'chromium',
    actionTimeout: 20_000,
    viewport: { width: 1440, height: 900 },
    // Hints and the service worker have journeys of their own.
    storageState: hinted(new URL(baseURL).origin),
    serviceWorkers: 'block',
    screenshot: 'only-on-failure',
    // A trace doubles the time of a run; it is made when it is asked for.
    trace: process.env.KAFKASCOPE_E2E_TRACE ? 'retain-on-failure' : 'off',
    launchOptions: {
      executablePath: process.env.KAFKASCOPE_E2E_BROWSER || undefined,
      args: browserFlags,
    },
  },
  webServer: {
    command: `node node_modules/vite/bin/vite.js preview --host 127.0.0.1 --port ${port} --strictPort`,
    url: baseURL,
    reuseExistingServer: false,
    timeout: 60_000,
  },
});
