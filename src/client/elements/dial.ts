import { css, html, LitElement, nothing, type PropertyValues } from 'lit';
import type { AsterClick } from '../asterclick.ts';
import { ClientController } from './client-controller.ts';
import { controls, theme } from './theme.ts';

/**
 * `<asterclick-dial from="1001">`: rings an extension's phone and, once it is answered, calls a number.
 *
 * @fires from-change - the extension that was chosen to call from
 * @fires command-failed - the error, when the gateway refuses
 */
export class AsterClickDial extends LitElement {
  static override properties = { from: {}, number: {}, client: { attribute: false } };

  static override styles = [
    theme,
    controls,
    css`
      :host {
        display: block;
      }
      form {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0.375rem;
      }
      label {
        font-size: 0.8125rem;
        color: var(--muted);
      }
      select {
        max-inline-size: 11rem;
      }
      input {
        inline-size: 9rem;
        flex: 1 1 7rem;
        font-family: var(--mono);
      }
    `,
  ];

  declare from: string;
  declare number: string;
  declare client: AsterClick | undefined;
  readonly #session = new ClientController(this, {
    live: ({ live }) => live.extensions,
    connection: ({ connection }) => connection.name,
  });

  constructor() {
    super();
    this.from = '';
    this.number = '';
  }

  /** To the field for the number: who calls from where is chosen once. */
  override focus(): void {
    this.renderRoot.querySelector<HTMLElement>('[data-field="number"]')?.focus();
  }

  /** Puts a number in the field and the focus on the key that calls it. */
  prepare(number: string): void {
    this.number = number;
    this.renderRoot.querySelector<HTMLElement>('[data-action="dial"]')?.focus();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('client')) this.#session.own = this.client;
  }

  protected override render() {
    const client = this.#session.client;
    return html`<form @submit=${this.#dial}>
      <label for="from">Call from</label>
      <select id="from" class="field" data-field="from" .value=${this.from} @change=${this.#chooseFrom}>
        <option value="" ?selected=${this.from === ''}>choose</option>
        ${
          client?.live.extensions
            .filter(({ kind }) => kind === 'phone')
            .map(
              ({ extension, name }) =>
                html`<option value=${extension} ?selected=${extension === this.from}>${extension} ${name}</option>`,
            ) ?? nothing
        }
      </select>
      <input
        class="field"
        data-field="number"
        aria-label="Number to call"
        placeholder="Number"
        inputmode="tel"
        autocomplete="off"
        required
        .value=${this.number}
        @input=${this.#type}
      />
      <button class="key primary" data-action="dial" ?disabled=${!client?.may('dial') || this.from === ''}>Call</button>
    </form>`;
  }

  #chooseFrom({ target }: Event): void {
    this.from = (target as HTMLSelectElement).value;
    this.dispatchEvent(new CustomEvent('from-change', { detail: this.from, bubbles: true, composed: true }));
  }

  #type({ target }: Event): void {
    this.number = (target as HTMLInputElement).value;
  }

  async #dial(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const to = this.number.trim();
    if (to === '' || this.from === '') return;
    this.number = '';
    try {
      await this.#session.client?.dial(this.from, to);
    } catch (error) {
      this.dispatchEvent(new CustomEvent('command-failed', { detail: error, bubbles: true, composed: true }));
    }
  }
}
