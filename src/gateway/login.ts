import { GatewayError } from './gateway-error.ts';
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

  constructor(users: Users, tickets: Tickets) {
    this.#users = users;
    this.#tickets = tickets;
  }

  /**
   * Checks what a hello shows: a ticket, or a user and their secret.
   * @throws GatewayError `GATEWAY_LOGIN_REFUSED`, which does not tell what of it was wrong
   */
  async admit(hello: Hello): Promise<Admission> {
    const user = hello.ticket === undefined ? await this.#bySecret(hello) : this.#byTicket(hello.ticket);
    if (user === undefined) throw refused('User, secret or ticket is not good');
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
