import type { Page } from '@playwright/test';
import { expect, test } from './test.ts';

/** The number of the lamp that has the focus. */
function focusedLamp(page: Page): Promise<string | undefined> {
  return page.evaluate(() => (document.activeElement as HTMLElement | null)?.dataset['extension']);
}

test('a call is made, held, resumed and ended on the phones without a mouse', async ({ office, page }) => {
  await page.keyboard.press('p');
  await page.keyboard.type('1002');
  await page.keyboard.press('Enter');
  await office.panelShowsLamp('1002', 'ringing');
  await page.locator('[data-phone="1002"]').focus();
  await page.keyboard.press('Enter');
  await office.panelShowsLamp('1001', 'up');
  await page.locator('[data-phone="1001"]').focus();
  await page.keyboard.press('h');
  await office.panelShowsLamp('1002', 'held');
  await page.keyboard.press('h');
  await office.panelShowsLamp('1002', 'up');
  await page.keyboard.press('x');
  await office.panelShowsLamp('1002', 'idle');
});

test('lamps are one stop of the tab key, arrows move among them, and Enter takes the number to call it', async ({
  office,
  page,
}) => {
  await page.keyboard.press('l');
  expect(await focusedLamp(page)).toBe('1001');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  expect(await focusedLamp(page)).toBe('1003');
  await page.keyboard.press('Tab');
  expect((await focusedLamp(page)) ?? 'elsewhere').not.toMatch(/^100/);
  await page.keyboard.press('Shift+Tab');
  expect(await focusedLamp(page)).toBe('1003');
  await page.keyboard.press('Enter');
  await expect(page.locator('asterclick-dial [data-field=number]')).toHaveValue('1003');
  await page.keyboard.press('Enter');
  await office.panelShowsLamp('1001', 'ringing');
});

test('a call is held, taken back and ended in the list of calls, by keys and by buttons', async ({ office, page }) => {
  await office.call('1001', '1002');
  await page.keyboard.press('c');
  await page.keyboard.press('h');
  await office.panelShowsLamp('1001', 'held');
  const call = page.locator('asterclick-call');
  await call.locator('[data-action=resume]').click();
  await office.panelShowsLamp('1001', 'up');
  await page.keyboard.press('c');
  await page.keyboard.press('t');
  await expect(call.locator('[name=to]')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(call.locator('[name=to]')).toBeHidden();
  await page.keyboard.press('x');
  await office.panelShowsLamp('1001', 'idle');
});

test('the list of keys opens and closes, and keys mean nothing while a person types', async ({ page, office }) => {
  await page.keyboard.press('?');
  await expect(page.locator('dialog.shortcuts')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.locator('dialog.shortcuts')).toBeHidden();
  await page.keyboard.press('d');
  await page.keyboard.type('?p');
  await expect(page.locator('asterclick-dial [data-field=number]')).toHaveValue('?p');
  await expect(page.locator('dialog.shortcuts')).toBeHidden();
  await office.panelShowsLamp('1001', 'idle');
});
