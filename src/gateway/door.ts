import type { Clock } from '../ami/runtime.ts';
import { GatewayError } from './gateway-error.ts';
import { type GatewayLimits, TRY_LATER } from './limits.ts';
import { MessageRate } from './message-rate.ts';
import type { Peer, PeerHandlers } from './peer.ts';
import { Tally } from './tally.ts';

/** What is behind the door: hears a browser, and can be made to send it away. */
export interface Guest extends PeerHandlers {
  turnAway(closeCode: number, error: GatewayError): void;
}

/** Counts who is inside, by address and by user, and how fast each of them talks. */
export class Door {
  readonly #clock: Clock;
  #limits: GatewayLimits;
  readonly #addresses: Tally;
  readonly #users: Tally;
  #uncounted: ReadonlySet<string>;
  /** Those inside, and as whom they are counted. */
  readonly #inside = new Map<Peer, string | undefined>();

  constructor(clock: Clock, limits: GatewayLimits) {
    this.#clock = clock;
    this.#limits = limits;
    this.#addresses = new Tally(limits.connectionsPerAddress);
    this.#users = new Tally(limits.connectionsPerUser);
    this.#uncounted = new Set(limits.uncountedAddresses);
  }

  /** Other limits, for all who come from now on. */
  renew(limits: GatewayLimits): void {
    this.#limits = limits;
    this.#addresses.limit = limits.connectionsPerAddress;
    this.#users.limit = limits.connectionsPerUser;
    this.#uncounted = new Set(limits.uncountedAddresses);
  }

  /** Lets a connection in, or has it turned away; what its transport hears goes to the handlers that come back. */
  open(peer: Peer, guest: Guest): PeerHandlers {
    const { address } = peer;
    const counted = !this.#uncounted.has(address);
    if (counted && !this.#addresses.take(address)) {
      guest.turnAway(TRY_LATER, tooMany('from this address'));
      return { message: () => {}, closed: () => guest.closed() };
    }
    this.#inside.set(peer, undefined);
    const { messagesPerSecond, messageBurst } = this.#limits;
    const rate = new MessageRate(this.#clock, messagesPerSecond, messageBurst);
    return {
      message: (text) => {
        if (rate.take()) guest.message(text);
        else guest.turnAway(TRY_LATER, tooFast());
      },
      closed: () => {
        if (counted && this.#inside.has(peer)) this.#addresses.free(address);
        this.#leave(peer);
        guest.closed();
      },
    };
  }

  /**
   * Counts a connection among those of a user, until it is over.
   * @throws GatewayError `GATEWAY_TOO_MANY_CONNECTIONS`
   */
  enter(peer: Peer, user: string): void {
    if (!this.#inside.has(peer) || this.#inside.get(peer) !== undefined) return;
    if (!this.#users.take(user)) throw tooMany('of this user');
    this.#inside.set(peer, user);
  }

  /** Users and addresses that are counted now. */
  get counted(): { readonly users: number; readonly addresses: number } {
    return { users: this.#users.size, addresses: this.#addresses.size };
  }

  #leave(peer: Peer): void {
    const user = this.#inside.get(peer);
    if (user !== undefined) this.#users.free(user);
    this.#inside.delete(peer);
  }
}

function tooMany(where: string): GatewayError {
  return new GatewayError('GATEWAY_TOO_MANY_CONNECTIONS', `There are too many connections ${where} already`);
}

function tooFast(): GatewayError {
  return new GatewayError('GATEWAY_TOO_MANY_MESSAGES', 'Messages come faster than they are read here');
}
