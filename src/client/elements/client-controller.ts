import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { AsterClick, Watched } from '../asterclick.ts';

/** What an element sends up the page to find its session; whoever has one calls `take`. */
export class ClientRequest extends Event {
  static readonly type = 'asterclick-client-request';
  readonly take: (client: AsterClick) => void;

  constructor(take: (client: AsterClick) => void) {
    super(ClientRequest.type, { bubbles: true, composed: true });
    this.take = take;
  }
}

/** What an element shows of each thing it watches: it is rendered only when that is another value (or object) than before. */
export type Shown = { readonly [What in keyof Watched]?: (client: AsterClick) => unknown };

/** Finds the session for an element (its own `client`, or the nearest provider's around it) and renders the element on changes. */
export class ClientController implements ReactiveController {
  readonly #host: ReactiveControllerHost & EventTarget;
  readonly #shown: Shown;
  #own: AsterClick | undefined;
  #found: AsterClick | undefined;
  #stop: () => void = () => {};

  constructor(host: ReactiveControllerHost & EventTarget, shown: Shown) {
    this.#host = host;
    this.#shown = shown;
    host.addController(this);
  }

  get client(): AsterClick | undefined {
    return this.#own ?? this.#found;
  }

  /** A session given to the element itself goes before one found around it. */
  set own(client: AsterClick | undefined) {
    this.#own = client;
    this.#listen();
  }

  hostConnected(): void {
    this.#host.dispatchEvent(
      new ClientRequest((client) => {
        this.#found = client;
        this.#listen();
      }),
    );
    this.#listen();
  }

  hostDisconnected(): void {
    this.#stop();
  }

  #listen(): void {
    this.#stop();
    const { client } = this;
    const offs = client ? Object.entries(this.#shown).map(([what, show]) => this.#watch(client, what, show)) : [];
    this.#stop = () => {
      for (const off of offs) off();
    };
    this.#host.requestUpdate();
  }

  #watch(client: AsterClick, what: string, show: (client: AsterClick) => unknown): () => void {
    let before = show(client);
    return client.watch(what as keyof Watched, () => {
      const now = show(client);
      if (now === before) return;
      before = now;
      this.#host.requestUpdate();
    });
  }
}
