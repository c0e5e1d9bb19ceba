/** First-visit hints: one at a time, never over what they point at, gone for good once done or put away. */
import { expect, type Scope, test, words } from './page.ts';

test.use({ storageState: { cookies: [], origins: [] } });

const TARGETS = { play: '.ks-play-row', break: '.ks [data-action="menu"]', ledger: '.ks-numbers' } as const;

async function apart(scope: Scope, target: string): Promise<void> {
  const hint = (await scope.page.locator('.ks-hint').boundingBox())!;
  const at = (await scope.page.locator(target).first().boundingBox())!;
  const over =
    hint.x < at.x + at.width && at.x < hint.x + hint.width && hint.y < at.y + at.height && at.y < hint.y + hint.height;
  expect(over, `the hint covers ${target}`).toBe(false);
}

test('they come one by one and leave when their thing is done', async ({ scope }) => {
  const { page } = scope;
  await scope.open();
  const hint = page.locator('.ks-hint');
  await expect(hint).toHaveText(new RegExp(words('hint.play').slice(0, 30)));
  await expect(hint).toBeVisible();
  await apart(scope, TARGETS.play);
  await scope.pause();

  await expect(hint).toContainText(words('hint.break'));
  await apart(scope, TARGETS.break);
  await page.locator(TARGETS.break).first().click();
  await expect(hint).toHaveCount(0);
  await page.keyboard.press('Escape');

  await expect(hint).toContainText(words('hint.value'));
  await hint.getByRole('button', { name: words('hint.done') }).click();
  await expect(hint).toContainText(words('hint.ledger'));
  await apart(scope, TARGETS.ledger);

  // A reload does not bring back what is done.
  await page.reload();
  await scope.firstPicture();
  await expect(hint).toContainText(words('hint.ledger'));
  await hint.getByRole('button', { name: words('hint.none') }).click();
  await expect(hint).toHaveCount(0);
  await page.reload();
  await scope.firstPicture();
  await expect(page.locator('[data-announcer]')).toBeAttached();
  await expect(hint).toHaveCount(0);
});

test('a lesson under way leads alone', async ({ scope }) => {
  await scope.open();
  await expect(scope.page.locator('.ks-hint')).toBeVisible();
  await scope.page.locator('.ks-lesson-go').click();
  await scope.until((state) => (state.lesson?.step ?? 0) > 0);
  await expect(scope.page.locator('.ks-hint')).toHaveCount(0);
});
