import type { Socket } from 'node:net';

/** Bytes that went over a socket, both ways; what TCP and IP add is not among them. */
export interface WireBytes {
  readonly sent: number;
  readonly received: number;
}

/** Reads a socket's counters from mark to mark. */
export class WireMeter {
  readonly #socket: Socket;
  #sent = 0;
  #received = 0;

  constructor(socket: Socket) {
    this.#socket = socket;
    this.take();
  }

  /** Bytes since the last time. */
  take(): WireBytes {
    const { bytesWritten, bytesRead } = this.#socket;
    const bytes = { sent: bytesWritten - this.#sent, received: bytesRead - this.#received };
    this.#sent = bytesWritten;
    this.#received = bytesRead;
    return bytes;
  }
}

export function sumOfBytes(all: readonly WireBytes[]): WireBytes {
  return all.reduce((sum, { sent, received }) => ({ sent: sum.sent + sent, received: sum.received + received }), {
    sent: 0,
    received: 0,
  });
}
