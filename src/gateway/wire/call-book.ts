import { type Call, isSomebody, type Leg, otherHalf, partyOf, phoneOf } from './call-legs.ts';
import { header, type WireEvent } from './event.ts';
import type { Model } from './model.ts';

/** Which channels there are, which belong together, and who hears whom. */
export class CallBook {
  readonly #legs = new Map<string, Leg>();
  readonly #byName = new Map<string, Leg>();
  readonly #calls = new Map<string, Call>();
  /** Legs in bridges where two talk; not those of conferences, parking lots or agents. */
  readonly #bridges = new Map<string, Set<Leg>>();

  /** Takes over calls that were there before, as far as a model tells. */
  seed({ channels, bridges }: Model): void {
    for (const state of channels.values()) {
      const { uniqueid, channel, linkedid, callerIdNum, callerIdName, stateDesc } = state;
      const party = { uniqueid, channel, phone: phoneOf(channel), number: callerIdNum, name: callerIdName };
      const leg = this.#add(party, linkedid, stateDesc !== 'Ring', state.exten);
      leg.isUp = stateDesc === 'Up';
      leg.hasRung = true;
      leg.holds = state.holding;
      leg.call.isTold = true;
      leg.call.isAnswered ||= leg.isUp;
      if (bridges.get(state.bridge)?.type === 'basic') this.enter(leg, state.bridge);
    }
    for (const leg of this.#legs.values()) {
      const talking = this.talking(leg);
      leg.talks = talking.length > 1 ? talkKey(talking) : '';
    }
  }

  open(event: WireEvent): Leg {
    const party = partyOf(event);
    const isCalled = header(event, 'ChannelStateDesc') === 'Down';
    return this.#add(party, header(event, 'Linkedid') || party.uniqueid, isCalled, header(event, 'Exten'));
  }

  find(uniqueid: string): Leg | undefined {
    return this.#legs.get(uniqueid);
  }

  get calls(): readonly Call[] {
    return [...new Set(this.#calls.values())];
  }

  /** Takes a channel out; its call, where it was the last one. */
  close(leg: Leg): Call | undefined {
    this.leave(leg);
    this.#legs.delete(leg.party.uniqueid);
    if (this.#byName.get(leg.party.channel) === leg) this.#byName.delete(leg.party.channel);
    const { call } = leg;
    call.legs.delete(leg);
    if (call.legs.size > 0) return undefined;
    for (const linkedid of call.linkedids) this.#calls.delete(linkedid);
    return call;
  }

  rename(leg: Leg, party: Leg['party']): void {
    this.#byName.delete(leg.party.channel);
    leg.party = party;
    this.#byName.set(party.channel, leg);
  }

  enter(leg: Leg, bridge: string): void {
    this.leave(leg);
    leg.bridge = bridge;
    const inside = this.#bridges.get(bridge) ?? new Set();
    this.#bridges.set(bridge, inside.add(leg));
  }

  leave(leg: Leg): void {
    const inside = this.#bridges.get(leg.bridge);
    inside?.delete(leg);
    if (inside?.size === 0) this.#bridges.delete(leg.bridge);
    leg.bridge = '';
  }

  /** The channel is now counted to that linkedid: what it belonged to before is the same call. */
  follow(leg: Leg, linkedid: string): void {
    if (linkedid !== '' && !leg.call.linkedids.has(linkedid)) this.join(leg.call, this.#callOf(linkedid));
  }

  /** Makes one call of two; the older one gives its name. */
  join(one: Call, other: Call): Call {
    if (one === other) return one;
    const [kept, gone] = isOlder(one.id, other.id) ? [one, other] : [other, one];
    for (const leg of gone.legs) {
      leg.call = kept;
      kept.legs.add(leg);
    }
    for (const linkedid of gone.linkedids) {
      kept.linkedids.add(linkedid);
      this.#calls.set(linkedid, kept);
    }
    kept.isTold ||= gone.isTold;
    kept.isAnswered ||= gone.isAnswered;
    kept.by ??= gone.by;
    kept.waitedFor ??= gone.waitedFor;
    return kept;
  }

  /** Who hears each other in the leg's bridge, and through Local channels beyond it. */
  talking(leg: Leg): readonly Leg[] {
    const [seen, open] = [new Set<string>(), [leg.bridge]];
    const talking: Leg[] = [];
    for (let bridge = open.pop(); bridge !== undefined; bridge = open.pop()) {
      if (bridge === '' || seen.has(bridge)) continue;
      seen.add(bridge);
      for (const other of this.#bridges.get(bridge) ?? []) {
        if (isSomebody(other.party.channel)) talking.push(other);
        const half = otherHalf(other.party.channel);
        const far = half === undefined ? undefined : this.#byName.get(half);
        if (far !== undefined) open.push(far.bridge);
      }
    }
    return talking.sort((a, b) => (isOlder(a.party.uniqueid, b.party.uniqueid) ? -1 : 1));
  }

  /** Whoever is behind a channel: itself, or the one at the far end of a Local channel, or of several. */
  behind(leg: Leg): Leg | undefined {
    const passed = new Set<Leg>();
    let here: Leg | undefined = leg;
    while (here !== undefined && !isSomebody(here.party.channel)) {
      if (passed.has(here)) return undefined;
      passed.add(here);
      const far = this.#byName.get(otherHalf(here.party.channel) ?? '');
      here = [...(this.#bridges.get(far?.bridge ?? '') ?? [])].find((other) => other !== far);
    }
    return here;
  }

  #add(party: Leg['party'], linkedid: string, isCalled: boolean, exten: string): Leg {
    const call = this.#callOf(linkedid);
    const leg: Leg = {
      party,
      isCalled,
      call,
      exten,
      bridge: '',
      isUp: false,
      hasRung: false,
      hasFailed: false,
      hasHungUp: false,
      holds: false,
      answeredAt: undefined,
      refusal: '',
      calledBy: '',
      leftAt: undefined,
      movedAt: undefined,
      hasTakenOver: false,
      isSent: false,
      talks: '',
    };
    call.legs.add(leg);
    this.#legs.set(party.uniqueid, leg);
    this.#byName.set(party.channel, leg);
    return leg;
  }

  #callOf(linkedid: string): Call {
    const known = this.#calls.get(linkedid);
    if (known !== undefined) return known;
    const call: Call = {
      id: linkedid,
      linkedids: new Set([linkedid]),
      legs: new Set(),
      isTold: false,
      isAnswered: false,
      failure: undefined,
      waitedFor: undefined,
      by: undefined,
    };
    this.#calls.set(linkedid, call);
    return call;
  }
}

export function talkKey(talking: readonly Leg[]): string {
  return talking.map(({ party }) => party.uniqueid).join();
}

/** Uniqueids are seconds and a count: `1795387690.2`; with the PBX's name before them where it has one. */
function isOlder(one: string, other: string): boolean {
  const [a, b] = [numbersOf(one), numbersOf(other)];
  return a[0] === b[0] ? a[1] < b[1] : a[0] < b[0];
}

function numbersOf(uniqueid: string): readonly [seconds: number, count: number] {
  const [, seconds, count] = /(\d+)\.(\d+)$/.exec(uniqueid) ?? [];
  return [Number(seconds ?? Number.POSITIVE_INFINITY), Number(count ?? 0)];
}
