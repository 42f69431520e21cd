import type { Link } from '../../ami/link.ts';
import type { AmiMessage } from '../../ami/message.ts';
import type { Runtime } from '../../ami/runtime.ts';
import { AJAM_FORMATS, type AjamFormat, DIGEST_FORMATS } from './ajam-format.ts';
import { type AjamRequest, queryOf, sessionIdOf } from './ajam-request.ts';
import { type AjamResponse, type Problem, type Respond, ResponseWriter } from './ajam-response.ts';
import { AjamSession } from './ajam-session.ts';
import { challengeHeader, DigestDoor, type DigestSession, type DigestUsers } from './digest-door.ts';
import { HttpSession } from './http-session.ts';

export interface AjamOptions {
  readonly runtime: Runtime;
  /** Opens an AMI connection to the same PBX, logged in as that user where one is given; `undefined` while it is down. */
  readonly connect: (user?: string) => Link | undefined;
  /** Who may come in by digest, under `/arawman` and the like; nobody by default. */
  readonly users?: DigestUsers;
  /** A session ends that long after its last request; `httptimeout` of manager.conf, 60 s by default. */
  readonly httpTimeoutS?: number;
  /** As the `Server` header shows it; `22.10.1` by default. */
  readonly asteriskVersion?: string;
  /** Before every path, as `prefix` of http.conf says; none by default. */
  readonly prefix?: string;
}

interface CookieSession {
  id: string;
  readonly http: HttpSession;
}

interface ProvenSession extends DigestSession {
  readonly http: HttpSession;
}

const NOBODY: DigestUsers = { realm: 'asterisk', find: () => undefined };
/** What a session of digest is given at least. Source: `auth_http_callback`, main/manager.c. */
const LEAST_PROVEN_TIMEOUT_S = 5;

/**
 * AMI over HTTP as Asterisk serves it: an action is a request, events wait for WaitEvent. Under `/rawman` (text), `/mxml` (XML) and `/manager`
 * (a page) a session is a cookie and logs in as over TCP; under `/arawman`, `/amxml` and `/amanager` it is a proof by digest, and needs no login.
 * Source: recordings `ajam-*`; `generic_http_callback` and `auth_http_callback`, main/manager.c.
 *
 * Behind each session stands an ordinary AMI connection, in memory: faults, rights, filters, limits and the journal are those of any client.
 */
export class Ajam {
  readonly #runtime: Runtime;
  readonly #connect: AjamOptions['connect'];
  readonly #realm: string;
  readonly #httpTimeoutS: number;
  readonly #prefix: string;
  readonly #writer: ResponseWriter;
  readonly #sessions = new Map<string, CookieSession>();
  readonly #door: DigestDoor<ProvenSession>;

  constructor(options: AjamOptions) {
    const { runtime, connect, users = NOBODY, httpTimeoutS = 60, asteriskVersion = '22.10.1', prefix = '' } = options;
    this.#runtime = runtime;
    this.#connect = connect;
    this.#realm = users.realm;
    this.#httpTimeoutS = httpTimeoutS;
    this.#prefix = prefix;
    this.#writer = new ResponseWriter(runtime, asteriskVersion);
    this.#door = new DigestDoor(runtime, users, (session) => this.#openProven(session));
  }

  handle(request: AjamRequest, respond: Respond): void {
    const path = this.#pathOf(request);
    const byCookie = AJAM_FORMATS.get(path);
    const byDigest = DIGEST_FORMATS.get(path);
    const problem = problemOf(request, byCookie ?? byDigest);
    if (problem !== undefined) respond(this.#writer.page(problem, request.close));
    else if (byCookie !== undefined) this.#handleCookie(request, byCookie, respond);
    else if (byDigest !== undefined) this.#handleDigest(request, byDigest, respond);
  }

  /** Ends all sessions. */
  close(): void {
    for (const { http } of [...this.#sessions.values(), ...this.#door.sessions]) http.end();
  }

  #handleCookie(request: AjamRequest, format: AjamFormat, respond: Respond): void {
    if (request.bodyTooLong === true) return respond(this.#writer.page(TOO_LONG, request.close));
    const session = this.#sessionOf(request);
    if (session === undefined) return respond(undefined);
    const wasStranger = !session.http.loggedIn;
    session.http.perform(request, (messages) => {
      if (wasStranger && session.http.loggedIn) this.#renew(session);
      respond(
        this.#answer(request, { session, format, messages }, [
          ['Set-Cookie', `mansession_id="${session.id}"; Version=1; Max-Age=${this.#httpTimeoutS}`],
          ['Pragma', 'SuppressEvents'],
        ]),
      );
    });
  }

  #handleDigest(request: AjamRequest, format: AjamFormat, respond: Respond): void {
    for (const { http } of [...this.#door.sessions]) if (http.ami.closed) http.end();
    const admission = this.#door.enter({ method: request.method, authorization: request.authorization ?? '' });
    if (admission === undefined) return respond(undefined);
    if (admission.outcome === 'forbidden') return respond(this.#writer.page(FORBIDDEN, true));
    if (admission.outcome === 'ask') {
      const { nonce, stale } = admission;
      const headers = [['WWW-authenticate', challengeHeader(this.#realm, nonce, stale)]] as const;
      return respond(this.#writer.page({ ...UNAUTHORIZED, headers }, request.close));
    }
    if (request.bodyTooLong === true) return respond(this.#writer.page(TOO_LONG, request.close));
    const { session } = admission;
    session.http.perform(request, (messages) => respond(this.#answer(request, { session, format, messages }, [])));
  }

  #sessionOf(request: AjamRequest): CookieSession | undefined {
    const known = this.#sessions.get(sessionIdOf(request) ?? '');
    if (known !== undefined && !known.http.ami.closed) return known;
    const link = this.#connect();
    if (link === undefined) return undefined;
    const ami = new AjamSession(link, this.#runtime);
    if (known === undefined) return this.#openStranger(ami);
    known.http.ami = ami;
    known.http.loggedIn = false;
    return known;
  }

  #openStranger(ami: AjamSession): CookieSession {
    const session: CookieSession = {
      id: this.#newId(),
      http: this.#newHttp(ami, this.#httpTimeoutS, false, () => this.#sessions.delete(session.id)),
    };
    this.#sessions.set(session.id, session);
    return session;
  }

  #openProven(state: DigestSession): ProvenSession | undefined {
    const link = this.#connect(state.user);
    if (link === undefined) return undefined;
    const timeoutS = Math.max(this.#httpTimeoutS, LEAST_PROVEN_TIMEOUT_S);
    const ami = new AjamSession(link, this.#runtime);
    const session: ProvenSession = {
      ...state,
      http: this.#newHttp(ami, timeoutS, true, () => this.#door.leave(session)),
    };
    return session;
  }

  #newHttp(ami: AjamSession, timeoutS: number, loggedIn: boolean, onEnd: () => void): HttpSession {
    return new HttpSession(ami, { clock: this.#runtime.clock, timeoutS, loggedIn, onEnd });
  }

  /** Asterisk gives a session another id once somebody has logged in. */
  #renew(session: CookieSession): void {
    if (!this.#sessions.delete(session.id)) return;
    session.id = this.#newId();
    this.#sessions.set(session.id, session);
  }

  #newId(): string {
    const id = Math.floor(this.#runtime.random.next() * 2 ** 32)
      .toString(16)
      .padStart(8, '0');
    return this.#sessions.has(id) ? this.#newId() : id;
  }

  /** Below the prefix of http.conf; '' where it lies elsewhere. */
  #pathOf({ target }: AjamRequest): string {
    const [path = ''] = target.split('?', 1);
    return path.startsWith(`${this.#prefix}/`) ? path.slice(this.#prefix.length) : '';
  }

  #answer(
    request: AjamRequest,
    what: {
      readonly session: { readonly http: HttpSession };
      readonly format: AjamFormat;
      readonly messages: readonly AmiMessage[];
    },
    headers: AjamResponse['headers'],
  ): AjamResponse | undefined {
    const { session, format, messages } = what;
    if (messages.length === 0 && session.http.ami.closed) return undefined;
    const body = format.body(messages, queryOf(request), this.#runtime.text);
    return this.#writer.answer(body, request.close, [['Content-type', format.contentType], ...headers]);
  }
}

const TOO_LONG: Problem = { status: 413, reason: 'Request Entity Too Large', text: 'Body too large' };
const FORBIDDEN: Problem = { status: 403, reason: 'Permission denied', text: 'Permission denied' };
const UNAUTHORIZED: Problem = { status: 401, reason: 'Unauthorized', text: '' };

function problemOf({ method }: AjamRequest, format: AjamFormat | undefined): Problem | undefined {
  if (!['GET', 'POST', 'HEAD'].includes(method)) {
    return { status: 501, reason: 'Not Implemented', text: 'Attempt to use unimplemented / unsupported method' };
  }
  if (format === undefined) {
    return { status: 404, reason: 'Not Found', text: 'The requested URL was not found on this server.' };
  }
  return undefined;
}
