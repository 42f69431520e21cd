import type { Clock } from '../ami/runtime.ts';
import type { Door } from './door.ts';
import { GatewayError } from './gateway-error.ts';
import type { LoginGuard } from './login-guard.ts';
import type { Peer } from './peer.ts';
import type { Tickets } from './tickets.ts';
import type { TokenClaims, TokenVerifier } from './token-verifier.ts';
import type { User, Users } from './users.ts';
import type { Hello } from './wire/protocol.ts';

/** A user who is let in, and the ticket that lets them in again. */
export interface Admission extends Proven {
  readonly ticket: string;
  /** What must stay as it is for the user to stay: see {@link Login.again}. */
  readonly stamp: string;
}

/** What a login is decided by. */
export interface LoginParts {
  readonly users: Users;
  readonly tickets: Tickets;
  readonly guard: LoginGuard;
  readonly door: Door;
  readonly clock: Clock;
  readonly tokens: TokenVerifier | undefined;
}

/** A user, and what their ticket is to name. */
export interface Proven {
  readonly user: User;
  readonly subject: string;
}

/** Starts what a ticket names when a token vouched for its user: no name of a users file starts with a space. */
const VOUCHED = ' ';
const VOUCHED_STAMP = 'vouched for by a token';

/** Who may come in. */
export class Login {
  #parts: LoginParts;

  constructor(parts: LoginParts) {
    this.#parts = parts;
  }

  /**
   * Checks what a hello shows: a ticket, a signed token, or a user and their secret.
   * @param peer who shows it: failures count against its address, and it counts among the connections of the user
   * @throws GatewayError `GATEWAY_LOGIN_REFUSED`, which does not tell what of it was wrong; `GATEWAY_LOGIN_BACK_OFF`,
   *   `GATEWAY_TOO_MANY_CONNECTIONS`, `GATEWAY_TOKENS_UNAVAILABLE`
   */
  async admit(hello: Hello, peer: Peer): Promise<Admission> {
    const { guard, door, tickets } = this.#parts;
    const named = hello.ticket === undefined && hello.token === undefined ? hello.user : undefined;
    const proven = await guard.attempt(named, peer.address, () => this.#prove(hello));
    if (proven === undefined) throw refused('User, secret, token or ticket is not good');
    const { user, subject } = proven;
    door.enter(peer, user.name);
    const stamp = this.#stamp(subject);
    return { user, subject, stamp, ticket: tickets.issue(subject, stamp) };
  }

  /** From now on others decide; who is in stays until somebody asks {@link again}. */
  renew(parts: Pick<LoginParts, 'users' | 'tokens'>): void {
    this.#parts = { ...this.#parts, ...parts };
  }

  /** Somebody who is in, as of now; `undefined` where they would not be let in again. */
  again({ subject, stamp }: Admission): Admission | undefined {
    if (this.#stamp(subject) !== stamp) return undefined;
    const { users, tokens, tickets } = this.#parts;
    const user = subject.startsWith(VOUCHED) ? tokens && this.#userOf(claimsIn(subject)) : users.find(subject);
    return user && { user, subject, stamp, ticket: tickets.issue(subject, stamp) };
  }

  #prove({ ticket, token, user, secret }: Hello): Proven | undefined | Promise<Proven | undefined> {
    if (ticket !== undefined) return this.#byTicket(ticket);
    if (token !== undefined) return this.#byToken(token);
    if (user === undefined || secret === undefined) throw refused('A hello needs user and secret, a token or a ticket');
    return this.#bySecret(user, secret);
  }

  async #bySecret(name: string, secret: string): Promise<Proven | undefined> {
    const user = await this.#parts.users.verify(name, secret);
    return user && { user, subject: name };
  }

  async #byToken(token: string): Promise<Proven | undefined> {
    const claims = await this.#parts.tokens?.verify(token);
    return claims && this.#vouchedFor(claims);
  }

  #byTicket(ticket: string): Proven | undefined {
    const { tickets, users, tokens } = this.#parts;
    const subject = tickets.verify(ticket, (named) => this.#stamp(named));
    if (subject === undefined) return undefined;
    if (subject.startsWith(VOUCHED)) return tokens && this.#vouchedFor(claimsIn(subject));
    const user = users.find(subject);
    return user && { user, subject };
  }

  /** The token's end is that of all tickets which follow from it. */
  #vouchedFor(claims: TokenClaims): Proven | undefined {
    if (claims.expiresMs <= this.#parts.clock.now()) return undefined;
    const user = this.#userOf(claims);
    return user && { user, subject: `${VOUCHED}${JSON.stringify({ ...claims, roles: claims.roles.slice(0, 8) })}` };
  }

  #userOf(claims: TokenClaims): User | undefined {
    return this.#parts.users.vouchedFor(claims);
  }

  #stamp(subject: string): string {
    return subject.startsWith(VOUCHED) ? VOUCHED_STAMP : this.#parts.users.stamp(subject);
  }
}

function claimsIn(subject: string): TokenClaims {
  return JSON.parse(subject) as TokenClaims;
}

function refused(message: string): GatewayError {
  return new GatewayError('GATEWAY_LOGIN_REFUSED', message);
}
