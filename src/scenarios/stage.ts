import type { Link } from '../ami/link.ts';
import type { Header } from '../ami/message.ts';
import type { Clock } from '../ami/runtime.ts';

/**
 * What a player drives: phones, AMI connections, the PBX itself. The simulated PBX implements it.
 * Commands act at once on the stage's clock and throw a `StageError` where the person at the phone could not do that
 * (no such phone, no call to answer); what follows from them is seen over AMI and at the lamps.
 */
export interface Stage {
  readonly clock: Clock;
  /** The phone of that endpoint name. @throws StageError `STAGE_UNKNOWN_PHONE`, naming the phones there are. */
  phone(name: string): StagePhone;
  /** Opens an AMI connection. `undefined` where the PBX refuses it (down, or AMI switched off). */
  connect(): Link | undefined;
  /** Name of the newest channel of that phone, gone or not; `undefined` where it never had one. */
  newestChannelOf(phone: string): string | undefined;
  /** The secret that the configuration in force gives that AMI user; `undefined` where there is no such user. */
  managerSecret(user: string): string | undefined;
  /** Every AMI action the PBX has received, oldest first, whoever sent it; it only ever grows. */
  readonly actions: readonly StageAction[];
  readonly pbx: StagePbx;
  readonly faults: StageFaults;
}

/** An action as the PBX received it, allowed or not. */
export interface StageAction {
  /** Greater than that of any before. */
  readonly id: number;
  /** Of the stage's clock. */
  readonly atMs: number;
  /** Who sent it; `''` where nobody had logged in. */
  readonly user: string;
  /** As written by the sender. */
  readonly action: string;
  /** All of them, `Action` and `ActionID` too, in order. */
  readonly headers: readonly Header[];
}

/** What the light beside an extension shows. */
export type Lamp = 'idle' | 'ringing' | 'up' | 'held' | 'busy' | 'unavailable' | 'unknown';

export type RejectReason = 'busy' | 'declined' | 'unavailable' | 'not-found' | 'gone' | 'not-acceptable';

/** What a phone does by itself with calls to come; all times in ms from the INVITE. */
export interface StandingOrder {
  /** When it says 180 Ringing; absent: never. */
  readonly ringAfterMs?: number;
  readonly then?:
    | { readonly kind: 'answer'; readonly afterMs: number }
    | { readonly kind: 'reject'; readonly reason: RejectReason | number; readonly afterMs: number }
    | { readonly kind: 'forward'; readonly to: string; readonly afterMs: number };
  /** The phone does not even say that it got the INVITE. */
  readonly silent?: boolean;
}

export interface StagePhone {
  /** The endpoint's name. */
  readonly name: string;
  /** The lamp of this phone's own line, from its device state as hints show it. */
  readonly lamp: Lamp;
  readonly registered: boolean;
  /** Calls now, oldest first. */
  readonly calls: readonly StageCall[];
  dial(number: string, as?: { readonly name?: string; readonly number?: string }): void;
  /** Without `other`: the call that this command fits (the one that rings, the one that talks ...). */
  answer(other?: string): void;
  reject(reason: RejectReason | number, other?: string): void;
  /** `undefined`: ring at once and wait, as a phone fresh from the box. */
  follow(order: StandingOrder | undefined): void;
  hangUp(other?: string): void;
  /** Ends every call; none is no fault. */
  hangUpAll(): void;
  hold(other?: string): void;
  resume(other?: string): void;
  /** Blind transfer (REFER). */
  transfer(other: string, to: string): void;
  /** Attended transfer (REFER with Replaces): joins the two other parties of this phone's calls. */
  connect(one: string, two: string): void;
  press(digits: string, how?: { readonly by?: 'rfc4733' | 'info'; readonly other?: string }): void;
  speak(on: boolean): void;
  register(how?: { readonly expiresS?: number; readonly wrongPassword?: boolean; readonly port?: number }): void;
  unregister(): void;
  /** The program stops without a word: its contact stays, nobody answers. */
  die(): void;
}

export interface StageCall {
  /** The number dialled, or shown. */
  readonly other: string;
  readonly direction: 'in' | 'out';
  readonly state: 'calling' | 'ringing' | 'up';
  /** This phone put the other party on hold. */
  readonly holding: boolean;
  readonly sinceMs: number;
}

export interface StagePbx {
  restart(how?: { readonly gracefully?: boolean }): void;
  /** Cleanly (`core stop now`). */
  stop(): void;
  /** SIGKILL: no word to anybody. */
  kill(): void;
  start(): void;
  /** Of everything, or of one module: `manager`, `res_pjsip.so`. */
  reload(module?: string): void;
  /**
   * Changes a configuration file; effective at the next reload or start.
   * `{ general: { enabled: 'no' }, panel: 'remove' }` by category; a category `'remove'` is deleted.
   */
  changeConfig(file: string, changes: ConfigChanges): void;
}

/** What goes wrong between the PBX and its clients. */
export interface StageFaults {
  /**
   * @param values of the fault's parameters, as text with units
   * @throws StageError `STAGE_UNKNOWN_FAULT`, `STAGE_WRONG_FAULT`
   */
  set(name: string, values?: Readonly<Record<string, string>>): void;
  /** Ends that fault, or all. */
  clear(name?: string): void;
}

export type ConfigChanges = Readonly<Record<string, 'remove' | Readonly<Record<string, string | readonly string[]>>>>;

export type StageErrorCode =
  /** No phone of that name; the message names those there are. */
  | 'STAGE_UNKNOWN_PHONE'
  /** The phone has no call that the command fits. */
  | 'STAGE_NO_SUCH_CALL'
  /** It fits more than one: say which, by the other party's number. */
  | 'STAGE_AMBIGUOUS_CALL'
  /** The phone, or the simulation, can't do that now. */
  | 'STAGE_NOT_POSSIBLE'
  /** No fault of that name; the message names those there are. */
  | 'STAGE_UNKNOWN_FAULT'
  /** The fault has no such parameter, or the value makes no sense for it. */
  | 'STAGE_WRONG_FAULT';

export class StageError extends Error {
  override readonly name = 'StageError';
  readonly code: StageErrorCode;
  constructor(code: StageErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
