import { css, LitElement, type PropertyValues } from 'lit';
import type { LampColour } from '../live/lamp.ts';
import { flasherOf } from './flasher.ts';

/**
 * `<asterclick-light lamp="held">`: the lens of a lamp, and nothing else.
 * Idle is dark, ringing flashes red, up is green, held winks amber, busy is red, unavailable is struck out, unknown is hollow.
 */
export class AsterClickLight extends LitElement {
  static override properties = { lamp: { reflect: true } };

  static override styles = css`
    :host {
      --lens: var(--asterclick-lens, light-dark(#c9cdcf, #2b3036));
      --lit: transparent;
      display: inline-block;
      position: relative;
      flex: none;
      inline-size: var(--asterclick-light-width, 0.875rem);
      block-size: var(--asterclick-light-height, 0.875rem);
      border-radius: 99px;
      background: radial-gradient(120% 120% at 35% 20%, color-mix(in oklab, var(--lens), white 35%), var(--lens) 60%);
      box-shadow:
        inset 0 0 0 1px rgb(0 0 0 / 0.22),
        inset 0 1px 2px rgb(0 0 0 / 0.25);
    }
    :host::before {
      content: '';
      position: absolute;
      inset: 0;
      border-radius: inherit;
      opacity: 0;
      background: radial-gradient(
        110% 120% at 38% 22%,
        color-mix(in oklab, var(--lit), white 72%),
        var(--lit) 52%,
        color-mix(in oklab, var(--lit), black 18%)
      );
      box-shadow:
        0 0 0 1px color-mix(in oklab, var(--lit), black 30%),
        0 0 0.3rem color-mix(in oklab, var(--lit) 85%, transparent),
        0 0 0.9rem color-mix(in oklab, var(--lit) 60%, transparent);
    }
    :host([lamp='up']) {
      --lit: var(--asterclick-green, light-dark(#17a34a, #3ddc7c));
    }
    :host([lamp='held']) {
      --lit: var(--asterclick-amber, light-dark(#f0a000, #ffb92e));
    }
    :host(:is([lamp='ringing'], [lamp='busy'])) {
      --lit: var(--asterclick-red, light-dark(#e5392c, #ff5a4d));
    }
    :host(:is([lamp='up'], [lamp='held'], [lamp='ringing'], [lamp='busy']))::before {
      opacity: 1;
    }
    :host(:is([lamp='unavailable'], [lamp='unknown'])) {
      background: none;
      box-shadow: inset 0 0 0 1.5px color-mix(in oklab, currentColor 35%, transparent);
      overflow: hidden;
    }
    :host([lamp='unavailable'])::after {
      content: '';
      position: absolute;
      inset: calc(50% - 0.75px) 0 auto;
      block-size: 1.5px;
      background: color-mix(in oklab, currentColor 45%, transparent);
      rotate: -45deg;
    }
    :host([dark])::before {
      opacity: 0.2;
    }
    @media (prefers-reduced-motion: reduce) {
      :host(:is([lamp='ringing'], [lamp='held']))::before {
        opacity: 1;
      }
      :host(:is([lamp='ringing'], [lamp='held']))::after {
        content: '';
        position: absolute;
        inset: 32%;
        border-radius: inherit;
        background: rgb(0 0 0 / 0.6);
      }
    }
  `;

  declare lamp: LampColour;

  constructor() {
    super();
    this.lamp = 'unknown';
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    flasherOf(this.lamp)?.leave(this);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    flasherOf(this.lamp)?.join(this);
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (!changed.has('lamp')) return;
    flasherOf(changed.get('lamp'))?.leave(this);
    flasherOf(this.lamp)?.join(this);
  }
}
