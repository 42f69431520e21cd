import { expect, type Locator, type Page } from '@playwright/test';

/** A simulated desk phone of the wall. */
export class WallPhone {
  readonly #root: Locator;

  constructor(page: Page, name: string) {
    this.#root = page.locator(`panel-desk-phone[data-phone="${name}"]`);
  }

  async dials(number: string): Promise<void> {
    await this.#root.locator('[data-field=number]').fill(number);
    await this.presses('dial');
  }

  async presses(key: 'dial' | 'answer' | 'hold' | 'resume' | 'hang-up'): Promise<void> {
    await this.#root.locator(`[data-action=${key}]`).click();
  }

  async showsLamp(lamp: string): Promise<void> {
    await expect(this.#root).toHaveAttribute('data-lamp', lamp);
  }
}

/** The demo's page: phones on the left, the operator panel on the right. */
export class OfficePage {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  async open(url: string): Promise<void> {
    await this.#page.goto(url);
    await this.showsPbx('up');
    await expect(this.#page.locator('panel-phone-wall section[data-online=true]')).toBeVisible();
  }

  phone(name: string): WallPhone {
    return new WallPhone(this.#page, name);
  }

  /** The lamp beside that extension in the panel. */
  panelLamp(extension: string): Locator {
    return this.#page.locator(`asterclick-lamp[data-extension="${extension}"]`);
  }

  async panelShowsLamp(extension: string, lamp: string): Promise<void> {
    await expect(this.panelLamp(extension)).toHaveAttribute('data-lamp', lamp);
  }

  async showsPbx(state: 'up' | 'syncing' | 'down'): Promise<void> {
    await expect(this.#page.locator(`panel-status header[data-pbx=${state}]`)).toBeVisible();
  }

  async restartsPbx(): Promise<void> {
    await this.#page.locator('[data-action=restart-pbx]').click();
  }

  /** `caller` calls `callee`, who answers; both lamps show the call, on the wall and in the panel. */
  async call(caller: string, callee: string): Promise<void> {
    await this.phone(caller).dials(callee);
    await this.panelShowsLamp(callee, 'ringing');
    await this.phone(callee).presses('answer');
    for (const party of [caller, callee]) {
      await this.phone(party).showsLamp('up');
      await this.panelShowsLamp(party, 'up');
    }
  }
}
