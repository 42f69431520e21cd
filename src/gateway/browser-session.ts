import type { AmiMessage } from '../ami/message.ts';
import type { AmiReply } from '../ami/pending-actions.ts';
import type { Runtime, Timer } from '../ami/runtime.ts';
import type { Audience } from './audience.ts';
import { type Audit, type AuditEntry, audited } from './audit.ts';
import type { Commands } from './commands.ts';
import type { DecodedCommand } from './decode-json.ts';
import type { LegacyAction, LegacyRequest } from './decode-xml.ts';
import type { Dialect, Incoming, OutgoingReply, PrivateMessage } from './dialect.ts';
import type { Guest } from './door.ts';
import { GatewayError } from './gateway-error.ts';
import { legacyCommand } from './legacy-command.ts';
import { type ChatRoom, LegacyDesk } from './legacy-desk.ts';
import { TRY_LATER } from './limits.ts';
import type { Log } from './log.ts';
import type { Admission, Login } from './login.ts';
import { DEFAULT_OUTBOX_BYTES, Outbox } from './outbox.ts';
import type { PbxFeed } from './pbx-feed.ts';
import type { Peer } from './peer.ts';
import { toHeaders } from './to-wire.ts';
import type { User } from './users.ts';
import { View } from './view.ts';
import type { WireEvent } from './wire/event.ts';
import { CLOSE, type Hello, type ResumePosition } from './wire/protocol.ts';

/** More than anybody clicks within a PBX's time to answer; whoever floods the gateway does not flood the PBX. */
const MAX_COMMANDS_UNDER_WAY = 32;
const NORMAL_CLOSE = 1000;

/** What a session needs of the gateway that it belongs to. */
export interface SessionContext {
  readonly feed: PbxFeed;
  readonly login: Login;
  readonly commands: Commands;
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
      readonly user: User;
      readonly view: View;
      readonly audience: Audience;
      readonly desk: LegacyDesk;
    };

/** One browser, from its hello to its end: hello -> welcome -> snapshot or what it missed -> events; commands meanwhile. */
export class BrowserSession implements Guest {
  readonly #peer: Peer;
  readonly #context: SessionContext;
  readonly #dialect: Dialect;
  readonly #outbox: Outbox;
  readonly #outboxBytes: number;
  readonly #helloTimer: Timer;
  readonly #onOver: () => void;
  readonly #receive = (...[frame]: Parameters<Outbox['send']>) => this.#outbox.send(frame);
  #state: State = { name: 'new' };
  #commandsUnderWay = 0;
  /** What came while a login was being checked, of clients that wait for no welcome. */
  #early: Incoming[] = [];

  /** @param onOver called once, when nothing of this session is left */
  constructor(peer: Peer, dialect: Dialect, context: SessionContext, onOver: () => void) {
    this.#peer = peer;
    this.#dialect = dialect;
    this.#context = context;
    this.#onOver = onOver;
    this.#outboxBytes = context.outboxBytes ?? DEFAULT_OUTBOX_BYTES;
    this.#outbox = new Outbox(peer, this.#outboxBytes);
    const timeoutMs = context.helloTimeoutMs ?? 10_000;
    this.#helloTimer = context.runtime.clock.setTimer(timeoutMs, () => {
      this.#refuse(CLOSE.helloTimeout, new GatewayError('GATEWAY_HELLO_TIMEOUT', `No hello within ${timeoutMs} ms`));
    });
  }

  message(text: string): void {
    if (this.#state.name === 'over') return;
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

  /** The gateway goes down: tells the browser to come back later. */
  goAway(): void {
    this.#refuse(CLOSE.goingAway, new GatewayError('GATEWAY_GOING_AWAY', 'The gateway goes down; come back later'));
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
      void this.#carryOut(this.#state.user, this.#state.view, message);
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
      if (this.#state.name === 'checking') this.#welcome(admission, hello.resume);
    } catch (error) {
      const refusal = asGatewayError(error);
      const { code } = refusal;
      this.#context.log.warn('A login was refused', { from: this.#peer.address, user: hello.user, code });
      this.#refuse(code === 'GATEWAY_LOGIN_REFUSED' ? CLOSE.refused : TRY_LATER, refusal);
    }
  }

  /** All in one go: nothing can happen between the snapshot, or what was missed, and the first event after it. */
  #welcome({ user, ticket }: Admission, resume: ResumePosition | undefined): void {
    const { feed, chat } = this.#context;
    const view = new View(user.role, { extension: user.extension, model: feed.model });
    const audience = feed.audience(view, this.#dialect);
    const missed = resume && this.#missed(audience, resume);
    this.#helloTimer.cancel();
    this.#say({
      type: 'welcome',
      version: 1,
      pbx: feed.pbx,
      pbxState: feed.state,
      ...feed.bus.position,
      user: user.name,
      rights: user.role.commands,
      resumed: missed !== undefined,
      ticket,
    });
    for (const frame of missed ?? audience.start()) this.#outbox.send(frame);
    audience.join(this.#receive);
    if (this.#dialect.isLegacy) chat.add(this.#receive);
    this.#state = { name: 'open', user, view, audience, desk: new LegacyDesk(user.extension ?? user.name, chat) };
    for (const message of this.#early.splice(0)) this.#take(message);
  }

  /** What came since `position`; `undefined` where that is not known, or so much that a snapshot is the better start. */
  #missed(audience: Audience, position: ResumePosition): ReturnType<Audience['since']> {
    const frames = audience.since(position, position.lineage);
    const bytes = frames?.reduce((sum, frame) => sum + frame.bytes, 0) ?? 0;
    return bytes > this.#outboxBytes / 2 ? undefined : frames;
  }

  async #carryOut(user: User, view: View, asked: DecodedCommand | LegacyAction): Promise<void> {
    const { id } = asked;
    const what = asked.type === 'action' ? asked.name : asked.do;
    const { log, commands } = this.#context;
    this.#commandsUnderWay += 1;
    try {
      if (this.#commandsUnderWay > MAX_COMMANDS_UNDER_WAY) throw tooManyCommands();
      const command = asked.type === 'action' ? legacyCommand(asked, user.role) : asked;
      const reply = await commands.run(user, command);
      this.#audit(user, { command: audited(asked), ok: true });
      log.info('A command was sent', { user: user.name, from: this.#peer.address, do: what });
      this.#say({ type: 'reply', id, ok: true, ...shown(reply, view) });
    } catch (error) {
      const { code, message } = asGatewayError(error);
      const cause = error instanceof GatewayError ? undefined : String(error);
      this.#audit(user, { command: audited(asked), ok: false, code });
      log.warn('A command was refused', { user: user.name, from: this.#peer.address, do: what, code, cause });
      this.#say({ type: 'reply', id, ok: false, code, message });
    } finally {
      this.#commandsUnderWay -= 1;
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
    if (this.#state.name === 'open') this.#audit(this.#state.user, { ok: false, code });
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
  #refuse(closeCode: number, error: GatewayError): void {
    this.#leave();
    if (this.#state.name !== 'over') this.#state = { name: 'checking' };
    this.#helloTimer.cancel();
    const { code, message } = error;
    this.#outbox.refuse(closeCode, code, this.#dialect.write({ type: 'error', code, message }));
  }

  #leave(): void {
    if (this.#state.name !== 'open') return;
    this.#state.audience.leave(this.#receive);
    this.#context.chat.delete(this.#receive);
  }
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
  return { response, rows, complete: { name, headers: view.headers(headers) } };
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
