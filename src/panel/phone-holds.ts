import type { HoldControl } from '../client/elements/hold-control.ts';
import type { CallView, PartyView } from '../client/live/call-view.ts';
import type { LiveState } from '../client/live/live-state.ts';
import type { PhoneWallClient } from '../client/phone-wall-client.ts';

/** Holds a call by the hold key of a simulated phone that is in it: the one that holds already, else the one called, else the caller. */
export class PhoneHolds implements HoldControl {
  readonly #phones: PhoneWallClient;
  readonly #live: LiveState;

  constructor(phones: PhoneWallClient, live: LiveState) {
    this.#phones = phones;
    this.#live = live;
  }

  can(call: CallView): boolean {
    return call.state !== 'ringing' && this.#phoneFor(call) !== undefined;
  }

  async toggle(call: CallView): Promise<void> {
    const phone = this.#phoneFor(call);
    if (phone) await this.#phones.press({ phone, do: call.state === 'held' ? 'resume' : 'hold' });
  }

  #phoneFor({ caller, called }: CallView): string | undefined {
    const parties = [...called, caller];
    const [holder] = parties.filter(({ holding }) => holding);
    return (holder ? [holder] : parties).map((party) => this.#phoneOf(party)).find((phone) => phone !== undefined);
  }

  #phoneOf({ channel }: PartyView): string | undefined {
    const extension = this.#live.extensionOfChannel(channel);
    return extension === undefined ? undefined : this.#phones.phone(extension)?.name;
  }
}
