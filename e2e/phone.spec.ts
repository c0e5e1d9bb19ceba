/** A phone: the lesson's first steps and a killed broker by touch alone; nothing sticks out, nothing is too small for a finger. */
import { expect, type Scope, test, words } from './page.ts';

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

/** What can be pressed and is less than 44 pixels high where a finger must hit it. */
function tooSmall(scope: Scope): Promise<string[]> {
  return scope.page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('button, select, input, a[href], summary, [role="tab"]')]
      .filter((element) => element.closest('.ks, .ks-hidden') === null && !element.matches('.ks-hidden, .ks-word'))
      .filter((element) => element.getClientRects().length > 0 && getComputedStyle(element).visibility !== 'hidden')
      .filter((element) => {
        const label = element.closest('label');
        const { height } = (label ?? element).getBoundingClientRect();
        return height < 43.5;
      })
      .map(
        (element) =>
          `${element.tagName} ${(element.getAttribute('aria-label') ?? element.textContent ?? '').slice(0, 40)}`,
      ),
  );
}

async function sidewaysStill(scope: Scope): Promise<void> {
  const wide = await scope.page.evaluate(() => document.scrollingElement!.scrollWidth - innerWidth);
  expect(wide).toBeLessThanOrEqual(0);
}

test('the lesson’s first steps and a killed broker, by touch', async ({ scope }) => {
  const { page } = scope;
  await scope.open();
  await expect(scope.clock).toBeInViewport({ ratio: 1 });
  expect(await tooSmall(scope)).toEqual([]);

  // The one filled button leads to the lesson, a sheet over the stage.
  await expect(page.locator('.ks-btn-fill:visible')).toHaveCount(1);
  await page
    .locator('.ks-phone-strip')
    .getByRole('button', { name: words('app.lesson'), exact: true })
    .tap();
  const sheet = scope.lesson;
  await expect(sheet).toBeVisible();
  await sheet.locator('.ks-lesson-go').tap();
  await scope.until((state) => state.lesson?.step === 1);
  expect(await tooSmall(scope)).toEqual([]);
  // A word in its text opens its entry, by a tap.
  await sheet.getByRole('button', { name: words('panel.close') }).tap();
  await expect(sheet).toBeHidden();

  // Break it: the menu of broker 1, kill.
  await scope.stage.locator('[data-action="menu"][data-for="broker:1"]').tap();
  const menu = page.getByRole('menu');
  await expect(menu).toBeVisible();
  expect(await tooSmall(scope)).toEqual([]);
  await menu.getByRole('menuitem', { name: words('verb.broker.kill') }).tap();
  await scope.until((state) => state.frame!.brokers[0]!.state === 'down');

  // Its inspector as a sheet, and away again.
  await scope.thing(/^Broker 1, /).tap({ position: { x: 12, y: 10 } });
  await page
    .locator('.ks-phone-strip')
    .getByRole('button', { name: words('panel.inspector') })
    .tap();
  await expect(scope.inspector.getByRole('heading', { name: 'Broker 1' })).toBeVisible();
  await scope.tab(words('panel.tab.state')).tap();
  await scope.inspector.locator('.ks-word').first().tap();
  await expect(scope.dialog.locator('.ks-entry')).toBeVisible();
  await sidewaysStill(scope);
  expect(await tooSmall(scope)).toEqual([]);
  await scope.dialog.getByRole('button', { name: words('panel.close') }).tap();
  await scope.inspector.getByRole('button', { name: words('panel.close') }).tap();
  await expect(scope.inspector).toBeHidden();
  await expect(scope.clock).toBeInViewport({ ratio: 1 });
  await expect(scope.number('lost')).toBeInViewport({ ratio: 1 });
});

test('the stage is pushed aside by a finger', async ({ scope }) => {
  await scope.openPaused();
  const scroller = scope.stage.locator('.ks-scroll');
  const { canScroll, action } = await scroller.evaluate((element) => ({
    canScroll: element.scrollWidth > element.clientWidth,
    action: getComputedStyle(element).touchAction,
  }));
  expect(canScroll).toBe(true);
  expect(action).not.toBe('none');
});

for (const [width, height] of [
  [360, 640],
  [844, 390],
] as const) {
  test(`${width}x${height} holds`, async ({ scope }) => {
    await scope.page.setViewportSize({ width, height });
    await scope.openPaused();
    await sidewaysStill(scope);
    await expect(scope.clock).toBeInViewport({ ratio: 1 });
    await expect(scope.page.locator('.ks-play')).toBeInViewport({ ratio: 1 });
    for (const number of await scope.page.locator('.ks-number:visible').all())
      await expect(number).toBeInViewport({ ratio: 1 });
    // The stage keeps room to be looked at.
    const room = (await scope.stage.locator('.ks-room').boundingBox())!;
    expect(room.height).toBeGreaterThan(140);
    expect(room.width).toBeGreaterThan(300);
  });
}
