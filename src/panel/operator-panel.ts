import { html, nothing, type PropertyValues } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { ExtensionView } from '../client/live/extension-view.ts';
import { LightElement } from './light-element.ts';
import { moveFocus } from './move-focus.ts';
import { readOperator, rememberOperator } from './operator-choice.ts';
import type { Running } from './running.ts';
import { outageWords } from './status-words.ts';

/** Lamps, calls, queues and events of the PBX, and the operator's own controls. */
export class OperatorPanel extends LightElement {
  static override properties = { running: { attribute: false }, operator: { state: true } };

  declare running: Running;
  /** The extension that the person at the panel has chosen to call from; '' before. */
  declare operator: string;
  /** The lamp of each board that the tab key goes to: the one that had the focus last. */
  readonly #reached = new Map<string, string>();
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
    const { client } = this.running;
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
    const phones = extensions.filter(({ kind }) => kind === 'phone');
    const [from] = [this.operator, this.running.setup.operator, phones[0]?.extension].filter((one) =>
      phones.some(({ extension }) => extension === one),
    );
    const others = extensions.filter(({ kind }) => kind !== 'phone');
    return html`<section class="operator" data-pbx=${client.pbx}>
      <section class="lamps" aria-labelledby="lamps-title">
        ${this.#outage()}
        <div class="head">
          <h2 id="lamps-title">Extensions</h2>
          <asterclick-dial .from=${from ?? ''}></asterclick-dial>
        </div>
        ${this.#board('board', phones)} ${others.length > 0 ? this.#board('board others', others) : nothing}
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

  /** Lamps in a grid that is one stop of the tab key: the lamp that had the focus last. */
  #board(name: string, lamps: readonly ExtensionView[]) {
    const tabStop = lamps.find(({ extension }) => extension === this.#reached.get(name)) ?? lamps[0];
    return html`<div class=${name} @keydown=${moveFocus}>
      ${repeat(
        lamps,
        ({ extension }) => extension,
        ({ extension, kind }) => html`<asterclick-lamp
          extension=${extension}
          ?compact=${kind !== 'phone'}
          ?skip-tab=${extension !== tabStop?.extension}
          @focusin=${() => {
            this.#reached.set(name, extension);
            this.requestUpdate();
          }}
        ></asterclick-lamp>`,
      )}
    </div>`;
  }
}
