import type { Runtime } from '../../ami/runtime.ts';
import { errorPage } from './error-page.ts';

export interface AjamResponse {
  readonly status: number;
  readonly reason: string;
  /** In the order in which Asterisk sends them. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Uint8Array;
}

/** Gets the answer; `undefined` where the PBX is down or goes down, so that there is nobody to give one. */
export type Respond = (response: AjamResponse | undefined) => void;

/** Why a request gets a page in place of an answer. */
export interface Problem {
  readonly status: number;
  readonly reason: string;
  readonly text: string;
  /** Before the type of the page. */
  readonly headers?: AjamResponse['headers'];
}

/** Writes responses with the headers of Asterisk's HTTP server, in its order. Source: recordings `ajam-*`. */
export class ResponseWriter {
  readonly #runtime: Pick<Runtime, 'clock' | 'text'>;
  readonly #server: string;

  constructor(runtime: Pick<Runtime, 'clock' | 'text'>, asteriskVersion: string) {
    this.#runtime = runtime;
    this.#server = `Asterisk/${asteriskVersion}`;
  }

  page(problem: Problem, close: boolean): AjamResponse {
    const body = this.#runtime.text.encode(errorPage({ ...problem, server: this.#server }));
    return this.#response(problem, body, close, [...(problem.headers ?? []), ['Content-type', 'text/html']]);
  }

  answer(body: Uint8Array, close: boolean, headers: AjamResponse['headers']): AjamResponse {
    return this.#response({ status: 200, reason: 'OK' }, body, close, headers);
  }

  #response(
    { status, reason }: { readonly status: number; readonly reason: string },
    body: Uint8Array,
    close: boolean,
    headers: AjamResponse['headers'],
  ): AjamResponse {
    return {
      status,
      reason,
      headers: [
        ['Server', this.#server],
        ['Date', new Date(this.#runtime.clock.now()).toUTCString()],
        ...(close ? [['Connection', 'close'] as const] : []),
        ['Cache-Control', 'no-cache, no-store'],
        ...headers,
        ['Content-Length', String(body.length)],
      ],
      body,
    };
  }
}
