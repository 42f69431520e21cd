import { html, nothing, type PropertyValues } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { LightElement } from './light-element.ts';
import { moveFocus } from './move-focus.ts';
import { readOperator, rememberOperator } from './operator-choice.ts';
import type { Running } from './running.ts';
import { outageWords } from './status-words.ts';

/** Lamps, calls, queues and events of the PBX, and the operator's own controls. */
export class OperatorPanel extends LightElement {
  static override properties = { running: { attribute: false }, operator: { state: true }, reached: { state: true } };

  declare running: Running;
  /** The extension that the person at the panel calls from. */
  declare operator: string;
  /** The lamp that the tab key goes to: the one that had the focus last. */
  declare reached: string | undefined;
  #drawn = { extensions: 0, calls: 0 };
  #offs: readonly (() => void)[] = [];

  constructor() {
    super();
    this.operator = readOperator();
    this.addEventListener('extension-pick', ({ detail }) => this.querySelector('asterclick-dial')?.prepare(detail));
    this.addEventListener('from-change', ({ detail }) => {
      this.operator = detail;
      rememberOperator(detail);
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const off of this.#offs) off();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('running')) return;
    for (const off of this.#offs) off();
    const { client, setup } = this.running;
    this.operator ||= setup.operator ?? '';
    this.#offs = [
      client.watch('connection', () => this.requestUpdate()),
      client.watch('live', () => this.#liveChanged()),
      client.watch('pbx', () => this.requestUpdate()),
    ];
  }

  /** What this element itself draws of the live state; its parts look after themselves. */
  #liveChanged(): void {
    const { extensions, calls } = this.running.client.live;
    if (extensions.length !== this.#drawn.extensions || calls.length !== this.#drawn.calls) this.requestUpdate();
  }

  /** Says that what is shown may not be so now, and that nobody needs to do anything. */
  #outage() {
    const { connection, pbx } = this.running.client;
    const words = outageWords(connection, pbx);
    return words === undefined
      ? nothing
      : html`<p class="outage" role="status" data-outage><asterclick-light lamp="held"></asterclick-light>${words}</p>`;
  }

  protected override render() {
    const { client, holds } = this.running;
    const { extensions, calls } = client.live;
    this.#drawn = { extensions: extensions.length, calls: calls.length };
    const tabStop = this.reached ?? extensions[0]?.extension;
    return html`<section class="operator" data-pbx=${client.pbx}>
      ${this.#outage()}
      <section class="lamps" aria-labelledby="lamps-title">
        <div class="head">
          <h2 id="lamps-title">Extensions</h2>
          <asterclick-dial .from=${this.operator}></asterclick-dial>
        </div>
        <div class="board" @keydown=${moveFocus}>
          ${repeat(
            extensions,
            ({ extension }) => extension,
            ({ extension }) => html`<asterclick-lamp
              extension=${extension}
              ?skip-tab=${extension !== tabStop}
              @focusin=${() => {
                this.reached = extension;
              }}
            ></asterclick-lamp>`,
          )}
        </div>
      </section>
      <section class="calls-now" aria-labelledby="calls-title">
        <div class="head">
          <h2 id="calls-title">Calls</h2>
          <span class="count" data-figure="calls">${calls.length || ''}</span>
        </div>
        <asterclick-call-list .holds=${holds}></asterclick-call-list>
      </section>
      <section class="queues" aria-labelledby="queues-title">
        <div class="head"><h2 id="queues-title">Queues</h2></div>
        <asterclick-queue-board></asterclick-queue-board>
      </section>
      <section class="events" aria-labelledby="events-title">
        <div class="head"><h2 id="events-title">Events</h2></div>
        <asterclick-event-log></asterclick-event-log>
      </section>
    </section>`;
  }
}
