import { html, nothing } from 'lit';
import type { ClientError } from '../client/client-error.ts';
import { ClientProvider } from '../client/elements/client-provider.ts';
import type { LampChange } from '../client/elements/lamp.ts';
import { exposeForTests } from './expose.ts';
import { LightElement } from './light-element.ts';
import { type Running, run, stop } from './running.ts';
import { fetchSetup, type Setup } from './setup.ts';
import { shortcutFor } from './shortcuts.ts';

const NOTICE_MS = 6_000;

/** The whole page: finds out where to connect, or asks, and then shows the phones and the panel. */
export class PanelApp extends LightElement {
  static override properties = { running: { state: true }, asks: { state: true }, notice: { state: true } };

  declare running: Running | undefined;
  /** Set while a person must log in: why the last try failed, or ''. */
  declare asks: string | undefined;
  declare notice: string;
  readonly #provider = new ClientProvider(this);
  #noticeTimer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.notice = '';
    this.addEventListener('lamp-change', ({ detail }) => this.running?.meter.lampChanged(detail));
    this.addEventListener('command-failed', ({ detail }) => this.#show(detail.message));
    this.addEventListener('login', ({ detail }) => this.#run(detail));
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('keydown', this.#key);
    findSetup().then(
      (setup) => (setup ? this.#run(setup) : this.#ask('')),
      (error: unknown) => this.#ask(String(error)),
    );
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('keydown', this.#key);
    if (this.running) stop(this.running);
  }

  protected override render() {
    const { running } = this;
    if (this.asks !== undefined) return html`<panel-login .reason=${this.asks}></panel-login>`;
    if (!running) return html`<p class="loading" role="status">Connecting</p>`;
    return html`
      <panel-status .running=${running}></panel-status>
      <main class=${running.phones ? 'split' : 'alone'}>
        ${running.phones ? html`<panel-phone-wall .phones=${running.phones}></panel-phone-wall>` : nothing}
        <panel-operator .running=${running}></panel-operator>
      </main>
      <div class="notice" role="alert" ?data-shown=${this.notice !== ''}>${this.notice}</div>
      <panel-shortcuts></panel-shortcuts>
    `;
  }

  #run(setup: Setup): void {
    if (this.running) stop(this.running);
    const running = run(setup, () => this.querySelector('panel-status')?.requestUpdate());
    this.asks = undefined;
    this.running = running;
    this.#provider.client = running.client;
    exposeForTests(running);
    this.#tellOfOutages(running);
    running.client.connect().catch((error: ClientError) => this.#ask(error.message));
  }

  /** A restart may be over before anybody has read that the PBX is down. */
  #tellOfOutages({ client }: Running): void {
    let lost = false;
    client.watch('pbx', (state) => {
      if (lost && state === 'up') this.#show('The PBX was down and is up again.');
      lost = state === 'down' || (lost && state !== 'up');
    });
  }

  #ask(reason: string): void {
    if (this.running) stop(this.running);
    this.running = undefined;
    this.asks = reason;
  }

  #show(notice: string): void {
    clearTimeout(this.#noticeTimer);
    this.notice = notice;
    this.#noticeTimer = setTimeout(() => {
      this.notice = '';
    }, NOTICE_MS);
  }

  readonly #key = (event: KeyboardEvent): void => {
    const shortcut = shortcutFor(event);
    if (!shortcut) return;
    event.preventDefault();
    shortcut.press(this);
  };
}

/** `?offline` runs everything in this tab; what that needs is loaded only then. */
async function findSetup(): Promise<Setup | undefined> {
  if (!new URLSearchParams(location.search).has('offline')) return fetchSetup(location.href);
  const { startOffline } = await import('../client/msw/start-offline.ts');
  return { ...(await startOffline()), title: 'In this tab' };
}

declare global {
  interface HTMLElementEventMap {
    'lamp-change': CustomEvent<LampChange>;
    'command-failed': CustomEvent<Error>;
    'extension-pick': CustomEvent<string>;
    'from-change': CustomEvent<string>;
    login: CustomEvent<Setup>;
  }
}
