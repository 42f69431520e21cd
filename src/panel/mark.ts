import { html } from 'lit';

/** The product's mark: two lamps, one lit. */
export const mark = html`<svg viewBox="0 0 32 18" aria-hidden="true">
  <circle cx="9" cy="9" r="7" />
  <circle cx="23" cy="9" r="5.75" />
</svg>`;
