import { html, nothing, type PropertyValues } from 'lit';
import { duration } from '../client/elements/duration.ts';
import { Ticker } from '../client/elements/ticker.ts';
import type { ControlCall, ControlPhone } from '../client/phone-wall-client.ts';
import { LightElement } from './light-element.ts';
import { callWords } from './phone-keys.ts';

/**
 * The display of a desk phone: whose it is, its calls, and the dial field.
 *
 * @fires number-input - what is in the dial field
 * @fires call-pick - the other party's number of the call that was picked
 */
export class PhoneDisplay extends LightElement {
  static override properties = {
    phone: { attribute: false },
    call: { attribute: false },
    number: {},
    nameOf: { attribute: false },
  };

  declare phone: ControlPhone;
  /** The one that the phone's keys are for. */
  declare call: ControlCall | undefined;
  declare number: string;
  /** The phone's own directory, for parties whose name the PBX does not tell. */
  declare nameOf: (number: string) => string | undefined;
  readonly #ticker = new Ticker(this);

  protected override willUpdate(_changed: PropertyValues<this>): void {
    this.#ticker.running = this.phone.calls.length > 0;
  }

  protected override render() {
    const { name, label, registered, calls } = this.phone;
    return html`<div class="display" data-state=${this.call?.state ?? 'none'} ?data-off=${!registered}>
      <div class="owner"><span>${name}</span><span>${label}</span></div>
      <div class="calls" ?data-several=${calls.length > 1}>
        ${calls.length === 0 ? html`<p>${registered ? 'Ready' : 'No service'}</p>` : calls.map((call) => this.#call(call))}
      </div>
      <div class="entry">
        <input
          data-field="number"
          aria-label="Number"
          placeholder="Number"
          inputmode="tel"
          autocomplete="off"
          spellcheck="false"
          .value=${this.number}
          @input=${({ target }: Event) => this.#tell('number-input', (target as HTMLInputElement).value)}
        />
        <button class="soft" data-action="dial" ?disabled=${this.number === ''} @click=${this.#dial}>Dial</button>
      </div>
    </div>`;
  }

  #call(call: ControlCall) {
    const inHand = call === this.call && this.phone.calls.length > 1;
    const { number } = call.shown;
    const name = call.shown.name || this.nameOf(number);
    const now = performance.timeOrigin + performance.now();
    return html`<button
      class="call"
      data-other=${call.other}
      data-call-state=${call.holding ? 'holding' : call.held ? 'held' : call.state}
      aria-pressed=${inHand}
      @click=${() => this.#tell('call-pick', call.other)}
    >
      <span class="who">${name || number || 'Unknown'}${name && number ? html` <small>${number}</small>` : nothing}</span>
      <span class="words">${callWords(call, this.phone.lamp)}<time>${duration(now - call.since)}</time></span>
    </button>`;
  }

  #dial(): void {
    this.dispatchEvent(new CustomEvent('dial-press', { bubbles: true }));
  }

  #tell(type: 'number-input' | 'call-pick', detail: string): void {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true }));
  }
}
