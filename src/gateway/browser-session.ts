import type { Timer } from '../ami/runtime.ts';
import type { LegacyRequest } from './decode-xml.ts';
import type { Dialect, Incoming, PrivateMessage } from './dialect.ts';
import type { Guest } from './door.ts';
import type { Frame } from './frame.ts';
import { asGatewayError, GatewayError } from './gateway-error.ts';
import { LegacyDesk } from './legacy-desk.ts';
import { TRY_LATER } from './limits.ts';
import type { Admission } from './login.ts';
import { MessageRate } from './message-rate.ts';
import { DEFAULT_OUTBOX_BYTES, Outbox } from './outbox.ts';
import type { Peer } from './peer.ts';
import { type Missed, missedBy, type Seat, sitDown, standUp, takeSeats, welcomesTo } from './seats.ts';
import { goingAway, MAX_COMMANDS_UNDER_WAY, SessionCommands, tooManyCommands } from './session-commands.ts';
import type { SessionContext } from './session-context.ts';
import { countBy } from './stats.ts';
import { Subscription } from './subscription.ts';
import type { User } from './users.ts';
import { CLOSE, type Hello, type PbxWelcome, type Subscribe } from './wire/protocol.ts';

/** Each change makes a snapshot. Nobody needs more, and whoever tries keeps the gateway from nothing else. */
const SUBSCRIPTIONS = { perSecond: 1, burst: 10 };
const NORMAL_CLOSE = 1000;
/** Refusals that trying again does not mend. */
const FINAL: ReadonlySet<string> = new Set(['GATEWAY_LOGIN_REFUSED', 'GATEWAY_NO_SUCH_PBX']);

type State = { readonly name: 'new' | 'checking' | 'over' } | OpenState;

interface OpenState {
  readonly name: 'open';
  readonly admission: Admission;
  /** As in the hello. */
  readonly asked: Hello['pbx'];
  readonly subscription: Subscription | undefined;
  readonly seats: readonly Seat[];
  readonly desk: LegacyDesk;
}

/** One browser, from its hello to its end: hello -> welcome -> snapshot or what it missed -> events; commands meanwhile. */
export class BrowserSession implements Guest {
  readonly #peer: Peer;
  readonly #context: SessionContext;
  readonly #dialect: Dialect;
  readonly #outbox: Outbox;
  readonly #outboxBytes: number;
  readonly #commands: SessionCommands;
  readonly #subscriptions: MessageRate;
  readonly #helloTimer: Timer;
  readonly #onOver: () => void;
  readonly #receive = (frame: Frame) => this.#outbox.send(frame);
  #state: State = { name: 'new' };
  /** The PBX whose binary messages come, by its place in the welcome. */
  #turn = 0;
  /** When the browser is to come back, once it may leave. */
  #leaving: { readonly retryAfterMs: number } | undefined;
  /** What came while a login was being checked, of clients that wait for no welcome. */
  #early: Incoming[] = [];

  /** @param onOver called once, when nothing of this session is left */
  constructor(peer: Peer, dialect: Dialect, context: SessionContext, onOver: () => void) {
    this.#peer = peer;
    this.#dialect = dialect;
    this.#context = context;
    this.#onOver = onOver;
    this.#outboxBytes = context.outboxBytes ?? DEFAULT_OUTBOX_BYTES;
    this.#outbox = new Outbox(peer, this.#outboxBytes, context.stats);
    this.#commands = new SessionCommands({
      address: peer.address,
      context,
      say: (message) => this.#say(message),
      idle: () => this.#goAwayOnceIdle(),
    });
    this.#subscriptions = new MessageRate(context.runtime.clock, SUBSCRIPTIONS.perSecond, SUBSCRIPTIONS.burst);
    const timeoutMs = context.helloTimeoutMs ?? 10_000;
    this.#helloTimer = context.runtime.clock.setTimer(timeoutMs, () => {
      this.#refuse(CLOSE.helloTimeout, new GatewayError('GATEWAY_HELLO_TIMEOUT', `No hello within ${timeoutMs} ms`));
    });
  }

  message(text: string): void {
    if (this.#state.name === 'over') return;
    this.#context.stats.messagesReceived += 1;
    try {
      this.#take(this.#dialect.read(text));
    } catch (error) {
      this.#complain(text, asGatewayError(error));
    }
  }

  closed(): void {
    if (this.#state.name === 'over') return;
    this.#leave();
    this.#state = { name: 'over' };
    this.#helloTimer.cancel();
    this.#outbox.drop();
    this.#onOver();
  }

  get isOpen(): boolean {
    return this.#state.name === 'open';
  }

  /** Bytes that the browser has not read yet. */
  get waitingBytes(): number {
    return this.#peer.pendingBytes;
  }

  /** The gateway goes down: once the commands under way are answered, tells the browser when to come back. */
  goAway(retryAfterMs: number): void {
    this.#leaving = { retryAfterMs };
    this.#commands.close();
    this.#goAwayOnceIdle();
  }

  /** The same, without waiting for anything. */
  goAwayNow(): void {
    if (this.#state.name !== 'over') this.#refuse(CLOSE.goingAway, goingAway(), this.#leaving);
  }

  /** The operator has changed who may what: goes on with that, or ends. */
  renew(): void {
    if (this.#state.name !== 'open') return;
    const { admission, asked, seats, subscription } = this.#state;
    const now = this.#context.login.again(admission);
    if (now === undefined) {
      this.#sendAway(new GatewayError('GATEWAY_LOGIN_REFUSED', 'You may not be here any more'), admission.user);
      return;
    }
    if (isSame(now.user, admission.user)) return;
    try {
      const fresh = this.#seats(now.user, asked, subscription);
      standUp(seats);
      this.#state = { ...this.#state, admission: now, seats: fresh };
      if (!this.#dialect.isLegacy) this.#greet(now, asked, welcomesTo(fresh, []));
      sitDown(fresh);
      const { name } = now.user;
      this.#context.log.info('A browser sees or may do something else now', { user: name, from: this.#peer.address });
    } catch (error) {
      this.#sendAway(asGatewayError(error), now.user);
    }
  }

  #sendAway(error: GatewayError, { name }: User): void {
    const { code } = error;
    this.#context.log.warn('A browser was sent away', { user: name, from: this.#peer.address, code });
    this.#refuse(CLOSE.refused, error);
  }

  /** Ends it, and says why. */
  turnAway(closeCode: number, error: GatewayError): void {
    if (this.#state.name !== 'over') this.#refuse(closeCode, error);
  }

  #take(message: Incoming): void {
    if (message.type === 'logoff') {
      this.#logOff();
    } else if (message.type === 'hello') {
      if (this.#state.name !== 'new') throw helloExpected('One hello is enough');
      this.#state = { name: 'checking' };
      void this.#admit(message);
    } else if (this.#state.name === 'checking' && this.#dialect.isLegacy) {
      if (this.#early.push(message) > MAX_COMMANDS_UNDER_WAY) throw tooManyCommands();
    } else if (this.#state.name !== 'open') {
      throw helloExpected('Nothing may come before the welcome but a hello');
    } else if (message.type === 'asterclick') {
      this.#atDesk(this.#state.desk, message);
    } else if (message.type === 'subscribe') {
      this.#subscribe(this.#state, message);
    } else {
      void this.#commands.run(this.#state.admission.user, this.#state.seats, message);
    }
  }

  /** All in one go, as a welcome: the snapshot holds everything up to where the new subscription begins. */
  #subscribe(open: OpenState, { id, rules }: Subscribe): void {
    const { admission, asked, seats } = open;
    try {
      if (!this.#subscriptions.take()) throw tooManySubscriptions();
      const subscription = Subscription.of(rules);
      const fresh = this.#seats(admission.user, asked, subscription);
      const isOther = fresh.some(({ audience }, index) => audience !== seats[index]?.audience);
      if (isOther) {
        standUp(seats);
        this.#state = { ...open, subscription, seats: fresh };
        sitDown(fresh);
      }
      const subscribed = fresh.map(({ side, audience }) => ({ pbx: side.name, ...audience.position }));
      this.#say({ type: 'reply', id, ok: true, subscribed });
    } catch (error) {
      const { code, message } = asGatewayError(error);
      this.#say({ type: 'reply', id, ok: false, code, message });
    }
  }

  #atDesk(desk: LegacyDesk, { requests }: LegacyRequest): void {
    const nowMs = this.#context.runtime.clock.now();
    for (const request of requests) for (const frame of desk.take(request, nowMs)) this.#outbox.send(frame);
  }

  /** The browser says goodbye. */
  #logOff(): void {
    this.#leave();
    this.#state = { name: 'checking' };
    this.#helloTimer.cancel();
    this.#outbox.close(NORMAL_CLOSE, 'GoodBye');
  }

  async #admit(hello: Hello): Promise<void> {
    try {
      const admission = await this.#context.login.admit(hello, this.#peer);
      if (this.#state.name === 'checking') this.#welcome(admission, hello);
    } catch (error) {
      const refusal = asGatewayError(error);
      const { code } = refusal;
      countBy(this.#context.stats.loginsRefused, code);
      this.#context.log.warn('A login was refused', { from: this.#peer.address, user: hello.user, code });
      this.#refuse(FINAL.has(code) ? CLOSE.refused : TRY_LATER, refusal);
    }
  }

  #welcome(admission: Admission, hello: Hello): void {
    const { user } = admission;
    const subscription = Subscription.of(hello.subscribe);
    const seats = this.#seats(user, hello.pbx, subscription);
    const missed: readonly Missed[] = missedBy(seats, hello, this.#outboxBytes / 2);
    this.#helloTimer.cancel();
    const { chat, log, stats } = this.#context;
    stats[missed.includes(undefined) ? 'started' : 'resumed'] += 1;
    log.debug('A browser logged in', { from: this.#peer.address, user: user.name });
    this.#greet(admission, hello.pbx, welcomesTo(seats, missed));
    sitDown(seats, missed);
    if (this.#dialect.isLegacy) chat.add(this.#receive);
    const desk = new LegacyDesk(user.extension ?? user.name, chat);
    this.#state = { name: 'open', admission, asked: hello.pbx, subscription, seats, desk };
    for (const message of this.#early.splice(0)) this.#take(message);
    this.#goAwayOnceIdle();
  }

  /** @throws GatewayError `GATEWAY_NO_SUCH_PBX`, `GATEWAY_TOO_MANY_VIEWS` */
  #seats(user: User, asked: Hello['pbx'], subscription: Subscription | undefined): readonly Seat[] {
    const receiver = (index: number | undefined) =>
      index === undefined ? this.#receive : (frame: Frame) => this.#receiveFrom(index, frame);
    return takeSeats(this.#context.pbxs, { user, asked, dialect: this.#dialect, subscription, receiver });
  }

  /** Messages in binary do not say whose they are: that is told where it changes. */
  #receiveFrom(index: number, frame: Frame): void {
    if (frame.data !== undefined && index !== this.#turn && this.#dialect.turnTo !== undefined) {
      this.#turn = index;
      this.#outbox.send(this.#dialect.turnTo(index));
    }
    this.#outbox.send(frame);
  }

  #greet({ user, ticket }: Admission, asked: Hello['pbx'], all: readonly PbxWelcome[]): void {
    const { resumed = false, ...first } = all[0] as PbxWelcome;
    this.#say({
      type: 'welcome',
      version: 1,
      ...first,
      user: user.name,
      rights: user.role.commands,
      resumed,
      ticket,
      ...(asked !== undefined && { pbxs: all }),
    });
  }

  #goAwayOnceIdle(): void {
    if (this.#leaving !== undefined && this.#commands.underWay === 0) this.goAwayNow();
  }

  #say(message: PrivateMessage): void {
    for (const frame of this.#dialect.write(message)) this.#outbox.send(frame);
  }

  /** Answers what could not be taken. Before the welcome, and where the fault is too long to have been read, that is the end. */
  #complain(text: string, error: GatewayError): void {
    const { code, message } = error;
    if (this.#state.name === 'open') this.#commands.audit(this.#state.admission.user, { ok: false, code });
    if (this.#dialect.isLegacy && this.#state.name === 'new' && code === 'GATEWAY_HELLO_EXPECTED') {
      this.#say({ type: 'error', code, message });
      return;
    }
    if (this.#state.name !== 'open' || code === 'GATEWAY_MESSAGE_TOO_LONG' || code === 'GATEWAY_HELLO_EXPECTED') {
      this.#refuse(CLOSE.protocolError, error);
      return;
    }
    const id = this.#dialect.idOf(text);
    if (id !== undefined) this.#say({ type: 'reply', id, ok: false, code, message });
    else this.#say({ type: 'error', code, message });
  }

  /** The transport tells when it is closed, and then the session is over. */
  #refuse(closeCode: number, error: GatewayError, details: { readonly retryAfterMs?: number } = {}): void {
    this.#leave();
    if (this.#state.name !== 'over') this.#state = { name: 'checking' };
    this.#helloTimer.cancel();
    const { code, message } = error;
    this.#outbox.refuse(closeCode, code, this.#dialect.write({ type: 'error', code, message, ...details }));
  }

  #leave(): void {
    if (this.#state.name !== 'open') return;
    standUp(this.#state.seats);
    this.#context.chat.delete(this.#receive);
  }
}

function tooManySubscriptions(): GatewayError {
  return new GatewayError(
    'GATEWAY_TOO_MANY_SUBSCRIPTIONS',
    'A subscription may change once a second, and ten times at once',
  );
}

function isSame(a: User, b: User): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function helloExpected(message: string): GatewayError {
  return new GatewayError('GATEWAY_HELLO_EXPECTED', message);
}
