/** Records of a file: read with progress, cancelled, put in, kept, chosen again; other files say what is wrong and where. */
import { expect, type Scope, test, words } from './page.ts';

const HEAD = 'key,customer,amount';

/** A little under 5 MiB of CSV. */
function bigCsv(): string {
  const rows = [HEAD];
  for (let i = 0, size = 0; size < 5_200_000; i++) {
    const row = `k${i % 40},"customer ""${i}"", of a city",${(i * 7) % 1000}`;
    rows.push(row);
    size += row.length + 1;
  }
  return rows.join('\n');
}

const BIG = bigCsv();
const COUNT = BIG.split('\n').length - 1;
const bigFile = { name: 'orders.csv', mimeType: 'text/csv', buffer: Buffer.from(BIG) };

const textFile = (name: string, text: string | Buffer) => ({
  name,
  mimeType: 'text/plain',
  buffer: Buffer.from(text as string),
});

async function openRecords(scope: Scope): Promise<void> {
  await scope.page.getByRole('button', { name: words('app.inout'), exact: true }).click();
  await expect(scope.dialog.getByRole('tab', { name: words('inout.tab.records') })).toHaveAttribute(
    'aria-selected',
    'true',
  );
}

test('a file of 5 MB: progress, cancel, then its rows flow with their keys', async ({ scope, page }) => {
  await scope.openPaused();
  // The first reading is held up before it begins, so that it can be cancelled whatever the machine's speed.
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route(/records-worker/, async (route) => {
    await held;
    await route.continue().catch(() => undefined);
  });
  await openRecords(scope);
  const input = scope.dialog.locator('input[type=file]');
  await input.setInputFiles(bigFile);
  await expect(scope.dialog.getByRole('progressbar')).toBeVisible();
  await scope.dialog.getByRole('button', { name: words('inout.cancel') }).click();
  await expect(scope.dialog.getByRole('progressbar')).toHaveCount(0);
  await expect(scope.dialog.getByText('orders.csv')).toHaveCount(0);
  release();
  await page.unroute(/records-worker/);

  // Now it is read to its end; what the bar showed is noted by the page itself.
  await page.evaluate(() => {
    const seen: number[] = [];
    Object.assign(window, { seen });
    new MutationObserver(() => {
      const bar = document.querySelector('progress');
      if (bar !== null && seen.at(-1) !== bar.value) seen.push(bar.value);
    }).observe(document.body, { subtree: true, childList: true, attributes: true });
  });
  await input.setInputFiles(bigFile);
  await expect(scope.dialog.getByRole('status')).toContainText(
    words('inout.records.count', { count: COUNT, bytes: 0 }).split(',').slice(0, 2).join(','),
  );
  const seen = await page.evaluate(() => (window as unknown as { seen: number[] }).seen);
  expect(seen.length).toBeGreaterThan(0);
  expect([...seen].sort((a, b) => a - b)).toEqual(seen);

  // The column called key is the key; the others are the value, as JSON.
  await expect(scope.dialog.getByRole('combobox', { name: words('inout.records.key'), exact: true })).toHaveValue('0');
  await expect(scope.dialog.locator('tbody tr').first()).toContainText(
    '{"customer":"customer \\"0\\", of a city","amount":"0"}',
  );
  await scope.dialog.getByRole('button', { name: words('inout.records.put', { producer: 'checkout' }) }).click();
  await expect(scope.dialog).toHaveCount(0);
  await scope.settled();
  const { rows } = await scope.ask({ ask: 'records', which: 'all', from: 0, limit: 3 });
  const sent = [...rows].sort((a, b) => a.ordinal - b.ordinal);
  expect(
    sent.map(({ ordinal, key, value }) => [key, value?.startsWith(`{"customer":"customer \\"${ordinal}\\"`)]),
  ).toEqual(sent.map(({ ordinal }) => [`k${ordinal % 40}`, true]));

  // Nothing copies the text: a change in the middle of it all is still quick to answer, and a link says that it is too much.
  await page.getByRole('button', { name: words('app.share'), exact: true }).click();
  await expect(scope.dialog).toContainText('too much for a link');
  await page.keyboard.press('Escape');

  // Kept: chosen again with its columns, then deleted.
  await openRecords(scope);
  await scope.dialog.getByRole('button', { name: 'orders.csv', exact: true }).click();
  await expect(scope.dialog.getByRole('status')).toContainText('records');
  await scope.dialog.getByRole('button', { name: words('inout.other-file') }).click();
  await scope.dialog.getByRole('button', { name: words('inout.kept.delete', { name: 'orders.csv' }) }).click();
  await expect(scope.dialog.getByRole('button', { name: 'orders.csv', exact: true })).toHaveCount(0);
});

test('what is wrong with a file is said with its line', async ({ scope }) => {
  await scope.openPaused();
  await openRecords(scope);
  const input = scope.dialog.locator('input[type=file]');
  const lines = Array.from({ length: 811 }, (_, i) => `${i},x`);
  const cases: readonly (readonly [ReturnType<typeof textFile>, RegExp])[] = [
    [
      textFile('open.csv', `${[...lines, '811,"open'].join('\n')}\n`),
      /Line 812, column 5: a quote is opened here and never closed/,
    ],
    [textFile('a.jsonl', '{"a":1}\n{"a":}\n'), /Line 2, column 6: "}" stands where a value should/],
    [textFile('gbk.txt', Buffer.from([0x61, 10, 0xc4, 0xe3])), /line 2 holds the byte C4/],
    [textFile('wide.txt', Buffer.from('\uFEFFab', 'utf16le')), /is UTF-16/],
    [textFile('large.txt', Buffer.alloc(5_242_881, 97)), /at most 5 MiB are read/],
    [textFile('empty.txt', ''), /is empty/],
  ];
  for (const [file, expected] of cases) {
    await input.setInputFiles(file);
    await expect(scope.dialog.getByRole('alert')).toContainText(expected);
    await scope.dialog.getByRole('button', { name: words('inout.other-file') }).click();
  }
  await expect(input).toHaveCount(1);
});

test('keyboard only: a text is pasted, looked at and sent from now', async ({ scope, page }) => {
  await scope.openPaused();
  const open = page.getByRole('button', { name: words('app.inout'), exact: true });
  await scope.tabTo(open);
  await page.keyboard.press('Enter');
  await scope.tabTo(scope.dialog.getByRole('button', { name: words('inout.paste') }));
  await page.keyboard.press('Enter');
  await page.keyboard.insertText('{"who":"ann","n":1}\n{"who":"bob","n":2}\n');
  await scope.tabTo(scope.dialog.getByRole('button', { name: words('inout.read') }));
  await page.keyboard.press('Enter');
  await expect(scope.dialog.getByRole('status')).toContainText('2 records');
  await scope.tabTo(scope.dialog.getByRole('combobox', { name: words('inout.records.key'), exact: true }));
  await page.keyboard.type('who');
  await expect(scope.dialog.locator('tbody tr').first()).toContainText('ann');
  await scope.tabTo(scope.dialog.getByRole('radio', { name: words('panel.from.start') }));
  await page.keyboard.press('ArrowRight');
  await scope.tabTo(scope.dialog.getByRole('button', { name: words('inout.records.put', { producer: 'checkout' }) }));
  await page.keyboard.press('Enter');
  await expect(scope.dialog).toHaveCount(0);
  await scope.settled();
  const commands = await scope.read((state) =>
    state.timeline.commands.filter(({ origin }) => origin === 'you').map(({ command }) => [command.key, command.value]),
  );
  expect(commands).toEqual([
    ['ann', '{"who":"ann","n":1}'],
    ['bob', '{"who":"bob","n":2}'],
  ]);
});

test('a file dropped on the page says what it would do before it does it', async ({ scope, page }) => {
  await scope.openPaused();
  const drop = async (name: string, text: string): Promise<void> => {
    const data = await page.evaluateHandle(
      ([fileName, content]) => {
        const transfer = new DataTransfer();
        transfer.items.add(new File([content as string], fileName as string));
        return transfer;
      },
      [name, text],
    );
    await page.dispatchEvent('.ks-app', 'drop', { dataTransfer: data });
  };
  await drop('rows.csv', 'a;b\n1;2\n');
  await expect(scope.dialog.getByText('rows.csv')).toBeVisible();
  await expect(scope.dialog.getByRole('status')).toContainText('1 record');
  await page.keyboard.press('Escape');
  await drop('consumer.properties', 'auto.offset.reset=latest\n');
  await expect(scope.dialog.getByRole('tab', { name: words('inout.tab.properties') })).toHaveAttribute(
    'aria-selected',
    'true',
  );
  await expect(scope.dialog.getByRole('radio', { name: words('inout.properties.kind.consumer') })).toBeChecked();
});
