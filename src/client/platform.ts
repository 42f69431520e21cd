/** What the SDK asks of the browser, so that a test can stand in for it. The browser's own is the default everywhere. */

/** The part of `WebSocket` that is used; the `ws` package and MSW's stand-in have it too. */
export interface WebSocketLike {
  readonly readyState: number;
  /** How binary messages come; set to `arraybuffer`. */
  binaryType?: string;
  addEventListener(type: 'open' | 'error', listener: () => void): void;
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
  addEventListener(type: 'close', listener: (event: { readonly code: number; readonly reason: string }) => void): void;
  send(data: string): void;
  close(code?: number, reason?: string): void;
}

export type WebSocketConstructor = new (url: string, protocols?: string[]) => WebSocketLike;

export interface Timer {
  cancel(): void;
}

export interface Clock {
  /** Milliseconds since the Unix epoch, with fractions. */
  now(): number;
  setTimer(delayMs: number, callback: () => void): Timer;
}

export interface Random {
  /** A number in [0, 1). */
  next(): number;
}

export interface Platform {
  readonly webSocket: WebSocketConstructor;
  readonly clock: Clock;
  readonly random: Random;
}

/** Finer than `Date.now()` and on the same scale, so that stamps of one machine can be compared. */
const browserClock: Clock = {
  now: () => performance.timeOrigin + performance.now(),
  setTimer(delayMs, callback) {
    const timer = setTimeout(callback, delayMs);
    return { cancel: () => clearTimeout(timer) };
  },
};

/** `overrides` with the browser's own for what is left out. */
export function platformWith(overrides: Partial<Platform> = {}): Platform {
  return {
    webSocket: overrides.webSocket ?? globalThis.WebSocket,
    clock: overrides.clock ?? browserClock,
    random: overrides.random ?? { next: () => Math.random() },
  };
}
