import type { Link } from '../../ami/link.ts';
import type { Runtime } from '../../ami/runtime.ts';
import type { Action } from '../actions/action.ts';
import { ActionJournal } from '../actions/journal.ts';
import type { JournalBounds } from '../actions/journal-bounds.ts';
import { loadedActions } from '../actions/loaded-actions.ts';
import { asterisk22 } from '../catalog/asterisk-22.ts';
import type { AsteriskProfile } from '../catalog/asterisk-profile.ts';
import type { PbxEvent } from '../pbx/event.ts';
import type { Pbx } from '../pbx/pbx.ts';
import type { Administration } from './administration.ts';
import { AmiConnection } from './ami-connection.ts';
import { Challenges } from './challenges.ts';
import type { Door } from './door.ts';
import { EventText } from './event-text.ts';
import type { ManagerSession } from './manager-session.ts';
import { type ManagerSettings, managerSettings } from './manager-settings.ts';
import type { SessionHost } from './session-host.ts';

export interface AmiServerOptions {
  readonly pbx: Pbx;
  readonly runtime: Pick<Runtime, 'clock' | 'digest' | 'text'>;
  /** The version to be like; Asterisk 22 by default. */
  readonly profile?: AsteriskProfile;
  /** Of chance; 1 by default. */
  readonly seed?: number;
  /** How much the journal keeps; 100,000 actions and 64 MiB by default. */
  readonly journal?: Partial<JournalBounds> | undefined;
}

/**
 * The manager interface of a simulated PBX: takes connections from any listener, and gives each its session.
 * Whoever stops, restarts or reloads the PBX tells it so.
 */
export class AmiServer implements SessionHost {
  readonly pbx: Pbx;
  readonly runtime: Pick<Runtime, 'clock' | 'digest' | 'text'>;
  readonly profile: AsteriskProfile;
  readonly actions: ReadonlyMap<string, Action>;
  readonly journal: ActionJournal;
  challenges: Challenges;
  /** Set by whoever owns the configuration and the power switch. */
  administration: Administration | undefined;
  /** Set by whoever spoils what passes it: faults. */
  door: Door | undefined;
  settings: ManagerSettings;
  shuttingDown = false;
  readonly #connections = new Set<AmiConnection>();
  readonly #listeners = new Set<(listening: boolean) => void>();
  readonly #forget = (connection: AmiConnection): void => void this.#connections.delete(connection);
  readonly #stopListening: readonly (() => void)[];
  #running = true;
  #shut = false;
  #nextNumber = 1;

  constructor({ pbx, runtime, profile = asterisk22, seed = 1, journal }: AmiServerOptions) {
    this.pbx = pbx;
    this.runtime = runtime;
    this.profile = profile;
    this.journal = new ActionJournal(journal);
    this.actions = loadedActions(profile);
    this.challenges = new Challenges(seed);
    this.settings = managerSettings(pbx.config.manager);
    this.#stopListening = [pbx.onEvent((event) => this.#tell(event)), pbx.onSettled(() => this.#settled())];
  }

  get sessions(): ReadonlySet<ManagerSession> {
    return new Set([...this.#connections].map((connection) => connection.session));
  }

  /** Whether connections are taken now: the PBX runs, manager.conf switches the interface on, and the port is not shut. */
  get listening(): boolean {
    return this.#running && this.settings.enabled && !this.#shut;
  }

  /** Tells when {@link listening} changes: the port is to be closed or opened. Returns how to stop that. */
  onListening(listener: (listening: boolean) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * Takes a connection. Above `authlimit` that have not logged in it is closed without a word. Source: recording `fault-auth-limit`.
   * @param user whom the client has proven to be elsewhere (AMI over HTTP, by digest)
   */
  accept(link: Link, user?: string): void {
    const strangers = [...this.#connections].filter(({ session }) => session.user === undefined);
    const account = user === undefined ? undefined : this.settings.users.get(user.toLowerCase());
    const hasRoom = account !== undefined || strangers.length < this.settings.authLimit;
    if (!this.listening || !hasRoom) {
      link.attach({ data: () => {}, end: () => {}, close: () => {} });
      link.end();
      return;
    }
    const entrance = this.door === undefined ? { link } : this.door.enter(link);
    if (entrance === undefined) return;
    this.#connections.add(new AmiConnection(this, entrance, this.#nextNumber++, this.#forget, account));
  }

  /** Closes the port, whatever the PBX does, or opens it again; connections that there are stay. */
  setShut(shut: boolean): void {
    const before = this.listening;
    this.#shut = shut;
    if (this.listening !== before) this.#tellListening();
  }

  /** manager.conf may have changed. Sessions stay as they are, those of users who are gone too. Source: recording `fault-user-removed`. */
  reload(): void {
    const before = this.listening;
    this.settings = managerSettings(this.pbx.config.manager, this.settings);
    if (this.listening !== before) this.#tellListening();
  }

  /** The PBX is down: every connection ends, and none is taken until {@link start}. */
  stop(): void {
    const before = this.listening;
    this.#running = false;
    for (const { session } of [...this.#connections]) session.close();
    if (before) this.#tellListening();
  }

  /** The PBX was killed: connections end without what was still to be sent. */
  kill(): void {
    const before = this.listening;
    this.#running = false;
    for (const connection of [...this.#connections]) connection.cut();
    this.#connections.clear();
    if (before) this.#tellListening();
  }

  /** The PBX runs again, its configuration read anew. */
  start(): void {
    const before = this.listening;
    this.#running = true;
    this.shuttingDown = false;
    this.settings = managerSettings(this.pbx.config.manager);
    if (this.listening !== before) this.#tellListening();
  }

  /** As at the start, with the configuration that the PBX has now: no connection, an empty journal, numbers counted anew. */
  reset(seed: number): void {
    for (const { session } of [...this.#connections]) session.close();
    this.#connections.clear();
    this.#nextNumber = 1;
    this.challenges = new Challenges(seed);
    this.journal.clear();
    this.start();
  }

  /** Ends every connection and hears no more of the PBX. */
  close(): void {
    for (const stop of this.#stopListening) stop();
    this.stop();
    this.#listeners.clear();
  }

  #tell(event: PbxEvent): void {
    if (this.settings.disabledEvents.has(event.name)) return;
    const text = new EventText(event, this.settings.timestampEvents, this.runtime.text);
    for (const { session } of this.#connections) session.offer(text);
  }

  #settled(): void {
    for (const { session } of [...this.#connections]) session.settled();
  }

  #tellListening(): void {
    for (const listener of [...this.#listeners]) listener(this.listening);
  }
}
