import type { WebSocket } from 'ws';

/** Asks browsers for a sign of life, all in one round, and gives up who did not answer the round before. */
export class WebSocketPing {
  readonly #waiting = new Map<WebSocket, 'asked' | 'answered'>();
  readonly #timer: NodeJS.Timeout;

  /** @param everyMs from one round to the next */
  constructor(everyMs: number) {
    this.#timer = setInterval(() => this.#round(), everyMs).unref();
  }

  /** From the next round on, until it closes. */
  watch(websocket: WebSocket): void {
    this.#waiting.set(websocket, 'answered');
    websocket.on('pong', () => this.#waiting.set(websocket, 'answered'));
    websocket.once('close', () => this.#waiting.delete(websocket));
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #round(): void {
    for (const [websocket, state] of this.#waiting) {
      if (state === 'asked') {
        websocket.terminate();
        continue;
      }
      this.#waiting.set(websocket, 'asked');
      websocket.ping();
    }
  }
}
