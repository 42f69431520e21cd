import { test as base, expect } from '@playwright/test';
import { type Demo, startDemo } from './demo.ts';
import { OfficePage } from './office-page.ts';

interface Fixtures {
  /** A demo of the test's own, whose phones nobody else touches. It must end with status 0. */
  readonly demo: Demo;
  /** Its page, open and connected. */
  readonly office: OfficePage;
}

export const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern which fixtures are wanted
  demo: async ({}, use) => {
    const demo = await startDemo('--quiet');
    await use(demo);
    expect(await demo.stop(), 'exit status after Ctrl-C').toBe(0);
  },
  office: async ({ demo, page }, use) => {
    const office = new OfficePage(page);
    await office.open(demo.url);
    await use(office);
  },
});

export { expect };
