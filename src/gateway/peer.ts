import type { Frame } from './frame.ts';

/** The gateway's end of one browser's connection: a WebSocket of Node, or a mocked one in the tab. */
export interface Peer {
  /** Where it comes from, for logs. */
  readonly address: string;
  /** Bytes sent here that the other side's system has not taken yet. */
  readonly pendingBytes: number;
  /** Never blocks, never throws. What is sent after the close is dropped. */
  send(frame: Frame): void;
  /** Closes with a code of `CLOSE`; what was sent before goes out first. Closing twice is closing once. */
  close(code: number, reason: string): void;
}

/** What a transport tells the gateway about a peer. Never called from within a method of the peer. */
export interface PeerHandlers {
  message(text: string): void;
  /** The connection is over; the last call. */
  closed(): void;
}
