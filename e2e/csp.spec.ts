/** The strict policy of the built page is there, it bites, and nothing that the page does offends it. */

import type { Dialog } from '../src/store/model.ts';
import { DIALOGS } from './dialogs.ts';
import { expect, type Scope, test } from './page.ts';

declare global {
  interface Window {
    offences?: string[];
  }
}

async function listen(scope: Scope): Promise<void> {
  await scope.page.addInitScript(() => {
    window.offences = [];
    addEventListener('securitypolicyviolation', (event) => {
      window.offences!.push(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`);
    });
  });
}

const HERE: readonly Dialog[] = [
  ...DIALOGS,
  { kind: 'open' },
  { kind: 'ledger', which: 'acked' },
  { kind: 'story', id: 3 },
  { kind: 'glossary', term: 'hw' },
];

test('no journey offends the policy', async ({ scope }) => {
  const { page } = scope;
  await listen(scope);
  await scope.openPaused();
  const policy = await page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute('content');
  expect(policy).toContain("default-src 'none'");
  expect(policy?.replace(" 'wasm-unsafe-eval'", '')).not.toMatch(/unsafe|\*/);

  for (const dialog of HERE) {
    await page.evaluate((what) => window.kafkascope!.state().actions.openDialog(what), dialog);
    await expect(scope.dialog).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(scope.dialog).toHaveCount(0);
  }
  for (const tab of ['parameters', 'state', 'log', 'requests', 'events']) {
    await page.evaluate((to) => window.kafkascope!.state().actions.select('broker:1', to as never), tab);
    await expect(page.getByRole('tabpanel')).not.toBeEmpty();
  }
  await scope.stage.locator('[data-action="menu"]').first().click();
  await expect(page.getByRole('menu')).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.press('d');
  await page.evaluate(() => window.kafkascope!.state().actions.setTheme('dark'));
  await page.evaluate(() => window.kafkascope!.state().actions.setLanguage('zh'));
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');
  const download = page.waitForEvent('download');
  await page
    .getByRole('button', { name: '保存', exact: true })
    .or(page.getByRole('button', { name: '文件' }))
    .first()
    .click();
  if ((await page.getByRole('menu').count()) > 0)
    await page.getByRole('menuitem').filter({ hasText: '保存' }).first().click();
  await download;
  await page.waitForFunction(() => document.querySelector('[data-announcer]') !== null);
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
  await expect(page.locator('.ks-paper-stage > svg')).toBeAttached();
  await page.evaluate(() => dispatchEvent(new Event('afterprint')));
  expect(await page.evaluate(() => window.offences)).toEqual([]);
});

test('the policy bites: a script or a style from the markup is refused', async ({ page }) => {
  await page.addInitScript(() => {
    window.offences = [];
    addEventListener('securitypolicyviolation', (event) => window.offences!.push(event.violatedDirective));
  });
  await page.goto('./');
  await page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'window.planted = true';
    document.body.append(script);
    document.body.setAttribute('style', 'color: red');
  });
  await expect
    .poll(() => page.evaluate(() => window.offences!.slice().sort()))
    .toEqual(['script-src-elem', 'style-src-attr']);
  expect(await page.evaluate(() => 'planted' in window)).toBe(false);
});
