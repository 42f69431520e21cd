import {
  type Lamp,
  type RejectReason,
  type StageCall,
  StageError,
  type StagePhone,
  type StandingOrder,
} from '../../scenarios/stage.ts';
import { speechChanged } from '../pbx/conference/confbridge-app.ts';
import type { DeviceStateName } from '../pbx/device-state.ts';
import { sipDigits } from '../pbx/dtmf.ts';
import { LATENCY } from '../pbx/latency.ts';
import type { Pbx } from '../pbx/pbx.ts';
import { sipHold, sipInvite, sipRefer, sipReplace } from '../pbx/pjsip-channel.ts';
import { addCall, pickUp, putDown, refuse, rejectCode } from './phone.ts';
import type { PhoneCall, PhoneState } from './phone-state.ts';
import { isReachable, sipRegister, sipUnregister, sipWrongPassword } from './registrar.ts';

const LAMPS: Readonly<Record<DeviceStateName, Lamp>> = {
  UNKNOWN: 'unknown', NOT_INUSE: 'idle', INUSE: 'up', BUSY: 'busy', INVALID: 'unavailable', UNAVAILABLE: 'unavailable',
  RINGING: 'ringing', RINGINUSE: 'ringing', ONHOLD: 'held',
}; // biome-ignore format: a table

const DEFAULT_EXPIRES_S = 3600;

/** A desk phone with its buttons: each command is what a person does, and acts at once. */
export class SimulatedPhone implements StagePhone {
  readonly name: string;
  readonly #pbx: Pbx;

  constructor(pbx: Pbx, name: string) {
    this.#pbx = pbx;
    this.name = name;
  }

  get lamp(): Lamp {
    return LAMPS[(this.#pbx.state.devices[`PJSIP/${this.name}`] ?? 'UNKNOWN') as DeviceStateName];
  }

  get registered(): boolean {
    return isReachable(this.#pbx, this.name);
  }

  get calls(): readonly StageCall[] {
    return this.#state.calls.map((call) => ({
      other: call.other,
      direction: call.direction,
      state: call.state === 'invited' ? 'ringing' : call.state,
      holding: call.holding,
      sinceMs: call.sinceMs,
    }));
  }

  dial(number: string, as: { readonly name?: string; readonly number?: string } = {}): void {
    this.#act(() => {
      const call = addCall(this.#pbx, this.#state, {
        direction: 'out',
        channel: '',
        other: number,
        otherName: '',
        state: 'calling',
      });
      this.#pbx.after(LATENCY.invite, sipInvite, { phone: this.name, call: call.id, number, from: shownAs(as) });
    });
  }

  answer(other?: string): void {
    this.#act(() => pickUp(this.#pbx, this.#choose('answer', other, isIncoming)));
  }

  reject(reason: RejectReason | number, other?: string): void {
    this.#act(() => refuse(this.#pbx, this.#state, this.#choose('reject', other, isIncoming), rejectCode(reason)));
  }

  follow(order: StandingOrder | undefined): void {
    this.#state.order = order;
  }

  hangUp(other?: string): void {
    this.#act(() =>
      putDown(
        this.#pbx,
        this.#state,
        this.#choose(
          'hang up',
          other,
          () => true,
          (call) => !call.holding,
        ),
      ),
    );
  }

  hangUpAll(): void {
    this.#act(() => {
      for (const call of [...this.#state.calls]) putDown(this.#pbx, this.#state, call);
    });
  }

  hold(other?: string): void {
    this.#act(() =>
      this.#sendHold(
        this.#choose('hold', other, isUp, (call) => !call.holding),
        true,
      ),
    );
  }

  resume(other?: string): void {
    this.#act(() =>
      this.#sendHold(
        this.#choose('resume', other, isUp, (call) => call.holding),
        false,
      ),
    );
  }

  transfer(other: string, to: string): void {
    this.#act(() => {
      const call = this.#choose('transfer', other, isUp);
      this.#pbx.after(LATENCY.reinvite, sipRefer, { channel: call.channel, to });
    });
  }

  connect(one: string, two: string): void {
    this.#act(() => {
      const first = this.#choose('connect', one, isUp);
      const second = this.#choose('connect', two, (call) => call !== first && call.channel !== '' && !isIncoming(call));
      this.#pbx.after(LATENCY.reinvite, sipReplace, { channel: first.channel, second: second.channel });
    });
  }

  press(digits: string, how: { readonly by?: 'rfc4733' | 'info'; readonly other?: string } = {}): void {
    this.#act(() => {
      const call = this.#choose('press keys in', how.other, isUp, (candidate) => !candidate.holding);
      this.#pbx.after(LATENCY.sip, sipDigits, { channel: call.channel, digits, by: how.by ?? 'rfc4733' });
    });
  }

  speak(on: boolean): void {
    this.#act(() => {
      this.#state.speaking = on;
      this.#pbx.after(0, speechChanged, { endpoint: this.name, speaking: on });
    });
  }

  register(how: { readonly expiresS?: number; readonly wrongPassword?: boolean; readonly port?: number } = {}): void {
    this.#state.alive = true;
    this.#act(() => {
      if (how.wrongPassword === true) {
        this.#pbx.after(LATENCY.invite, sipWrongPassword, { phone: this.name });
        return;
      }
      if (how.port !== undefined) this.#state.port = how.port;
      this.#state.registered = true;
      this.#pbx.after(LATENCY.invite, sipRegister, {
        phone: this.name,
        expiresS: how.expiresS ?? DEFAULT_EXPIRES_S,
        port: this.#state.port,
      });
    });
  }

  unregister(): void {
    this.#act(() => {
      this.#state.registered = false;
      this.#pbx.after(LATENCY.invite, sipUnregister, { phone: this.name });
    });
  }

  die(): void {
    this.#state.alive = false;
    this.#state.calls = [];
  }

  get #state(): PhoneState {
    const state = this.#pbx.state.phones[this.name];
    if (state === undefined) throw new StageError('STAGE_UNKNOWN_PHONE', `there is no phone ${this.name} any more`);
    return state;
  }

  #act(what: () => void): void {
    if (!this.#state.alive)
      throw new StageError('STAGE_NOT_POSSIBLE', `phone ${this.name} is switched off; it comes back by registering`);
    this.#pbx.perform(`phone:${this.name}`, what);
  }

  #sendHold(call: PhoneCall, holding: boolean): void {
    call.holding = holding;
    call.reinvitingUntilMs = this.#pbx.now + LATENCY.reinvite;
    this.#pbx.after(LATENCY.reinvite, sipHold, { channel: call.channel, holding });
  }

  /** The call meant: named by its other party, or the only one that fits, `likelier` ones first. */
  #choose(
    verb: string,
    other: string | undefined,
    fits: (call: PhoneCall) => boolean,
    likelier: (call: PhoneCall) => boolean = () => true,
  ): PhoneCall {
    const calls = this.#state.calls.filter(fits);
    const named = other === undefined ? calls : this.#callsWith(other, calls);
    const likely = named.filter(likelier);
    const candidates = likely.length > 0 ? likely : named;
    const [first] = candidates;
    if (first === undefined) throw new StageError('STAGE_NO_SUCH_CALL', this.#noCall(verb, other));
    if (candidates.length > 1 && other === undefined) {
      throw new StageError(
        'STAGE_AMBIGUOUS_CALL',
        `phone ${this.name} has calls with ${candidates.map((call) => call.other).join(' and ')}: say which one to ${verb}`,
      );
    }
    return first;
  }

  /** By the number dialled or shown first; else by whom a transfer has put in its place. */
  #callsWith(other: string, calls: readonly PhoneCall[]): readonly PhoneCall[] {
    const named = calls.filter((call) => call.other === other || call.otherName === other);
    if (named.length > 0) return named;
    return calls.filter((call) => this.#pbx.channel(call.channel)?.connected.num === other);
  }

  #noCall(verb: string, other: string | undefined): string {
    const calls = this.#state.calls.map((call) => `${call.other} (${call.state})`);
    const has = calls.length === 0 ? 'it has no calls' : `its calls: ${calls.join(', ')}`;
    return `phone ${this.name} has no call ${other === undefined ? '' : `with ${other} `}to ${verb}; ${has}`;
  }
}

function isIncoming(call: PhoneCall): boolean {
  return call.direction === 'in' && (call.state === 'ringing' || call.state === 'invited');
}

function isUp(call: PhoneCall): boolean {
  return call.state === 'up';
}

/** Whom a trunk's caller shows; without name and number it is anonymous, as SIP writes that. */
function shownAs(as: { readonly name?: string; readonly number?: string }): { num: string; name: string } {
  if (as.name === undefined && as.number === undefined) return { num: 'anonymous', name: 'Anonymous' };
  return { num: as.number ?? 'anonymous', name: as.name ?? '' };
}
