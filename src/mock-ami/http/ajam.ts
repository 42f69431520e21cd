import type { Link } from '../../ami/link.ts';
import { AmiMessage } from '../../ami/message.ts';
import type { Runtime, Timer } from '../../ami/runtime.ts';
import { AJAM_FORMATS, type AjamFormat } from './ajam-format.ts';
import { type AjamRequest, queryOf, requestedAction, sessionIdOf } from './ajam-request.ts';
import { AjamSession } from './ajam-session.ts';
import { errorPage } from './error-page.ts';

export interface AjamOptions {
  readonly runtime: Runtime;
  /** Opens an AMI connection to the same PBX; `undefined` while it is down. */
  readonly connect: () => Link | undefined;
  /** A session ends that long after its last request; `httptimeout` of manager.conf, 60 s by default. */
  readonly httpTimeoutS?: number;
  /** As the `Server` header shows it; `22.10.1` by default. */
  readonly asteriskVersion?: string;
  /** Before every path, as `prefix` of http.conf says; none by default. */
  readonly prefix?: string;
}

export interface AjamResponse {
  readonly status: number;
  readonly reason: string;
  /** In the order in which Asterisk sends them. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Uint8Array;
}

/** Gets the answer; `undefined` where the PBX is down or goes down, so that there is nobody to give one. */
export type Respond = (response: AjamResponse | undefined) => void;

interface HttpSession {
  id: string;
  ami: AjamSession;
  expiry: Timer | undefined;
  /** Under way. */
  requests: number;
  loggedIn: boolean;
}

/** A WaitEvent ends that long before its session would. */
const WAIT_MARGIN_S = 10;
/** What a session that has not logged in is given at most. Source: `generic_http_callback`, main/manager.c. */
const STRANGER_TIMEOUT_S = 5;

/**
 * AMI over HTTP as Asterisk serves it under `/rawman` (text), `/mxml` (XML) and `/manager` (a page): a session is a cookie, an
 * action a request, events wait for WaitEvent. Source: recordings `ajam-*`.
 */
export class Ajam {
  readonly #runtime: Runtime;
  readonly #connect: AjamOptions['connect'];
  readonly #httpTimeoutS: number;
  readonly #server: string;
  readonly #prefix: string;
  readonly #sessions = new Map<string, HttpSession>();

  constructor({ runtime, connect, httpTimeoutS = 60, asteriskVersion = '22.10.1', prefix = '' }: AjamOptions) {
    this.#runtime = runtime;
    this.#connect = connect;
    this.#httpTimeoutS = httpTimeoutS;
    this.#prefix = prefix;
    this.#server = `Asterisk/${asteriskVersion}`;
  }

  handle(request: AjamRequest, respond: Respond): void {
    const format = AJAM_FORMATS.get(this.#pathOf(request));
    const problem = problemOf(request, format);
    const session = problem === undefined ? this.#sessionOf(request) : undefined;
    if (problem !== undefined) respond(this.#page(request, problem));
    else if (session === undefined || format === undefined) respond(undefined);
    else this.#perform(request, { session, format }, respond);
  }

  /** Ends all sessions. */
  close(): void {
    for (const session of [...this.#sessions.values()]) this.#drop(session);
  }

  #perform(
    request: AjamRequest,
    { session, format }: { readonly session: HttpSession; readonly format: AjamFormat },
    respond: Respond,
  ): void {
    const headers = requestedAction(request);
    const action = new AmiMessage(headers);
    const name = action.get('Action')?.toLowerCase();
    const answer = (messages: readonly AmiMessage[]): void => {
      if (name === 'login' && messages[0]?.response === 'Success') this.#login(session);
      this.#endRequest(session);
      if (messages.length === 0 && session.ami.closed) {
        respond(undefined);
        return;
      }
      const body = format.body(messages, queryOf(request), this.#runtime.text);
      respond(this.#answer(request, session, { contentType: format.contentType, body }));
      if (messages[0]?.response === 'Goodbye') this.#drop(session);
    };
    this.#beginRequest(session);
    if (name === 'waitevent' && session.loggedIn) {
      session.ami.waitForEvents(this.#waitMs(action.get('Timeout')), action.get('ActionID'), answer);
    } else {
      session.ami.act(headers, answer);
    }
  }

  /** Without a timeout, or with one that is too long, a wait ends shortly before the session would. */
  #waitMs(timeout: string | undefined): number {
    const longestS = Math.max(0, this.#httpTimeoutS - WAIT_MARGIN_S);
    const wantedS = Number.parseInt(timeout ?? '-1', 10);
    return 1000 * (wantedS >= 0 ? Math.min(wantedS, longestS) : longestS);
  }

  #sessionOf(request: AjamRequest): HttpSession | undefined {
    const known = this.#sessions.get(sessionIdOf(request) ?? '');
    if (known !== undefined && !known.ami.closed) return known;
    const link = this.#connect();
    if (link === undefined) return undefined;
    // after a refused login the AMI connection is gone, the HTTP session is not. Source: recording `ajam-rawman-basic`
    const session = known ?? { id: this.#newId(), expiry: undefined, requests: 0 };
    const fresh: HttpSession = Object.assign(session, { ami: new AjamSession(link, this.#runtime), loggedIn: false });
    this.#sessions.set(fresh.id, fresh);
    return fresh;
  }

  /** Asterisk gives a session another id once somebody has logged in. */
  #login(session: HttpSession): void {
    this.#sessions.delete(session.id);
    session.id = this.#newId();
    session.loggedIn = true;
    this.#sessions.set(session.id, session);
  }

  #beginRequest(session: HttpSession): void {
    session.requests += 1;
    this.#expire(session, this.#httpTimeoutS);
  }

  /** A session's time counts from its last answer. */
  #endRequest(session: HttpSession): void {
    session.requests -= 1;
    if (session.requests > 0 || this.#sessions.get(session.id) !== session) return;
    this.#expire(session, session.loggedIn ? this.#httpTimeoutS : Math.min(this.#httpTimeoutS, STRANGER_TIMEOUT_S));
  }

  #expire(session: HttpSession, inS: number): void {
    session.expiry?.cancel();
    session.expiry = this.#runtime.clock.setTimer(inS * 1000, () => this.#drop(session));
  }

  /** Below the prefix of http.conf; '' where it lies elsewhere. */
  #pathOf({ target }: AjamRequest): string {
    const [path = ''] = target.split('?', 1);
    return path.startsWith(`${this.#prefix}/`) ? path.slice(this.#prefix.length) : '';
  }

  #drop(session: HttpSession): void {
    this.#sessions.delete(session.id);
    session.expiry?.cancel();
    session.ami.close();
  }

  #newId(): string {
    const id = Math.floor(this.#runtime.random.next() * 2 ** 32)
      .toString(16)
      .padStart(8, '0');
    return this.#sessions.has(id) ? this.#newId() : id;
  }

  #answer(
    request: AjamRequest,
    session: HttpSession,
    { contentType, body }: { readonly contentType: string; readonly body: Uint8Array },
  ): AjamResponse {
    return this.#response(request, { status: 200, reason: 'OK' }, body, [
      ['Content-type', contentType],
      ['Set-Cookie', `mansession_id="${session.id}"; Version=1; Max-Age=${this.#httpTimeoutS}`],
      ['Pragma', 'SuppressEvents'],
    ]);
  }

  #page(request: AjamRequest, problem: Problem): AjamResponse {
    const body = this.#runtime.text.encode(errorPage({ ...problem, server: this.#server }));
    return this.#response(request, problem, body, [['Content-type', 'text/html']]);
  }

  #response(
    { close }: AjamRequest,
    { status, reason }: { readonly status: number; readonly reason: string },
    body: Uint8Array,
    headers: AjamResponse['headers'],
  ): AjamResponse {
    const date = new Date(this.#runtime.clock.now()).toUTCString();
    return {
      status,
      reason,
      headers: [
        ['Server', this.#server],
        ['Date', date],
        ...(close ? [['Connection', 'close'] as const] : []),
        ['Cache-Control', 'no-cache, no-store'],
        ...headers,
        ['Content-Length', String(body.length)],
      ],
      body,
    };
  }
}

interface Problem {
  readonly status: number;
  readonly reason: string;
  readonly text: string;
}

function problemOf({ method, bodyTooLong }: AjamRequest, format: AjamFormat | undefined): Problem | undefined {
  if (!['GET', 'POST', 'HEAD'].includes(method)) {
    return { status: 501, reason: 'Not Implemented', text: 'Attempt to use unimplemented / unsupported method' };
  }
  if (format === undefined) {
    return { status: 404, reason: 'Not Found', text: 'The requested URL was not found on this server.' };
  }
  if (bodyTooLong === true) return { status: 413, reason: 'Request Entity Too Large', text: 'Body too large' };
  return undefined;
}
