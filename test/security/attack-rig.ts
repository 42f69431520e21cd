/**
 * A gateway on a port, in front of a simulated PBX on another, for attacks over real sockets. The PBX's own journal is the witness of
 * what reached AMI. The gateway's clock is moved by hand.
 */
import { ManualClock } from '../../src/ami/manual-clock.ts';
import type { Header } from '../../src/ami/message.ts';
import { nodeRuntime } from '../../src/ami/runtime.node.ts';
import { connectTcp } from '../../src/ami/tcp-link.node.ts';
import { Gateway, type GatewayOptions } from '../../src/gateway/gateway.ts';
import { GatewayServer, type GatewayServerOptions } from '../../src/gateway/gateway-server.node.ts';
import type { Role } from '../../src/gateway/roles.ts';
import { hashSecret } from '../../src/gateway/secret-hash.ts';
import type { UserRecord, UsersFile } from '../../src/gateway/users.ts';
import { COMPACT_PROTOCOL, JSON_PROTOCOL, XML_PROTOCOL } from '../../src/gateway/wire/protocol.ts';
import { MockPbx } from '../../src/mock-ami/mock-pbx.node.ts';
import { Attacker } from './attacker.ts';
import { action, type Said, written } from './written.ts';

export const PROTOCOLS = [JSON_PROTOCOL, COMPACT_PROTOCOL, XML_PROTOCOL] as const;

/** Cheap to check: what is attacked is not how dear a login is. */
const CHEAP = { cost: 2, blockSize: 1, parallelization: 1, keyBytes: 16 };

/** Sees and does what concerns 1001, and no numbers or names of callers. */
const CLERK: Role = {
  events: ['*'],
  hiddenHeaders: ['CallerIDNum', 'CallerIDName', 'ConnectedLineNum', 'ConnectedLineName'],
  extensions: 'own',
  queues: ['sales'],
  commands: ['dial', 'hangUp', 'transfer', 'redirect', 'action'],
  channels: 'own',
  actions: {
    CoreShowChannels: {},
    Status: { Channel: 'channel' },
    QueueStatus: { Queue: 'name' },
    QueuePause: { Queue: 'name', Interface: 'device', Paused: 'flag', Reason: 'text' },
    ExtensionState: { Exten: 'number', Context: 'name' },
    Atxfer: { Channel: 'channel', Exten: 'number' },
    Park: { Channel: 'channel', Parkinglot: 'name' },
  },
};

export interface RigOptions {
  readonly gateway?: Partial<Omit<GatewayOptions, 'runtime' | 'pbx' | 'users'>>;
  readonly server?: Partial<Omit<GatewayServerOptions, 'gateway'>>;
}

let marks = 0;

export class AttackRig implements AsyncDisposable {
  readonly pbx: MockPbx;
  readonly gateway: Gateway;
  readonly server: GatewayServer;
  readonly clock: ManualClock;
  readonly #attackers: Attacker[] = [];
  /** One for each user and protocol, for what ends no session. */
  readonly #known = new Map<string, Attacker>();
  /** Whose commands are known to arrive. */
  #control: Attacker | undefined;
  #seen = 0;

  private constructor(parts: Pick<AttackRig, 'pbx' | 'gateway' | 'server' | 'clock'>) {
    this.pbx = parts.pbx;
    this.gateway = parts.gateway;
    this.server = parts.server;
    this.clock = parts.clock;
  }

  /** With {@link rigUsers}. Limits on how fast and how often one may come are far, unless the options set them. */
  static async open(options: RigOptions = {}): Promise<AttackRig> {
    const clock = new ManualClock();
    const runtime = nodeRuntime({ clock });
    const pbx = await MockPbx.listen();
    const gateway = new Gateway({
      runtime,
      pbx: {
        connect: () => connectTcp({ host: '127.0.0.1', port: pbx.port, clock: runtime.clock }),
        credentials: { username: 'admin', secret: 'adminpw' },
      },
      users: await rigUsers(),
      ...options.gateway,
      limits: { connectionsPerUser: 10_000, messageBurst: 100_000, ...options.gateway?.limits },
    });
    const server = await GatewayServer.listen({ gateway, ...options.server });
    await gateway.open();
    const rig = new AttackRig({ pbx, gateway, server, clock });
    rig.#control = await rig.loggedIn('control');
    await rig.reached();
    return rig;
  }

  /** Somebody who has connected, and said nothing yet. */
  async attacker(protocol: string = JSON_PROTOCOL, headers: Record<string, string> = {}): Promise<Attacker> {
    const attacker = new Attacker(this.server.webSocketUrl, protocol, headers);
    this.#attackers.push(attacker);
    await attacker.opened;
    return attacker;
  }

  /** Somebody who has logged in with a secret that is their name. */
  async loggedIn(user: string, protocol: string = JSON_PROTOCOL): Promise<Attacker> {
    const attacker = await this.attacker(protocol);
    attacker.say(written(protocol, { type: 'hello', user, secret: user }));
    await attacker.welcome();
    return attacker;
  }

  /** How it is answered when that user says that in that protocol: `ok`, or the code of the refusal. */
  async codeFor(user: string, protocol: string, said: Said | string): Promise<string> {
    const key = `${user} ${protocol}`;
    const attacker = this.#known.get(key) ?? (await this.loggedIn(user, protocol));
    this.#known.set(key, attacker);
    attacker.say(typeof said === 'string' ? said : written(protocol, said));
    return attacker.answer();
  }

  /** How a hello is refused, and by which close code; `let in` where it is not. */
  async helloCode(hello: object, protocol: string): Promise<readonly [code: string, closeCode: number]> {
    const attacker = await this.attacker(protocol);
    attacker.say(written(protocol, { type: 'hello', ...hello }));
    const letIn = attacker
      .first(({ type }) => type === 'welcome' || type === 'login:accepted')
      .then(
        () => 'let in',
        () => 'closed',
      );
    const code = await Promise.race([attacker.answer(), letIn]);
    if (code === 'let in') return [code, 0];
    const closed = await attacker.closed;
    if (attacker.heard.length > 1) throw new Error(`More was told than the refusal: ${JSON.stringify(attacker.heard)}`);
    return [code, closed.code];
  }

  /**
   * Fails where the PBX has received anything since the last time. The link to it keeps its order, so a command that is known to
   * arrive is sent behind the attack: once the journal has that one, whatever else was sent would stand before it.
   */
  async nothingReachedThePbx(): Promise<void> {
    const reached = await this.reached();
    if (reached.length > 0) throw new Error(`It reached the PBX: ${JSON.stringify(reached)}`);
  }

  /** The actions that the PBX has received since the last time, headers as they came, without ActionID and the gateway's Pings. */
  async reached(): Promise<readonly (readonly Header[])[]> {
    const control = this.#control as Attacker;
    const mark = `mark-${++marks}`;
    control.say(written(JSON_PROTOCOL, action('QueueSummary', { Queue: mark })));
    const answer = await control.answer();
    if (answer !== 'ok') throw new Error(`The witness could not be asked: ${answer}`);
    const news = this.pbx.journal.entries.slice(this.#seen);
    this.#seen += news.length;
    const actions = news.map(({ headers }) => headers.filter(([name]) => name !== 'ActionID'));
    const last = JSON.stringify(actions.pop());
    if (
      last !==
      JSON.stringify([
        ['Action', 'QueueSummary'],
        ['Queue', mark],
      ])
    )
      throw new Error(`The witness saw ${last} in place of its mark`);
    return actions.filter((headers) => JSON.stringify(headers) !== '[["Action","Ping"]]');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const attacker of this.#attackers) attacker.leave();
    await this.server.close();
    await this.pbx.close();
  }
}

let known: Promise<UsersFile> | undefined;

/** `olga` may all that an operator may, `ann` is an agent at 1001, `vic` looks on, `carl` is a {@link CLERK} at 1001. */
export function rigUsers(): Promise<UsersFile> {
  known ??= Promise.all([
    user('control', 'operator'),
    user('olga', 'operator'),
    user('ann', 'agent', '1001'),
    user('vic', 'viewer'),
    user('carl', 'clerk', '1001'),
  ]).then((users) => ({ version: 1, roles: { clerk: CLERK }, users }));
  return known;
}

async function user(name: string, role: string, extension?: string): Promise<UserRecord> {
  const secret = await hashSecret(name, nodeRuntime().digest, CHEAP);
  return { name, secret, role, ...(extension !== undefined && { extension }) };
}
