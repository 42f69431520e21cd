import type { Runtime } from '../ami/runtime.ts';
import type { Audit } from './audit.ts';
import { BrowserSession, type SessionContext } from './browser-session.ts';
import { type CommandOptions, Commands } from './commands.ts';
import { Door } from './door.ts';
import { DEFAULT_LIMITS, type GatewayLimits } from './limits.ts';
import { type Log, SILENT } from './log.ts';
import { Login } from './login.ts';
import { LoginGuard } from './login-guard.ts';
import { type CallWatcher, PbxFeed, type PbxFeedOptions } from './pbx-feed.ts';
import type { Peer, PeerHandlers } from './peer.ts';
import { dialectOf } from './protocols.ts';
import { Tickets } from './tickets.ts';
import type { TokenVerifier } from './token-verifier.ts';
import { Users, type UsersFile } from './users.ts';
import type { Model } from './wire/model.ts';
import { JSON_PROTOCOL, type PbxState } from './wire/protocol.ts';

export interface GatewayOptions extends CommandOptions {
  readonly runtime: Runtime;
  /** How to reach the PBX, and as whom. */
  readonly pbx: Omit<PbxFeedOptions, 'runtime' | 'log'>;
  /** Who may come in, and what they may. */
  readonly users: UsersFile;
  readonly log?: Log;
  /** Hears of every command: who, what, and what came of it. */
  readonly audit?: Audit;
  /** Checks signed tokens; without it none is taken. */
  readonly tokens?: TokenVerifier;
  /** How long a browser may take to say hello, ms; 10 s by default. */
  readonly helloTimeoutMs?: number;
  /** Bytes that may wait for one browser to read them; 1 MiB by default. Past that it is closed, and may resume. */
  readonly outboxBytes?: number;
  /** What one user, address and browser may ask for; {@link DEFAULT_LIMITS} where nothing is said. */
  readonly limits?: Partial<GatewayLimits>;
}

/**
 * Shows a PBX to browsers. Everything flows one way, and commands flow back:
 *
 *     Link -> AmiSession -> toWire -> reduce -> Bus {epoch, seq} -> Audience (View, encoded once) -> Outbox -> Peer
 *     Peer -> Dialect -> authorize -> Commands -> AmiSession -> response by ActionID -> Reply
 *
 * `PbxFeed` is the half towards the PBX, `BrowserSession` the half towards one browser. Actions never change the model: only
 * events do. The gateway owns no socket and no timer of its own, so that it runs in Node and in a tab alike.
 */
export class Gateway {
  readonly #feed: PbxFeed;
  readonly #context: SessionContext;
  readonly #sessions = new Set<BrowserSession>();
  readonly #door: Door;

  constructor(options: GatewayOptions) {
    const { runtime, log = SILENT, helloTimeoutMs, outboxBytes } = options;
    const users = new Users(options.users, runtime.digest);
    const limits = { ...DEFAULT_LIMITS, ...options.limits };
    const guard = new LoginGuard(runtime.clock, limits.uncountedAddresses);
    this.#door = new Door(runtime.clock, limits);
    this.#feed = new PbxFeed({ ...options.pbx, runtime, log });
    this.#context = {
      feed: this.#feed,
      login: new Login({
        users,
        tickets: new Tickets(runtime),
        guard,
        door: this.#door,
        clock: runtime.clock,
        tokens: options.tokens,
      }),
      commands: new Commands(this.#feed, options),
      chat: new Set(),
      runtime,
      log,
      audit: options.audit ?? (() => {}),
      ...(helloTimeoutMs !== undefined && { helloTimeoutMs }),
      ...(outboxBytes !== undefined && { outboxBytes }),
    };
  }

  /**
   * Connects to the PBX, and keeps connected. Browsers may come before, and while it is away.
   * @returns once the model is filled for the first time
   * @throws AmiError where the first attempt fails; further ones are made all the same, until {@link close}
   */
  open(): Promise<void> {
    return this.#feed.open();
  }

  /**
   * Takes a browser in. What its transport hears goes to the handlers that come back.
   * @param protocol one of {@link PROTOCOLS}
   */
  accept(peer: Peer, protocol: string = JSON_PROTOCOL): PeerHandlers {
    const over = () => void this.#sessions.delete(session);
    const session: BrowserSession = new BrowserSession(peer, dialectOf(protocol), this.#context, over);
    this.#sessions.add(session);
    return this.#door.open(peer, session);
  }

  /** Calls `watcher` with what happens in calls: who rings, answers, holds, is transferred. Gives what ends that. */
  watchCalls(watcher: CallWatcher): () => void {
    return this.#feed.watchCalls(watcher);
  }

  /** What is known of the PBX now; not to be changed. */
  get model(): Model {
    return this.#feed.model;
  }

  get pbxState(): PbxState {
    return this.#feed.state;
  }

  /** Browsers that are connected, logged in or not. */
  get connections(): number {
    return this.#sessions.size;
  }

  /** Sends every browser away and leaves the PBX. */
  close(): void {
    for (const session of [...this.#sessions]) session.goAway();
    this.#feed.close();
  }
}
