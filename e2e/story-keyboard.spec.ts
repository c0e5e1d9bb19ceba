/** A leader killed, its losses read, a step back, two settings, the same seconds again: with the keyboard alone. */
import { expect, type Scope, test, words } from './page.ts';

/** Presses a key until something holds of the page; each press waits for the engine's answer. */
async function pressUntil(
  scope: Scope,
  key: string,
  holds: Parameters<Scope['until']>[0],
  most: number,
): Promise<void> {
  for (let i = 0; i < most; i++) {
    if (await scope.read(holds)) return;
    await scope.page.keyboard.press(key);
    await scope.settled();
  }
  throw new Error(`${most} times ${key}, and it is not so yet.`);
}

/** Chooses a thing in the inspector's list, where Esc leads from anything that is selected. */
async function choose(scope: Scope, name: string): Promise<void> {
  await pressUntil(scope, 'Escape', (state) => state.selection === null, 3);
  await scope.tabTo(scope.inspector.getByRole('button', { name, exact: true }));
  await scope.page.keyboard.press('Enter');
  await expect(scope.inspector.getByRole('heading', { name })).toBeVisible();
}

/** Finds a parameter of the selected thing and sets it by its control, from the start. */
async function setParameter(scope: Scope, key: string, value: string): Promise<void> {
  const { page, inspector } = scope;
  await page.keyboard.press('1');
  await scope.tabTo(inspector.getByRole('searchbox'));
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type(key);
  const row = inspector.locator('.ks-parameter').filter({ has: page.getByText(key, { exact: true }) });
  await expect(row).toHaveCount(1);
  await expect(inspector.getByRole('radio', { name: 'from the start' })).toBeChecked();
  const before = await scope.read((state) => state.branched?.to ?? 0);
  const field = row.getByRole('textbox');
  if ((await field.count()) > 0) {
    await scope.tabTo(field);
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type(value);
    await page.keyboard.press('Enter');
  } else {
    // A group of radio buttons is one stop of the Tab key; arrows choose.
    await scope.tabTo(row.getByRole('radio', { checked: true }));
    await page.keyboard.press('ArrowRight');
    await expect(row.getByRole('radio', { name: value, exact: true })).toBeChecked();
  }
  await expect(async () => {
    const { branch, is } = await scope.read((state) => ({ branch: state.branched?.to ?? 0, is: state.pending }));
    expect(branch).toBeGreaterThan(before);
    expect(is).toBe(0);
  }).toPass();
}

test('the first story with the keyboard alone', async ({ scope }) => {
  const { page } = scope;
  await scope.open();
  await page.keyboard.press('Space');
  await scope.until((state) => !state.player.playing);
  await scope.settled();

  // To a moment when something in orders-0 is acknowledged and not yet copied.
  await pressUntil(scope, 'ArrowRight', (state) => state.frame!.partitions[0]!.atRisk > 3, 400);
  const killedAtUs = await scope.atUs();

  // Into the stage, by arrows to broker 1, Enter selects, K kills.
  await scope.tabTo(page.locator('.ks [data-stop][tabindex="0"]'));
  const broker = scope.stage.locator('[data-thing="broker:1"]');
  for (const key of ['ArrowLeft', 'ArrowDown', 'ArrowLeft', 'ArrowDown', 'ArrowUp', 'ArrowLeft', 'ArrowUp']) {
    if (await broker.evaluate((element) => element === document.activeElement)) break;
    await page.keyboard.press(key);
  }
  await expect(broker).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(scope.inspector.getByRole('heading', { name: 'Broker 1' })).toBeVisible();
  await page.keyboard.press('k');
  await scope.until((state) => state.frame!.brokers[0]!.state === 'down');
  await expect(page.getByRole('button', { name: /^kill broker 1 at/i })).toBeVisible();

  // S skips from decision to decision, until the loss is decided.
  await pressUntil(scope, 's', (state) => state.frame!.totals.lost > 0, 12);
  const lostAtUs = await scope.atUs();
  const lost = await scope.value('lost');
  expect(lost).toBe((await scope.totals()).lost);

  // The list of the lost, the story of one, and back into time before it happened.
  await scope.tabTo(scope.number('lost'));
  await page.keyboard.press('Enter');
  await expect(scope.dialog.getByRole('heading', { name: `${lost} lost` })).toBeVisible();
  await scope.tabTo(scope.dialog.locator('td').getByRole('button').first());
  await page.keyboard.press('Enter');
  await expect(scope.dialog.getByRole('heading', { name: words('panel.story.title') })).toBeVisible();
  await expect(scope.dialog.getByText(words('panel.fate.lost.why'))).toBeVisible();
  await scope.tabTo(scope.dialog.locator('.ks-story').getByRole('button').first());
  await page.keyboard.press('Enter');
  await scope.until((state) => state.pending === 0 && state.frame!.totals.lost === 0);
  expect(await scope.atUs()).toBeLessThan(killedAtUs);
  await page.keyboard.press('Escape');
  await expect(scope.dialog).toHaveCount(0);
  expect(await scope.value('lost')).toBe(0);
  expect(await scope.read((state) => state.frame!.brokers[0]!.state)).toBe('up');

  // Two settings, from the start.
  await choose(scope, 'orders');
  await setParameter(scope, 'min.insync.replicas', '2');
  await choose(scope, 'checkout');
  await setParameter(scope, 'acks', 'all');
  expect(await scope.read((state) => state.frame!.producers[0]!.acks)).toBe('all');

  // The same seconds once more, and the kill in them.
  await scope.tabTo(page.getByRole('slider', { name: words('panel.playhead') }));
  for (let i = 0; i < 40 && (await scope.atUs()) < lostAtUs; i++) {
    await page.keyboard.press('PageUp');
    await scope.settled();
  }
  await scope.until((state) => state.frame!.brokers[0]!.state === 'down' && state.frame!.partitions[0]!.leader > 1);
  expect(await scope.value('lost')).toBe(0);
  await scope.tabTo(page.getByRole('button', { name: words('panel.changed.open') }).first());
  await page.keyboard.press('Enter');
  await expect(scope.dialog.getByRole('heading', { name: words('panel.changed.title') })).toBeVisible();
  await expect(scope.dialog.getByText(/checkout acks\s*1 → all/)).toBeVisible();
  await expect(scope.dialog.getByText(/enable\.idempotence\s*false → true/)).toBeVisible();
  const { branched, atUs } = await scope.read((state) => ({ branched: state.branched!, atUs: state.frame!.atUs }));
  const before = await scope.ask({ ask: 'summary', branch: branched.from, atUs });
  expect(before.totals.lost).toBe(lost);
  await expect(scope.dialog.getByRole('row', { name: /^Lost/ }).getByRole('cell').first()).toHaveText(String(lost));
  await expect(scope.dialog.getByRole('row', { name: /^Lost/ }).getByRole('cell').last()).toHaveText('0');
  await expect(scope.dialog.getByRole('row', { name: words('panel.changed.usual') })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(scope.dialog).toHaveCount(0);
});
