/** The branches of history: listed with their figures, named, compared any with any, deleted; and marked moments. */
import { readFile } from 'node:fs/promises';
import { expect, type Scope, stranger, test, words } from './page.ts';

/** A kill, then two edits from the start: three branches, with losses in the first. */
async function threeBranches(scope: Scope): Promise<void> {
  const scenario = await scope.ask({ ask: 'scenario' });
  await scope.play({ ...scenario, steps: [{ atMs: 8_500, do: 'broker.kill', broker: 1 }] }, 18_500_000);
  for (const [kind, entity, key, value] of [
    ['producer', 'checkout', 'acks', 'all'],
    ['topic', 'orders', 'min.insync.replicas', '2'],
  ]) {
    await scope.page.evaluate(
      ([scope_, entity_, key_, value_]) =>
        window
          .kafkascope!.state()
          .actions.configure([{ scope: scope_ as 'topic', entity: entity_!, key: key_!, value: value_! }], 'start'),
      [kind, entity, key, value] as const,
    );
    await scope.settled();
  }
  await scope.until((state) => state.timeline.branches.length === 3);
}

const openPanel = async (scope: Scope): Promise<void> => {
  await scope.time.getByRole('button', { name: words('panel.branches.open', { count: 3 }) }).click();
  await expect(scope.dialog.getByRole('heading', { name: words('time.branches') })).toBeVisible();
};

const row = (scope: Scope, name: string) => scope.dialog.getByRole('row').filter({ hasText: name });

test('the panel lists each branch with its figures at this moment; one goes there, names it, deletes it', async ({
  scope,
}) => {
  await scope.openPaused();
  await threeBranches(scope);
  await openPanel(scope);
  await expect(row(scope, 'as opened').getByRole('cell').first()).toHaveText(/^[1-9]/);
  await expect(row(scope, 'min.insync.replicas 1 → 2').getByRole('cell').first()).toHaveText('0');
  // What differs from the branch on the stage is marked, what is equal is not.
  await expect(row(scope, 'as opened').getByRole('cell').first()).toHaveAttribute('data-differs', 'true');
  await expect(row(scope, 'acks 1 → all').getByRole('cell').first()).not.toHaveAttribute('data-differs', 'true');

  await scope.dialog.getByRole('button', { name: 'as opened', exact: true }).click();
  await scope.until((state) => state.frame!.branch === 0 && state.pending === 0);
  expect(await scope.atUs()).toBe(18_500_000);

  await scope.dialog.getByRole('button', { name: /^Name and note: acks 1 → all/ }).click();
  await scope.dialog.getByRole('textbox', { name: words('time.branch.name') }).fill('safe');
  await scope.dialog.getByRole('textbox', { name: words('time.branch.note') }).fill('nothing is lost');
  await scope.dialog.getByRole('button', { name: words('time.branch.save') }).click();
  await expect(row(scope, 'safe')).toContainText('nothing is lost');

  await scope.dialog.getByRole('button', { name: 'Delete: safe' }).click();
  await scope.dialog.getByRole('button', { name: words('time.branch.delete'), exact: true }).click();
  await expect(row(scope, 'safe')).toHaveCount(0);
  await expect(row(scope, 'min.insync.replicas 1 → 2')).toBeVisible();
  await scope.dialog.getByRole('button', { name: /^Undo: the branch “safe” deleted/ }).click();
  await expect(row(scope, 'safe')).toBeVisible();
  await scope.page.keyboard.press('Escape');
  await expect(scope.dialog).toHaveCount(0);
});

test('any two branches are compared: since the last edit, and since the beginning', async ({ scope }) => {
  await scope.openPaused();
  await threeBranches(scope);
  await openPanel(scope);
  await scope.dialog.getByRole('button', { name: words('time.branch.compare-two') }).click();
  const card = scope.dialog;
  // Since the beginning: both edits, and what they brought.
  await expect(card.getByText('acks', { exact: true })).toBeVisible();
  await expect(card.getByText('min.insync.replicas', { exact: true })).toBeVisible();
  await expect(card.getByRole('row', { name: /^Lost/ })).toContainText('0');
  await card.getByRole('button', { name: words('time.since.last') }).click();
  await expect(card.getByText('min.insync.replicas', { exact: true })).toBeVisible();
  await expect(card.getByText('acks', { exact: true })).toHaveCount(0);
  // Chosen by name.
  await card.getByRole('combobox').nth(1).selectOption({ label: 'acks 1 → all' });
  await card.getByRole('combobox').nth(0).selectOption({ label: 'as opened' });
  await expect(card.getByText('acks', { exact: true })).toBeVisible();
  await expect(card.getByText('min.insync.replicas', { exact: true })).toHaveCount(0);
  await card.getByRole('combobox').nth(0).selectOption({ label: 'acks 1 → all' });
  await expect(card.getByText(words('time.compare.same'))).toBeVisible();
});

test('a bookmark with a note: by key, on the strip, in a link and in a file', async ({ scope, browser, baseURL }) => {
  await scope.openPaused();
  await scope.seek(9_250_500);
  await scope.page.keyboard.press('b');
  await expect(scope.dialog.getByRole('textbox')).toBeFocused();
  await scope.page.keyboard.type('Here the followers have it');
  await scope.page.keyboard.press('Enter');
  await expect(scope.dialog).toHaveCount(0);
  const flag = scope.time.getByRole('button', { name: 'Bookmark at 9.251 s: Here the followers have it' });
  await expect(flag).toBeVisible();
  await scope.seek(4_000_000);
  await flag.focus();
  await scope.page.keyboard.press('Enter');
  await scope.until((state) => state.frame!.atUs === 9_250_500 && state.pending === 0);

  const download = scope.page.waitForEvent('download');
  await scope.page.getByRole('button', { name: 'Save', exact: true }).click();
  const file = JSON.parse(await readFile(await (await download).path(), 'utf8')) as { bookmarks?: unknown };
  expect(file.bookmarks).toEqual([{ atMs: 9250.5, note: 'Here the followers have it' }]);

  await scope.page.getByRole('button', { name: 'Share', exact: true }).click();
  const field = scope.dialog.getByRole('textbox');
  await expect(field).toHaveValue(/#k1\./);
  const link = await field.inputValue();
  const { hash } = await scope.hash();
  const other = await stranger(browser, baseURL);
  await other.open(link);
  await other.settled();
  await expect(other.time.getByRole('button', { name: /^Bookmark at 9\.251 s: Here/ })).toBeVisible();
  expect((await other.hash()).hash).toBe(hash);
  await other.page.context().close();
});

test('a bookmark of another branch says so; deleted ones can be put back', async ({ scope }) => {
  await scope.openPaused();
  await threeBranches(scope);
  await scope.page.keyboard.press('b');
  await expect(scope.dialog.getByRole('textbox')).toBeFocused();
  await scope.page.keyboard.type('in the third');
  await scope.page.keyboard.press('Enter');
  await scope.page.evaluate(() => window.kafkascope!.state().actions.branch(0));
  await scope.until((state) => state.frame!.branch === 0 && state.pending === 0);
  await scope.time.getByRole('button', { name: words('panel.bookmarks.open', { count: 1 }) }).click();
  await expect(scope.dialog).toContainText('In the branch “min.insync.replicas 1 → 2”');
  await scope.dialog.getByRole('button', { name: /^Delete the bookmark/ }).click();
  await expect(scope.dialog.getByRole('textbox')).toHaveCount(0);
  await scope.dialog.getByRole('button', { name: words('time.bookmark.put-back', { count: 1 }) }).click();
  await scope.dialog.getByRole('button', { name: /^Go to 18\.500 s/ }).click();
  await scope.until((state) => state.frame!.branch === 2 && state.pending === 0);
  expect(await scope.atUs()).toBe(18_500_000);
});
