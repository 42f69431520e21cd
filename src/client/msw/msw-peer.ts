import type { WebSocketClientConnectionProtocol } from '@mswjs/interceptors/WebSocket';

/** What the two servers in the tab ask of a connection: the gateway's `Peer` and the phones' control have it in common. */
export interface TabPeerHandlers {
  message(text: string): void;
  closed(): void;
}

/** The server's end of a WebSocket that MSW has caught in this tab. */
export class MswPeer {
  readonly address = 'this tab';
  /** What is sent is with the page at once. */
  readonly pendingBytes = 0;
  readonly #client: WebSocketClientConnectionProtocol;
  #closed = false;

  constructor(client: WebSocketClientConnectionProtocol) {
    this.#client = client;
  }

  /** Tells `handlers` what the page sends, and once when the connection is over, whoever ended it. */
  listen(handlers: TabPeerHandlers): void {
    this.#client.addEventListener('message', ({ data }) => {
      if (!this.#closed && typeof data === 'string') handlers.message(data);
    });
    this.#client.addEventListener('close', () => {
      this.#closed = true;
      handlers.closed();
    });
  }

  send({ text }: { readonly text: string }): void {
    if (!this.#closed) this.#client.send(text);
  }

  close(code: number, reason: string): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#client.close(code, reason);
  }
}
