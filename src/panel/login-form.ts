import { html, nothing } from 'lit';
import { LightElement } from './light-element.ts';
import { mark } from './mark.ts';
import { type Setup, webSocketUrl } from './setup.ts';

/**
 * Asks for the gateway and the user, where the server has no demo to offer.
 *
 * @fires login - the {@link Setup} to connect with
 */
export class LoginForm extends LightElement {
  static override properties = { reason: {} };

  declare reason: string;

  protected override render() {
    return html`<main class="login">
      <form @submit=${this.#submit}>
        ${mark}
        <h1>AsterClick</h1>
        <p class="quiet">Log in to the gateway to see its PBX.</p>
        ${this.reason ? html`<p class="refusal" role="alert">${this.reason}</p>` : nothing}
        <label>Gateway <input name="url" required .value=${webSocketUrl('.', location.href)} autocomplete="url" /></label>
        <label>User <input name="user" required autocomplete="username" autofocus /></label>
        <label>Secret <input name="secret" type="password" required autocomplete="current-password" /></label>
        <button class="control primary" data-action="log-in">Log in</button>
      </form>
    </main>`;
  }

  #submit(event: SubmitEvent): void {
    event.preventDefault();
    const fields = new FormData(event.target as HTMLFormElement);
    const text = (name: string) => String(fields.get(name) ?? '');
    const setup: Setup = {
      gateway: {
        url: webSocketUrl(text('url'), location.href),
        credentials: { user: text('user'), secret: text('secret') },
      },
    };
    this.dispatchEvent(new CustomEvent('login', { detail: setup, bubbles: true }));
  }
}
