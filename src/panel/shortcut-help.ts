import { html } from 'lit';
import { LightElement } from './light-element.ts';
import { LOCAL_KEYS, SHORTCUTS } from './shortcuts.ts';

/** The list of keys, as a dialog. */
export class ShortcutHelp extends LightElement {
  toggle(): void {
    const dialog = this.querySelector('dialog');
    if (dialog?.open) dialog.close();
    else dialog?.showModal();
  }

  protected override render() {
    return html`<dialog class="shortcuts" aria-labelledby="shortcuts-title">
      <h2 id="shortcuts-title">Keys</h2>
      <div class="columns">
        ${this.#list(
          'Anywhere',
          SHORTCUTS.map(({ key, does }) => [key, does]),
        )}
        ${LOCAL_KEYS.map(({ where, keys }) => this.#list(where, keys))}
      </div>
      <form method="dialog"><button class="control primary">Close</button></form>
    </dialog>`;
  }

  #list(where: string, keys: readonly (readonly [string, string])[]) {
    return html`<section>
      <h3>${where}</h3>
      <dl>${keys.map(([key, does]) => html`<div><dt><kbd>${key}</kbd></dt><dd>${does}</dd></div>`)}</dl>
    </section>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'panel-shortcuts': ShortcutHelp;
  }
}
