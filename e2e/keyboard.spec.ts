/** Help, glossary, menus, sizes and announcements with the keyboard alone; the focus comes back to where it was. */
import { expect, type Scope, test, words } from './page.ts';

/** Where the focus is, as one can read it. */
const focus = (scope: Scope): Promise<string> =>
  scope.page.evaluate(() => {
    const element = document.activeElement;
    return element === null || element === document.body
      ? ''
      : (element.getAttribute('aria-label') ?? element.textContent ?? '');
  });

async function closes(scope: Scope): Promise<void> {
  await scope.page.keyboard.press('Escape');
  await expect(scope.dialog).toHaveCount(0);
}

test('help, the glossary and a word on the stage', async ({ scope }) => {
  const { page } = scope;
  await scope.openPaused();
  await scope.tabTo(page.locator('.ks-play'));
  const before = await focus(scope);
  await page.keyboard.press('?');
  await expect(scope.dialog.getByRole('heading', { name: words('app.help.title'), exact: true })).toBeVisible();
  await scope.tabTo(scope.dialog.getByRole('button', { name: words('device.help.glossary') }));
  await page.keyboard.press('Enter');
  await expect(scope.dialog.getByRole('heading', { name: words('glossary.title') })).toBeVisible();

  // Find, open, follow what goes with it, see it on the stage.
  await scope.tabTo(scope.dialog.getByRole('searchbox'));
  await page.keyboard.type('watermark');
  await scope.tabTo(scope.dialog.getByRole('button', { name: words('term.hw') }));
  await page.keyboard.press('Enter');
  await expect(scope.dialog.getByText(words('term.hw.says'))).toBeVisible();
  await scope.tabTo(scope.dialog.getByRole('button', { name: words('glossary.see') }));
  await page.keyboard.press('Enter');
  await expect(scope.dialog).toHaveCount(0);
  await expect(scope.inspector.getByRole('heading', { name: 'orders-0' })).toBeVisible();
  await expect(scope.tab(words('panel.tab.state'))).toHaveAttribute('aria-selected', 'true');

  // A label of the inspector opens its entry; the focus comes back to the label.
  const label = scope.inspector.locator('.ks-word').first();
  await scope.tabTo(label);
  await page.keyboard.press('Enter');
  await expect(scope.dialog.locator('.ks-entry')).toBeVisible();
  await closes(scope);
  await expect(label).toBeFocused();

  await page.keyboard.press('Escape');
  await scope.tabTo(page.locator('.ks-play'));
  expect(await focus(scope)).toBe(before);
  await page.keyboard.press('g');
  await expect(scope.dialog.getByRole('searchbox')).toBeFocused();
  await closes(scope);
  await expect(page.locator('.ks-play')).toBeFocused();
});

test('a thing’s menu by O, and back to the thing', async ({ scope }) => {
  const { page } = scope;
  await scope.openPaused();
  const stop = page.locator('.ks [data-stop][tabindex="0"]');
  await scope.tabTo(stop);
  await page.keyboard.press('o');
  await expect(page.getByRole('menu')).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('menu')).toHaveCount(0);
  await expect(stop).toBeFocused();
});

test('presenter size by D: larger, and everything in view at 1280 by 720', async ({ scope }) => {
  const { page } = scope;
  await page.setViewportSize({ width: 1280, height: 720 });
  await scope.openPaused();
  const size = (): Promise<number> =>
    page.locator('.ks-lesson-panel h2').evaluate((element) => Number.parseFloat(getComputedStyle(element).fontSize));
  await expect(page.locator('.ks-lesson-panel h2')).toBeVisible();
  const small = await size();
  await page.keyboard.press('d');
  await expect(page.locator('html')).toHaveAttribute('data-presenter', '');
  expect(await size()).toBeGreaterThan(small * 1.2);
  await expect(scope.clock).toBeInViewport({ ratio: 1 });
  for (const number of await page.locator('.ks-number').all()) await expect(number).toBeInViewport({ ratio: 1 });
  await expect(page.locator('.ks-lesson-go')).toBeInViewport({ ratio: 1 });
  for (const name of ['orders-0', 'orders-1', 'orders-2'])
    await expect(scope.stage.locator(`[data-thing="partition:${name}"]`)).toBeInViewport();
  // It is kept.
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('data-presenter', '');
});

test('what happens is said, not too often, and can be switched off by A', async ({ scope }) => {
  const { page } = scope;
  await scope.openPaused();
  const said = page.locator('[data-announcer]');
  await expect(said).toBeAttached();
  await page.keyboard.press('ArrowRight');
  await expect(said).toContainText(/^\d+\.\d{3} s\. ./);
  // A loss is the first thing that is said of it.
  await page.evaluate(() => {
    const { actions } = window.kafkascope!.state();
    actions.command({ do: 'broker.kill', broker: 1 });
    actions.setSpeed(10);
    actions.play();
    const box = document.querySelector('[data-announcer]')!;
    const list: [number, string][] = [];
    (window as unknown as { said: typeof list }).said = list;
    new MutationObserver(() => list.push([performance.now(), box.textContent ?? ''])).observe(box, {
      childList: true,
      characterData: true,
      subtree: true,
    });
  });
  await scope.until((state) => state.frame!.totals.lost > 0);
  await expect(said).toContainText(/lost/);
  const list = await page.evaluate(() => (window as unknown as { said: [number, string][] }).said);
  const times = [...new Set(list.map(([at]) => Math.round(at)))];
  expect(times.every((at, i) => i === 0 || at - times[i - 1]! > 800 || at - times[i - 1]! < 50)).toBe(true);

  await scope.pause();
  await page.keyboard.press('a');
  await expect(said).toBeEmpty();
  await page.keyboard.press('ArrowRight');
  await scope.settled();
  await expect(said).toBeEmpty();
});
