import type { Door } from './door.ts';
import { GatewayError } from './gateway-error.ts';
import type { LoginGuard } from './login-guard.ts';
import type { Peer } from './peer.ts';
import type { Tickets } from './tickets.ts';
import type { User, Users } from './users.ts';
import type { Hello } from './wire/protocol.ts';

/** A user who is let in, and the ticket that lets them in again. */
export interface Admission {
  readonly user: User;
  readonly ticket: string;
}

/** Who may come in. */
export class Login {
  readonly #users: Users;
  readonly #tickets: Tickets;
  readonly #guard: LoginGuard;
  readonly #door: Door;

  constructor(users: Users, tickets: Tickets, guard: LoginGuard, door: Door) {
    this.#users = users;
    this.#tickets = tickets;
    this.#guard = guard;
    this.#door = door;
  }

  /**
   * Checks what a hello shows: a ticket, or a user and their secret.
   * @param peer who shows it: failures count against its address, and it counts among the connections of the user
   * @throws GatewayError `GATEWAY_LOGIN_REFUSED`, which does not tell what of it was wrong; `GATEWAY_LOGIN_BACK_OFF`,
   *   `GATEWAY_TOO_MANY_CONNECTIONS`
   */
  async admit(hello: Hello, peer: Peer): Promise<Admission> {
    const { address } = peer;
    const { ticket, user: name } = hello;
    const user =
      ticket === undefined
        ? await this.#guard.attempt(name, address, () => this.#bySecret(hello))
        : await this.#guard.attempt(undefined, address, () => this.#byTicket(ticket));
    if (user === undefined) throw refused('User, secret or ticket is not good');
    this.#door.enter(peer, user.name);
    return { user, ticket: this.#tickets.issue(user.name, this.#users.stamp(user.name)) };
  }

  async #bySecret({ user, secret, token }: Hello): Promise<User | undefined> {
    if (token !== undefined) throw refused('This gateway takes no tokens');
    if (user === undefined || secret === undefined) throw refused('A hello needs user and secret, or a ticket');
    return this.#users.verify(user, secret);
  }

  #byTicket(ticket: string): User | undefined {
    const name = this.#tickets.verify(ticket, (user) => this.#users.stamp(user));
    return name === undefined ? undefined : this.#users.find(name);
  }
}

function refused(message: string): GatewayError {
  return new GatewayError('GATEWAY_LOGIN_REFUSED', message);
}
