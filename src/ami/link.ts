/** One end of a byte stream to or from a PBX: a TCP or TLS socket, or half of an in-memory pair. */
export interface Link {
  readonly local: LinkAddress;
  readonly remote: LinkAddress;
  /** Sets who hears of this link; called once, before which nothing is delivered and nothing is lost. */
  attach(handlers: LinkHandlers): void;
  /**
   * Queues bytes; never blocks, never throws. Nobody may change them afterwards: they may not be copied.
   * What is written in one turn of the program may go out as one piece.
   * Bytes written after `end`, `destroy` or the close are dropped.
   */
  write(bytes: Uint8Array): void;
  /** Sends at once what was written so far: what follows is another piece. */
  flush(): void;
  /** Bytes queued here, as neither the network nor the other side's system takes more of them for now. */
  readonly pendingBytes: number;
  /** Sends what is queued, then the end of this direction (FIN). */
  end(): void;
  /** Drops what is queued and cuts the connection (RST where the transport has one). */
  destroy(): void;
  /** Stops and starts reading; meanwhile the sender's bytes queue up on its side. */
  pause(): void;
  resume(): void;
}

export interface LinkAddress {
  readonly address: string;
  readonly port: number;
}

/** Never called from within a method of the link. */
export interface LinkHandlers {
  data(bytes: Uint8Array): void;
  /** The other side will send no more (FIN); this side may still write. */
  end(): void;
  /** The connection is over in both directions; the last call. `error` where it did not end in order. */
  close(error?: Error): void;
}

/** Something that hands out connected links, one a connection. */
export interface LinkListener {
  readonly address: LinkAddress;
  close(): Promise<void>;
}
