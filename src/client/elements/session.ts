import { html, LitElement, type PropertyValues } from 'lit';
import { AsterClick } from '../asterclick.ts';
import { ClientProvider } from './client-provider.ts';

/**
 * `<asterclick-session url="wss://pbx.example/ws" user="ann" secret="...">`: connects, and gives the session to all elements
 * inside. Nothing is drawn. `token` instead of user and secret where the gateway trusts the operator's own login.
 *
 * @fires session-failed - the error, when the gateway does not let this user in
 */
export class AsterClickSession extends LitElement {
  static override properties = { url: {}, user: {}, secret: {}, token: {} };

  declare url: string;
  declare user: string;
  declare secret: string;
  declare token: string | undefined;
  readonly #provider = new ClientProvider(this);
  #client: AsterClick | undefined;

  constructor() {
    super();
    this.url = '';
    this.user = '';
    this.secret = '';
  }

  /** For programs: `undefined` until the element has its URL. */
  get client(): AsterClick | undefined {
    return this.#client;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#client?.close();
    this.#client = undefined;
  }

  protected override updated(_changed: PropertyValues<this>): void {
    this.#client?.close();
    if (this.url === '') return;
    const { user, secret, token } = this;
    this.#client = new AsterClick({ url: this.url, credentials: token === undefined ? { user, secret } : { token } });
    this.#provider.client = this.#client;
    this.#client.connect().catch((error: unknown) => {
      this.dispatchEvent(new CustomEvent('session-failed', { detail: error, bubbles: true, composed: true }));
    });
  }

  protected override render() {
    return html`<slot></slot>`;
  }
}
