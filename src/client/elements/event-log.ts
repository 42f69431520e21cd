import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { AsterClick } from '../asterclick.ts';
import { ClientController } from './client-controller.ts';
import { eventLogStyle } from './event-log-style.ts';
import { eventSummary, isNoise } from './event-summary.ts';
import { connectionNote, pbxNote } from './log-notes.ts';
import {
  type EventRecord,
  type LogRecord,
  latencyText,
  matches,
  type NoteRecord,
  noteOf,
  recordOf,
} from './log-record.ts';
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

  static override styles = [theme, controls, eventLogStyle];

  declare client: AsterClick | undefined;
  declare filter: string;
  declare all: boolean;
  declare paused: boolean;
  /** The row whose headers are shown. */
  declare opened: number | undefined;
  readonly #session = new ClientController(this, {});
  readonly #records: { readonly id: number; readonly record: LogRecord }[] = [];
  #lastId = 0;
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
    const offs = [
      client.on('*', (event) => this.#add(recordOf(event))),
      client.watch('pbx', (state) => this.#add(noteOf(pbxNote(state)))),
      client.watch('connection', (state) => this.#add(noteOf(connectionNote(state)))),
    ];
    this.#stop = () => {
      for (const off of offs) off();
    };
  }

  protected override render() {
    const shown = this.#records
      .filter(({ record }) => this.#isWanted(record))
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
          ({ id }) => id,
          ({ id, record }) => (record.kind === 'event' ? this.#event(id, record) : this.#note(record)),
        )}
      </div>
    `;
  }

  #isWanted(record: LogRecord): boolean {
    return (this.all || record.kind === 'note' || !isNoise(record.event)) && matches(record, this.filter);
  }

  #note({ atMs, text }: NoteRecord) {
    return html`<div class="row note" data-note=${text}>
      <span class="time">${clockTime(atMs)}</span><span class="words">${text}</span>
    </div>`;
  }

  #event(id: number, { event, latencyMs, from }: EventRecord) {
    const open = this.opened === id;
    return html`<button
        class="row"
        data-event=${event.name}
        data-seq=${event.seq}
        aria-expanded=${open}
        @click=${() => {
          this.opened = open ? undefined : id;
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

  #add(record: LogRecord | undefined): void {
    if (this.paused || !record) return;
    this.#records.push({ id: ++this.#lastId, record });
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
