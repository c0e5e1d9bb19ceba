/** Kafkascope in somebody else's page: small, quiet, at the moment of a link, without any storage. */
import type { Page } from '@playwright/test';
import { expect, test, words } from './page.ts';
import { serve } from './serve.ts';

/** The address of a moment after a kill, as the dialog Share gives it, and its virtual time. */
async function sharedMoment(page: Page): Promise<{ url: string; code: string; atUs: number }> {
  await page.waitForFunction(() => (window.kafkascope?.state().frame ?? null) !== null);
  await page.evaluate(() => {
    const { actions } = window.kafkascope!.state();
    actions.pause();
    actions.command({ do: 'broker.kill', broker: 1 });
    actions.openDialog({ kind: 'share' });
  });
  const dialog = page.getByRole('dialog');
  const field = dialog.getByRole('textbox').first();
  await expect(field).toHaveValue(/#/);
  await dialog.getByText(words('device.embed.code')).click();
  const code = await dialog.getByRole('textbox', { name: words('device.embed.code') }).inputValue();
  const atUs = await page.evaluate(() => window.kafkascope!.state().frame!.atUs);
  return { url: await field.inputValue(), code, atUs };
}

test('the copied code shows the moment in a page of 640 by 360, and keeps nothing', async ({ page, context }) => {
  await page.goto('./');
  const { url, code, atUs } = await sharedMoment(page);
  expect(code).toContain('?embed#');
  expect(new URL(url).hash.length).toBeGreaterThan(10);

  const host = await serve('/host/', {
    '/host/': `<!doctype html><title>a course</title><link rel="icon" href="data:,"><h1>A course</h1>${code}`,
  });
  const guest = await context.newPage();
  const complaints: string[] = [];
  guest.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  // Third-party storage is often blocked: every touch of it throws, and is counted.
  await guest.addInitScript(() => {
    if (window === top) return;
    const refuse = (): never => {
      (window as unknown as { touched?: number }).touched = 1;
      throw new DOMException('blocked', 'SecurityError');
    };
    Object.defineProperty(window, 'localStorage', { get: refuse });
    Object.defineProperty(window, 'indexedDB', { get: refuse });
  });
  try {
    await guest.goto(host.address);
    const frame = guest.frameLocator('iframe');
    await expect(frame.locator('.ks').getByRole('button', { name: /^Broker 1/ })).toBeVisible();
    await expect(frame.locator('.ks-clock')).toHaveText(`${(atUs / 1e6).toFixed(3)} s`);
    await expect(frame.locator('.ks-caption p')).not.toBeEmpty();
    await expect(frame.locator('.ks-lesson, .ks-side, .ks-top, .ks-hint')).toHaveCount(0);
    // It waits to be played, and plays.
    await frame.getByRole('button', { name: words('panel.play') }).click();
    await expect(frame.locator('.ks-clock')).not.toHaveText(`${(atUs / 1e6).toFixed(3)} s`);
    await frame.getByRole('button', { name: words('panel.pause') }).click();
    // The way out carries the moment that is shown now.
    const out = frame.getByRole('link', { name: words('app.embed.open') });
    await out.hover();
    await expect(out).toHaveAttribute('href', /^[^?]*\/#.{10,}/);
    const inner = guest.frames()[1]!;
    const state = await inner.evaluate(() => ({
      touched: (window as unknown as { touched?: number }).touched ?? 0,
      tall: document.documentElement.scrollHeight > innerHeight,
      wide: document.documentElement.scrollWidth > innerWidth,
      said: document.querySelector('[data-announcer]')?.textContent ?? '',
    }));
    expect(state).toEqual({ touched: 0, tall: false, wide: false, said: '' });
    expect(complaints).toEqual([]);
  } finally {
    host.close();
  }
});

test('without a link it shows the first cluster, still until it is played; the address may say language and look', async ({
  scope,
}) => {
  await scope.page.setViewportSize({ width: 640, height: 360 });
  await scope.page.goto('./?embed&lang=zh&theme=dark');
  await scope.page.waitForFunction(() => (window.kafkascope?.state().frame ?? null) !== null);
  await expect(scope.page.locator('html')).toHaveAttribute('lang', 'zh-CN');
  await expect(scope.page.locator('html')).toHaveAttribute('data-theme', 'dark');
  expect(await scope.read((state) => state.player.playing)).toBe(false);
  await expect(scope.page.getByRole('link', { name: '在 Kafkascope 中打开' })).toBeInViewport({ ratio: 1 });
});
