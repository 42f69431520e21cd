import { WebSocket } from 'ws';
import { CompactDecoder } from '../../src/gateway/wire/compact-decoder.ts';
import { XML_PROTOCOL } from '../../src/gateway/wire/protocol.ts';

/** What one hears: a message of the JSON protocols, or a document of the XML one with what it is called. */
export type Heard = Readonly<Record<string, unknown>> & { readonly type: string };

/** Somebody on a real socket who says what they like, in whatever protocol, and keeps what they hear. */
export class Attacker {
  readonly socket: WebSocket;
  readonly heard: Heard[] = [];
  readonly opened: Promise<void>;
  readonly closed: Promise<{ readonly code: number; readonly reason: string }>;
  readonly #decoder = new CompactDecoder();
  readonly #isXml: boolean;
  #wake: () => void = () => {};
  #answersTaken = 0;
  #isClosed = false;

  constructor(url: string, protocol: string, headers: Record<string, string>, deflate = false) {
    this.#isXml = protocol === XML_PROTOCOL;
    this.socket = new WebSocket(url, [protocol], { headers, perMessageDeflate: deflate });
    this.socket.on('message', (data, isBinary) => this.#hear(data as Buffer, isBinary));
    this.closed = new Promise((resolve) => {
      this.socket.on('close', (code, reason) => {
        this.#isClosed = true;
        this.#wakeAll();
        resolve({ code, reason: String(reason) });
      });
    });
    this.opened = new Promise((resolve, reject) => {
      this.socket.once('open', resolve).on('error', reject);
    });
    this.opened.catch(() => {});
  }

  /** In the compact protocol: what it can read on from. */
  get lineage(): string {
    return this.#decoder.lineage;
  }

  say(text: string): void {
    this.socket.send(text);
  }

  /** Waits to be let in. */
  async welcome(): Promise<Heard> {
    return this.first(({ type }) => type === 'snapshot' || type === 'login:accepted');
  }

  /** The answer to what was said last, in the order in which answers come: `ok`, or the code of the refusal. */
  async answer(): Promise<string> {
    for (;;) {
      const answers = this.heard.flatMap((heard) => codeOf(heard) ?? []);
      const next = answers[this.#answersTaken];
      if (next === undefined) {
        await this.#more();
        continue;
      }
      this.#answersTaken += 1;
      return next;
    }
  }

  /** The first that was heard, or will be, of which that is true. */
  async first(isIt: (heard: Heard) => boolean): Promise<Heard> {
    for (;;) {
      const found = this.heard.find(isIt);
      if (found !== undefined) return found;
      await this.#more();
    }
  }

  leave(): void {
    this.socket.terminate();
  }

  async #more(): Promise<void> {
    if (this.#isClosed) throw new Error(`The connection is closed; heard: ${JSON.stringify(this.heard.slice(-3))}`);
    await new Promise<void>((resolve) => {
      const wakeOthers = this.#wake;
      this.#wake = () => {
        wakeOthers();
        resolve();
      };
    });
  }

  #hear(data: Buffer, isBinary: boolean): void {
    const heard = isBinary
      ? this.#decoder.decode(data)
      : this.#isXml
        ? readXml(String(data))
        : JSON.parse(String(data));
    if (heard !== undefined) this.heard.push(heard as Heard);
    this.#wakeAll();
  }

  #wakeAll(): void {
    const wake = this.#wake;
    this.#wake = () => {};
    wake();
  }
}

/** Just enough of XML to tell what was refused. */
function readXml(text: string): Heard {
  const [, name = ''] = /<event name="([^"]*)"/.exec(text) ?? [];
  const [, result = ''] = /<result>([^<]*)</.exec(text) ?? [];
  const [, code = ''] = /<code>([^<]*)</.exec(text) ?? [];
  return { type: result === '' ? name : `${name}:${result}`, code, text };
}

/** `ok` or a code where something is an answer, or an error. */
function codeOf({ type, ok, code, text }: Heard): string | undefined {
  if (type === 'reply') return ok === true ? 'ok' : String(code);
  if (type === 'error' || type === '_amierror') return String(code);
  if (type === 'login:rejected') return 'GATEWAY_LOGIN_REFUSED';
  if (type === 'login:required') return 'GATEWAY_HELLO_EXPECTED';
  return String(text).includes('_HTML5_0</actionid>') && /^_ami(?:success|payload)$/.test(type) ? 'ok' : undefined;
}
