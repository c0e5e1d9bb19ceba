/** An engine that breaks its own rule stands still, says what happened, and loses nothing of the learner's. */
import { readFile } from 'node:fs/promises';
import type { Scenario } from '../src/protocol/scenario.ts';
import { expect, type Scope, test, words } from './page.ts';

/** A kill by hand, then the broken rule. */
async function breakEngine(scope: Scope): Promise<void> {
  await scope.openPaused();
  await scope.thing(/^Broker 1, /).click();
  await scope.page.keyboard.press('k');
  await scope.until((state) => state.frame!.brokers[0]!.state === 'down');
  await scope.settled();
  await scope.ask({ ask: 'crash' });
  await expect(scope.page.getByRole('heading', { name: words('app.error.crash') })).toBeVisible();
}

test('the report names the rule, the moment and the seed, and gives the scenario as a file', async ({ scope }) => {
  await breakEngine(scope);
  const atUs = await scope.atUs();
  const report = scope.page.locator('pre');
  await expect(report).toContainText(words('app.error.crash.at', { at: atUs }));
  await expect(report).toContainText(words('app.error.crash.invariant', { name: 'planted' }));
  await expect(report).toContainText(words('app.error.crash.seed', { seed: 7, steps: 1 }));
  const waiting = scope.page.waitForEvent('download');
  await scope.page.getByRole('button', { name: words('app.error.crash.save') }).click();
  const scenario = JSON.parse(await readFile(await (await waiting).path(), 'utf8')) as Scenario;
  expect(scenario.steps).toMatchObject([{ do: 'broker.kill', broker: 1 }]);
  expect(scenario.seed).toBe(7);
});

test('the same history starts again', async ({ scope }) => {
  await breakEngine(scope);
  await scope.page.getByRole('button', { name: words('app.error.crash.again'), exact: true }).click();
  await scope.firstPicture();
  await scope.settled();
  expect(await scope.atUs()).toBe(0);
  await expect(scope.time.getByRole('button', { name: /^kill broker 1 at/i })).toBeVisible();
  await scope.seek(9_000_000);
  expect(await scope.read((state) => state.frame!.brokers[0]!.state)).toBe('down');
});

test('it goes on without the last command, where that stood', async ({ scope }) => {
  await breakEngine(scope);
  const atUs = await scope.atUs();
  await scope.page.getByRole('button', { name: words('app.error.crash.without-last') }).click();
  await scope.firstPicture();
  await scope.settled();
  expect(Math.abs((await scope.atUs()) - atUs)).toBeLessThanOrEqual(1);
  expect(await scope.read((state) => state.frame!.brokers[0]!.state)).toBe('up');
  expect(await scope.read((state) => state.timeline.commands)).toEqual([]);
});

test('an engine that is broken at the start offers the first cluster', async ({ scope }) => {
  await scope.page.goto('./?break-engine');
  await expect(scope.page.getByRole('heading', { name: words('app.error.crash') })).toBeVisible();
  await scope.page.getByRole('button', { name: words('app.error.default') }).click();
  await scope.firstPicture();
  await scope.until((state) => state.frame!.atUs > 8_000_000 && state.player.playing);
});

test('a worker that cannot start is said as such', async ({ page }) => {
  await page.route(/engine-worker/, (route) => route.abort());
  await page.goto('./');
  await expect(page.getByRole('heading', { name: words('app.error.crash') })).toBeVisible();
  await expect(
    page.getByText(words('app.error.crash.start')).or(page.getByText(words('app.error.crash.says'))),
  ).toBeVisible();
});

test('a browser without workers is told what it takes', async ({ page }) => {
  await page.addInitScript(() => Reflect.deleteProperty(globalThis, 'Worker'));
  await page.goto('./');
  await expect(page.getByRole('heading', { name: words('app.error.no-worker') })).toBeVisible();
});

test('a browser without storage plays all the same', async ({ scope }) => {
  await scope.page.addInitScript(() => {
    Object.defineProperty(globalThis, 'localStorage', {
      get() {
        throw new DOMException('no', 'SecurityError');
      },
    });
    Object.defineProperty(globalThis, 'indexedDB', { value: undefined });
  });
  await scope.openPaused();
  await expect(scope.page.getByText(words('app.notice.storage'))).toBeVisible();
  await scope.page.keyboard.press('ArrowRight');
  await scope.settled();
});
