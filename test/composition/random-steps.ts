import { SeededRandom } from '../../src/ami/seeded-random.ts';
import { client, phone, wait } from '../../src/scenarios/builder.ts';
import type { RejectReason, StageCall } from '../../src/scenarios/stage.ts';
import type { Step } from '../../src/scenarios/types.ts';
import type { Office } from './office.ts';

const ALL_PHONES = ['1001', '1002', '1003', '1004', '1005', '1006'] as const;
const REASONS: readonly (RejectReason | number)[] = ['busy', 'declined', 'unavailable', 'not-found', 'gone', 500];

/** Numbers of the lab's dialplan that are no phones: groups, queues, conferences, applications, parking, pickup, nothing. */
const SERVICES = ['600', '601', '610', '611', '612', '613', '500', '501', '630', '660', '661', '662', '663', '664', '665', '666',
  '667', '668', '680', '681', '690', '691', '700', '701', '702', '750', '751', '755', '*8', '9999', '1090']; // biome-ignore format: a table
/** Ways to call a phone: plainly, with features, with a short ring, with voicemail, over Local channels, recorded, with subroutines. */
const PREFIXES = ['10', '10', '10', '11', '11', '12', '13', '14', '14', '15', '16', '18'] as const;
/** Where a call that is forwarded ends: no forward may lead to another for ever. */
const ENDS = ['500', '660', '662', '663', '668', '9999'] as const;
/** From within one event's delay of another to the time in which everything times out. */
const WAITS = [0, 1, 2, 3, 5, 20, 100, 500, 1000, 1000, 2000, 4500, 12_000, 35_000] as const;

const MOST_PAUSE_MS = 150;

/** Chooses steps that a person could do now. The same seed and office give the same steps. */
export class RandomSteps {
  readonly phones: readonly string[];
  readonly #random: SeededRandom;

  constructor(seed: number, { most = false }: { readonly most?: boolean } = {}) {
    this.#random = new SeededRandom(`composition ${seed}`);
    this.phones = ALL_PHONES.slice(0, most ? ALL_PHONES.length : 2 + this.#below(ALL_PHONES.length - 1));
  }

  /** How many steps the composition has. */
  length(): number {
    return 4 + this.#below(36);
  }

  next(office: Office): Step {
    const dice = this.#random.next();
    if (dice < 0.3) return wait(this.#one(WAITS));
    if (dice < 0.42) return this.#atTheManager();
    return this.#atPhone(office, this.#one(this.phones));
  }

  /** Something that somebody does; no wait. */
  act(office: Office): Step {
    return this.#chance(0.15) ? this.#atTheManager() : this.#atPhone(office, this.#one(this.phones));
  }

  /** A short wait. */
  pause(): Step {
    return wait(1 + this.#below(MOST_PAUSE_MS));
  }

  #atPhone({ stage }: Office, name: string): Step {
    const at = phone(name);
    const { calls } = stage.phone(name);
    if (this.#chance(0.04)) return this.#one([at.dies(), at.comesBack(), at.unregisters(), at.registers()]);
    if (this.#chance(0.08)) return this.#order(name);
    const ringing = calls.filter(({ direction, state }) => direction === 'in' && state === 'ringing');
    const [call] = ringing;
    if (call !== undefined && this.#chance(0.8))
      return this.#chance(0.8) ? at.answers(named(call)) : at.rejects(this.#one(REASONS), named(call));
    const up = calls.filter(({ state }) => state === 'up');
    if (up.length === 0) return calls.length > 0 && this.#chance(0.4) ? at.hangsUp() : at.dials(this.#number());
    return this.#inCall(name, up, calls);
  }

  #inCall(name: string, up: readonly StageCall[], calls: readonly StageCall[]): Step {
    const at = phone(name);
    const call = this.#one(up);
    const second = calls.find((other) => other !== call && other.other !== call.other);
    if (second !== undefined && this.#chance(0.4)) return at.connects(call.other, second.other);
    const dice = this.#random.next();
    if (dice < 0.22) return at.holds(named(call));
    if (dice < 0.38) return at.resumes(named(call));
    if (dice < 0.55) return at.transfers(call.other, this.#number());
    if (dice < 0.7 && calls.length < 3) return at.dials(this.#number());
    if (dice < 0.85) return this.#presses(name, call);
    return at.hangsUp(named(call));
  }

  #presses(name: string, call: StageCall): Step {
    const digits = this.#one([
      '1',
      '123',
      '#',
      '#72',
      `*2${this.#one(this.phones)}`,
      `#1${this.#number()}`,
      '*1',
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

  #atTheManager(): Step {
    const admin = client('admin');
    const one = this.#one(this.phones);
    const Channel = `\${channel of ${one}}`;
    const place = { Context: 'from-phones', Exten: this.#number(), Priority: '1' };
    const other = `\${channel of ${this.#one(this.phones)}}`;
    switch (this.#below(13)) {
      case 0:
        return admin.sends('Hangup', { Channel, ...(this.#chance(0.5) ? { Cause: '17' } : {}) });
      case 1:
        return admin.sends('Redirect', { Channel, ...place });
      case 2:
        return admin.sends('Redirect', { Channel, ExtraChannel: other, ...place, ...this.#extraPlace() });
      case 3:
      case 4:
        return admin.sends('BlindTransfer', { Channel, Context: place.Context, Exten: place.Exten });
      case 5:
        return admin.sends('Atxfer', { Channel, Context: place.Context, Exten: this.#one(this.phones) });
      case 6:
      case 7:
        return admin.sends('Park', { Channel, ...(this.#chance(0.3) ? { Parkinglot: 'short' } : {}) });
      case 8:
        return admin.sends('Originate', { Channel: `PJSIP/${one}`, ...place, Async: 'true' });
      case 9:
        return admin.sends('Originate', { Channel: `PJSIP/${one}`, Application: 'Wait', Data: '3', Async: 'true' });
      case 10:
        return admin.sends('Originate', { Channel: `Local/${this.#number()}@from-phones`, ...place, Async: 'true' });
      case 11:
        return admin.sends('Bridge', { Channel1: Channel, Channel2: other });
      default:
        return this.#queueMember(admin, one);
    }
  }

  #extraPlace(): Record<string, string> {
    return this.#chance(0.5) ? {} : { ExtraContext: 'from-phones', ExtraExten: this.#number(), ExtraPriority: '1' };
  }

  #queueMember(admin: ReturnType<typeof client>, name: string): Step {
    const Interface = `PJSIP/${name}`;
    return this.#one([
      admin.sends('QueueAdd', { Queue: 'support', Interface }),
      admin.sends('QueueAdd', { Queue: 'support', Interface }),
      admin.sends('QueueRemove', { Queue: 'support', Interface }),
      admin.sends('QueuePause', { Queue: 'sales', Interface, Paused: this.#chance(0.5) ? 'true' : 'false' }),
    ]);
  }

  #number(): string {
    return this.#chance(0.55) ? `${this.#one(PREFIXES)}${this.#one(this.phones).slice(2)}` : this.#one(SERVICES);
  }

  #chance(share: number): boolean {
    return this.#random.next() < share;
  }

  #below(limit: number): number {
    return Math.floor(this.#random.next() * limit);
  }

  #one<Item>(items: readonly Item[]): Item {
    return items[this.#below(items.length)] as Item;
  }
}

/** How a person names the call; `undefined` where its other party shows nothing. */
function named({ other }: StageCall): string | undefined {
  return other === '' ? undefined : other;
}
