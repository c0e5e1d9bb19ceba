/** The rebalance lab: a member joins under each protocol and is stepped back and forth; the knob turns the order round; a link opens the same moment. */
import { createHash } from 'node:crypto';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, type Scope, stranger, test, words } from './page.ts';

/** The server side settles in fourteen. */
const STEPS = 13;
const VARIANTS = ['eager', 'cooperative', 'consumer', 'static'] as const;

const card = (page: Page, variant: string) => page.locator(`.kl-card[data-variant="${variant}"]`);
const side = (page: Page) => page.locator('.kl-side');
const stepLine = (page: Page) => side(page).locator('.kl-side-line p');
const cost = async (page: Page, variant: string): Promise<number> =>
  Number(await card(page, variant).locator('b[data-cost]').textContent());

/** Until all variants of the present question have run. */
async function ran(page: Page): Promise<void> {
  await expect(page.locator('.kl-card').first()).toBeVisible({ timeout: 90_000 });
  await expect(page.locator('.kl-controls > .kl-progress[data-on]')).toHaveCount(0, { timeout: 90_000 });
}

async function openLab(scope: Scope, hash = '#lab'): Promise<void> {
  await scope.page.goto(`./${hash}`);
  await ran(scope.page);
}

/** Everything that depends on the cursor: the lanes, the cursor's place, the step and its tab; as a digest, since it is long. */
async function picture(page: Page): Promise<string> {
  const drawn = await page.evaluate(() => {
    // Attributes in one order: which of them came first says only from which step one came here.
    const tell = (node: Node): string => {
      if (!(node instanceof Element)) return node.textContent ?? '';
      const attributes = [...node.attributes].filter(({ name, value }) => !(name === 'style' && value === ''));
      const said = attributes.map(({ name, value }) => `${name}=${value}`).sort();
      return `<${node.tagName} ${said.join(' ')}>${[...node.childNodes].map(tell).join('')}`;
    };
    const inside = (selector: string): string =>
      [...document.querySelectorAll(selector)].flatMap((element) => [...element.childNodes].map(tell)).join('\n');
    const cursor = (document.querySelector('.kl-cursor') as HTMLElement).style.left;
    return cursor + ['.kl-drawing', '.kl-side-head h2', '.kl-side-body', '.kl-side-line p'].map(inside).join('\n');
  });
  return createHash('sha256').update(drawn).digest('hex');
}

test('a member joins under each protocol; stepped on and back, each step shows the same picture', async ({ scope }) => {
  const { page } = scope;
  await openLab(scope);
  for (const variant of VARIANTS) {
    await card(page, variant)
      .getByRole('button', { name: words(`lab.variant.${variant}`), exact: true })
      .click();
    await page.keyboard.press('Home');
    await expect(stepLine(page)).toContainText(/^Step 1 of \d+ /);
    const there: string[] = [];
    for (let i = 0; i < STEPS; i++) {
      there.push(await picture(page));
      await page.keyboard.press('ArrowRight');
    }
    await expect(stepLine(page)).toContainText(`Step ${STEPS + 1} of `);
    expect(new Set(there).size, variant).toBe(there.length);
    const back: string[] = [];
    for (let i = 0; i < STEPS; i++) {
      await page.keyboard.press('ArrowLeft');
      back.push(await picture(page));
    }
    expect(back.reverse(), variant).toEqual(there);
    // The new member reads something in the end.
    await expect(card(page, variant).locator('[data-lane][aria-label*="c4 reads it"]')).not.toHaveCount(0);
  }
  // Under the classic protocol it is the request of the rule that opens: an id first, then the join.
  await card(page, 'eager')
    .getByRole('button', { name: words('lab.variant.eager') })
    .click();
  await page.keyboard.press('Home');
  await side(page)
    .getByRole('button', { name: /JoinGroup: MEMBER_ID_REQUIRED/ })
    .first()
    .click();
  await expect(side(page).locator('.kl-fields')).toContainText('MEMBER_ID_REQUIRED');
});

test('the knob turns the order round, and the page says so from what it measured', async ({ scope }) => {
  const { page } = scope;
  await openLab(scope);
  const quick = { eager: await cost(page, 'eager'), cooperative: await cost(page, 'cooperative') };
  expect(quick.eager).toBeLessThan(quick.cooperative);
  await expect(page.locator('[data-verdict]')).toContainText('the order turns round', { timeout: 60_000 });
  const knob = page.getByRole('slider', { name: words('lab.knob') });
  await knob.focus();
  // From 0 to 2 s, a step at a time.
  for (let i = 0; i < 11; i++) await page.keyboard.press('ArrowRight');
  await expect(page.locator('.kl-knob b')).toHaveText(words('lab.knob.value', { us: 2_000_000 }));
  await expect(page.locator('.kl-note')).toContainText('c3 is the slow one', { timeout: 60_000 });
  await ran(page);
  const slow = { eager: await cost(page, 'eager'), cooperative: await cost(page, 'cooperative') };
  expect(slow.eager).toBeGreaterThan(slow.cooperative);
  await expect(page.locator('[data-verdict]')).toContainText(`Eager`, { timeout: 60_000 });
  await expect(page.locator('[data-verdict]')).toContainText(words('lab.verdict.quick'), { timeout: 60_000 });
  // The table has the same figures, and marks the least by more than a colour.
  await page.locator('.kl-views').getByText(words('lab.view.figures')).click();
  const row = page.getByRole('row', { name: new RegExp(`^${words('lab.figure.unread')}`) });
  await expect(row).toContainText(String(slow.eager));
  await expect(row.locator('td[data-best]')).toContainText('✓');
});

test('a link opens the same moment', async ({ scope, browser, baseURL }) => {
  const { page } = scope;
  await openLab(scope, '#lab?trigger=leave&members=4&partitions=8');
  await card(page, 'cooperative')
    .getByRole('button', { name: words('lab.variant.cooperative') })
    .click();
  for (let i = 0; i < 5; i++) await page.keyboard.press('ArrowRight');
  await page.locator('.kl-views').getByText(words('lab.view.members')).click();
  const line = (await stepLine(page).textContent()) as string;
  await page.waitForURL(/of=cooperative.*view=members.*step=\d+/);
  const seen = await picture(page);
  const other = await stranger(browser, baseURL);
  await other.page.goto(page.url());
  await ran(other.page);
  await expect(stepLine(other.page)).toHaveText(line);
  expect(await picture(other.page)).toBe(seen);
  await other.page.context().close();
});

test('from a moment of free play into the lab, and back to where it stood', async ({ scope }) => {
  const { page } = scope;
  await scope.openPaused();
  const before = { ...(await scope.hash()), drawing: await scope.drawing() };
  await page.evaluate(() => window.kafkascope!.state().actions.select('group:billing'));
  await scope.inspector.getByRole('button', { name: words('lab.open') }).click();
  await ran(page);
  await expect(page.locator('.kl-base')).toContainText('Group billing of your cluster');
  await expect(card(page, 'eager').locator('[data-lane="orders-0"]')).toBeVisible();
  await page.goBack();
  await expect(page.locator('.kl')).toHaveCount(0);
  await page.evaluate(() => window.kafkascope!.state().actions.select(null));
  await scope.settled();
  expect(await scope.hash()).toEqual({ atUs: before.atUs, events: before.events, hash: before.hash });
  expect(await scope.drawing()).toBe(before.drawing);
  // And forward into the lab again.
  await page.goForward();
  await ran(page);
  await expect(page.locator('.kl-base')).toContainText('Group billing of your cluster');
});

test('a run is shown on the stage, at the cursor’s moment', async ({ scope }) => {
  const { page } = scope;
  await openLab(scope);
  for (let i = 0; i < 3; i++) await page.keyboard.press('ArrowRight');
  const at = Number(((await stepLine(page).textContent()) ?? '').match(/([\d.]+) s$/)?.[1]);
  await page.getByRole('button', { name: words('lab.stage') }).click();
  await expect(page.locator('.kl')).toHaveCount(0);
  await scope.settled();
  expect((await scope.atUs()) / 1e6).toBeCloseTo(at, 3);
  await expect(scope.thing(/^Group shop, /)).toBeVisible();
});

test('a variant that cannot run says why, beside those that can', async ({ scope }) => {
  await openLab(scope, '#lab?trigger=migration&variants=eager.share');
  await expect(card(scope.page, 'share').locator('.kl-failure')).not.toBeEmpty();
  await expect(card(scope.page, 'eager').locator('.kl-state').first()).toBeVisible();
});

test('how many consumers: the knee at as many members as partitions', async ({ scope }) => {
  const { page } = scope;
  await page.goto('./#lab?view=how-many');
  await expect(page.locator('[data-many-says]')).toContainText('6 partitions', { timeout: 90_000 });
  await expect(page.locator('.kl-chart')).toHaveCount(3);
  await expect(page.locator('.kl-chart').nth(1).locator('svg')).toHaveAttribute(
    'aria-label',
    /6: 0; 7: 1; 8: 2; 9: 3$/,
  );
});

test('by the mouse: the cursor is dragged, the axis zooms and pans, a tick and a lane are pressed, it plays and pauses', async ({
  scope,
}) => {
  const { page } = scope;
  await openLab(scope);
  const cursor = page.getByRole('slider', { name: words('lab.cursor') });
  const at = async (): Promise<number> => Number(await cursor.getAttribute('aria-valuenow'));
  const place = async () => (await cursor.boundingBox())!;
  const ticks = () => page.locator('.kl-axis text').allTextContents();

  const start = await at();
  const from = await place();
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x + 200, from.y + 40, { steps: 5 });
  await page.mouse.up();
  expect(await at()).toBeGreaterThan(start);
  expect((await place()).x).toBeCloseTo(from.x + 200, -1);

  const axis = (await page.locator('.kl-axis > svg').boundingBox())!;
  const first = await ticks();
  await page.mouse.move(axis.x + axis.width / 2, axis.y + 14);
  await page.mouse.wheel(0, -400);
  await expect.poll(ticks).not.toEqual(first);
  const near = await ticks();
  await page.mouse.down();
  await page.mouse.move(axis.x + axis.width / 2 - 160, axis.y + 14, { steps: 4 });
  await page.mouse.up();
  await expect.poll(ticks).not.toEqual(near);
  await page.getByRole('button', { name: words('lab.zoom.fit.short') }).click();
  await expect.poll(ticks).toEqual(first);

  // A press on a lane moves the cursor there; its name asks the assignor.
  const lane = (await card(page, 'cooperative').locator('[data-lane="orders-5"] .kl-gap').boundingBox())!;
  await page.mouse.move(lane.x + 40, lane.y + 5);
  await expect(page.locator('.kl-tip')).toContainText(words('lab.span.revoked'));
  await page.mouse.click(lane.x + 40, lane.y + 5);
  expect((await place()).x).toBeCloseTo(lane.x + 40, -1);

  await page.getByRole('button', { name: words('lab.play') }).click();
  const playing = await at();
  await expect.poll(at).toBeGreaterThan(playing + 0.1);
  await page.getByRole('button', { name: words('lab.pause') }).click();
  const stands = await at();
  await side(page)
    .getByRole('tab', { name: words('lab.tab.assignor') })
    .click();
  await side(page).locator('.kl-chip').first().click();
  await expect(side(page)).toContainText(' went to ');
  expect(await at()).toBe(stands);
});

test('by the keyboard alone: in, a trigger, steps, a tab, the closer view, out', async ({ scope }) => {
  const { page } = scope;
  await scope.openPaused();
  await scope.tabTo(page.getByRole('link', { name: words('app.labs') }));
  await page.keyboard.press('Enter');
  await ran(page);
  await scope.tabTo(page.getByRole('button', { name: words('lab.trigger.leave'), exact: true }));
  await page.keyboard.press('Enter');
  await expect(page.locator('.kl-note')).toContainText('leaves', { timeout: 60_000 });
  await ran(page);
  await scope.tabTo(page.getByRole('slider', { name: words('lab.cursor') }));
  const first = await stepLine(page).textContent();
  await page.keyboard.press('ArrowRight');
  await expect(stepLine(page)).not.toHaveText(first as string);
  await page.keyboard.press('ArrowLeft');
  await expect(stepLine(page)).toHaveText(first as string);
  await page.keyboard.press('+');
  await page.waitForURL(/time=\d+\.\d+/);
  await page.keyboard.press('0');
  await page.waitForURL((url) => !/time=/.test(url.hash));
  await scope.tabTo(page.getByRole('tab', { name: words('lab.tab.request') }));
  await page.keyboard.press('ArrowRight');
  await expect(side(page).getByRole('tabpanel', { name: words('lab.tab.member') })).toBeVisible();
  await scope.tabTo(page.getByRole('button', { name: words('lab.back') }), 'Shift+Tab');
  await page.keyboard.press('Enter');
  await expect(page.locator('.kl')).toHaveCount(0);
  await expect(scope.clock).toBeVisible();
});

test('axe finds nothing in any view, light and dark', async ({ scope }) => {
  const { page } = scope;
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await openLab(scope);
  for (const view of ['partitions', 'members', 'figures', 'how-many'] as const) {
    await page
      .locator('.kl-views')
      .getByText(words(`lab.view.${view}`), { exact: true })
      .click();
    if (view === 'how-many') await expect(page.locator('.kl-chart')).toHaveCount(3, { timeout: 90_000 });
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme);
      const { violations } = await new AxeBuilder({ page })
        .setLegacyMode()
        .options({ resultTypes: ['violations'] })
        .include('.kl')
        .analyze();
      expect(
        violations.flatMap(({ id, nodes }) =>
          nodes.slice(0, 4).map(({ target }) => `${view} ${colorScheme} ${id}: ${target.join(' ')}`),
        ),
      ).toEqual([]);
    }
  }
});

test.describe('a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test('lanes, steps and the sheet by touch; nothing sticks out, nothing is too small', async ({ scope }) => {
    const { page } = scope;
    await openLab(scope);
    const small = () =>
      page.evaluate(() =>
        [...document.querySelectorAll<HTMLElement>('.kl button, .kl select, .kl input, .kl summary, .kl label')]
          .filter((e) => !e.matches('.ks-hidden, .kl-number, .kl-knob') && e.getClientRects().length > 0)
          .filter((e) => (e.closest('label') ?? e).getBoundingClientRect().height < 43.5)
          .map((e) => `${e.tagName}.${e.className} ${(e.textContent ?? '').slice(0, 30)}`),
      );
    expect(await small()).toEqual([]);
    expect(await page.evaluate(() => document.scrollingElement!.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    const first = (await stepLine(page).textContent()) as string;
    await side(page)
      .getByRole('button', { name: words('lab.step.forward') })
      .tap();
    await expect(stepLine(page)).not.toHaveText(first);
    await side(page)
      .getByRole('button', { name: words('lab.side.open') })
      .tap();
    await expect(side(page).getByRole('tabpanel')).toBeVisible();
    expect(await small()).toEqual([]);
    await side(page)
      .getByRole('tab', { name: words('lab.tab.assignor') })
      .tap();
    await side(page)
      .getByRole('button', { name: words('lab.side.close') })
      .tap();
    await expect(side(page).getByRole('tabpanel')).toBeHidden();
    await card(page, 'cooperative').scrollIntoViewIfNeeded();
    await expect(card(page, 'cooperative').locator('[data-lane="orders-5"]')).toBeVisible();
  });
});
