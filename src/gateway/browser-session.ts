import type { AmiMessage } from '../ami/message.ts';
import type { AmiReply } from '../ami/pending-actions.ts';
import type { Runtime, Timer } from '../ami/runtime.ts';
import type { Audience } from './audience.ts';
import { type Audit, type AuditEntry, audited } from './audit.ts';
import type { DecodedCommand } from './decode-json.ts';
import type { LegacyAction, LegacyRequest } from './decode-xml.ts';
import type { Dialect, Incoming, OutgoingReply, PrivateMessage } from './dialect.ts';
import type { Guest } from './door.ts';
import type { Frame } from './frame.ts';
import { GatewayError } from './gateway-error.ts';
import { legacyCommand } from './legacy-command.ts';
import { type ChatRoom, LegacyDesk } from './legacy-desk.ts';
import { TRY_LATER } from './limits.ts';
import type { Log } from './log.ts';
import type { Admission, Login } from './login.ts';
import { DEFAULT_OUTBOX_BYTES, Outbox } from './outbox.ts';
import type { PbxSide, Pbxs } from './pbxs.ts';
import type { Peer } from './peer.ts';
import { countBy, type GatewayStats } from './stats.ts';
import { toHeaders } from './to-wire.ts';
import type { User } from './users.ts';
import { View } from './view.ts';
import type { WireEvent } from './wire/event.ts';
import { CLOSE, type Hello, type PbxWelcome, type ResumePosition } from './wire/protocol.ts';

/** More than anybody clicks within a PBX's time to answer; whoever floods the gateway does not flood the PBX. */
const MAX_COMMANDS_UNDER_WAY = 32;
const NORMAL_CLOSE = 1000;
/** Refusals that trying again does not mend. */
const FINAL: ReadonlySet<string> = new Set(['GATEWAY_LOGIN_REFUSED', 'GATEWAY_NO_SUCH_PBX']);

/** What a session needs of the gateway that it belongs to. */
export interface SessionContext {
  readonly pbxs: Pbxs;
  readonly login: Login;
  readonly stats: GatewayStats;
  readonly chat: ChatRoom;
  readonly runtime: Runtime;
  readonly log: Log;
  readonly audit: Audit;
  /** 10 s by default. */
  readonly helloTimeoutMs?: number;
  readonly outboxBytes?: number;
}

type State =
  | { readonly name: 'new' | 'checking' | 'over' }
  | {
      readonly name: 'open';
      readonly admission: Admission;
      /** As in the hello. */
      readonly asked: Hello['pbx'];
      readonly seats: readonly Seat[];
      readonly desk: LegacyDesk;
    };

/** What a session has of one PBX. */
interface Seat {
  readonly side: PbxSide;
  /** The user as that PBX has to take them. */
  readonly user: User;
  readonly view: View;
  readonly audience: Audience;
  readonly receive: (frame: Frame) => void;
}

/** One browser, from its hello to its end: hello -> welcome -> snapshot or what it missed -> events; commands meanwhile. */
export class BrowserSession implements Guest {
  readonly #peer: Peer;
  readonly #context: SessionContext;
  readonly #dialect: Dialect;
  readonly #outbox: Outbox;
  readonly #outboxBytes: number;
  readonly #helloTimer: Timer;
  readonly #onOver: () => void;
  readonly #receive = (frame: Frame) => this.#outbox.send(frame);
  #state: State = { name: 'new' };
  #commandsUnderWay = 0;
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
    if (this.#commandsUnderWay === 0) this.goAwayNow();
  }

  /** The same, without waiting for anything. */
  goAwayNow(): void {
    if (this.#state.name !== 'over') this.#refuse(CLOSE.goingAway, goingAway(), this.#leaving);
  }

  /** The operator has changed who may what: goes on with that, or ends. */
  renew(): void {
    if (this.#state.name !== 'open') return;
    const { admission, asked, seats, desk } = this.#state;
    const now = this.#context.login.again(admission);
    if (now === undefined) {
      this.#refuse(CLOSE.refused, new GatewayError('GATEWAY_LOGIN_REFUSED', 'You may not be here any more'));
      return;
    }
    if (isSame(now.user, admission.user)) return;
    try {
      const fresh = this.#seats(now.user, asked);
      this.#leave();
      this.#state = { name: 'open', admission: now, asked, seats: fresh, desk };
      if (!this.#dialect.isLegacy) this.#greet(now, asked, fresh, []);
      this.#sit(fresh, []);
    } catch (error) {
      this.#state = { name: 'open', admission, asked, seats, desk };
      this.#refuse(CLOSE.refused, asGatewayError(error));
    }
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
    } else {
      void this.#carryOut(this.#state.admission.user, this.#state.seats, message);
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

  /** All in one go: nothing can happen between the snapshot, or what was missed, and the first event after it. */
  #welcome(admission: Admission, hello: Hello): void {
    const { user } = admission;
    const seats = this.#seats(user, hello.pbx);
    const missed = seats.map(({ side, audience }, index) => {
      const position = own(hello.resumes, side.name) ?? (index === 0 ? hello.resume : undefined);
      return position && this.#missed(audience, position);
    });
    this.#helloTimer.cancel();
    this.#context.stats[missed.includes(undefined) ? 'started' : 'resumed'] += 1;
    this.#context.log.debug('A browser logged in', { from: this.#peer.address, user: user.name });
    this.#greet(admission, hello.pbx, seats, missed);
    this.#sit(seats, missed);
    const { chat } = this.#context;
    if (this.#dialect.isLegacy) chat.add(this.#receive);
    const desk = new LegacyDesk(user.extension ?? user.name, chat);
    this.#state = { name: 'open', admission, asked: hello.pbx, seats, desk };
    for (const message of this.#early.splice(0)) this.#take(message);
    if (this.#leaving !== undefined && this.#commandsUnderWay === 0) this.goAwayNow();
  }

  /** @throws GatewayError `GATEWAY_NO_SUCH_PBX` */
  #seats(user: User, asked: Hello['pbx']): readonly Seat[] {
    const { pbxs } = this.#context;
    const dialect = asked === undefined ? this.#dialect : (this.#dialect.severally ?? this.#dialect);
    return pbxs.chosen(asked, user.role).map((side, index) => {
      const there = pbxs.userAt(user, side);
      const view = new View(user.role, { extension: there.extension, model: side.feed.model });
      const audience = side.feed.audience(view, dialect);
      const receive = asked === undefined ? this.#receive : (frame: Frame) => this.#receiveFrom(index, frame);
      return { side, user: there, view, audience, receive };
    });
  }

  /** Messages in binary do not say whose they are: that is told where it changes. */
  #receiveFrom(index: number, frame: Frame): void {
    if (frame.data !== undefined && index !== this.#turn && this.#dialect.turnTo !== undefined) {
      this.#turn = index;
      this.#outbox.send(this.#dialect.turnTo(index));
    }
    this.#outbox.send(frame);
  }

  #greet(admission: Admission, asked: Hello['pbx'], seats: readonly Seat[], missed: readonly unknown[]): void {
    const { user, ticket } = admission;
    const all = seats.map(
      ({ side: { name, feed } }, index): PbxWelcome => ({
        pbx: name,
        pbxState: feed.state,
        ...feed.bus.position,
        resumed: missed[index] !== undefined,
      }),
    );
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

  #sit(seats: readonly Seat[], missed: readonly (ReturnType<Audience['since']> | undefined)[]): void {
    for (const [index, { audience, receive }] of seats.entries()) {
      for (const frame of missed[index] ?? audience.start()) receive(frame);
      audience.join(receive);
    }
  }

  /** What came since `position`; `undefined` where that is not known, or so much that a snapshot is the better start. */
  #missed(audience: Audience, position: ResumePosition): ReturnType<Audience['since']> {
    const frames = audience.since(position, position.lineage);
    const bytes = frames?.reduce((sum, frame) => sum + frame.bytes, 0) ?? 0;
    return bytes > this.#outboxBytes / 2 ? undefined : frames;
  }

  async #carryOut(user: User, seats: readonly Seat[], asked: DecodedCommand | LegacyAction): Promise<void> {
    const { id } = asked;
    const what = asked.type === 'action' ? asked.name : asked.do;
    const { log, stats } = this.#context;
    this.#commandsUnderWay += 1;
    try {
      if (this.#leaving !== undefined) throw goingAway();
      if (this.#commandsUnderWay > MAX_COMMANDS_UNDER_WAY) throw tooManyCommands();
      const seat = seatFor(seats, asked);
      const command = asked.type === 'action' ? legacyCommand(asked, user.role) : asked;
      const reply = await seat.side.commands.run(seat.user, command);
      this.#audit(user, { command: audited(asked), ok: true });
      stats.commandsSent += 1;
      log.info('A command was sent', { user: user.name, from: this.#peer.address, do: what });
      this.#say({ type: 'reply', id, ok: true, ...shown(reply, seat.view) });
    } catch (error) {
      const { code, message } = refusalFor(user, asGatewayError(error));
      const cause = error instanceof GatewayError ? undefined : String(error);
      this.#audit(user, { command: audited(asked), ok: false, code });
      countBy(stats.commandsRefused, code);
      log.warn('A command was refused', { user: user.name, from: this.#peer.address, do: what, code, cause });
      this.#say({ type: 'reply', id, ok: false, code, message });
    } finally {
      this.#commandsUnderWay -= 1;
      if (this.#leaving !== undefined && this.#commandsUnderWay === 0) this.goAwayNow();
    }
  }

  #audit(user: User, entry: Pick<AuditEntry, 'command' | 'ok' | 'code'>): void {
    const { audit, runtime } = this.#context;
    audit({ atMs: runtime.clock.now(), user: user.name, from: this.#peer.address, ...entry });
  }

  #say(message: PrivateMessage): void {
    for (const frame of this.#dialect.write(message)) this.#outbox.send(frame);
  }

  /** Answers what could not be taken. Before the welcome, and where the fault is too long to have been read, that is the end. */
  #complain(text: string, error: GatewayError): void {
    const { code, message } = error;
    if (this.#state.name === 'open') this.#audit(this.#state.admission.user, { ok: false, code });
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
    for (const { audience, receive } of this.#state.seats) audience.leave(receive);
    this.#context.chat.delete(this.#receive);
  }
}

/** @throws GatewayError `GATEWAY_NO_SUCH_PBX` */
function seatFor(seats: readonly Seat[], asked: DecodedCommand | LegacyAction): Seat {
  const { pbx } = asked;
  const seat = pbx === undefined ? seats[0] : seats.find(({ side }) => side.name === pbx);
  if (seat === undefined) throw new GatewayError('GATEWAY_NO_SUCH_PBX', 'This session has no PBX of that name');
  return seat;
}

function own(resumes: Hello['resumes'], pbx: string): ResumePosition | undefined {
  return resumes !== undefined && Object.hasOwn(resumes, pbx) ? resumes[pbx] : undefined;
}

function isSame(a: User, b: User): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function goingAway(): GatewayError {
  return new GatewayError('GATEWAY_GOING_AWAY', 'The gateway goes down; come back later');
}

/** What the user may see of an answer. */
function shown(
  reply: AmiReply,
  view: View,
): Pick<Extract<OutgoingReply, { ok: true }>, 'response' | 'rows' | 'complete'> {
  const response = view.answer(toHeaders(reply.response, new Set(['ActionID'])));
  if (reply.complete === undefined) return { response };
  const rows = reply.rows.flatMap((row) => {
    const seen = view.event(listRow(row));
    return seen === undefined ? [] : [seen];
  });
  const { name, headers } = listRow(reply.complete);
  // How many there are that one may not see is not to be seen either.
  const end = view.isAll ? headers : { EventList: 'Complete', ListItems: String(rows.length) };
  return { response, rows, complete: { name, headers: end } };
}

/** The words of the PBX may tell what a user may not see. */
function refusalFor({ role }: User, error: GatewayError): GatewayError {
  if (error.code !== 'GATEWAY_ACTION_FAILED' || new View(role).isAll) return error;
  return new GatewayError('GATEWAY_ACTION_FAILED', 'The PBX refused');
}

function listRow(row: AmiMessage): Pick<WireEvent, 'name' | 'headers'> {
  return { name: row.event ?? '', headers: toHeaders(row, new Set(['Event', 'ActionID'])) };
}

function tooManyCommands(): GatewayError {
  const message = `No more than ${MAX_COMMANDS_UNDER_WAY} commands may wait for their answer`;
  return new GatewayError('GATEWAY_TOO_MANY_COMMANDS', message);
}

function helloExpected(message: string): GatewayError {
  return new GatewayError('GATEWAY_HELLO_EXPECTED', message);
}

/** What is no fault that we foresaw is told to nobody: its text could hold anything. */
function asGatewayError(error: unknown): GatewayError {
  if (error instanceof GatewayError) return error;
  return new GatewayError('GATEWAY_ACTION_FAILED', 'The gateway failed at this', { cause: error });
}
