/** On paper: the stage, its sentence, the moment, the numbers, what was done and what differs; black on white, nothing to press. */
import { expect, test, words } from './page.ts';

test('the moment on a clean page', async ({ scope }) => {
  const { page } = scope;
  await page.emulateMedia({ colorScheme: 'dark' });
  await scope.openPaused();
  await page.evaluate(() => window.kafkascope!.state().actions.command({ do: 'broker.kill', broker: 1 }));
  await scope.settled();
  const paper = page.locator('.ks-paper');
  await expect(paper).toBeAttached();
  await expect(paper).toBeEmpty();
  // The sheet's list of settings is asked for ahead: a browser does not wait for it.
  await page.waitForFunction(async () => (await window.kafkascope!.ask({ ask: 'scenario' })).steps?.length === 1);
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  await expect(paper.getByRole('heading', { name: 'A shop at work' })).toBeVisible();
  await expect(page.locator('.ks-app')).toBeHidden();
  await expect(paper).toContainText(words('device.print.at', { at: await scope.atUs() }));
  await expect(paper).toContainText('kill broker 1');
  await expect(paper).toContainText('acks=1');
  const { lost, sent } = await scope.totals();
  await expect(paper.locator('.ks-paper-numbers')).toContainText(`${words('panel.number.lost')}${lost}`);
  await expect(paper.locator('.ks-paper-numbers')).toContainText(words('panel.number', { value: sent }));
  await expect(paper.locator('svg text').filter({ hasText: 'orders-2' }).first()).toBeVisible();
  const ground = await paper
    .locator('svg rect')
    .first()
    .evaluate((rect) => rect.getAttribute('fill'));
  expect(ground).toBe('#ffffff');
  expect(await page.evaluate(() => getComputedStyle(document.querySelector('.ks-paper')!).color)).toBe('rgb(0, 0, 0)');
  await page.emulateMedia({ media: null });
  await page.evaluate(() => dispatchEvent(new Event('afterprint')));
  await expect(paper).toBeEmpty();
});
