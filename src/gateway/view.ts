import { matcher } from './name-pattern.ts';
import type { Role } from './roles.ts';
import { Scope, type Viewer } from './scope.ts';
import { visibleModel } from './visible-model.ts';
import type { WireEvent, WireHeaders } from './wire/event.ts';
import { type Model, type ModelSnapshot, toSnapshot } from './wire/model.ts';

/** Rows of lists and the live event that tells the same: who may not see the one sees nothing of the other. */
const LIVE_NAMES: ReadonlyMap<string, string> = new Map([
  ['CoreShowChannel', 'Newchannel'],
  ['Status', 'Newchannel'],
  ['BridgeListItem', 'BridgeCreate'],
  ['QueueMember', 'QueueMemberStatus'],
  ['QueueParams', 'QueueMemberStatus'],
  ['QueueSummary', 'QueueMemberStatus'],
  ['QueueEntry', 'QueueCallerJoin'],
  ['ConfbridgeList', 'ConfbridgeJoin'],
  ['ConfbridgeListRooms', 'ConfbridgeJoin'],
  ['Parkinglot', 'ParkedCall'],
  ['VoicemailUserEntry', 'MessageWaiting'],
  ['ContactList', 'ContactStatus'],
  ['ContactStatusDetail', 'ContactStatus'],
]);

/**
 * What a user may see of a PBX. Live events, snapshots and the rows of replies all pass through here, so that none of them
 * tells what another hides.
 */
export class View {
  /** The same for users who see the same: they share what is encoded. */
  readonly key: string;
  readonly #scope: Scope;
  readonly #seesName: (name: string) => boolean;
  readonly #hides: ((header: string) => boolean) | undefined;

  /** @param viewer needed where the role bounds the extensions that are seen */
  constructor(
    { events, hiddenHeaders, extensions, queues }: Pick<Role, 'events' | 'hiddenHeaders' | 'extensions' | 'queues'>,
    viewer?: Viewer,
  ) {
    this.#scope = new Scope({ extensions, queues }, viewer);
    this.key = JSON.stringify([events, hiddenHeaders, this.#scope.key]);
    this.#seesName = matcher(events);
    this.#hides = hiddenHeaders.length === 0 ? undefined : matcher(hiddenHeaders.map((name) => `*${name}`));
  }

  /** What may be seen of an event, or of a row of a list; `undefined`: nothing. */
  event<Event extends Pick<WireEvent, 'name' | 'headers' | 'lines'>>(event: Event): Event | undefined {
    if (!this.#seesName(LIVE_NAMES.get(event.name) ?? event.name)) return undefined;
    if (!this.#scope.seesEvent(event)) return undefined;
    const hides = this.#hides;
    if (hides === undefined) return event;
    const lines = event.lines?.filter(([name]) => !hides(name));
    return { ...event, headers: this.headers(event.headers), ...(lines !== undefined && { lines }) };
  }

  /** What may be seen of the answer to an action. */
  answer(headers: WireHeaders): WireHeaders {
    if (this.#scope.seesAnswer(headers)) return this.headers(headers);
    const { Response } = headers;
    return Response === undefined ? {} : { Response };
  }

  headers(headers: WireHeaders): WireHeaders {
    const hides = this.#hides;
    if (hides === undefined) return headers;
    const shown: Record<string, string | readonly string[]> = Object.create(null);
    for (const [name, value] of Object.entries(headers)) if (!hides(name)) shown[name] = value;
    return shown;
  }

  /** What may be seen of the model: what the events that may be seen have made of it. */
  snapshot(model: Model): ModelSnapshot {
    return visibleModel(toSnapshot(model), { scope: this.#scope, seesName: this.#seesName, hides: this.#hides });
  }
}
