import { css, html, LitElement, nothing, type PropertyValues } from 'lit';
import type { AsterClick } from '../asterclick.ts';
import type { ExtensionView } from '../live/extension-view.ts';
import type { LampColour } from '../live/lamp.ts';
import { ClientController } from './client-controller.ts';
import { duration } from './duration.ts';
import { lampName, lampText, shownLeg } from './lamp-text.ts';
import { theme } from './theme.ts';
import { Ticker } from './ticker.ts';

export interface LampChange {
  readonly extension: string;
  readonly before: LampColour | undefined;
  readonly lamp: LampColour;
  /** When the page showed it, ms since the epoch. */
  readonly atMs: number;
}

/**
 * `<asterclick-lamp extension="1002">`: one extension with its lamp, name, what it is doing and for how long. Its attributes
 * `data-extension`, `data-lamp` and `data-hold` say the same to style sheets and tests. It is a button.
 *
 * @fires lamp-change - {@link LampChange}, when another lamp is shown
 * @fires extension-pick - its extension's number, when it is pressed
 */
export class AsterClickLamp extends LitElement {
  static override shadowRootOptions: ShadowRootInit = { ...LitElement.shadowRootOptions, delegatesFocus: true };
  static override properties = {
    extension: {},
    skipTab: { type: Boolean, attribute: 'skip-tab' },
    compact: { type: Boolean, reflect: true },
    client: { attribute: false },
  };

  static override styles = [
    theme,
    css`
      :host {
        display: block;
        isolation: isolate;
        --tint: transparent;
      }
      :host([data-lamp='up']) {
        --tint: var(--green);
      }
      :host([data-lamp='held']) {
        --tint: var(--amber);
      }
      :host(:is([data-lamp='ringing'], [data-lamp='busy'])) {
        --tint: var(--red);
      }
      button {
        display: grid;
        grid-template: 'light number time' auto '. name name' auto '. text text' auto / auto 1fr auto;
        column-gap: 0.625rem;
        inline-size: 100%;
        block-size: 100%;
        padding: 0.6rem 0.75rem 0.65rem;
        border: 1px solid color-mix(in oklab, var(--tint) 40%, var(--rule));
        border-radius: 9px;
        background: color-mix(in oklab, var(--tint) 7%, var(--surface));
        text-align: start;
        cursor: pointer;
        transition: border-color 150ms;
      }
      button:hover {
        border-color: color-mix(in oklab, var(--ink) 40%, var(--rule));
      }
      asterclick-light {
        grid-area: light;
        align-self: center;
      }
      .number {
        grid-area: number;
        font: 500 0.8125rem/1.4 var(--mono);
        letter-spacing: 0.01em;
        color: var(--muted);
      }
      .name {
        grid-area: name;
        font-size: 0.9375rem;
        font-weight: 550;
        line-height: 1.35;
      }
      .text {
        grid-area: text;
        font-size: 0.78125rem;
        line-height: 1.4;
        color: var(--muted);
      }
      time {
        grid-area: time;
        font: 500 0.8125rem/1.4 var(--mono);
      }
      :host([compact]) button {
        grid-template: 'light number' auto / auto 1fr;
        align-content: center;
        padding: 0.3rem 0.6rem;
        border-radius: 7px;
      }
      :host([compact]) asterclick-light {
        --asterclick-light-width: 0.625rem;
        --asterclick-light-height: 0.625rem;
      }
      .name,
      .text {
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      :host([data-lamp='unavailable']) .name,
      :host([data-lamp='unknown']) .name {
        color: var(--muted);
      }
    `,
  ];

  declare extension: string;
  /** Left out of the tab order: a board of lamps is one stop, and its arrow keys move inside. */
  declare skipTab: boolean;
  /** Light and number only, the rest on a touch: for rooms, parking spaces and the like. */
  declare compact: boolean;
  declare client: AsterClick | undefined;
  readonly #session = new ClientController(this, { live: ({ live }) => live.extension(this.extension) });
  readonly #ticker = new Ticker(this);
  #shown: LampColour | undefined;

  constructor() {
    super();
    this.extension = '';
    this.skipTab = false;
    this.compact = false;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('client')) this.#session.own = this.client;
    this.#ticker.running = !this.compact && (this.#view?.legs.length ?? 0) > 0;
  }

  protected override render() {
    const view = this.#view;
    const lamp = view?.lamp ?? 'unknown';
    const name = view ? lampName(view) : `Extension ${this.extension}`;
    const text = view ? lampText(view) : 'Not known';
    const label = `${this.extension} ${name}: ${text}`;
    return html`<button
      tabindex=${this.skipTab ? -1 : 0}
      aria-label=${label}
      title=${this.compact ? label : nothing}
      @click=${this.#pick}
    >
      <asterclick-light lamp=${lamp}></asterclick-light>
      <span class="number">${this.extension}</span>
      ${this.compact ? nothing : html`${this.#time(view)}<span class="name">${name}</span><span class="text">${text}</span>`}
    </button>`;
  }

  protected override updated(): void {
    const view = this.#view;
    this.#say('extension', this.extension);
    this.#say('hold', view?.hold ?? 'none');
    this.#say('lamp', view?.lamp ?? 'unknown');
    this.#tellChange(view?.lamp ?? 'unknown');
  }

  get #view(): ExtensionView | undefined {
    return this.#session.client?.live.extension(this.extension);
  }

  #time(view: ExtensionView | undefined) {
    const leg = view && shownLeg(view);
    if (!leg || !this.#session.client) return nothing;
    return html`<time>${duration(this.#session.client.nowMs() - (leg.answeredMs || leg.sinceMs))}</time>`;
  }

  #pick(): void {
    this.dispatchEvent(new CustomEvent('extension-pick', { detail: this.extension, bubbles: true, composed: true }));
  }

  /** Only a change is written, so that who observes the attributes sees no more than there is. */
  #say(name: 'extension' | 'hold' | 'lamp', value: string): void {
    if (this.dataset[name] !== value) this.dataset[name] = value;
  }

  #tellChange(lamp: LampColour): void {
    if (lamp === this.#shown) return;
    const atMs = performance.timeOrigin + performance.now();
    const detail: LampChange = { extension: this.extension, before: this.#shown, lamp, atMs };
    this.#shown = lamp;
    this.dispatchEvent(new CustomEvent('lamp-change', { detail, bubbles: true, composed: true }));
  }
}
