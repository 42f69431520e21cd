import type { AsterClick } from '../asterclick.ts';
import { ClientRequest } from './client-controller.ts';

/** Answers the elements inside `root` that look for a session, also those that asked before there was one. */
export class ClientProvider {
  readonly #waiting = new Set<(client: AsterClick) => void>();
  #client: AsterClick | undefined;

  constructor(root: EventTarget) {
    root.addEventListener(ClientRequest.type, (event) => {
      if (!(event instanceof ClientRequest)) return;
      event.stopPropagation();
      this.#waiting.add(event.take);
      if (this.#client) event.take(this.#client);
    });
  }

  set client(client: AsterClick) {
    this.#client = client;
    for (const take of this.#waiting) take(client);
  }
}
