import { css, html, LitElement, nothing, type PropertyValues } from 'lit';
import type { QueueCallerState, QueueMemberState, QueueState } from '../../gateway/wire/model.ts';
import type { AsterClick } from '../asterclick.ts';
import type { LampColour } from '../live/lamp.ts';
import { ClientController } from './client-controller.ts';
import { duration } from './duration.ts';
import { theme } from './theme.ts';
import { Ticker } from './ticker.ts';

/** A member's device state as a lamp. Source: recording `queue-call-answered` and `ast_device_state` of Asterisk. */
const LAMPS: Readonly<Record<number, LampColour>> = {
  1: 'idle',
  2: 'up',
  3: 'busy',
  5: 'unavailable',
  6: 'ringing',
  7: 'ringing',
  8: 'held',
};

/** `<asterclick-queue-board>`: each queue with its members' lamps and who waits, longest first. */
export class AsterClickQueueBoard extends LitElement {
  static override properties = { client: { attribute: false } };

  static override styles = [
    theme,
    css`
      :host {
        display: block;
        font-size: 0.875rem;
      }
      section + section {
        margin-block-start: 0.75rem;
        padding-block-start: 0.75rem;
        border-block-start: 1px solid var(--rule);
      }
      header {
        display: flex;
        align-items: baseline;
        justify-content: space-between;
        gap: 0.75rem;
      }
      h3 {
        margin: 0;
        font-size: 0.9375rem;
        font-weight: 550;
        text-transform: capitalize;
      }
      .count {
        font-size: 0.78125rem;
        color: var(--muted);
      }
      [data-waiting]:not([data-waiting='0']) .count {
        font-weight: 600;
        color: color-mix(in oklab, var(--red) 70%, var(--ink));
      }
      ul,
      ol {
        display: flex;
        flex-wrap: wrap;
        gap: 0.3rem 0.9rem;
        margin: 0.4rem 0 0;
        padding: 0;
        list-style: none;
      }
      ol {
        display: block;
      }
      li {
        display: flex;
        align-items: center;
        gap: 0.45rem;
        line-height: 1.6;
      }
      .paused {
        color: var(--muted);
        text-decoration: line-through;
      }
      time {
        margin-inline-start: auto;
        font: 500 0.8125rem var(--mono);
      }
      .place {
        font: 500 0.8125rem var(--mono);
        color: var(--muted);
      }
      p {
        margin: 0.4rem 0 0;
        color: var(--muted);
        font-size: 0.8125rem;
      }
      asterclick-light {
        --asterclick-light-width: 0.625rem;
        --asterclick-light-height: 0.625rem;
      }
    `,
  ];

  declare client: AsterClick | undefined;
  readonly #session = new ClientController(this, { live: ({ live }) => live.queues });
  readonly #ticker = new Ticker(this);

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('client')) this.#session.own = this.client;
    this.#ticker.running = this.#queues.some(({ callers }) => callers.length > 0);
  }

  protected override render() {
    if (this.#queues.length === 0) return html`<p><slot name="empty">No queues.</slot></p>`;
    return this.#queues.map((queue) => this.#queue(queue));
  }

  get #queues(): readonly QueueState[] {
    return this.#session.client?.live.queues ?? [];
  }

  #queue({ queue, members, callers }: QueueState) {
    return html`<section data-queue=${queue} data-waiting=${callers.length}>
      <header>
        <h3>${queue}</h3>
        <span class="count">${callers.length === 0 ? 'nobody waits' : `${callers.length} waiting`}</span>
      </header>
      ${members.length === 0 ? html`<p>No agents.</p>` : html`<ul>${members.map((member) => this.#member(member))}</ul>`}
      ${callers.length === 0 ? nothing : html`<ol>${callers.map((caller) => this.#caller(caller))}</ol>`}
    </section>`;
  }

  #member({ interface: device, name, status, paused, pausedReason }: QueueMemberState) {
    const lamp = LAMPS[status] ?? 'unknown';
    const title = paused ? `Paused${pausedReason && `: ${pausedReason}`}` : nothing;
    return html`<li data-member=${device} data-lamp=${lamp} title=${title}>
      <asterclick-light lamp=${lamp}></asterclick-light><span class=${paused ? 'paused' : ''}>${name}</span>
    </li>`;
  }

  #caller({ uniqueid, position, callerIdName, callerIdNum, sinceMs }: QueueCallerState) {
    const nowMs = this.#session.client?.nowMs() ?? sinceMs;
    return html`<li data-caller=${uniqueid}>
      <span class="place">${position}</span> ${callerIdName || callerIdNum || 'Unknown'}
      <time>${duration(nowMs - sinceMs)}</time>
    </li>`;
  }
}
