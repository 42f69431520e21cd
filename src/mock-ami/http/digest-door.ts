import type { Runtime } from '../../ami/runtime.ts';
import { expectedResponse, parseDigest } from './digest.ts';

/** Who may come in by digest. */
export interface DigestUsers {
  /** Of the digest: the system's name, or `asterisk`. */
  readonly realm: string;
  /** By its name in any case; `undefined` where there is nobody of that name. */
  find(name: string): { readonly name: string; readonly secret: string; readonly permitted: boolean } | undefined;
}

/** A session of who has come in: where it stands with its nonces. */
export interface DigestSession {
  readonly user: string;
  nonce: string;
  /** The one before, which is answered with the new one. */
  oldNonce: string | undefined;
  /** How often the nonce was used. */
  count: number;
  /** When it was given, in whole seconds. */
  sinceS: number;
}

/** What becomes of a request: it is let in, asked to prove itself, or not permitted. */
export type Admission<Session> =
  | { readonly outcome: 'let-in'; readonly session: Session }
  | { readonly outcome: 'ask'; readonly nonce: string; readonly stale: boolean }
  | { readonly outcome: 'forbidden' };

/** A nonce is good for so long. Source: `auth_http_callback`, main/manager.c. */
const NONCE_S = 62;

/**
 * Asks clients for a proof by digest, and knows the sessions of those who gave one. Source: `auth_http_callback`, main/manager.c:
 * any nonce will do for a first proof; the session then lives by it, counts its uses, and changes it after a minute.
 */
export class DigestDoor<Session extends DigestSession> {
  readonly #runtime: Pick<Runtime, 'clock' | 'digest' | 'random'>;
  readonly #users: DigestUsers;
  readonly #open: (session: DigestSession) => Session | undefined;
  readonly #sessions = new Set<Session>();

  /** @param open makes the session of somebody who has come in; `undefined` where the PBX is down */
  constructor(
    runtime: Pick<Runtime, 'clock' | 'digest' | 'random'>,
    users: DigestUsers,
    open: (session: DigestSession) => Session | undefined,
  ) {
    this.#runtime = runtime;
    this.#users = users;
    this.#open = open;
  }

  get sessions(): ReadonlySet<Session> {
    return this.#sessions;
  }

  /** `undefined` where the PBX is down. */
  enter({
    method,
    authorization,
  }: {
    readonly method: string;
    readonly authorization: string;
  }): Admission<Session> | undefined {
    const proof = parseDigest(authorization);
    const user = proof && this.#users.find(proof.username);
    const nonce = /^\s*(?:0x)?([0-9a-f]+)/i
      .exec(proof?.nonce ?? '')?.[1]
      ?.replace(/^0+(?=.{8})/, '')
      .padStart(8, '0')
      .toLowerCase();
    if (proof === undefined || user === undefined || nonce === undefined) return this.#ask();
    if (!user.permitted) return { outcome: 'forbidden' };
    const by = { user: user.name, realm: this.#users.realm, secret: user.secret, method };
    const expected = expectedResponse({ ...proof, nonce }, by, this.#runtime.digest);
    if (proof.response.slice(0, expected.length).toLowerCase() !== expected) return this.#ask();
    return this.#admit(user.name, nonce, Number.parseInt(proof.nc, 16) || 0);
  }

  leave(session: Session): void {
    this.#sessions.delete(session);
  }

  #admit(user: string, nonce: string, count: number): Admission<Session> | undefined {
    const own = [...this.#sessions].filter((session) => session.user === user);
    const known = own.find((session) => session.nonce === nonce || session.oldNonce === nonce);
    if (known === undefined) {
      const session = this.#open({ user, nonce, oldNonce: undefined, count: 0, sinceS: this.#nowS() });
      if (session === undefined) return undefined;
      this.#sessions.add(session);
      return { outcome: 'let-in', session };
    }
    if (known.nonce !== nonce) return { outcome: 'ask', nonce: known.nonce, stale: true };
    if (known.count >= count || this.#nowS() - known.sinceS > NONCE_S) return this.#renew(known);
    known.count = count;
    return { outcome: 'let-in', session: known };
  }

  #renew(session: Session): Admission<Session> {
    session.count = 0;
    session.oldNonce = session.nonce;
    session.nonce = this.#newNonce();
    session.sinceS = this.#nowS();
    return { outcome: 'ask', nonce: session.nonce, stale: true };
  }

  #ask(): Admission<Session> {
    return { outcome: 'ask', nonce: this.#newNonce(), stale: false };
  }

  /** As `ast_random` gives them: 31 bits. */
  #newNonce(): string {
    return Math.floor(this.#runtime.random.next() * 2 ** 31)
      .toString(16)
      .padStart(8, '0');
  }

  #nowS(): number {
    return Math.floor(this.#runtime.clock.now() / 1000);
  }
}

/** The header that asks for a proof. Source: recording `ajam-http-odds`; `stale`: `ast_http_auth`, main/http.c. */
export function challengeHeader(realm: string, nonce: string, stale: boolean): string {
  return `Digest algorithm=MD5, realm="${realm}", nonce="${nonce}", qop="auth", opaque="${nonce}"${stale ? ', stale=true' : ''}`;
}
