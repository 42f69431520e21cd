import type { TextCoding } from '../../ami/runtime.ts';
import type { ManagerSession } from '../server/manager-session.ts';

/** Headers as an object. */
export type AmiTestMessage = Readonly<Record<string, string | number | readonly (string | number)[]>>;

/** A client of an {@link AmiTestServer}: what suites use of the socket that they would have got from asterisk-ami-test-server. */
export class AmiTestClient {
  readonly remoteAddress: string;
  readonly remotePort: number;
  readonly #session: ManagerSession;
  readonly #text: TextCoding;

  constructor(session: ManagerSession, text: TextCoding) {
    this.remoteAddress = session.peer.remote.address;
    this.remotePort = session.peer.remote.port;
    this.#session = session;
    this.#text = text;
  }

  /** Sends text (as UTF-8) or bytes as they are; nothing where the client is gone. */
  write(data: string | Uint8Array): void {
    if (this.#session.closed) return;
    this.#session.output.write(typeof data === 'string' ? this.#text.encode(data) : data);
  }

  /** Ends the connection; what was written is still sent. */
  end(): void {
    this.#session.close();
  }
}
