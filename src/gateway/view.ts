import { matcher } from './name-pattern.ts';
import type { Role } from './roles.ts';
import { Scope, type Viewer } from './scope.ts';
import { visibleModel } from './visible-model.ts';
import type { WireEvent, WireHeaders } from './wire/event.ts';
import { type Model, type ModelSnapshot, toSnapshot } from './wire/model.ts';

/** Rows of lists and the live events that tell the same: who may not see all of these sees nothing of the other. */
const LIVE_NAMES: ReadonlyMap<string, readonly string[]> = new Map([
  ['CoreShowChannel', ['Newchannel']],
  ['Status', ['Newchannel']],
  ['BridgeListItem', ['BridgeCreate']],
  ['QueueMember', ['QueueMemberStatus']],
  ['QueueParams', ['QueueMemberStatus', 'QueueCallerJoin']],
  ['QueueSummary', ['QueueMemberStatus', 'QueueCallerJoin']],
  ['QueueEntry', ['QueueCallerJoin']],
  ['ConfbridgeList', ['ConfbridgeJoin']],
  ['ConfbridgeListRooms', ['ConfbridgeJoin']],
  ['Parkinglot', ['ParkedCall']],
  ['VoicemailUserEntry', ['MessageWaiting']],
  ['ContactList', ['ContactStatus']],
  ['ContactStatusDetail', ['ContactStatus']],
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
  readonly #seesAllNames: boolean;
  readonly #hides: ((header: string) => boolean) | undefined;

  /** @param viewer needed where the role bounds the extensions that are seen */
  constructor(
    { events, hiddenHeaders, extensions, queues }: Pick<Role, 'events' | 'hiddenHeaders' | 'extensions' | 'queues'>,
    viewer?: Viewer,
  ) {
    this.#scope = new Scope({ extensions, queues }, viewer);
    this.key = JSON.stringify([events, hiddenHeaders, this.#scope.key]);
    this.#seesName = matcher(events);
    this.#seesAllNames = events.includes('*');
    this.#hides = hiddenHeaders.length === 0 ? undefined : matcher(hiddenHeaders.map((name) => `*${name}`));
  }

  /** What may be seen of an event, or of a row of a list; `undefined`: nothing. */
  event<Event extends Pick<WireEvent, 'name' | 'headers' | 'lines'>>(event: Event): Event | undefined {
    const names = LIVE_NAMES.get(event.name) ?? [event.name];
    if (!names.every(this.#seesName) || !this.#scope.seesEvent(event)) return undefined;
    const hides = this.#hidesOf(event);
    if (hides === undefined) return event;
    const lines = event.lines?.filter(([name]) => !hides(name));
    return { ...event, headers: without(event.headers, hides), ...(lines !== undefined && { lines }) };
  }

  /** Nothing at all is hidden. */
  get isAll(): boolean {
    return this.#scope.isAll && this.#hides === undefined && this.#seesAllNames;
  }

  /** Who sees a part of the PBX learns of the end of a bridge that it may have seen, and nothing of what that was. */
  #hidesOf({ name }: Pick<WireEvent, 'name'>): ((header: string) => boolean) | undefined {
    if (name === 'BridgeDestroy' && !this.#scope.isAll) return (header) => header !== 'BridgeUniqueid';
    return this.#hides;
  }

  /** What may be seen of the answer to an action. */
  answer(headers: WireHeaders): WireHeaders {
    if (this.#scope.seesAnswer(headers)) return this.headers(headers);
    const { Response } = headers;
    return Response === undefined ? {} : { Response };
  }

  headers(headers: WireHeaders): WireHeaders {
    return this.#hides === undefined ? headers : without(headers, this.#hides);
  }

  /** What may be seen of the model: what the events that may be seen have made of it. */
  snapshot(model: Model): ModelSnapshot {
    return visibleModel(toSnapshot(model), { scope: this.#scope, seesName: this.#seesName, hides: this.#hides });
  }
}

function without(headers: WireHeaders, hides: (header: string) => boolean): WireHeaders {
  const shown: Record<string, string | readonly string[]> = Object.create(null);
  for (const [name, value] of Object.entries(headers)) if (!hides(name)) shown[name] = value;
  return shown;
}
