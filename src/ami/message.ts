import type { Encoding } from './runtime.ts';

/** One header row. A row without a colon has the name `''` and the whole row as its value. */
export type Header = readonly [name: string, value: string];

/**
 * One AMI message: an ordered list of headers, repeats kept.
 * Names are compared without regard to case, values are exactly what stood on the wire, and the first of equal headers wins,
 * as in Asterisk (`astman_get_header`). Source: recording `login-header-case`, `ping`.
 */
export class AmiMessage {
  readonly headers: readonly Header[];
  readonly encoding: Encoding;
  /** The rows as they came, without line ends; made from the headers where the message was not parsed. */
  readonly rows: readonly string[];

  constructor(headers: readonly Header[], options: { encoding?: Encoding; rows?: readonly string[] } = {}) {
    this.headers = headers;
    this.encoding = options.encoding ?? 'utf8';
    this.rows = options.rows ?? headers.map(([name, value]) => (name === '' ? value : `${name}: ${value}`));
  }

  /** Value of the first header of that name; `undefined` where there is none. */
  get(name: string): string | undefined {
    const wanted = name.toLowerCase();
    return this.headers.find(([candidate]) => candidate.toLowerCase() === wanted)?.[1];
  }

  /** Values of all headers of that name, in order. */
  all(name: string): string[] {
    const wanted = name.toLowerCase();
    return this.headers.filter(([candidate]) => candidate.toLowerCase() === wanted).map(([, value]) => value);
  }
}
