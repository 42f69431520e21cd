import type { Encoding } from './runtime.ts';

/** One header row. A row without a name has the name `''` and the whole row as its value. */
export type Header = readonly [name: string, value: string];

/**
 * One AMI message: an ordered list of headers, repeats kept.
 * Names are compared without regard to (ASCII) case, values are exactly what stood on the wire, and the first of equal headers wins,
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
    for (const [candidate, value] of this.headers) if (isSameName(candidate, name)) return value;
    return undefined;
  }

  /** Values of all headers of that name, in order. */
  all(name: string): string[] {
    return this.headers.filter(([candidate]) => isSameName(candidate, name)).map(([, value]) => value);
  }

  /** The event's name; `undefined` where this is no event. Events may have a `Response` header too (OriginateResponse): the first row tells. */
  get event(): string | undefined {
    return this.#first('event');
  }

  /** `Success`, `Error`, `Goodbye` ...; `undefined` where this is no response. */
  get response(): string | undefined {
    return this.#first('response');
  }

  #first(name: string): string | undefined {
    const first = this.headers[0];
    return first !== undefined && isSameName(first[0], name) ? first[1] : undefined;
  }
}

function isSameName(one: string, other: string): boolean {
  if (one === other) return true;
  if (one.length !== other.length) return false;
  for (let at = 0; at < one.length; at++) {
    if (lowerCase(one.charCodeAt(at)) !== lowerCase(other.charCodeAt(at))) return false;
  }
  return true;
}

/** ASCII only, as Asterisk compares: no other letter equals one of these. */
function lowerCase(code: number): number {
  return code >= 65 && code <= 90 ? code + 32 : code;
}
