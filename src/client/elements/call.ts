import { css, html, LitElement, nothing, type PropertyValues } from 'lit';
import type { AsterClick } from '../asterclick.ts';
import type { CallView } from '../live/call-view.ts';
import { calledName, callNumbers, callText, partyName, transferOf } from './call-text.ts';
import { ClientController } from './client-controller.ts';
import { duration } from './duration.ts';
import type { HoldControl } from './hold-control.ts';
import { controls, theme } from './theme.ts';
import { Ticker } from './ticker.ts';

const LAMPS = { ringing: 'ringing', up: 'up', held: 'held' } as const;

/**
 * `<asterclick-call>`: one call with its lamp, parties, timer and controls; keys `h` (hold, resume), `t` (transfer), `x` (hang up).
 *
 * @fires command-failed - the error, when the gateway or a phone refuses
 */
export class AsterClickCall extends LitElement {
  static override properties = {
    client: { attribute: false },
    call: { attribute: false },
    holds: { attribute: false },
    transferring: { state: true },
  };

  static override styles = [
    theme,
    controls,
    css`
      .row {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr) auto auto;
        align-items: center;
        column-gap: 0.75rem;
        padding: 0.55rem 0;
        border-radius: 6px;
      }
      .parties,
      .state {
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .parties {
        font-size: 0.9375rem;
        font-weight: 550;
      }
      .arrow,
      .state {
        font-weight: 400;
        color: var(--muted);
      }
      .state {
        font-size: 0.8125rem;
        line-height: 1.4;
      }
      .number {
        margin-inline-end: 0.4em;
        font: 0.96em var(--mono);
      }
      time {
        font: 500 0.875rem var(--mono);
        min-inline-size: 3.5rem;
        text-align: end;
      }
      .keys,
      form {
        display: flex;
        gap: 0.375rem;
      }
      .field {
        inline-size: 9rem;
      }
      @container (max-width: 31rem) {
        .row {
          grid-template-columns: auto minmax(0, 1fr) auto;
          row-gap: 0.4rem;
        }
        .keys,
        form {
          grid-column: 2 / -1;
        }
      }
      :host {
        display: block;
        container-type: inline-size;
        isolation: isolate;
      }
    `,
  ];

  declare client: AsterClick | undefined;
  declare call: CallView;
  declare holds: HoldControl | undefined;
  declare transferring: boolean;
  readonly #session = new ClientController(this, { connection: ({ connection }) => connection.name });
  readonly #ticker = new Ticker(this);

  constructor() {
    super();
    this.transferring = false;
  }

  override focus(): void {
    this.renderRoot.querySelector<HTMLElement>('.row')?.focus();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#ticker.running = true;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('client')) this.#session.own = this.client;
  }

  protected override render() {
    const { call } = this;
    const label = `${partyName(call.caller)} to ${calledName(call)}: ${callText(call)}`;
    const sinceMs = call.answeredMs || call.sinceMs;
    return html`<div class="row" role="group" tabindex="0" aria-label=${label} @keydown=${this.#key}>
      <asterclick-light lamp=${LAMPS[call.state]}></asterclick-light>
      <div>
        <div class="parties">${partyName(call.caller)} <span class="arrow">→</span> ${calledName(call)}</div>
        <div class="state"><span class="number">${callNumbers(call)}</span> ${callText(call)}</div>
      </div>
      <time>${duration((this.#session.client?.nowMs() ?? sinceMs) - sinceMs)}</time>
      ${this.transferring ? this.#transferForm() : this.#keys()}
    </div>`;
  }

  #keys() {
    const client = this.#session.client;
    const { do: command } = transferOf(this.call);
    return html`<div class="keys">
      ${this.#holdKey()}
      <button class="key" data-action="transfer" ?disabled=${!client?.may(command)} @click=${this.#openTransfer}>Transfer</button>
      <button class="key end" data-action="hang-up" ?disabled=${!client?.may('hangUp')} @click=${this.#hangUp}>Hang up</button>
    </div>`;
  }

  #holdKey() {
    if (!this.holds) return nothing;
    const held = this.call.state === 'held';
    return html`<button
      class="key"
      data-action=${held ? 'resume' : 'hold'}
      aria-pressed=${held}
      ?disabled=${!this.holds.can(this.call)}
      @click=${this.#toggleHold}
    >
      ${held ? 'Resume' : 'Hold'}
    </button>`;
  }

  #transferForm() {
    return html`<form @submit=${this.#transfer}>
      <input class="field" name="to" aria-label="Transfer to" placeholder="Transfer to" inputmode="tel" autocomplete="off" required />
      <button class="key primary" data-action="transfer-confirm">Transfer</button>
      <button class="key" type="button" data-action="transfer-cancel" @click=${this.#closeTransfer}>Cancel</button>
    </form>`;
  }

  #key(event: KeyboardEvent): void {
    if (event.key === 'Escape' && this.transferring) this.#closeTransfer();
    if (event.target instanceof HTMLInputElement || event.ctrlKey || event.metaKey || event.altKey) return;
    const press = this.#shortcuts.get(event.key);
    if (!press) return;
    event.preventDefault();
    press();
  }

  readonly #toggleHold = (): void => {
    if (this.holds?.can(this.call)) this.#run(this.holds.toggle(this.call));
  };

  readonly #hangUp = (): void => {
    this.#run(this.#session.client?.hangUp(this.call.caller.channel));
  };

  readonly #openTransfer = async (): Promise<void> => {
    this.transferring = true;
    await this.updateComplete;
    this.renderRoot.querySelector('input')?.focus();
  };

  readonly #closeTransfer = (): void => {
    this.transferring = false;
    this.renderRoot.querySelector<HTMLElement>('.row')?.focus();
  };

  readonly #shortcuts: ReadonlyMap<string, () => void> = new Map([
    ['h', this.#toggleHold],
    ['t', this.#openTransfer],
    ['x', this.#hangUp],
  ]);

  #transfer(event: SubmitEvent): void {
    event.preventDefault();
    const to = String(new FormData(event.target as HTMLFormElement).get('to')).trim();
    const { do: command, channel } = transferOf(this.call);
    this.#closeTransfer();
    this.#run(this.#session.client?.command({ do: command, channel, to }));
  }

  #run(command: Promise<unknown> | undefined): void {
    command?.catch((error: unknown) => {
      this.dispatchEvent(new CustomEvent('command-failed', { detail: error, bubbles: true, composed: true }));
    });
  }
}
