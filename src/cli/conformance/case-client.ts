import { latin1Text } from '../../ami/latin1.ts';
import type { Link } from '../../ami/link.ts';
import { PbxFramer } from '../../ami/pbx-framer.ts';
import type { Clock, Runtime, Timer } from '../../ami/runtime.ts';

/** A connection that keeps the answers it gets, as text of one character a byte; events of the PBX are none of them. */
export class CaseClient {
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
