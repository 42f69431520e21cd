import type { Runtime } from '../ami/runtime.ts';
import type { Audit } from './audit.ts';
import { BrowserSession } from './browser-session.ts';
import type { CommandOptions } from './commands.ts';
import { Door } from './door.ts';
import { DEFAULT_LIMITS, type GatewayLimits } from './limits.ts';
import { type Log, SILENT } from './log.ts';
import { Login } from './login.ts';
import { LoginGuard } from './login-guard.ts';
import type { CallWatcher, PbxFeed } from './pbx-feed.ts';
import { type PbxOptions, Pbxs } from './pbxs.ts';
import type { Peer, PeerHandlers } from './peer.ts';
import { dialectOf } from './protocols.ts';
import type { SessionContext } from './session-context.ts';
import { GatewayStats } from './stats.ts';
import { Tickets } from './tickets.ts';
import type { TokenVerifier } from './token-verifier.ts';
import { Users, type UsersFile } from './users.ts';
import type { Model } from './wire/model.ts';
import { JSON_PROTOCOL, type PbxState } from './wire/protocol.ts';

/** What may change while a gateway runs. */
export interface GatewayRules {
  /** Who may come in, and what they may. */
  readonly users: UsersFile;
  /** Checks signed tokens; without it none is taken. */
  readonly tokens?: TokenVerifier | undefined;
  /** How long a browser may take to say hello, ms; 10 s by default. */
  readonly helloTimeoutMs?: number;
  /** Bytes that may wait for one browser to read them; 1 MiB by default. Past that it is closed, and may resume. */
  readonly outboxBytes?: number;
  /** What one user, address and browser may ask for; {@link DEFAULT_LIMITS} where nothing is said. */
  readonly limits?: Partial<GatewayLimits>;
}

export interface GatewayOptions extends GatewayRules, CommandOptions {
  readonly runtime: Runtime;
  /** How to reach the PBX, and as whom; several have names. */
  readonly pbx: PbxOptions | readonly PbxOptions[];
  readonly log?: Log;
  /** Hears of every command: who, what, and what came of it. */
  readonly audit?: Audit;
  /** Signs resume tickets; of chance by default, so that they end with the gateway. */
  readonly ticketKey?: Uint8Array;
}

/**
 * Shows PBXs to browsers. Everything flows one way, and commands flow back:
 *
 *     Link -> AmiSession -> toWire -> reduce -> Bus {epoch, seq} -> Audience (View, encoded once) -> Outbox -> Peer
 *     Peer -> Dialect -> authorize -> Commands -> AmiSession -> response by ActionID -> Reply
 *
 * `PbxFeed` is the half towards a PBX, `BrowserSession` the half towards one browser. Actions never change the model: only
 * events do. The gateway owns no socket and no timer of its own, so that it runs in Node and in a tab alike.
 */
export class Gateway {
  readonly stats = new GatewayStats();
  readonly #pbxs: Pbxs;
  readonly #runtime: Runtime;
  readonly #login: Login;
  readonly #guard: LoginGuard;
  readonly #sessions = new Set<BrowserSession>();
  readonly #door: Door;
  #context: SessionContext;
  #draining = false;

  constructor(options: GatewayOptions) {
    const { runtime, log = SILENT, ticketKey } = options;
    const limits = { ...DEFAULT_LIMITS, ...options.limits };
    this.#runtime = runtime;
    this.#guard = new LoginGuard(runtime.clock, limits.uncountedAddresses);
    this.#door = new Door(runtime.clock, limits);
    const { context } = options;
    this.#pbxs = new Pbxs([options.pbx].flat(), { runtime, log, ...(context !== undefined && { context }) });
    this.#boundViews(limits);
    this.#login = new Login({
      users: new Users(options.users, runtime.digest),
      tickets: new Tickets(runtime, ticketKey === undefined ? {} : { key: ticketKey }),
      guard: this.#guard,
      door: this.#door,
      clock: runtime.clock,
      tokens: options.tokens,
    });
    this.#context = {
      pbxs: this.#pbxs,
      login: this.#login,
      chat: new Set(),
      runtime,
      log,
      stats: this.stats,
      audit: options.audit ?? (() => {}),
      ...bounds(options),
    };
  }

  /**
   * Connects to the PBXs, and keeps connected. Browsers may come before, and while one is away.
   * @returns once every model is filled for the first time
   * @throws AmiError where a first attempt fails; further ones are made all the same, until {@link close}
   */
  open(): Promise<void> {
    const opened = Promise.all(this.#pbxs.all.map(({ feed }) => feed.open())).then(() => {});
    // Whoever does not care about the first attempts need not listen.
    opened.catch(() => {});
    return opened;
  }

  /**
   * Takes a browser in. What its transport hears goes to the handlers that come back.
   * @param protocol one of {@link PROTOCOLS}
   */
  accept(peer: Peer, protocol: string = JSON_PROTOCOL): PeerHandlers {
    const over = () => void this.#sessions.delete(session);
    const session: BrowserSession = new BrowserSession(peer, dialectOf(protocol), this.#context, over);
    this.#sessions.add(session);
    this.stats.connections += 1;
    return this.#door.open(peer, session);
  }

  /** Calls `watcher` with what happens in calls, of any PBX: who rings, answers, holds, is transferred. Gives what ends that. */
  watchCalls(watcher: CallWatcher): () => void {
    const ends = this.#pbxs.all.map(({ feed }) => feed.watchCalls(watcher));
    return () => {
      for (const end of ends) end();
    };
  }

  /**
   * Other users, roles, tokens and limits from now on. Browsers stay: who sees or may do something else is told so, and who
   * would not be let in any more is sent away.
   */
  renew(rules: GatewayRules): void {
    const limits = { ...DEFAULT_LIMITS, ...rules.limits };
    this.#door.renew(limits);
    this.#guard.renew(limits.uncountedAddresses);
    this.#boundViews(limits);
    this.#login.renew({ users: new Users(rules.users, this.#runtime.digest), tokens: rules.tokens });
    this.#context = { ...this.#context, ...bounds(rules) };
    for (const session of [...this.#sessions]) session.renew();
  }

  #boundViews({ views }: GatewayLimits): void {
    for (const { feed } of this.#pbxs.all) feed.viewLimit = views;
  }

  /** Where each PBX is in the operator's order; not to be changed. */
  get pbxs(): readonly { readonly name: string; readonly feed: PbxFeed }[] {
    return this.#pbxs.all;
  }

  /** What is known of the first PBX now; not to be changed. */
  get model(): Model {
    return this.#pbxs.first.feed.model;
  }

  /** Of the first PBX. */
  get pbxState(): PbxState {
    return this.#pbxs.first.feed.state;
  }

  /** It goes down, and nobody more should come. */
  get isDraining(): boolean {
    return this.#draining;
  }

  /** Browsers that are connected, logged in or not. */
  get connections(): number {
    return this.#sessions.size;
  }

  /** Browsers that are logged in. */
  get loggedIn(): number {
    return [...this.#sessions].filter(({ isOpen }) => isOpen).length;
  }

  /** Bytes that wait for browsers to read them. */
  get waitingBytes(): { readonly sum: number; readonly most: number } {
    const each = [...this.#sessions].map(({ waitingBytes }) => waitingBytes);
    return { sum: each.reduce((sum, bytes) => sum + bytes, 0), most: Math.max(0, ...each) };
  }

  /**
   * Sends every browser away as soon as its commands are answered, and tells each to come back after a time of its own.
   * @param spreadMs the longest of these times
   */
  drain(spreadMs: number): void {
    this.#draining = true;
    for (const session of [...this.#sessions]) session.goAway(Math.round(this.#runtime.random.next() * spreadMs));
  }

  /** Tries to reach PBXs that are away now, not only after the wait that is due. */
  retryNow(): void {
    for (const { feed } of this.#pbxs.all) feed.retryNow();
  }

  /** Sends every browser away and leaves the PBXs. */
  close(): void {
    for (const session of [...this.#sessions]) session.goAwayNow();
    for (const { feed } of this.#pbxs.all) feed.close();
  }
}

function bounds({ helloTimeoutMs, outboxBytes }: GatewayRules): Pick<SessionContext, 'helloTimeoutMs' | 'outboxBytes'> {
  return {
    ...(helloTimeoutMs !== undefined && { helloTimeoutMs }),
    ...(outboxBytes !== undefined && { outboxBytes }),
  };
}
