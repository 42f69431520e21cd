/** A gateway in memory with a PBX that does what a test says, and browsers that keep what they get. */
import { ActionFramer } from '../ami/action-framer.ts';
import type { Link } from '../ami/link.ts';
import { ManualClock } from '../ami/manual-clock.ts';
import { memoryLinks } from '../ami/memory-link.ts';
import type { AmiMessage } from '../ami/message.ts';
import { parseAction } from '../ami/parse-message.ts';
import { nodeRuntime } from '../ami/runtime.node.ts';
import type { Runtime } from '../ami/runtime.ts';
import type { Frame } from './frame.ts';
import { Gateway, type GatewayOptions } from './gateway.ts';
import type { Peer, PeerHandlers } from './peer.ts';
import { hashSecret } from './secret-hash.ts';
import type { UserRecord } from './users.ts';
import { CompactDecoder } from './wire/compact-decoder.ts';
import type { ClientMessage, ServerMessage } from './wire/protocol.ts';

export const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Cheap to check: what is tested is not how dear a login is. */
const CHEAP = { cost: 2, blockSize: 1, parallelization: 1, keyBytes: 16 };

/** Rows as a test writes them: no line ends, no indentation. */
function message(text: string): string {
  const rows = text.trim().split('\n');
  return `${rows.map((row) => row.trimStart()).join('\r\n')}\r\n\r\n`;
}

/** Answers actions as told, or not at all. */
export class FakePbx {
  readonly #runtime: Runtime;
  #link: Link | undefined;
  /** Actions that came, in order; of all connections. */
  readonly actions: AmiMessage[] = [];
  connections = 0;
  /** Connections are refused. */
  down = false;
  /** It says after the login that it has booted, as Asterisk does to who may hear of class system. */
  saysBooted = false;
  /** Actions by name that are not answered until {@link answer}. */
  readonly silentOn = new Set<string>();
  /** Rows of the answer, without its ActionID, by the name of the action. An answer starts with a row `Response: ...`. */
  readonly answers = new Map<string, readonly string[]>([
    ['Challenge', ['Response: Success\nChallenge: 123456789']],
    ['Login', ['Response: Success\nMessage: Authentication accepted']],
    ['Ping', ['Response: Success\nPing: Pong']],
    ['Logoff', ['Response: Goodbye']],
    ...['CoreShowChannels', 'BridgeList', 'ExtensionStateList', 'DeviceStateList', 'QueueStatus'].map(
      (name): [string, readonly string[]] => [name, []],
    ),
  ]);

  constructor(runtime: Runtime) {
    this.#runtime = runtime;
  }

  readonly connect = async (): Promise<Link> => {
    if (this.down) throw Object.assign(new Error('connect refused'), { code: 'AMI_CONNECT_FAILED' });
    const [near, far] = memoryLinks(this.#runtime.clock);
    this.serve(far);
    return near;
  };

  serve(link: Link): void {
    const framer = new ActionFramer();
    this.#link = link;
    this.connections += 1;
    link.attach({
      data: (bytes) => {
        for (const frame of framer.push(bytes)) this.#take(parseAction(frame.bytes, this.#runtime.text));
      },
      end: () => link.end(),
      close: () => {},
    });
    this.raw('Asterisk Call Manager/11.0.0\r\n');
  }

  /** Names of the actions that came. */
  get actionNames(): readonly (string | undefined)[] {
    return this.actions.map((action) => action.get('Action'));
  }

  /** An event or a response, rows as on the wire. */
  say(text: string): void {
    this.raw(message(text));
  }

  raw(text: string): void {
    this.#link?.write(this.#runtime.text.encode(text));
  }

  /** Answers the last action of that name now. */
  answer(name: string): void {
    const action = this.actions.findLast((candidate) => candidate.get('Action') === name);
    if (action !== undefined) this.#answer(name, action);
  }

  /** Cuts the connection. */
  drop(): void {
    this.#link?.destroy();
  }

  #take(action: AmiMessage): void {
    this.actions.push(action);
    const name = action.get('Action') ?? '';
    if (!this.silentOn.has(name)) this.#answer(name, action);
    if (name === 'Login' && this.saysBooted)
      this.say('Event: FullyBooted\nPrivilege: system,all\nStatus: Fully Booted');
  }

  #answer(name: string, action: AmiMessage): void {
    const id = `ActionID: ${action.get('ActionID')}`;
    const rows = this.answers.get(name) ?? ['Response: Error\nMessage: Invalid/unknown command'];
    if (rows[0]?.startsWith('Response:') === true) {
      this.say(`${rows[0]}\n${id}`);
      return;
    }
    this.say(`Response: Success\n${id}\nEventList: start`);
    for (const row of rows) this.say(`${row}\n${id}`);
    this.say(`Event: ${name}Complete\n${id}\nEventList: Complete\nListItems: ${rows.length}`);
  }
}

/** A browser that reads, or does not. */
export class FakeBrowser implements Peer {
  readonly address = '192.0.2.1';
  readonly frames: Frame[] = [];
  readonly messages: ServerMessage[] = [];
  closedWith: { readonly code: number; readonly reason: string } | undefined;
  reads = true;
  pendingBytes = 0;
  handlers: PeerHandlers | undefined;
  /** Of binary messages; a page keeps it when it comes back. */
  decoder = new CompactDecoder();

  send(frame: Frame): void {
    if (!this.reads) this.pendingBytes += frame.bytes;
    this.frames.push(frame);
    const message = frame.data === undefined ? JSON.parse(frame.text) : this.decoder.decode(frame.data);
    if (message !== undefined) this.messages.push(message);
  }

  close(code: number, reason: string): void {
    this.closedWith ??= { code, reason };
  }

  /** Says something to the gateway. */
  says(message: ClientMessage | string): void {
    this.handlers?.message(typeof message === 'string' ? message : JSON.stringify(message));
  }

  leave(): void {
    this.handlers?.closed();
  }

  /** Messages of one type, in order. */
  all<Type extends ServerMessage['type']>(type: Type): Extract<ServerMessage, { type: Type }>[] {
    return this.messages.filter((each): each is Extract<ServerMessage, { type: Type }> => each.type === type);
  }

  last<Type extends ServerMessage['type']>(type: Type): Extract<ServerMessage, { type: Type }> {
    const found = this.all(type).at(-1);
    if (found === undefined)
      throw new Error(`No ${type} came, but ${this.messages.map((each) => each.type).join(', ')}`);
    return found;
  }
}

export type OfficeOptions = Partial<Omit<GatewayOptions, 'runtime'>> & {
  readonly pbxOptions?: Partial<GatewayOptions['pbx']>;
};

export class Office {
  readonly clock = new ManualClock();
  readonly runtime = nodeRuntime({ clock: this.clock, random: { next: () => 0.5 } });
  readonly pbx = new FakePbx(this.runtime);
  readonly gateway: Gateway;
  readonly log: { message: string; fields: unknown }[] = [];

  constructor(users: readonly UserRecord[], options: OfficeOptions = {}) {
    const note = (text: string, fields?: unknown) => void this.log.push({ message: text, fields });
    this.gateway = new Gateway({
      runtime: this.runtime,
      users: { version: 1, users },
      log: { error: note, warn: note, info: note, debug: note },
      ...options,
      pbx: { connect: this.pbx.connect, credentials: { username: 'gw', secret: 'x' }, ...options.pbxOptions },
    });
  }

  /** With users `olga` (operator), `ann` (agent at 1001) and `victor` (viewer), whose secrets are their names, and the PBX up. */
  static async open(options: OfficeOptions = {}): Promise<Office> {
    const office = new Office(await users(), options);
    const opened = office.gateway.open();
    await office.clock.runUntil(opened, settle);
    return office;
  }

  /** Lets everything happen that is due within `ms`. */
  async after(ms = 0): Promise<void> {
    for (let leftMs = ms; leftMs > 0; leftMs -= 100) await this.#move(Math.min(leftMs, 100));
    await this.#move(0);
  }

  connect(protocol?: string): FakeBrowser {
    const browser = new FakeBrowser();
    browser.handlers = this.gateway.accept(browser, protocol);
    return browser;
  }

  /** A browser with that user logged in. */
  async browser(user = 'olga'): Promise<FakeBrowser> {
    const browser = this.connect();
    browser.says({ type: 'hello', user, secret: user });
    await this.until(() => browser.messages.length > 0);
    return browser;
  }

  async until(condition: () => boolean): Promise<void> {
    const giveUpAt = performance.now() + 10_000;
    while (!condition()) {
      if (performance.now() > giveUpAt) throw new Error('It never came about');
      await this.after();
    }
  }

  async #move(ms: number): Promise<void> {
    this.clock.advance(ms);
    await settle();
    this.clock.advance(0);
    await settle();
  }
}

let made: Promise<readonly UserRecord[]> | undefined;

export function users(): Promise<readonly UserRecord[]> {
  made ??= Promise.all([user('olga', 'operator'), user('ann', 'agent', '1001'), user('victor', 'viewer')]);
  return made;
}

async function user(name: string, role: string, extension?: string): Promise<UserRecord> {
  const secret = await hashSecret(name, nodeRuntime().digest, CHEAP);
  return { name, secret, role, ...(extension !== undefined && { extension }) };
}

/** Rows of an event about the channel of phone 100`number`. */
export function channelRows(number: number, state = 'Up', linkedid = '1.1'): string {
  return `Privilege: call,all
    Channel: PJSIP/100${number}-0000000${number}
    ChannelState: 6
    ChannelStateDesc: ${state}
    CallerIDNum: 100${number}
    CallerIDName: Phone ${number}
    ConnectedLineNum: <unknown>
    ConnectedLineName: <unknown>
    Language: en
    Context: from-phones
    Exten: 1002
    Priority: 1
    Uniqueid: 1.${number}
    Linkedid: ${linkedid}`;
}

export function lampRows(exten: number, status: number): string {
  return `Event: ExtensionStatus
    Privilege: call,all
    Exten: ${exten}
    Context: hints-only
    Hint: PJSIP/${exten},CustomPresence:${exten}
    Status: ${status}
    StatusText: x`;
}
