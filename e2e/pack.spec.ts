/** The compression lab: an own file under four codecs, settings by keyboard only, a link that opens the same, files that are no records. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, type Scope, stranger, test, words } from './page.ts';

const CODECS = ['none', 'snappy', 'lz4', 'gzip', 'zstd'] as const;
const way = (page: Page, codec: string) => page.locator(`.pk-way[data-codec="${codec}"]`);
const title = (page: Page) => page.locator('.pk-side-head h2');
const chosen = (page: Page) => page.locator('[data-chosen]');

/** Until the present question is answered, its speeds included. */
async function packed(page: Page): Promise<void> {
  await expect(page.locator('[data-measured]')).toBeVisible({ timeout: 90_000 });
  await expect(page.locator('.pk-progress[data-on]')).toHaveCount(0, { timeout: 90_000 });
  await expect(page.locator('[data-stale]')).toHaveCount(0);
}

async function openPack(scope: Scope, hash = '#batch'): Promise<void> {
  await scope.page.goto(`./${hash}`);
  await packed(scope.page);
}

/** Lines with much to repeat, as a file. */
const ORDERS = Array.from(
  { length: 1500 },
  (_, i) =>
    `{"id":${1041 + i},"user":"u-${(i * 7) % 90}","item":"${['tea', 'cup', 'pot'][i % 3]}","qty":${1 + (i % 4)}}`,
).join('\n');
const file = (name: string, content: string | Buffer) => ({
  name,
  mimeType: 'text/plain',
  buffer: Buffer.from(content as string),
});

/** The figure that a way shows: what the producer sent. */
async function bytesOf(page: Page, codec: string): Promise<number> {
  const text = (await way(page, codec).locator('.pk-way-bytes').textContent()) ?? '';
  const [, figure = '', unit = ''] = /([\d.,]+) (B|KiB|MiB)/.exec(text) ?? [];
  return Number(figure.replaceAll(',', '')) * { B: 1, KiB: 1024, MiB: 1_048_576 }[unit as 'B' | 'KiB' | 'MiB'];
}

async function chooseFile(page: Page, chosenFile: ReturnType<typeof file>): Promise<void> {
  await page
    .locator('.pk-side')
    .getByRole('tab', { name: words('pack.tab.file') })
    .click();
  await page.locator('.pk-file input[type=file]').setInputFiles(chosenFile);
}

test('an own file is compared under four codecs', async ({ scope }) => {
  const { page } = scope;
  await openPack(scope);
  await chooseFile(page, file('orders.jsonl', ORDERS));
  await expect(title(page)).toHaveText(/^orders\.jsonl · 1,500 records/);
  await packed(page);
  await expect(page.locator('#pk-ways')).toHaveText(words('pack.ways.5', { records: 1500 }));
  await expect(page.locator('.pk-preview')).toContainText('{"id":1041,"user":"u-0","item":"tea","qty":1}');
  const none = await bytesOf(page, 'none');
  expect(none).toBeGreaterThan(ORDERS.length);
  for (const codec of CODECS.filter((each) => each !== 'none')) {
    const bytes = await bytesOf(page, codec);
    expect(bytes, codec).toBeLessThan(none / 2);
    const ratio = Number((await way(page, codec).locator('.pk-way-ratio').textContent())?.replace('×', ''));
    expect(Math.abs(ratio - none / bytes), codec).toBeLessThan(0.15);
    await expect(way(page, codec).locator('.pk-way-figures')).toHaveText(/^[\d.]+ · [\d.]+ MB\/s$/);
  }
  // The chosen one is bold, its batches are in the explorer, and who works is its own.
  await way(page, 'gzip').click();
  await packed(page);
  await expect(way(page, 'gzip')).toHaveAttribute('aria-pressed', 'true');
  await expect(chosen(page)).toHaveAttribute('data-chosen', 'gzip');
  await expect(page.locator('[data-work="producer.compress"] dd')).toHaveText(/^\d+ × [\d.]+ (µs|ms)$/);
  // Each ratio claim has a verdict and figures; no speed has one.
  for (const id of ['ratio', 'ratio.zstd-lz4', 'ratio.lz4-gzip', 'ratio.gzip-snappy'])
    await expect(page.locator(`[data-claim="${id}"]`)).toHaveAttribute('data-holds', /true|false/);
  await expect(page.locator('[data-claim="ratio"] b').first()).toHaveText(/^[\d.]+×$/);
  await expect(page.locator('[data-claim="throughput"]')).toHaveAttribute('data-holds', 'null');
  await expect(page.locator('[data-claim="throughput"]')).toContainText(words('pack.claim.none'));
  await expect(page.locator('[data-curve]')).toHaveCount(4);
});

test('another codec at the topic makes the broker work, and the page says so from the run', async ({ scope }) => {
  const { page } = scope;
  await openPack(scope, '#batch?sample=orders&codec=lz4');
  const says = page.locator('[data-topic-says]');
  const batches = Number(/(\d+) batches/.exec((await says.textContent()) ?? '')?.[1]);
  expect(batches).toBeGreaterThan(1);
  await expect(page.locator('[data-work="leader.compress"]')).toHaveCount(0);
  await page
    .getByRole('group', { name: words('pack.topic.codec') })
    .getByText('gzip', { exact: true })
    .click();
  await packed(page);
  await expect(says).toContainText(`repacked ${batches} batches`);
  await expect(page.locator('[data-work="leader.compress"] dd')).toHaveText(new RegExp(`^${batches} × `));
  await expect(way(page, 'lz4').locator('.pk-way-bytes')).toContainText('→');
});

test('settings by keyboard only; what Kafka refuses is said in its words and changes nothing', async ({ scope }) => {
  const { page } = scope;
  await openPack(scope, '#batch?sample=orders');
  const size = page.getByLabel('batch.size', { exact: true }).and(page.locator('input'));
  await scope.tabTo(size);
  await page.keyboard.type('64 KiB');
  await page.keyboard.press('Enter');
  await packed(page);
  await expect(size).toHaveValue('64 KiB');
  await expect(page).toHaveURL(/batch=65536/);
  await scope.tabTo(page.getByLabel('linger.ms', { exact: true }));
  await page.keyboard.type('-5');
  await page.keyboard.press('Enter');
  await expect(page.locator('.pk-side').getByRole('alert')).toContainText('ConfigException');
  await page.keyboard.press('Escape');
  await expect(page.getByLabel('linger.ms', { exact: true })).toHaveValue('5');
  // A codec by its number, its level with Kafka's range.
  await page.evaluate(() => (document.activeElement as HTMLElement).blur());
  await page.keyboard.press('4');
  await packed(page);
  await expect(way(page, 'gzip')).toHaveAttribute('aria-pressed', 'true');
  const level = page.getByLabel('compression.gzip.level', { exact: true });
  await scope.tabTo(level);
  await page.keyboard.type('12');
  await page.keyboard.press('Enter');
  await expect(page.locator('.pk-side').getByRole('alert')).toContainText('ConfigException');
  await page.keyboard.press('Control+A');
  await page.keyboard.type('9');
  await page.keyboard.press('Enter');
  await packed(page);
  await expect(page).toHaveURL(/codec=gzip&level=9/);
  // The line of the curve is a slider.
  const line = page.getByRole('slider', { name: 'batch.size' });
  await scope.tabTo(line, 'Shift+Tab');
  await page.keyboard.press('ArrowLeft');
  await packed(page);
  await expect(line).toHaveAttribute('aria-valuenow', '32768');
  await expect(size).toHaveValue('32 KiB');
  await page.keyboard.press('Escape');
  await expect(page.locator('.pk')).toHaveCount(0);
  await scope.firstPicture();
});

test('a link opens the same records under the same settings', async ({ scope, browser, baseURL }) => {
  const { page } = scope;
  await openPack(scope, '#batch?codec=lz4&batch=4096&linger=20&rate=2000');
  await page
    .locator('.pk-side')
    .getByRole('tab', { name: words('pack.tab.paste') })
    .click();
  await page
    .getByRole('textbox', { name: words('pack.records.paste') })
    .fill('ann buys tea\nbob buys tea\nann buys a cup\n');
  await page.getByRole('button', { name: words('pack.records.use') }).click();
  await expect(title(page)).toHaveAttribute('data-records', '3');
  await packed(page);
  await page.getByRole('combobox', { name: words('pack.meet.consumer'), exact: true }).selectOption('0.9');
  await page.waitForURL(/meet=.*text=k1\./);
  const seen = await chosen(page).textContent();
  const other = await stranger(browser, baseURL);
  await other.page.goto(page.url());
  await packed(other.page);
  await expect(other.page.locator('.pk-preview')).toContainText('bob buys tea');
  await expect(chosen(other.page)).toHaveText(seen as string);
  await expect(other.page.getByRole('combobox', { name: words('pack.meet.consumer'), exact: true })).toHaveValue('0.9');
  await expect(other.page.locator('[data-hop="fetch"]')).toHaveAttribute('data-magic', '0');
  await other.page.context().close();
});

test('a bad file is said, and the lab goes on with what it had', async ({ scope }) => {
  const { page } = scope;
  await openPack(scope, '#batch?sample=orders');
  const before = await title(page).textContent();
  const alert = page.locator('.pk-records').getByRole('alert');
  const cases: readonly (readonly [ReturnType<typeof file>, RegExp])[] = [
    [file('photo.bin', Buffer.from([0x89, 0x50, 0, 1, 2, 3])), /photo\.bin is no text/],
    [file('gbk.txt', Buffer.from([0x61, 10, 0xc4, 0xe3])), /line 2/],
    [file('nothing.txt', ''), /is empty/],
    [file('large.txt', Buffer.alloc(10_000_001, 97)), /up to 10,000,000/],
  ];
  for (const [bad, expected] of cases) {
    await chooseFile(page, bad);
    await expect(alert).toContainText(expected);
    await expect(title(page)).toHaveText(before as string);
  }
  // Dropped anywhere on the page; a good one puts the fault away.
  const data = await page.evaluateHandle(() => {
    const transfer = new DataTransfer();
    transfer.items.add(new File(['a\nb\nc\n'], 'abc.txt'));
    return transfer;
  });
  await page.dispatchEvent('.pk-curve', 'drop', { dataTransfer: data });
  await expect(title(page)).toHaveText(/^abc\.txt · 3 records/);
  await expect(alert).toHaveCount(0);
  await packed(page);
});

test('from lab to lab, and these records on the stage', async ({ scope }) => {
  const { page } = scope;
  await openPack(scope, '#batch?sample=orders&codec=gzip&batch=32768');
  await page.getByRole('link', { name: words('pack.lab.lab') }).click();
  await expect(page.locator('.kl')).toBeVisible({ timeout: 60_000 });
  await page
    .locator('.kl')
    .getByRole('link', { name: words('pack.lab.batch') })
    .click();
  await packed(page);
  await page.goBack();
  await expect(page.locator('.kl')).toBeVisible();
  await page.goBack();
  await packed(page);
  await expect(way(page, 'gzip')).toHaveAttribute('aria-pressed', 'true');
  await page.getByRole('button', { name: words('pack.stage') }).click();
  await expect(page.locator('.pk')).toHaveCount(0);
  await scope.until((state) => state.frame !== null && state.frame.totals.acked > 0, 60_000);
  expect(await scope.read((state) => state.scenario?.producers?.[0]?.config)).toMatchObject({
    'compression.type': 'gzip',
    'batch.size': '32768',
  });
});

test('everybody can use it: axe finds nothing, wide and narrow, light and dark', async ({ scope }) => {
  const { page } = scope;
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await openPack(scope, '#batch?sample=orders&topic=gzip');
  const fine = async (view: string, rules?: string[]): Promise<void> => {
    const axe = new AxeBuilder({ page })
      .setLegacyMode()
      .options({ resultTypes: ['violations'] })
      .include('.pk');
    if (rules !== undefined) axe.withRules(rules);
    const { violations } = await axe.analyze();
    expect(
      violations.flatMap(({ id, nodes }) => nodes.slice(0, 4).map(({ target }) => `${id}: ${target.join(' ')}`)),
      view,
    ).toEqual([]);
  };
  await fine('wide, light');
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await fine('wide, dark', ['color-contrast']);
  await page.setViewportSize({ width: 390, height: 844 });
  await fine('narrow, dark');
  await page.locator('.pk-sheet button').click();
  await fine('narrow with its sheet, dark');
  const wide = await page.evaluate(() => [
    ...[...document.querySelectorAll('.pk, .pk-main, .pk-side')].map((box) => box.scrollWidth - box.clientWidth),
  ]);
  expect(wide).toEqual([0, 0, 0]);
});
