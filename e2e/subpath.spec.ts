/** A plain folder of files under any path is enough: every address of the page is relative. */
import { expect, test } from './page.ts';
import { serve } from './serve.ts';

test('it works under a path: what loads later, the worker, the manifest and its pictures', async ({ scope }) => {
  const served = await serve('/some/where/');
  const { page } = scope;
  const elsewhere: string[] = [];
  page.on('request', (request) => {
    if (/^https?:/.test(request.url()) && !request.url().startsWith(served.address)) elsewhere.push(request.url());
  });
  try {
    await scope.openPaused(served.address);
    await page.getByRole('button', { name: 'Share', exact: true }).click();
    const link = await scope.dialog.getByRole('textbox').first().inputValue();
    expect(link.startsWith(`${served.address}#`)).toBe(true);
    await page.keyboard.press('Escape');
    await scope.thing(/^Broker 1, /).click();
    await expect(scope.inspector.getByRole('searchbox')).toBeVisible();

    const manifest = await page.evaluate(async () => {
      const { href } = document.querySelector<HTMLLinkElement>('link[rel="manifest"]')!;
      const { start_url, icons } = await (await fetch(href)).json();
      const at = (path: string) => new URL(path, href).href;
      const found = await Promise.all(icons.map(async ({ src }: { src: string }) => (await fetch(at(src))).status));
      return { start: at(start_url), found };
    });
    expect(manifest.start).toBe(served.address);
    expect(manifest.found).toEqual([200, 200, 200, 200]);
    expect(elsewhere).toEqual([]);
  } finally {
    served.close();
  }
});
