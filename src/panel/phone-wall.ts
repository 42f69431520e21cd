import { html, type PropertyValues } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { PhoneWallClient } from '../client/phone-wall-client.ts';
import { LightElement } from './light-element.ts';

/** The simulated desk phones, and the power switch of their PBX. */
export class PhoneWall extends LightElement {
  static override properties = { phones: { attribute: false } };

  declare phones: PhoneWallClient;
  #off: () => void = () => {};

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#off();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('phones')) return;
    this.#off();
    this.#off = this.phones.watch(() => this.requestUpdate());
  }

  protected override render() {
    const { phones, online } = this.phones;
    return html`<section class="wall" aria-labelledby="wall-title" data-online=${online}>
      <div class="head">
        <h2 id="wall-title">Desk phones</h2>
        <span class="quiet">${online ? 'simulated; press their keys' : 'not connected'}</span>
        <button class="control" data-action="restart-pbx" ?disabled=${!online} @click=${this.#restart}>Restart PBX</button>
      </div>
      <div class="phones">
        ${repeat(
          phones,
          ({ name }) => name,
          (phone) => html`<panel-desk-phone .phone=${phone} .wall=${this.phones}></panel-desk-phone>`,
        )}
      </div>
    </section>`;
  }

  #restart(): void {
    this.phones.press({ do: 'restart' }).catch((error: unknown) => {
      this.dispatchEvent(new CustomEvent('command-failed', { detail: error, bubbles: true }));
    });
  }
}
