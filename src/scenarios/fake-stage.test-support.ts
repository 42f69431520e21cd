import type { Link } from '../ami/link.ts';
import { ManualClock } from '../ami/manual-clock.ts';
import { memoryLinks } from '../ami/memory-link.ts';
import type { Header } from '../ami/message.ts';
import { nodeRuntime } from '../ami/runtime.node.ts';
import { type Stage, type StageAction, StageError, type StagePhone } from './stage.ts';

type Mutable<Shape> = { -readonly [Key in keyof Shape]: Shape[Key] };
type Settable = 'lamp' | 'registered' | 'calls';
export type FakePhone = Omit<StagePhone, Settable> & Mutable<Pick<StagePhone, Settable>>;

/** Raw answers of the fake PBX by the name of the action; `undefined`: none at all. */
export type FakeAnswers = (action: string, actionId: string | undefined, link: Link) => string | undefined;

/**
 * A stage that only writes down what it is told, with a manager interface that says what a test lets it say. Its clock is
 * moved by hand.
 */
export class FakeStage implements Stage {
  readonly clock = new ManualClock(0);
  readonly runtime = nodeRuntime({ clock: this.clock });
  /** What phones and the PBX were told, with the time in ms. */
  readonly told: string[] = [];
  readonly actions: StageAction[] = [];
  readonly links: Link[] = [];
  /** Connections are refused while it is false. */
  listening = true;
  answers: FakeAnswers = defaultAnswers;
  readonly #phones = new Map<string, FakePhone>();
  readonly #channels = new Map<string, string>();

  constructor(phones: readonly string[] = ['1001', '1002', '1003']) {
    for (const name of phones) this.#phones.set(name, this.#phone(name));
  }

  readonly pbx: Stage['pbx'] = {
    restart: (how) => this.#tell(how?.gracefully === true ? 'pbx restart gracefully' : 'pbx restart'),
    stop: () => this.#tell('pbx stop'),
    kill: () => this.#tell('pbx kill'),
    start: () => this.#tell('pbx start'),
    reload: (module) => this.#tell(`pbx reload ${module ?? 'all'}`),
    changeConfig: (file, changes) => this.#tell(`pbx changeConfig ${file} ${JSON.stringify(changes)}`),
  };

  readonly faults: Stage['faults'] = {
    set: (name, values) => this.#tell(`fault ${name} ${JSON.stringify(values)}`),
    clear: (name) => this.#tell(`recovered from ${name ?? 'all'}`),
  };

  phone(name: string): FakePhone {
    const phone = this.#phones.get(name);
    if (phone !== undefined) return phone;
    throw new StageError('STAGE_UNKNOWN_PHONE', `no phone ${name}; there are ${[...this.#phones.keys()].join(', ')}`);
  }

  connect(): Link | undefined {
    if (!this.listening) return undefined;
    const [near, far] = memoryLinks(this.clock);
    this.links.push(far);
    let text = '';
    far.attach({
      data: (bytes) => {
        text += this.runtime.text.decode(bytes).text;
        for (let end = text.indexOf('\r\n\r\n'); end >= 0; end = text.indexOf('\r\n\r\n')) {
          this.#act(far, text.slice(0, end));
          text = text.slice(end + 4);
        }
      },
      end: () => far.end(),
      close: () => undefined,
    });
    this.say('Asterisk Call Manager/11.0.0\r\n', far);
    return near;
  }

  newestChannelOf(phone: string): string | undefined {
    return this.#channels.get(phone);
  }

  managerSecret(user: string): string | undefined {
    return user === 'nosuch' ? undefined : `${user}pw`;
  }

  setChannel(phone: string, channel: string): void {
    this.#channels.set(phone, channel);
  }

  /** Sends raw text to one session, or to all. */
  say(raw: string, link?: Link): void {
    for (const each of link === undefined ? this.links : [link]) each.write(this.runtime.text.encode(raw));
  }

  #act(link: Link, rows: string): void {
    const headers = rows.split('\r\n').map((row): Header => {
      const colon = row.indexOf(':');
      return [row.slice(0, colon), row.slice(colon + 1).trimStart()];
    });
    const get = (name: string) => headers.find(([each]) => each === name)?.[1];
    const action = get('Action') ?? '';
    this.actions.push({ id: this.actions.length + 1, atMs: this.clock.now(), user: '', action, headers });
    const answer = this.answers(action, get('ActionID'), link);
    if (answer !== undefined) this.say(answer, link);
    if (action === 'Logoff') link.end();
  }

  #tell(what: string): void {
    this.told.push(`${this.clock.now()} ${what}`);
  }

  #phone(name: string): FakePhone {
    const note =
      (command: string) =>
      (...parts: unknown[]): void => {
        const said = parts.filter((part) => part !== undefined).map((part) => JSON.stringify(part));
        this.#tell([name, command, ...said].join(' '));
      };
    return {
      name,
      lamp: 'idle',
      registered: true,
      calls: [],
      dial: note('dial'),
      answer: note('answer'),
      reject: note('reject'),
      follow: (order) => note('follow')(order ?? 'nothing special'),
      hangUp: note('hangUp'),
      hangUpAll: note('hangUpAll'),
      hold: note('hold'),
      resume: note('resume'),
      transfer: note('transfer'),
      connect: note('connect'),
      press: note('press'),
      speak: note('speak'),
      register: note('register'),
      unregister: note('unregister'),
      die: note('die'),
    };
  }
}

function defaultAnswers(action: string, actionId: string | undefined): string {
  const id = actionId === undefined ? '' : `ActionID: ${actionId}\r\n`;
  if (action === 'Logoff') return `Response: Goodbye\r\n${id}Message: Thanks for all the fish.\r\n\r\n`;
  return `Response: Success\r\n${id}${action === 'Login' ? 'Message: Authentication accepted\r\n' : ''}\r\n`;
}
