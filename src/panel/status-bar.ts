import { html, nothing, type PropertyValues } from 'lit';
import type { PbxState } from '../client/asterclick.ts';
import { duration } from '../client/elements/duration.ts';
import { latencyText } from '../client/elements/log-record.ts';
import { Ticker } from '../client/elements/ticker.ts';
import { quantile } from './latency-meter.ts';
import { LightElement } from './light-element.ts';
import { mark } from './mark.ts';
import type { Running } from './running.ts';
import { linkWords } from './status-words.ts';
import { chooseTheme, currentTheme, restoreTheme } from './theme-choice.ts';

/** The head of the page: whose office, is the PBX there, how fast was the last hold, how long has the wire been silent. */
export class StatusBar extends LightElement {
  static override properties = { running: { attribute: false } };

  declare running: Running;
  readonly #ticker = new Ticker(this);
  #offs: readonly (() => void)[] = [];
  /** Times that the PBX was lost since the page was opened. */
  #outages = 0;
  #lastEventAtMs = performance.timeOrigin + performance.now();

  constructor() {
    super();
    restoreTheme();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#ticker.running = true;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const off of this.#offs) off();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('running')) return;
    for (const off of this.#offs) off();
    const { client } = this.running;
    this.#offs = [
      client.watch('connection', () => this.requestUpdate()),
      client.watch('pbx', (state) => this.#pbxChanged(state)),
      client.on('*', ({ receivedAtMs }) => {
        this.#lastEventAtMs = receivedAtMs;
      }),
    ];
  }

  protected override render() {
    const { client, setup } = this.running;
    const link = linkWords(client.connection, client.pbx);
    const other = currentTheme() === 'dark' ? 'light' : 'dark';
    return html`<header class="status" data-connection=${client.connection.name} data-pbx=${client.pbx} data-outages=${this.#outages}>
      <div class="brand">
        ${mark}
        <h1>AsterClick</h1>
        ${setup.title ? html`<span class="quiet">${setup.title}</span>` : nothing}
      </div>
      <div class="link" role="status">
        <asterclick-light lamp=${link.lamp}></asterclick-light>
        <span>${link.text}</span>
      </div>
      <dl class="figures">${this.#latency()} ${this.#silence()}</dl>
      <div class="tools">
        <button class="control icon" data-action="show-keys" aria-label="Keys" title="Keys (?)" @click=${this.#showKeys}>?</button>
        <button
          class="control icon"
          data-action="theme"
          aria-label=${`Change to the ${other} theme`}
          title=${`Change to the ${other} theme`}
          @click=${() => {
            chooseTheme(other);
            this.requestUpdate();
          }}
        >
          <svg viewBox="0 0 16 16" aria-hidden="true"><circle cx="8" cy="8" r="5.5" /><path d="M8 2.5a5.5 5.5 0 0 1 0 11z" /></svg>
        </button>
      </div>
    </header>`;
  }

  #pbxChanged(state: PbxState): void {
    if (state === 'down') this.#outages += 1;
    this.requestUpdate();
  }

  #latency() {
    const totals = this.running.meter.latencies.map(({ totalMs }) => totalMs);
    const last = totals.at(-1);
    const text = last === undefined ? 'hold a call' : latencyText(last);
    const median = quantile(totals, 0.5);
    const detail = median === undefined ? nothing : `median ${latencyText(median)} of ${totals.length}`;
    return html`<div data-figure="hold-to-lamp" title=${detail}><dt>Hold to lamp</dt><dd>${text}</dd></div>`;
  }

  #silence() {
    const now = performance.timeOrigin + performance.now();
    const text = duration(now - this.#lastEventAtMs);
    return html`<div data-figure="silence" title="Between events nothing is sent">
      <dt>Wire silent</dt>
      <dd>${text}</dd>
    </div>`;
  }

  #showKeys(): void {
    document.querySelector('panel-shortcuts')?.toggle();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'panel-status': StatusBar;
  }
}
