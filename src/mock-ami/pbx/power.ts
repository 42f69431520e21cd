import type { Timer } from '../../ami/runtime.ts';
import { type ConfigChanges, StageError, type StagePbx } from '../../scenarios/stage.ts';
import { overlayText } from '../config/overlay.ts';
import { readPbxConfig } from '../config/pbx-config.ts';
import { keptContacts } from '../phones/registrar.ts';
import { BOOT_STEPS } from './boot.ts';
import { SOFT_HANGUP, softHangup } from './channel.ts';
import { restartedState } from './create-pbx.ts';
import { fillState, forgetConferences } from './fill-state.ts';
import type { Pbx } from './pbx.ts';
import { reloadPbx } from './reload.ts';
import { wakeUp } from './wake.ts';

/** The AMI server's part in going down and coming up. */
export interface PoweredServer {
  /** Answers every action with `Asterisk is shutting down`. */
  shuttingDown: boolean;
  readonly listening: boolean;
  /** Ends every session in order, as a closing process does. */
  stop(): void;
  /** Cuts every session. */
  kill(): void;
  start(): void;
  /** manager.conf may have changed. */
  reload(): void;
}

/** What takes how long, in ms. Source: recordings `fault-core-restart-now`, `fault-core-stop-now`, `fault-kill-9`. */
const HANG_UP_MS = 7;
const CALLS_END_MS = 1100;
const CLOSE_MS = 20;
const STARTUP_MS = 400;

/** The PBX's power switch: restart, stop, kill, start, reload, and changes of its configuration files. */
export class Power implements StagePbx {
  readonly #pbx: Pbx;
  readonly #server: PoweredServer;
  readonly #files: Map<string, string>;
  #running = true;
  /** Told to start, and not up yet. */
  #starting = false;
  #timers: Timer[] = [];
  /** While it waits for calls to end. */
  #stopWaiting: (() => void) | undefined;

  constructor(pbx: Pbx, server: PoweredServer, files: Map<string, string>) {
    this.#pbx = pbx;
    this.#server = server;
    this.#files = files;
  }

  get running(): boolean {
    return this.#running;
  }

  /** It neither runs nor is about to. */
  get down(): boolean {
    return !this.#running && !this.#starting;
  }

  /** Whether AMI takes connections now. */
  get listening(): boolean {
    return this.#server.listening;
  }

  restart(how: { readonly gracefully?: boolean } = {}): void {
    this.#mustRun('restart');
    this.#goDown({ restart: true, gracefully: how.gracefully ?? false });
  }

  stop(): void {
    this.#mustRun('stop');
    this.#goDown({ restart: false, gracefully: false });
  }

  kill(): void {
    this.#mustRun('be killed');
    this.#server.kill();
    this.#end();
  }

  start(): void {
    if (!this.down) throw new StageError('STAGE_NOT_POSSIBLE', `the PBX ${this.#running ? 'runs' : 'starts'} already`);
    this.#starting = true;
    this.#later(STARTUP_MS, () => this.#comeUp());
  }

  reload(module?: string): void {
    this.#mustRun('reload');
    this.#pbx.perform('reload', () => reloadPbx(this.#pbx, readPbxConfig(this.#files).config, module));
    this.#server.reload();
  }

  changeConfig(file: string, changes: ConfigChanges): void {
    const changed = overlayText(this.#files.get(file) ?? '', changes);
    readPbxConfig(new Map([...this.#files, [file, changed]]));
    this.#files.set(file, changed);
  }

  /** On, as after a start, whatever was on its way; the state is for the caller to give. */
  reset(): void {
    this.dispose();
    this.#running = true;
    this.#starting = false;
    this.#pbx.shuttingDown = false;
  }

  /** Ends what is still on its way: no timer is left. */
  dispose(): void {
    this.#stopWaiting?.();
    this.#cancelTimers();
    this.#pbx.halt();
  }

  #cancelTimers(): void {
    for (const timer of this.#timers) timer.cancel();
    this.#timers = [];
  }

  #mustRun(verb: string): void {
    if (!this.#running)
      throw new StageError('STAGE_NOT_POSSIBLE', `the PBX cannot ${verb}: it is down; start it first`);
  }

  #goDown(how: { readonly restart: boolean; readonly gracefully: boolean }): void {
    this.#pbx.shuttingDown = true;
    this.#server.shuttingDown = true;
    this.#later(HANG_UP_MS, () => {
      const busy = this.#pbx.channels().length > 0;
      if (how.gracefully && busy) return this.#goDownWhenIdle(how.restart);
      this.#pbx.perform('shutdown', () => {
        for (const channel of this.#pbx.channels().reverse()) {
          softHangup(this.#pbx, channel, SOFT_HANGUP.shutdown);
          wakeUp(this.#pbx, channel);
        }
      });
      this.#later(busy ? CALLS_END_MS : 0, () => this.#sayGoodbye(how.restart));
    });
  }

  #goDownWhenIdle(restart: boolean): void {
    this.#stopWaiting = this.#pbx.onSettled(() => {
      if (this.#pbx.channels().length > 0) return;
      this.#stopWaiting?.();
      this.#later(CALLS_END_MS, () => this.#sayGoodbye(restart));
    });
  }

  #sayGoodbye(restart: boolean): void {
    this.#pbx.perform('shutdown', () =>
      this.#pbx.emit('Shutdown', [
        ['Shutdown', 'Cleanly'],
        ['Restart', restart ? 'True' : 'False'],
      ]),
    );
    this.#later(CLOSE_MS, () => {
      this.#server.stop();
      this.#end();
      if (restart) this.start();
    });
  }

  /** The process is gone. Phones notice that their calls are dead. */
  #end(): void {
    this.#running = false;
    this.dispose();
    for (const phone of Object.values(this.#pbx.state.phones)) phone.calls = [];
  }

  #comeUp(): void {
    const pbx = this.#pbx;
    const contacts = new Map(Object.keys(pbx.state.endpoints).map((name) => [name, keptContacts(pbx, name)]));
    pbx.config = readPbxConfig(this.#files).config;
    pbx.dialplan = pbx.config.dialplan;
    pbx.state = restartedState(pbx);
    fillState(pbx, (name) => contacts.get(name) ?? []);
    forgetConferences(pbx);
    pbx.state.fullyBooted = false;
    pbx.shuttingDown = false;
    this.#running = true;
    this.#starting = false;
    this.#server.start();
    for (const { atMs, step } of BOOT_STEPS) this.#later(atMs, () => pbx.perform('start', () => step(pbx)));
  }

  #later(delayMs: number, what: () => void): void {
    const timer = this.#pbx.runtime.clock.setTimer(delayMs, () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
      what();
    });
    this.#timers.push(timer);
  }
}
