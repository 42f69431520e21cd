import { css } from 'lit';

/**
 * Colours and type of all elements. A page changes them by setting the `--asterclick-*` properties around them;
 * the defaults follow the page's `color-scheme`.
 */
export const theme = css`
  :host {
    --ink: var(--asterclick-ink, light-dark(#1d2126, #e8eaec));
    --muted: var(--asterclick-muted, light-dark(#5d656e, #9aa3ac));
    --rule: var(--asterclick-rule, light-dark(#dfe1e2, #343a41));
    --surface: var(--asterclick-surface, light-dark(#ffffff, #1d2126));
    --sunken: var(--asterclick-sunken, light-dark(#f3f3f1, #171a1e));
    --focus: var(--asterclick-focus, light-dark(#1f6feb, #6aa5ff));
    --green: var(--asterclick-green, light-dark(#17a34a, #3ddc7c));
    --amber: var(--asterclick-amber, light-dark(#f0a000, #ffb92e));
    --red: var(--asterclick-red, light-dark(#e5392c, #ff5a4d));
    --mono: var(--asterclick-mono, ui-monospace, 'Liberation Mono', monospace);
    font-family: var(--asterclick-font, system-ui, sans-serif);
    color: var(--ink);
    box-sizing: border-box;
  }
  :host *,
  :host *::before,
  :host *::after {
    box-sizing: inherit;
  }
  button,
  input,
  select {
    font: inherit;
    color: inherit;
  }
  :focus-visible {
    outline: 2px solid var(--focus);
    outline-offset: 2px;
  }
`;

/** Buttons that belong in a row of controls. */
export const controls = css`
  .key {
    appearance: none;
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 0.4em;
    min-block-size: 1.875rem;
    padding: 0 0.7em;
    border: 1px solid var(--rule);
    border-radius: 7px;
    background: var(--surface);
    font-size: 0.8125rem;
    font-weight: 500;
    line-height: 1;
    white-space: nowrap;
    cursor: pointer;
    transition:
      background-color 120ms,
      border-color 120ms;
  }
  .key:hover:not(:disabled) {
    border-color: color-mix(in oklab, var(--ink) 35%, var(--rule));
    background: color-mix(in oklab, var(--ink) 4%, var(--surface));
  }
  .key:active:not(:disabled) {
    background: color-mix(in oklab, var(--ink) 9%, var(--surface));
  }
  .key:disabled {
    opacity: 0.45;
    cursor: not-allowed;
  }
  .key[aria-pressed='true'] {
    border-color: color-mix(in oklab, var(--amber) 70%, var(--ink));
    background: color-mix(in oklab, var(--amber) 18%, var(--surface));
  }
  .key.primary {
    border-color: var(--ink);
    background: var(--ink);
    color: var(--surface);
  }
  .key.primary:hover:not(:disabled) {
    background: color-mix(in oklab, var(--ink) 85%, var(--surface));
  }
  .key.end:hover:not(:disabled) {
    border-color: var(--red);
    background: color-mix(in oklab, var(--red) 10%, var(--surface));
    color: color-mix(in oklab, var(--red) 75%, var(--ink));
  }
  .field {
    min-block-size: 1.875rem;
    padding: 0 0.6em;
    border: 1px solid var(--rule);
    border-radius: 7px;
    background: var(--surface);
    font-size: 0.875rem;
  }
  .field::placeholder {
    color: var(--muted);
  }
`;
