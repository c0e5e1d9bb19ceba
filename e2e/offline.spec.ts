/** Once loaded, the page needs no net: it reloads, plays and opens what it had not opened before. A new version waits to be asked. */
import { expect, type Scope, test, words } from './page.ts';
import { type Served, serve } from './serve.ts';

test.use({ serviceWorkers: 'allow', storageState: { cookies: [], origins: [] } });

let served: Served;
test.beforeEach(async () => {
  served = await serve('/some/where/');
});
test.afterEach(() => served.close());

async function installed(scope: Scope): Promise<void> {
  await scope.page.waitForFunction(() => navigator.serviceWorker.controller?.state === 'activated');
}

test('it reloads, plays and opens dialogs without a net', async ({ scope }) => {
  const { page } = scope;
  await scope.open(served.address);
  await installed(scope);
  expect(await page.evaluate(async () => (await navigator.serviceWorker.ready).scope)).toBe(served.address);

  served.close();
  await page.reload();
  await scope.firstPicture();
  await scope.pause();
  const before = await scope.atUs();
  await page.keyboard.press('Space');
  await scope.until((state) => state.player.playing);
  await page.waitForFunction((from) => window.kafkascope!.state().frame!.atUs > from, before);
  await scope.pause();

  // What was never opened while there was a net: help, the glossary, a parameter, the other language.
  await page.keyboard.press('?');
  await expect(scope.dialog.getByRole('heading', { name: words('app.help.title'), exact: true })).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.press('g');
  await expect(scope.dialog.getByRole('searchbox')).toBeVisible();
  await page.keyboard.press('Escape');
  await scope.thing(/^Broker 1, /).click();
  await expect(scope.inspector.getByRole('searchbox')).toBeVisible();
  await page.evaluate(() => window.kafkascope!.state().actions.setLanguage('zh'));
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');
  // Its own shared link opens as well.
  await page.goto(`${served.address}?embed`);
  await scope.firstPicture();
});

test('a new version is offered, and never comes by itself', async ({ scope }) => {
  const { page } = scope;
  await scope.open(served.address);
  await installed(scope);
  const version = (): Promise<string[]> =>
    page.evaluate(async () => (await caches.keys()).map((name) => name.split(' ').at(-1)!).sort());
  const [first] = await version();

  // Another version of the page: another worker, and a page that says so.
  served.change('sw.js', (text) => text.replace(String(first), 'another-version'));
  served.change('index.html', (text) => text.replace('<title>Kafkascope</title>', '<title>Kafkascope, new</title>'));
  await page.reload();
  await scope.firstPicture();
  await expect(page).toHaveTitle('Kafkascope');
  const offer = page.getByRole('button', { name: words('app.update.go') });
  await expect(offer).toBeVisible();
  await expect(page).toHaveTitle('Kafkascope');
  const atUs = await scope.atUs();

  await offer.click();
  await expect(page).toHaveTitle('Kafkascope, new');
  await scope.firstPicture();
  expect(await scope.atUs()).toBeGreaterThanOrEqual(atUs);
  await expect(offer).toHaveCount(0);
  expect(await version()).toContain('another-version');
});
