export type ClientErrorCode =
  /** There is no session now; `connect()` first, or wait for the connection to be `online`. */
  | 'CLIENT_NOT_CONNECTED'
  /** The connection broke before the answer came: the command may or may not have been carried out. */
  | 'CLIENT_CONNECTION_LOST'
  /** The gateway did not answer a command in time; it may have been carried out. */
  | 'CLIENT_COMMAND_TIMEOUT'
  /** The gateway does not let this user in; the SDK does not try again by itself. */
  | 'CLIENT_REFUSED'
  /** The two sides do not understand each other; the SDK does not try again by itself. */
  | 'CLIENT_PROTOCOL'
  /** No WebSocket address. */
  | 'CLIENT_BAD_URL'
  /** `close()` was called. */
  | 'CLIENT_CLOSED'
  /** A `for await` loop was too slow for the events that came. */
  | 'CLIENT_TOO_SLOW';

/** What goes wrong in the SDK. A command that the gateway refuses carries the gateway's own code. */
export class ClientError extends Error {
  override readonly name = 'ClientError';
  readonly code: ClientErrorCode | (string & {});

  constructor(code: ClientErrorCode | (string & {}), message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}
