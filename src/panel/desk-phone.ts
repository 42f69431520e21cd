import { html } from 'lit';
import type { ControlPhone, PhoneWallClient } from '../client/phone-wall-client.ts';
import { LightElement } from './light-element.ts';
import { buttonsFor, type PhoneAction } from './phone-buttons.ts';
import { lineLamp, type PhoneKeys, phoneKeys } from './phone-keys.ts';

const PAD = ['1', '2 abc', '3 def', '4 ghi', '5 jkl', '6 mno', '7 pqrs', '8 tuv', '9 wxyz', '*', '0', '#'] as const;

const ACTION_OF_KEY: ReadonlyMap<string, PhoneAction> = new Map([
  ['Enter', 'dial'],
  ['h', 'hold'],
  ['t', 'transfer'],
  ['x', 'hang-up'],
]);

/** One desk phone: handset, display, line lamp, dial pad and keys. What its keys do, the simulated PBX does. */
export class DeskPhone extends LightElement {
  static override properties = {
    phone: { attribute: false },
    wall: { attribute: false },
    number: { state: true },
    chosen: { state: true },
  };

  declare phone: ControlPhone;
  declare wall: PhoneWallClient;
  /** What is typed in the dial field. */
  declare number: string;
  /** The other party of the call that the person has picked, where there are several. */
  declare chosen: string | undefined;

  constructor() {
    super();
    this.number = '';
    this.addEventListener('call-pick', ({ detail }) => {
      this.chosen = detail;
    });
    this.addEventListener('number-input', ({ detail }) => {
      this.number = detail;
    });
    this.addEventListener('dial-press', () => this.#do('dial'));
    this.addEventListener('keydown', this.#key);
  }

  protected override render() {
    const { phone } = this;
    const keys = phoneKeys(phone, this.chosen);
    const offHook = phone.calls.some(({ state }) => state !== 'ringing');
    return html`<div class="body" ?data-off-hook=${offHook}>
      <div class="handset" aria-hidden="true"></div>
      <div class="line"><span>Line</span><asterclick-light lamp=${lineLamp(phone)}></asterclick-light></div>
      <panel-phone-display
        .phone=${phone}
        .number=${this.number}
        .call=${keys.call}
        .nameOf=${(number: string) => this.wall.phone(number)?.label}
      ></panel-phone-display>
      <div class="pad" role="group" aria-label="Dial pad">${PAD.map((key) => this.#padKey(key))}</div>
      <div class="functions">${this.#functionKeys(keys)}</div>
    </div>`;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.setAttribute('role', 'group');
    this.tabIndex = 0;
  }

  protected override updated(): void {
    const { name, label, registered } = this.phone;
    this.#say('data-phone', name);
    this.#say('data-lamp', lineLamp(this.phone));
    this.#say('data-registered', String(registered));
    this.#say('aria-label', `Phone ${name}, ${label}`);
  }

  /** Only a change is written, so that who observes the attributes sees no more than there is. */
  #say(attribute: string, value: string): void {
    if (this.getAttribute(attribute) !== value) this.setAttribute(attribute, value);
  }

  #padKey(key: (typeof PAD)[number]) {
    const [digit = '', letters = ''] = key.split(' ');
    return html`<button data-key=${digit} tabindex="-1" @click=${() => this.#digit(digit)}>
      ${digit}<small aria-hidden="true">${letters}</small>
    </button>`;
  }

  #functionKeys({ canAnswer, canHold, holding, canTransfer, canJoin, canHangUp }: PhoneKeys) {
    const joins = canJoin && this.number === '';
    return html`
      <button class="answer" data-action="answer" ?data-lit=${canAnswer} ?disabled=${!canAnswer} @click=${() => this.#do('answer')}>
        Answer
      </button>
      <button
        class="hold"
        data-action=${holding ? 'resume' : 'hold'}
        aria-pressed=${holding}
        ?data-lit=${holding}
        ?disabled=${!canHold}
        @click=${() => this.#do('hold')}
      >
        <asterclick-light lamp=${holding ? 'held' : 'idle'}></asterclick-light>${holding ? 'Resume' : 'Hold'}
      </button>
      <button
        data-action=${joins ? 'connect' : 'transfer'}
        ?disabled=${!canTransfer}
        title=${joins ? 'Connect the two calls with each other' : 'Type a number, then press'}
        @click=${() => this.#do('transfer')}
      >
        ${joins ? 'Connect' : 'Transfer'}
      </button>
      <button class="end" data-action="hang-up" ?disabled=${!canHangUp} @click=${() => this.#do('hang-up')}>Hang up</button>
    `;
  }

  readonly #key = (event: KeyboardEvent): void => {
    if (event.target instanceof HTMLInputElement) {
      if (event.key === 'Enter') this.#do('dial');
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const action = ACTION_OF_KEY.get(event.key);
    if (/^[0-9*#]$/.test(event.key)) this.#digit(event.key);
    else if (event.key === 'Backspace') this.number = this.number.slice(0, -1);
    else if (action && event.target === this) this.#do(action);
    else return;
    event.preventDefault();
  };

  /** In a call the pad sends tones, else it fills the dial field. */
  #digit(digit: string): void {
    const { call } = phoneKeys(this.phone, this.chosen);
    const talking = call?.state === 'up' && !call.holding;
    if (talking && this.number === '')
      this.#press({ phone: this.phone.name, do: 'press', digits: digit, other: call.other });
    else this.number += digit;
  }

  #do(action: PhoneAction): void {
    const buttons = buttonsFor(action, this.phone, this.chosen, this.number.trim());
    if (buttons === 'number') {
      this.querySelector('input')?.focus();
      return;
    }
    if (buttons.length === 0) return;
    this.number = '';
    this.chosen = undefined;
    for (const button of buttons) this.#press(button);
  }

  #press(button: Parameters<PhoneWallClient['press']>[0]): void {
    this.wall.press(button).catch((error: unknown) => {
      this.dispatchEvent(new CustomEvent('command-failed', { detail: error, bubbles: true }));
    });
  }
}

declare global {
  interface HTMLElementEventMap {
    'call-pick': CustomEvent<string>;
    'number-input': CustomEvent<string>;
  }
}
