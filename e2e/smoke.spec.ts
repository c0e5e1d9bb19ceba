import { expect, test } from '@playwright/test';

test('the page opens and has its title', async ({ page }) => {
  await page.goto('./');
  await expect(page).toHaveTitle(/Kafkascope/);
  await expect(page.locator('#root')).not.toBeEmpty();
});
