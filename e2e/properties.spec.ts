/** Properties in and out, the stage as a picture, the story of a record as text, commands for a shell. */
import { readFile } from 'node:fs/promises';
import type { Download } from '@playwright/test';
import { expect, type Scope, test, words } from './page.ts';

async function openTab(scope: Scope, tab: string): Promise<void> {
  await scope.page.getByRole('button', { name: words('app.inout'), exact: true }).click();
  await scope.dialog.getByRole('tab', { name: words(`inout.tab.${tab}`) }).click();
  // Each tab loads when it is first looked at; until then the one before it is still there.
  const own = { properties: 'inout.properties.in.hint', pictures: 'inout.events.hint' }[tab];
  if (own !== undefined) await expect(scope.dialog.getByText(words(own))).toBeVisible();
}

const saved = async (download: Promise<Download>): Promise<string> => readFile(await (await download).path(), 'utf8');

test('a properties file in, and out again', async ({ scope, page }) => {
  await scope.openPaused();
  await openTab(scope, 'properties');
  await scope.dialog.locator('input[type=file]').setInputFiles({
    name: 'producer.properties',
    mimeType: 'text/plain',
    buffer: Buffer.from(
      '# mine\nacks=1\nacks=all\nlinger.ms=-7\nlingr.ms=5\nbatch.size = 32\\\n  768\nssl.key.password=hunter2\nsecurity.protocol=SASL_SSL\n',
    ),
  });
  const section = (status: string, count: number) =>
    scope.dialog.getByRole('region', { name: words(`inout.plan.${status}`, { count }) });
  await expect(section('refused', 1)).toContainText(
    'linger.ms = -7 is too small: the least is 0. Kafka answers ConfigException.',
  );
  await expect(section('unknown', 1)).toContainText('Did you mean linger.ms?');
  await expect(section('acts', 2)).toContainText('batch.size = 32768');
  await expect(section('not-yet', 1)).toContainText('security.protocol');
  await expect(section('overridden', 1)).toContainText('Line 3');
  await expect(section('secret', 1)).toContainText('ssl.key.password');
  expect(await page.content()).not.toContain('hunter2');
  await expect(scope.dialog.getByRole('textbox', { name: words('inout.properties.paste') })).not.toHaveValue(/hunter2/);

  const before = await scope.hash();
  await scope.dialog.getByRole('button', { name: words('inout.properties.set', { count: 3 }) }).click();
  await scope.settled();
  const scenario = await scope.ask({ ask: 'scenario' });
  expect(scenario.producers?.[0]?.config).toMatchObject({
    acks: 'all',
    'batch.size': '32768',
    'security.protocol': 'SASL_SSL',
  });
  expect(JSON.stringify(scenario)).not.toContain('hunter2');
  expect((await scope.hash()).hash).not.toBe(before.hash);

  await openTab(scope, 'properties');
  await scope.dialog.getByText(words('inout.properties.out'), { exact: true }).click();
  await scope.dialog.getByText(words('inout.properties.kind.producer'), { exact: true }).click();
  const download = page.waitForEvent('download');
  await scope.dialog
    .getByRole('button', { name: words('inout.save-as', { name: 'producer-checkout.properties' }) })
    .click();
  const text = await saved(download);
  expect(text).toContain('\nbatch.size=32768\n');
  expect(text).toContain('\nsecurity.protocol=SASL_SSL\n');
  await page.keyboard.press('Escape');

  // One step: undone as a whole.
  await page.keyboard.press('ControlOrMeta+z');
  await scope.settled();
  expect((await scope.hash()).hash).toBe(before.hash);

  // What went out comes in again and sets the same.
  await openTab(scope, 'properties');
  await scope.dialog
    .locator('input[type=file]')
    .setInputFiles({ name: 'producer.properties', mimeType: 'text/plain', buffer: Buffer.from(text) });
  await scope.dialog.getByRole('button', { name: /^Set \d+ values$/ }).click();
  await scope.settled();
  expect((await scope.ask({ ask: 'scenario' })).producers?.[0]?.config).toMatchObject({ 'batch.size': '32768' });
});

test('values that do not go together are not set', async ({ scope }) => {
  await scope.openPaused();
  await openTab(scope, 'properties');
  await scope.dialog
    .getByRole('textbox', { name: words('inout.properties.paste') })
    .fill('enable.idempotence=true\nacks=1\nlinger.ms=5\n');
  await expect(scope.dialog.getByRole('alert')).toContainText('the idempotent producer needs acks = all');
  await expect(scope.dialog.getByRole('button', { name: /^Set 3 values$/ })).toBeDisabled();
});

test('the stage as SVG and PNG, events and a story as text, commands to copy', async ({ scope, page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await scope.openPaused();
  await openTab(scope, 'pictures');
  const svg = page.waitForEvent('download');
  await scope.dialog.getByRole('button', { name: words('inout.picture.svg') }).click();
  expect((await svg).suggestedFilename()).toMatch(/^a-shop-at-work-at-\d+\.\d{3}s\.svg$/);
  expect(await saved(svg)).toContain('orders-0');
  const png = page.waitForEvent('download');
  await scope.dialog.getByRole('button', { name: words('inout.picture.png') }).click();
  const bytes = await readFile(await (await png).path());
  expect(bytes.subarray(1, 4).toString()).toBe('PNG');
  const stage = await scope.stage.evaluate((root) => root.scrollWidth);
  expect(bytes.readUInt32BE(16)).toBeGreaterThan(stage * 1.5);
  await expect(scope.dialog.getByRole('textbox', { name: words('inout.events') })).toHaveValue(/A shop at work, up to/);

  await scope.dialog.getByRole('tab', { name: words('inout.tab.commands') }).click();
  const create = words('inout.command.topic.create');
  await scope.dialog.getByRole('button', { name: new RegExp(create.slice(0, 20)) }).click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
    'kafka-topics.sh --bootstrap-server localhost:9092 --create --topic orders --partitions 3 --replication-factor 3',
  );
  await page.keyboard.press('Escape');

  await page.evaluate(() => window.kafkascope!.state().actions.openDialog({ kind: 'story', id: 0 }));
  await scope.dialog.getByRole('button', { name: words('inout.story.markdown') }).click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/^## checkout/);
});
