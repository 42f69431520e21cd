import { css, html, LitElement, nothing, type PropertyValues } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { AsterClick } from '../asterclick.ts';
import { ClientController } from './client-controller.ts';
import { type EventRecord, latencyText, matches, recordOf } from './event-record.ts';
import { eventSummary, isNoise } from './event-summary.ts';
import { controls, theme } from './theme.ts';

/** Rows kept, and rows drawn. */
const KEPT = 2_000;
const DRAWN = 150;

/**
 * `<asterclick-event-log>`: the PBX's events as they come, newest first, each with the time it took to get here.
 * However many come, it draws once a frame.
 */
export class AsterClickEventLog extends LitElement {
  static override properties = {
    client: { attribute: false },
    filter: { state: true },
    all: { state: true },
    paused: { state: true },
    opened: { state: true },
  };

  static override styles = [
    theme,
    controls,
    css`
      :host {
        display: flex;
        flex-direction: column;
        min-block-size: 0;
      }
      .bar {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0.375rem;
        padding-block-end: 0.6rem;
      }
      .bar .field {
        flex: 1 1 8rem;
        min-inline-size: 6rem;
      }
      .rows {
        contain: content;
        flex: 1;
        min-block-size: 0;
        overflow: auto;
        overscroll-behavior: contain;
        border-block-start: 1px solid var(--rule);
        font: 0.78125rem/1.5 var(--mono);
      }
      .row {
        display: grid;
        grid-template-columns: 7.2rem minmax(8.5rem, 11.5rem) minmax(0, 1fr) 4.6rem;
        gap: 0.75rem;
        inline-size: 100%;
        padding: 0.16rem 0.25rem;
        border: 0;
        border-block-end: 1px solid color-mix(in oklab, var(--rule) 55%, transparent);
        background: none;
        text-align: start;
        cursor: pointer;
      }
      .row:hover {
        background: color-mix(in oklab, var(--ink) 4%, transparent);
      }
      .row > * {
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .time,
      .what {
        color: var(--muted);
      }
      .name {
        font-weight: 500;
      }
      .latency {
        text-align: end;
      }
      .row[data-event='Hold'] .name::before,
      .row[data-event='Unhold'] .name::before {
        content: '';
        display: inline-block;
        inline-size: 0.5em;
        block-size: 0.5em;
        margin-inline-end: 0.5em;
        border-radius: 50%;
        background: var(--amber);
        vertical-align: 0.1em;
      }
      .row[data-event='Unhold'] .name::before {
        background: none;
        box-shadow: inset 0 0 0 1.5px var(--amber);
      }
      dl {
        display: grid;
        grid-template-columns: max-content minmax(0, 1fr);
        gap: 0.05rem 1rem;
        margin: 0;
        padding: 0.5rem 0.75rem 0.7rem 2rem;
        background: var(--sunken);
      }
      dt {
        color: var(--muted);
      }
      dd {
        margin: 0;
        overflow-wrap: anywhere;
      }
      p {
        margin: 0;
        padding: 0.9rem 0;
        font: 0.875rem var(--asterclick-font, system-ui, sans-serif);
        color: var(--muted);
      }
      @container (max-width: 36rem) {
        .row {
          grid-template-columns: 5rem minmax(7rem, 1fr) 4.2rem;
        }
        .what {
          display: none;
        }
      }
    `,
  ];

  declare client: AsterClick | undefined;
  declare filter: string;
  declare all: boolean;
  declare paused: boolean;
  /** `seq` of the row whose headers are shown. */
  declare opened: number | undefined;
  readonly #session = new ClientController(this, {});
  readonly #records: EventRecord[] = [];
  #stop: () => void = () => {};
  #listensTo: AsterClick | undefined;
  #frame = 0;

  constructor() {
    super();
    this.filter = '';
    this.all = false;
    this.paused = false;
  }

  /** Puts the focus in the filter field. */
  focusFilter(): void {
    this.renderRoot.querySelector('input')?.focus();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    cancelAnimationFrame(this.#frame);
    this.#stop();
    this.#listensTo = undefined;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('client')) this.#session.own = this.client;
    const client = this.#session.client;
    if (!client || client === this.#listensTo) return;
    this.#stop();
    this.#listensTo = client;
    this.#stop = client.on('*', (event) => this.#add(recordOf(event)));
  }

  protected override render() {
    const shown = this.#records
      .filter((record) => (this.all || !isNoise(record.event)) && matches(record, this.filter))
      .slice(-DRAWN)
      .reverse();
    return html`
      <div class="bar">
        <input
          class="field"
          type="search"
          aria-label="Filter events"
          placeholder="Filter by event, number, channel"
          @input=${(event: Event) => {
            this.filter = (event.target as HTMLInputElement).value.trim();
          }}
        />
        <button class="key" data-action="all-events" aria-pressed=${this.all} @click=${this.#toggleAll}>Dialplan and media</button>
        <button class="key" data-action="pause-log" aria-pressed=${this.paused} @click=${this.#togglePaused}>
          ${this.paused ? 'Continue' : 'Pause'}
        </button>
      </div>
      <div class="rows" tabindex="0" role="log" aria-label="Events" aria-live="off">
        ${shown.length === 0 ? html`<p>Silence. The next event appears here the moment it happens.</p>` : nothing}
        ${repeat(
          shown,
          ({ event }) => event.seq,
          (record) => this.#row(record),
        )}
      </div>
    `;
  }

  #row({ event, latencyMs, from }: EventRecord) {
    const open = this.opened === event.seq;
    return html`<button
        class="row"
        data-event=${event.name}
        data-seq=${event.seq}
        aria-expanded=${open}
        @click=${() => {
          this.opened = open ? undefined : event.seq;
        }}
      >
        <span class="time">${clockTime(event.receivedAtMs)}</span>
        <span class="name">${event.name}</span>
        <span class="what">${eventSummary(event)}</span>
        <span class="latency" title=${`from the ${from === 'pbx' ? 'PBX' : 'gateway'} to this page`}>${latencyText(latencyMs)}</span>
      </button>
      ${open ? this.#headers(event.headers) : nothing}`;
  }

  #headers(headers: object) {
    return html`<dl>
      ${Object.entries(headers).map(([name, value]) =>
        [value].flat().map((one: unknown) => html`<dt>${name}</dt><dd>${String(one)}</dd>`),
      )}
    </dl>`;
  }

  #add(record: EventRecord): void {
    if (this.paused) return;
    this.#records.push(record);
    if (this.#records.length > KEPT) this.#records.splice(0, KEPT / 4);
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      this.requestUpdate();
    });
  }

  #toggleAll(): void {
    this.all = !this.all;
  }

  #togglePaused(): void {
    this.paused = !this.paused;
  }
}

function clockTime(ms: number): string {
  const date = new Date(ms);
  const two = (value: number) => String(value).padStart(2, '0');
  const millis = String(date.getMilliseconds()).padStart(3, '0');
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}.${millis}`;
}
