import { css, html, LitElement, nothing, type PropertyValues } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { AsterClick } from '../asterclick.ts';
import { ClientController } from './client-controller.ts';
import type { HoldControl } from './hold-control.ts';
import { theme } from './theme.ts';

/**
 * `<asterclick-call-list>`: the calls that are up or ringing, oldest first, with timers and controls.
 * Asterisk has no command to hold a call of somebody's phone; a page that can reach the phones gives `holds`.
 */
export class AsterClickCallList extends LitElement {
  static override properties = { client: { attribute: false }, holds: { attribute: false } };

  static override styles = [
    theme,
    css`
      :host {
        display: block;
      }
      ul {
        margin: 0;
        padding: 0;
        list-style: none;
      }
      li + li {
        border-block-start: 1px solid var(--rule);
      }
      p {
        margin: 0;
        padding: 0.9rem 0;
        font-size: 0.875rem;
        color: var(--muted);
      }
    `,
  ];

  declare client: AsterClick | undefined;
  declare holds: HoldControl | undefined;
  readonly #session = new ClientController(this, { live: ({ live }) => live.calls });

  /** Puts the focus on the oldest call. */
  focusFirst(): void {
    this.renderRoot.querySelector('asterclick-call')?.focus();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('client')) this.#session.own = this.client;
  }

  protected override render() {
    const calls = this.#session.client?.live.calls ?? [];
    if (calls.length === 0) return html`<p><slot name="empty">No calls.</slot></p>`;
    return html`<ul>
      ${repeat(
        calls,
        ({ linkedid }) => linkedid,
        (call) => html`<li>
          <asterclick-call
            data-call=${call.linkedid}
            data-state=${call.state}
            .client=${this.#session.client}
            .call=${call}
            .holds=${this.holds ?? nothing}
          ></asterclick-call>
        </li>`,
      )}
    </ul>`;
  }
}
