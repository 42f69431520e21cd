import { latin1Text } from '../../ami/latin1.ts';
import type { Link } from '../../ami/link.ts';
import { PbxFramer } from '../../ami/pbx-framer.ts';
import type { Clock, Runtime, Timer } from '../../ami/runtime.ts';
import type { ConformanceCase } from './cases.ts';

export interface Tested {
  /** Opens a connection to the server. */
  readonly connect: () => Promise<Link>;
  readonly runtime: Pick<Runtime, 'clock' | 'digest' | 'text'>;
  readonly user: string;
  readonly secret: string;
  /** How long an answer may take. */
  readonly timeoutMs: number;
}

export interface CaseResult {
  readonly name: string;
  readonly rule: string;
  readonly source: string;
  /** `skipped`: the user may not do that, or the module that does it is not loaded. */
  readonly outcome: 'passed' | 'differs' | 'skipped';
  readonly expected: readonly string[];
  readonly got: readonly string[];
}

const BANNER = /^Asterisk Call Manager\/\d+\.\d+\.\d+\r\n$/;
const LAST = 'conformance-last';
const CLOSED = '(the connection ends)';
const OPEN = '(the connection stays)';
const TIMEOUT = '(nothing more in time)';

/** Plays one case on a connection of its own. @throws AmiError where the server can't be reached */
export async function runCase(one: ConformanceCase, tested: Tested): Promise<CaseResult> {
  const client = new CaseClient(await tested.connect(), tested.runtime);
  const { user, secret, timeoutMs } = tested;
  const fill = (text: string): string =>
    text
      .replaceAll('{user}', user)
      .replaceAll('{secret}', secret)
      .replaceAll('{md5}', () => tested.runtime.digest.md5(client.challenge + secret));
  const expected = [...one.expect, one.closes === true ? CLOSED : OPEN];
  const { name, rule, source } = one;
  const result = (outcome: CaseResult['outcome'], got: readonly string[]): CaseResult => ({
    name,
    rule,
    source,
    outcome,
    expected,
    got,
  });
  try {
    if (!(await client.until(() => client.banner !== undefined, timeoutMs)) || !BANNER.test(client.banner ?? '')) {
      return result('differs', [client.banner ?? TIMEOUT]);
    }
    if (one.stranger !== true) {
      client.send(fill('Action: Login\r\nUsername: {user}\r\nSecret: {secret}\r\nEvents: off\r\n\r\n'));
      await client.until(() => client.answers.length > 0, timeoutMs);
      const welcome = client.answers.splice(0);
      if (!/Message: Authentication accepted/.test(welcome[0] ?? ''))
        return result('differs', ['(the login failed)', ...welcome]);
    }
    for (const piece of one.send) {
      if (typeof piece !== 'string') await client.until(() => client.answers.length >= piece.awaitAnswers, timeoutMs);
      else if (one.byteByByte === true) for (const byte of fill(piece)) client.send(byte);
      else client.send(fill(piece));
    }
    if (one.halfCloses === true) client.end();
    if (one.closes !== true) client.send(`Action: Ping\r\nActionID: ${LAST}\r\n\r\n`);
    const inTime = await client.until(
      () => client.closed || client.answers.some((text) => text.includes(LAST)),
      timeoutMs,
    );
    const got = [...client.answers.filter((text) => !text.includes(LAST)), ending(client, inTime)];
    if (got.some((text) => SKIP.test(text)) && !one.expect.some((text) => SKIP.test(text)))
      return result('skipped', got);
    return result(conforms(expected, got) ? 'passed' : 'differs', got);
  } finally {
    client.drop();
  }
}

/** What a user without the right, or a PBX without the module, is told. */
const SKIP = /^Response: Error\r\n(?:ActionID: .*\r\n)?Message: (?:Permission denied|Invalid\/unknown command: )/;

function ending(client: CaseClient, inTime: boolean): string {
  if (client.closed) return CLOSED;
  return inTime ? OPEN : TIMEOUT;
}

/** Rows of lists between the first and the last answer may be any number. */
function conforms(expected: readonly string[], got: readonly string[]): boolean {
  const isRow = (text: string): boolean => /^Event: /.test(text) && !/^EventList: Complete$/m.test(text);
  const answers = got.filter((text) => !isRow(text));
  if (answers.length !== expected.length) return false;
  return expected.every((pattern, at) => fits(pattern, answers[at] ?? ''));
}

/** Whether an answer's rows are those of the pattern; a row `...` stands for any, `*` for any text. */
function fits(pattern: string, answer: string): boolean {
  const rows = pattern.split('\r\n').map((row) => {
    if (row === '...') return '(?:[^\\r\\n]*\\r\\n)*';
    return `${row.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '[^\\r\\n]*')}\\r\\n`;
  });
  return new RegExp(`^${rows.join('')}$`).test(`${answer}\r\n`);
}

/** A connection that keeps the answers it gets, as text of one character a byte; events of the PBX are none of them. */
class CaseClient {
  readonly answers: string[] = [];
  banner: string | undefined;
  closed = false;
  readonly #link: Link;
  readonly #clock: Clock;
  readonly #text: Runtime['text'];
  readonly #framer = new PbxFramer();
  #changed: () => void = () => {};

  constructor(link: Link, { clock, text }: Pick<Runtime, 'clock' | 'text'>) {
    this.#link = link;
    this.#clock = clock;
    this.#text = text;
    link.attach({
      data: (bytes) => {
        for (const frame of this.#framer.push(bytes))
          this.#take(Array.from(frame.bytes, (byte) => String.fromCharCode(byte)).join(''));
        this.#changed();
      },
      end: () => link.end(),
      close: () => {
        this.closed = true;
        this.#changed();
      },
    });
  }

  /** Of the last answer to a Challenge; '' where there was none. */
  get challenge(): string {
    return /^Challenge: (.*)$/m.exec(this.answers.join('\r\n').replaceAll('\r', ''))?.[1] ?? '';
  }

  send(text: string): void {
    this.#link.write(this.#text.encode(latin1Text(text), 'latin1'));
  }

  end(): void {
    this.#link.end();
  }

  drop(): void {
    this.#link.destroy();
  }

  /** Waits until `test` holds, for `timeoutMs` at most or until the connection has ended; whether it holds. */
  until(test: () => boolean, timeoutMs: number): Promise<boolean> {
    return new Promise((resolve) => {
      let timer: Timer | undefined;
      const look = (late: boolean): void => {
        if (!test() && !late && !this.closed) return;
        timer?.cancel();
        this.#changed = () => {};
        resolve(test());
      };
      timer = this.#clock.setTimer(timeoutMs, () => look(true));
      this.#changed = () => look(false);
      look(false);
    });
  }

  #take(rows: string): void {
    if (this.banner === undefined) this.banner = rows;
    else if (/^Response: /.test(rows) || /^ActionID: /m.test(rows)) this.answers.push(rows.replace(/\r\n$/, ''));
  }
}
