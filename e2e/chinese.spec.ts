/** Whoever's browser speaks Chinese gets a Chinese page: all of it, from the first word to the last dialog. */

import type { Dialog } from '../src/store/model.ts';
import { DIALOGS } from './dialogs.ts';
import { expect, type Scope, test } from './page.ts';

test.use({ locale: 'zh-CN' });

/** Three English words in a row, which no name on the page has. Content of records and Kafka's own names are not the page's. */
function english(scope: Scope, part: string): Promise<string[]> {
  return scope.page.evaluate((selector) => {
    const found: string[] = [];
    for (const root of document.querySelectorAll(selector)) {
      for (const element of root.querySelectorAll('[aria-label], [title]')) {
        found.push(element.getAttribute('aria-label') ?? '', element.getAttribute('title') ?? '');
      }
      const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) {
        const parent = walker.currentNode.parentElement;
        if (parent?.closest('pre, code, textarea, .kp-mono, .ks-value, [lang="en"]') !== null) continue;
        found.push(walker.currentNode.textContent ?? '');
      }
    }
    return found.filter((text) => /\b[a-z]{2,} [a-z]{2,} [a-z]{2,}\b/.test(text)).map((text) => text.slice(0, 80));
  }, part);
}

const HERE: readonly Dialog[] = [
  ...DIALOGS,
  { kind: 'add', what: 'producer' },
  { kind: 'ledger', which: 'lost' },
  { kind: 'glossary', term: 'isr' },
];

test('every view in Chinese, and there and back', async ({ scope }) => {
  const { page } = scope;
  await page.goto('./');
  await page.waitForFunction(() => (window.kafkascope?.state().frame ?? null) !== null);
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');
  await expect(page.locator('.ks-lesson-go')).toBeVisible();
  await scope.pause();
  await expect(page.locator('.ks-caption p')).toHaveText(/[\u4e00-\u9fff]/);
  expect(await english(scope, '.ks-app')).toEqual([]);

  await page.evaluate(() => {
    const { actions } = window.kafkascope!.state();
    actions.command({ do: 'broker.kill', broker: 1 });
    actions.skip();
  });
  await scope.settled();
  for (const thing of ['broker:1', 'partition:orders-0', 'producer:checkout', 'consumer:c1']) {
    for (const tab of ['state', 'parameters', 'events']) {
      await page.evaluate(([id, at]) => window.kafkascope!.state().actions.select(id!, at as never), [thing, tab]);
      await scope.settled();
      expect(await english(scope, '.ks-side'), `${thing} ${tab}`).toEqual([]);
    }
  }
  for (const dialog of HERE) {
    await page.evaluate((what) => window.kafkascope!.state().actions.openDialog(what), dialog);
    await expect(scope.dialog.getByRole('heading').first()).not.toBeEmpty();
    expect(await english(scope, 'dialog'), dialog.kind).toEqual([]);
    await page.keyboard.press('Escape');
    await expect(scope.dialog).toHaveCount(0);
  }

  // There and back: the choice is kept over a reload.
  await page.getByRole('button', { name: 'Switch to English' }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await scope.firstPicture();
});
