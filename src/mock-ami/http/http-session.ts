import { AmiMessage } from '../../ami/message.ts';
import type { Clock, Timer } from '../../ami/runtime.ts';
import { type AjamRequest, requestedAction } from './ajam-request.ts';
import type { AjamSession, Answer } from './ajam-session.ts';

/** A WaitEvent ends that long before its session would. */
const WAIT_MARGIN_S = 10;
/** What a session that has not logged in is given at most. Source: `generic_http_callback`, main/manager.c. */
const STRANGER_TIMEOUT_S = 5;

/** A manager session over HTTP: it lives as long as its requests come, and its time counts from the last answer. */
export class HttpSession {
  /** Another after a refused login, which ends the AMI session and not the one over HTTP. Source: recording `ajam-rawman-basic`. */
  ami: AjamSession;
  loggedIn: boolean;
  readonly #clock: Clock;
  readonly #timeoutS: number;
  readonly #onEnd: () => void;
  #requests = 0;
  #expiry: Timer | undefined;
  #ended = false;

  constructor(
    ami: AjamSession,
    options: {
      readonly clock: Clock;
      readonly timeoutS: number;
      readonly loggedIn: boolean;
      readonly onEnd: () => void;
    },
  ) {
    this.ami = ami;
    this.loggedIn = options.loggedIn;
    this.#clock = options.clock;
    this.#timeoutS = options.timeoutS;
    this.#onEnd = options.onEnd;
    this.#expire(options.timeoutS);
  }

  /** Does what a request asks; the answer is empty where a wait was taken over by another, or the AMI session has ended. */
  perform(request: AjamRequest, answer: Answer): void {
    const headers = requestedAction(request);
    const action = new AmiMessage(headers);
    const name = action.get('Action')?.toLowerCase();
    const done: Answer = (messages) => {
      if (name === 'login' && messages[0]?.response === 'Success') this.loggedIn = true;
      this.#endRequest();
      answer(messages);
      if (messages[0]?.response === 'Goodbye') this.end();
    };
    this.#requests += 1;
    this.#expire(this.#timeoutS);
    if (name === 'waitevent' && this.loggedIn) {
      this.ami.waitForEvents(this.#waitMs(action.get('Timeout')), action.get('ActionID'), done);
    } else {
      this.ami.act(headers, done);
    }
  }

  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#expiry?.cancel();
    this.#onEnd();
    this.ami.close();
  }

  /** Without a timeout, or with one that is too long, a wait ends shortly before the session would. */
  #waitMs(timeout: string | undefined): number {
    const longestS = Math.max(0, this.#timeoutS - WAIT_MARGIN_S);
    const wantedS = Number.parseInt(timeout ?? '-1', 10);
    return 1000 * (wantedS >= 0 ? Math.min(wantedS, longestS) : longestS);
  }

  #endRequest(): void {
    this.#requests -= 1;
    if (this.#requests > 0 || this.#ended) return;
    this.#expire(this.loggedIn ? this.#timeoutS : Math.min(this.#timeoutS, STRANGER_TIMEOUT_S));
  }

  #expire(inS: number): void {
    this.#expiry?.cancel();
    this.#expiry = this.#clock.setTimer(inS * 1000, () => this.end());
  }
}
