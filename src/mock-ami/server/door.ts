import type { Link } from '../../ami/link.ts';
import type { SessionOutput } from './manager-session.ts';

/** What stands between clients and the server: it may keep them out, and spoil what passes. The server itself is always sound. */
export interface Door {
  /** The connection as the server is to see it; `undefined` where the door has ended it. */
  enter(link: Link): Entrance | undefined;
  /** Says of a login that is about to be looked at how long it has to wait (ms), and whether it is refused whatever it proves. */
  login(): { readonly delayMs: number; readonly refused: boolean };
}

/** One connection, as it comes through the door. */
export interface Entrance {
  readonly link: Link;
  /** Gives a session's messages to `output`, or what becomes of them. */
  outputTo(output: SessionOutput): SessionOutput;
}
