/** The page on the screens it is made for: nothing sticks out, time and values are in view. Screenshots are test output. */
import { createReadStream, existsSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { expect, type Scope, shipped, test } from './page.ts';

const SIZES = [
  { width: 1440, height: 900 },
  { width: 1366, height: 768 },
  { width: 1280, height: 720 },
  { width: 390, height: 844 },
] as const;
const LOOKS = [
  ['light', 'en'],
  ['dark', 'en'],
  ['light', 'zh'],
] as const;

async function inView(scope: Scope): Promise<void> {
  const { scrolls, wide } = await scope.page.evaluate(() => ({
    scrolls: document.scrollingElement!.scrollWidth - document.scrollingElement!.clientWidth,
    // What is wider than the window without a scroller of its own around it.
    wide: [...document.querySelectorAll('.ks-app > *, .ks-app button, .ks-app p, .ks-app h2')]
      .filter((element) => element.closest('.ks-scroll, [hidden]') === null && element.getClientRects().length > 0)
      .filter((element) => getComputedStyle(element).visibility !== 'hidden')
      .filter((element) => {
        const { left, right, width } = element.getBoundingClientRect();
        return width > 0 && (right > innerWidth + 1 || left < -1);
      })
      .map((element) => `${element.tagName}.${element.className} ${element.textContent?.slice(0, 40)}`),
  }));
  expect(scrolls).toBe(0);
  expect(wide).toEqual([]);
  await expect(scope.clock).toBeInViewport({ ratio: 1 });
  const numbers = scope.page.locator('.ks-number:visible');
  expect(await numbers.count()).toBeGreaterThanOrEqual(4);
  for (const number of await numbers.all()) await expect(number).toBeInViewport({ ratio: 1 });
  await expect(scope.stage.locator('[data-thing="partition:orders-0"]')).toBeInViewport();
  await expect(scope.page.locator('.ks-play')).toBeInViewport({ ratio: 1 });
}

for (const viewport of SIZES) {
  test.describe(`${viewport.width}x${viewport.height}`, () => {
    test.use({ viewport });
    for (const [colorScheme, language] of LOOKS) {
      test(`${colorScheme}, ${language}`, async ({ scope }, info) => {
        await scope.page.emulateMedia({ colorScheme });
        await scope.open();
        // First motion: the clock goes on without a click.
        const before = await scope.atUs();
        await scope.page.waitForFunction((from) => window.kafkascope!.state().frame!.atUs > from, before);
        await scope.pause();
        await scope.page.evaluate((to) => window.kafkascope!.state().actions.setLanguage(to), language);
        await expect(scope.page.locator('html')).toHaveAttribute('lang', language === 'en' ? 'en' : 'zh-CN');
        await expect(scope.page.locator('html')).toHaveAttribute('data-theme', colorScheme);
        await inView(scope);
        await scope.page.screenshot({ path: info.outputPath('stage.png') });

        await scope.page.evaluate(() => {
          const { actions } = window.kafkascope!.state();
          actions.command({ do: 'broker.kill', broker: 1 });
          actions.skip();
          actions.select('producer:checkout', 'parameters');
          actions.setSheet('inspector');
        });
        await scope.settled();
        await expect(scope.page.getByRole('tabpanel').getByRole('searchbox')).toBeVisible();
        await scope.page.screenshot({ path: info.outputPath('inspector.png') });
        await scope.page.evaluate(() => window.kafkascope!.state().actions.setSheet(null));
        await inView(scope);
        await scope.page.screenshot({ path: info.outputPath('after-the-kill.png') });
        await scope.page.evaluate(() =>
          window.kafkascope!.state().actions.openDialog({ kind: 'ledger', which: 'acked' }),
        );
        await expect(scope.dialog.getByRole('table')).toBeVisible();
        const box = (await scope.dialog.boundingBox())!;
        expect(box.x).toBeGreaterThanOrEqual(0);
        expect(box.x + box.width).toBeLessThanOrEqual(viewport.width);
        await scope.page.screenshot({ path: info.outputPath('ledger.png') });
      });
    }
  });
}

test('nine brokers and twelve partitions fit', async ({ scope }, info) => {
  await scope.openPaused();
  const scenario = {
    ...shipped('default'),
    title: 'As large as it gets',
    cluster: { brokers: 9 },
    topics: [{ name: 'orders', partitions: 12, replicationFactor: 5 }],
    consumers: [],
  };
  await scope.play(scenario, 3_000_000);
  await expect(scope.stage.locator('[data-thing="broker:9"]')).toBeVisible();
  await expect(scope.stage.locator('[data-thing^="partition:"]')).toHaveCount(12);
  await inView(scope);
  await scope.page.screenshot({ path: info.outputPath('large.png') });
});

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};

/** The built page under a path, with a strict policy: nothing from elsewhere, no inline script. */
function serveUnder(path: string): Promise<Server> {
  const dist = join(import.meta.dirname, '..', 'dist');
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const file = join(
      dist,
      normalize(pathname.slice(path.length - 1) === '/' ? '/index.html' : pathname.slice(path.length - 1)),
    );
    if (!pathname.startsWith(path) || !file.startsWith(dist) || !existsSync(file)) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, {
      'content-type': TYPES[extname(file)] ?? 'application/octet-stream',
      'content-security-policy': "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:",
    });
    createReadStream(file).pipe(response);
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

test('it works under a path, with a strict content policy', async ({ scope }) => {
  const server = await serveUnder('/some/path/');
  try {
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/some/path/`;
    await scope.openPaused(address);
    // Parts that load later: a dialog, the parameters, Chinese, an experiment.
    await scope.page.getByRole('button', { name: 'Open', exact: true }).click();
    await scope.dialog.getByRole('listitem').getByRole('button').first().click();
    await expect(scope.dialog).toHaveCount(0);
    await scope.pause();
    await scope.stage.locator('[data-thing^="broker:"]').first().click();
    await scope.inspector.getByRole('tab', { name: 'Parameters' }).click();
    await expect(scope.inspector.getByRole('searchbox')).toBeVisible();
    await scope.page.getByRole('button', { name: '切换到中文' }).click();
    await expect(scope.page.locator('html')).toHaveAttribute('lang', 'zh-CN');
  } finally {
    server.closeAllConnections();
    server.close();
  }
});
