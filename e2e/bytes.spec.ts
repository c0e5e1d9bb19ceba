/** The byte explorer over the running cluster: a bit is flipped and somebody notices; with the keyboard alone; on a phone; as files. */
import { readFile } from 'node:fs/promises';
import { AxeBuilder } from '@axe-core/playwright';
import { decodeBatch } from '../src/kafka/records/record-batch.ts';
import { expect, type Scope, test, words } from './page.ts';

const MOMENT_US = 6_000_000;

/** A replica's log in the inspector, at a moment when it holds much. */
async function logOf(scope: Scope, replica: string): Promise<void> {
  await scope.openPaused();
  await scope.seek(MOMENT_US);
  await scope.page.evaluate((id) => {
    const { actions } = window.kafkascope!.state();
    actions.select(id);
    actions.setTab('log');
  }, replica);
}

/** Through the inspector's Log tab, to a batch; `before`: how many are newer. */
async function openBytes(scope: Scope, before = 0): Promise<void> {
  await scope.inspector
    .getByRole('button', { name: /^This batch byte by byte: / })
    .nth(before)
    .click();
  await expect(scope.dialog.getByRole('heading', { name: /^Batch \d+ of orders-0, byte by byte$/ })).toBeVisible();
}

const card = (scope: Scope) => scope.dialog.getByRole('region', { name: words('bytes.card') });
const witnesses = (scope: Scope) => scope.dialog.locator('.kb-notices ol > li');
const list = (scope: Scope) => scope.dialog.getByRole('region', { name: words('bytes.list'), exact: true });

async function axe(scope: Scope, part: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page: scope.page }).setLegacyMode().include(part).analyze();
  expect(violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`))).toEqual([]);
}

test('a bit is flipped: who notices, a fresh checksum, put back', async ({ scope }) => {
  const { dialog, page } = scope;
  await logOf(scope, 'replica:orders-0@1');
  const before = await scope.hash();
  await openBytes(scope);

  // From the list to the bytes: the value's first byte.
  await dialog.getByRole('button', { name: words('bytes.record.next') }).click();
  await list(scope)
    .getByRole('button', { name: /^value / })
    .click();
  await expect(card(scope)).toContainText(words('bytes.crc.covered'));
  const chosen = dialog.getByRole('gridcell', { selected: true });
  await expect(chosen).toHaveAccessibleName(/^[0-9a-f]{2} value$/);
  const was = Number.parseInt((await chosen.textContent()) ?? '', 16);

  // From the bytes to the list: what is pointed at is lit there.
  await dialog.locator('[data-byte="20"]').hover();
  await expect(card(scope)).toContainText(words('bytes.for.batch.crc'));

  await dialog.getByRole('radio', { name: words('bytes.flip.bit', { bit: 2 }) }).check({ force: true });
  await dialog.getByRole('button', { name: /^Flip bit 2: / }).click();
  await expect(chosen).toHaveText((was ^ 4).toString(16).padStart(2, '0'));
  await expect(witnesses(scope)).toHaveCount(5);
  await expect(witnesses(scope).nth(0)).toContainText('CORRUPT_MESSAGE');
  await expect(witnesses(scope).nth(1)).toContainText('CorruptRecordException');
  await expect(witnesses(scope).nth(3)).toContainText(words('bytes.notices.no'));
  await expect(dialog.getByText(words('bytes.notices.broken'))).toBeVisible();
  await axe(scope, 'dialog');
  await page.emulateMedia({ colorScheme: 'dark' });
  await axe(scope, 'dialog');

  await dialog.getByRole('button', { name: words('bytes.notices.fresh') }).click();
  await expect(dialog.getByText(words('bytes.notices.holds'))).toBeVisible();
  await expect(dialog.locator('.kb-notices li[data-notices]')).toHaveCount(0);
  await expect(dialog.locator('.kb-reads')).toContainText('value: ');

  await dialog.getByRole('button', { name: words('bytes.notices.back') }).click();
  await expect(chosen).toHaveText(was.toString(16).padStart(2, '0'));
  await expect(dialog.getByText(words('bytes.notices.invite'))).toBeVisible();
  expect(await scope.hash(), 'the cluster has not changed').toEqual(before);
});

test('with the keyboard alone: byte by byte, field by field, to a flipped bit', async ({ scope }) => {
  const { page, dialog } = scope;
  await logOf(scope, 'replica:orders-0@1');
  const way = scope.inspector.getByRole('button', { name: /^This batch byte by byte: / }).first();
  await way.focus();
  await page.keyboard.press('Enter');
  const head = dialog.getByRole('grid', { name: words('bytes.grid.head') });
  await scope.tabTo(head);
  const chosen = dialog.getByRole('gridcell', { selected: true });
  await page.keyboard.press('Home');
  await expect(chosen).toHaveAttribute('data-byte', '0');
  await page.keyboard.press('ArrowRight');
  await expect(chosen).toHaveAttribute('data-byte', '1');
  await page.keyboard.press('Control+ArrowRight');
  await expect(chosen).toHaveAccessibleName(/ batchLength$/);
  await page.keyboard.press('PageDown');
  // The records are a grid of their own: the focus goes along.
  await expect(dialog.getByRole('grid', { name: words('bytes.grid.body') })).toBeFocused();
  await expect(chosen).toHaveAccessibleName(/ length$/);
  await page.keyboard.press('Control+ArrowRight');
  await expect(chosen).toHaveAccessibleName(/ attributes$/);
  await scope.tabTo(dialog.getByRole('radio', { name: words('bytes.flip.bit', { bit: 0 }) }));
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(witnesses(scope).first()).toContainText('CORRUPT_MESSAGE');
  await scope.tabTo(dialog.getByRole('button', { name: words('bytes.notices.back') }));
  await page.keyboard.press('Enter');
  await expect(witnesses(scope)).toHaveCount(0);
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expect(way).toBeFocused();
});

test('the neighbours, another broker’s log, and the files that go out', async ({ scope }) => {
  const { page, dialog } = scope;
  await logOf(scope, 'replica:orders-0@1');
  // One that followers have already.
  await openBytes(scope, 8);
  const title = dialog.getByRole('heading', { level: 2 });
  const last = (await title.textContent()) ?? '';
  await dialog.getByRole('button', { name: words('bytes.previous') }).click();
  await expect(title).not.toHaveText(last);
  await dialog.getByRole('combobox', { name: words('bytes.broker') }).selectOption('2');
  await expect(dialog.getByRole('combobox', { name: words('bytes.broker') })).toHaveValue('2');
  await expect(title).toHaveText(/ of orders-0, /);

  const saved = async (button: string): Promise<{ name: string; bytes: Uint8Array }> => {
    const waiting = page.waitForEvent('download');
    await dialog.getByRole('button', { name: words(button) }).click();
    const file = await waiting;
    return { name: file.suggestedFilename(), bytes: new Uint8Array(await readFile(await file.path())) };
  };
  const batch = await saved('bytes.out.batch');
  expect(batch.name).toBe(`${String(decodeBatch(batch.bytes).baseOffset).padStart(20, '0')}.log`);

  const segment = await saved('bytes.out.segment');
  expect(segment.name).toBe('00000000000000000000.log');
  let [records, next] = [0, 0];
  for (let at = 0; at < segment.bytes.length; ) {
    const read = decodeBatch(segment.bytes, at);
    expect(read.baseOffset).toBe(next);
    next = read.baseOffset + read.batch.lastOffsetDelta + 1;
    records += read.batch.records.length;
    at = read.nextOffset;
  }
  const leo = await scope.read(
    ({ frame }) =>
      frame!.partitions.find(({ name }) => name === 'orders-0')!.replicas.find(({ broker }) => broker === 2)!.leo,
  );
  expect([next, records]).toEqual([leo, leo]);
});

test('three formats of the same records', async ({ scope }) => {
  await logOf(scope, 'replica:orders-0@1');
  await openBytes(scope);
  await scope.dialog.getByRole('button', { name: words('bytes.compare') }).click();
  const overheads = scope.dialog.locator('.kb-overhead b');
  await expect(overheads).toHaveCount(3);
  await expect(overheads.nth(0)).toHaveText('26.0');
  await expect(overheads.nth(1)).toHaveText('34.0');
  await axe(scope, '.kb-formats');
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test('a byte is tapped and its bit flipped; all is large enough, nothing sticks out', async ({ scope }) => {
    const { page, dialog } = scope;
    await scope.openPaused();
    await scope.seek(MOMENT_US);
    await page.evaluate(() =>
      window.kafkascope!.state().actions.openDialog({ kind: 'bytes', thing: 'partition:orders-0', offset: 3 }),
    );
    await dialog.locator('[data-byte="8"]').tap();
    const strip = dialog.locator('.kb-strip');
    await expect(strip).toContainText('batchLength');
    await strip.tap();
    await expect(card(scope)).toBeInViewport();
    await dialog.getByRole('button', { name: /^Flip bit 0: / }).tap();
    await expect(witnesses(scope).first()).toContainText(words('bytes.notices.yes'));
    expect(
      await dialog.evaluate((box) =>
        [...box.querySelectorAll<HTMLElement>('button, select, input.ks-input, .kb-byte-bits label')]
          .filter((element) => element.getClientRects().length > 0 && element.getBoundingClientRect().height < 43.5)
          .map((element) => element.outerHTML.slice(0, 80)),
      ),
    ).toEqual([]);
    expect(
      await page.evaluate(
        () =>
          document.querySelector('.ks-dialog-body')!.scrollWidth -
          document.querySelector('.ks-dialog-body')!.clientWidth,
      ),
    ).toBeLessThanOrEqual(0);
    await axe(scope, 'dialog');
  });
});
