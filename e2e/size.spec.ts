/** What a first visit loads, measured on the built page: the worker included, compressed as a server would send it. */
import { gzipSync } from 'node:zlib';
import { expect, test } from '@playwright/test';

const MOST_BYTES = 220_000;

test('JavaScript up to the first motion is at most 220 kB gzip', async ({ page }) => {
  const bodies: Promise<readonly [string, number]>[] = [];
  let counting = true;
  page.context().on('response', (response) => {
    const path = new URL(response.url()).pathname;
    if (!counting || !path.endsWith('.js')) return;
    bodies.push(response.body().then((body) => [path, gzipSync(body, { level: 9 }).length] as const));
  });
  await page.goto('./');
  // A picture that has moved on from the first one: everything that motion needs is there.
  await page.waitForFunction(() => {
    const frame = window.kafkascope?.state().frame;
    if (frame === null || frame === undefined) return false;
    const seen = window as unknown as { firstUs?: number };
    seen.firstUs ??= frame.atUs;
    return frame.atUs !== seen.firstUs;
  });
  counting = false;
  const sizes = await Promise.all(bodies);
  const total = sizes.reduce((sum, [, bytes]) => sum + bytes, 0);
  expect(sizes.some(([path]) => path.includes('engine-worker'))).toBe(true);
  expect(total, sizes.map(([path, bytes]) => `${bytes} ${path}`).join('\n')).toBeLessThanOrEqual(MOST_BYTES);
});
