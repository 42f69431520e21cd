import type { Lamp, RejectReason, StageCall, StagePhone, StandingOrder } from '../scenarios/stage.ts';

/**
 * A simulated phone in the words of scenarios: `pbx.phone('1001').dials('1002')`. Everything is done at once and is seen over AMI.
 * With several calls, `other` names the call by its other party's number.
 * @throws StageError from each, where a person at that phone could not do it
 */
export class MockPhone {
  readonly #phone: StagePhone;

  constructor(phone: StagePhone) {
    this.#phone = phone;
  }

  get name(): string {
    return this.#phone.name;
  }

  get lamp(): Lamp {
    return this.#phone.lamp;
  }

  get registered(): boolean {
    return this.#phone.registered;
  }

  /** Calls now, oldest first. */
  get calls(): readonly StageCall[] {
    return this.#phone.calls;
  }

  /** `as`: whom a trunk shows as the caller. */
  dials(number: string, as?: { readonly name?: string; readonly number?: string }): void {
    this.#phone.dial(number, as);
  }

  answers(other?: string): void {
    this.#phone.answer(other);
  }

  /** `reason`: a word, or a SIP code. */
  rejects(reason: RejectReason | number, other?: string): void {
    this.#phone.reject(reason, other);
  }

  /** What it does by itself with calls to come; `undefined`: rings at once and waits. */
  will(order: StandingOrder | undefined): void {
    this.#phone.follow(order);
  }

  hangsUp(other?: string): void {
    this.#phone.hangUp(other);
  }

  hangsUpAll(): void {
    this.#phone.hangUpAll();
  }

  holds(other?: string): void {
    this.#phone.hold(other);
  }

  resumes(other?: string): void {
    this.#phone.resume(other);
  }

  /** Blind transfer (REFER). */
  transfers(other: string, to: string): void {
    this.#phone.transfer(other, to);
  }

  /** Attended transfer (REFER with Replaces): joins the two other parties of this phone's calls. */
  connects(one: string, two: string): void {
    this.#phone.connect(one, two);
  }

  presses(digits: string, how?: { readonly by?: 'rfc4733' | 'info'; readonly other?: string }): void {
    this.#phone.press(digits, how);
  }

  speaks(on = true): void {
    this.#phone.speak(on);
  }

  registers(how?: { readonly expiresS?: number; readonly wrongPassword?: boolean; readonly port?: number }): void {
    this.#phone.register(how);
  }

  unregisters(): void {
    this.#phone.unregister();
  }

  /** The program stops without a word: its contact stays, nobody answers. */
  dies(): void {
    this.#phone.die();
  }
}
