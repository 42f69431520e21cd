import type { ClientError } from './client-error.ts';

/**
 * Where a connection to the gateway is:
 * `idle -> connecting -> greeting -> online`, from each of the last three to `waiting` (back-off, then `connecting` again)
 * or to `closed` (by `close()`, or because trying again would not help).
 */
export type ConnectionState =
  | { readonly name: 'idle' }
  | { readonly name: 'connecting'; readonly attempt: number }
  /** The WebSocket is open; hello is sent or about to be. */
  | { readonly name: 'greeting'; readonly attempt: number }
  | {
      readonly name: 'online';
      readonly user: string;
      /** Commands (`do` names) that this user may send. */
      readonly rights: readonly string[];
      /** True: what was missed follows. False: a snapshot follows. */
      readonly resumed: boolean;
    }
  | {
      readonly name: 'waiting';
      readonly attempt: number;
      /** Milliseconds since the epoch. */
      readonly retryAtMs: number;
      readonly reason: string;
    }
  | { readonly name: 'closed'; readonly error: ClientError };
