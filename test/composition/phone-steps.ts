import { phone } from '../../src/scenarios/builder.ts';
import type { RejectReason, StageCall } from '../../src/scenarios/stage.ts';
import type { Step } from '../../src/scenarios/types.ts';
import type { Dice } from './dice.ts';
import type { Office } from './office.ts';
import { ENDS, PREFIXES, SERVICES } from './office-config.ts';

const REASONS: readonly (RejectReason | number)[] = ['busy', 'declined', 'unavailable', 'not-found', 'gone', 500];

/** What people do at their phones. */
export class PhoneSteps {
  readonly phones: readonly string[];
  readonly #dice: Dice;

  constructor(dice: Dice, phones: readonly string[]) {
    this.#dice = dice;
    this.phones = phones;
  }

  /** A step of somebody who could do it now. */
  next(office: Office): Step {
    return this.#chance(0.06) ? this.#fromOutside(office) : this.#at(office, this.#one(this.phones));
  }

  /** A number that somebody could dial. */
  number(): string {
    return this.#chance(0.55) ? this.phoneNumber() : this.#one(SERVICES);
  }

  phoneNumber(): string {
    return `${this.#one(PREFIXES)}${this.#one(this.phones).slice(2)}`;
  }

  #at({ stage }: Office, name: string): Step {
    const at = phone(name);
    const { calls } = stage.phone(name);
    if (this.#chance(0.04)) return this.#one(this.#presence(name));
    if (this.#chance(0.08)) return this.#order(name);
    const [call] = calls.filter(({ direction, state }) => direction === 'in' && state === 'ringing');
    if (call !== undefined && this.#chance(0.8))
      return this.#chance(0.8) ? at.answers(named(call)) : at.rejects(this.#one(REASONS), named(call));
    const up = calls.filter(({ state }) => state === 'up');
    if (up.length === 0) return calls.length > 0 && this.#chance(0.4) ? at.hangsUp() : at.dials(this.number());
    return this.#inCall(name, up, calls);
  }

  #presence(name: string): readonly Step[] {
    const at = phone(name);
    const again = [at.registers(), at.registers({ for: '20s' }), at.registers({ wrongPassword: true })];
    return [at.dies(), at.comesBack(), at.comesBack(6750), at.unregisters(), ...again];
  }

  #inCall(name: string, up: readonly StageCall[], calls: readonly StageCall[]): Step {
    const at = phone(name);
    const call = this.#one(up);
    const second = calls.find((other) => other !== call && other.other !== call.other);
    if (second !== undefined && this.#chance(0.4)) return at.connects(call.other, second.other);
    const dice = this.#dice.throw();
    if (dice < 0.2) return at.holds(named(call));
    if (dice < 0.35) return at.resumes(named(call));
    if (dice < 0.5) return at.transfers(call.other, this.number());
    if (dice < 0.65 && calls.length < 3) return at.dials(this.number());
    if (dice < 0.85) return this.#presses(name, call);
    if (dice < 0.9) return this.#one([at.speaks(), at.isSilent()]);
    return at.hangsUp(named(call));
  }

  #presses(name: string, call: StageCall): Step {
    const digits = this.#one([
      '1',
      '123',
      '#',
      '#72',
      `*2${this.#one(this.phones)}`,
      `*2${this.number()}`,
      `##${this.number()}`,
      '*1',
      '*2',
      '*3',
      '*4',
      '*0',
      '4711',
    ]);
    const how = this.#chance(0.2) ? ({ by: 'info' } as const) : {};
    return phone(name).presses(digits, call.other === '' ? how : { on: call.other, ...how });
  }

  #order(name: string): Step {
    const { will } = phone(name);
    return this.#one([
      will.answer({ after: 500 }),
      will.answer({ after: 0 }),
      will.reject('busy'),
      will.reject('declined', { after: 300 }),
      will.forward(this.#one(ENDS)),
      will.onlyRing(),
      will.notRespond(),
      will.doNothingSpecial(),
      will.doNothingSpecial(),
    ]);
  }

  /** Calls come from the trunk, and end there. */
  #fromOutside({ stage }: Office): Step {
    const trunk = phone('trunk');
    const busy = stage.phone('trunk').calls.length > 0;
    if (busy && this.#chance(0.6)) return trunk.hangsUpAll();
    return trunk.dials(
      this.number(),
      this.#one([undefined, { number: '+493012345' }, { name: "Ann O'Neill", number: '030' }]),
    );
  }

  #chance(share: number): boolean {
    return this.#dice.chance(share);
  }

  #one<Item>(items: readonly Item[]): Item {
    return this.#dice.one(items);
  }
}

/** How a person names the call; `undefined` where its other party shows nothing. */
function named({ other }: StageCall): string | undefined {
  return other === '' ? undefined : other;
}
