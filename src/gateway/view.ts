import { matcher } from './name-pattern.ts';
import type { Numbers } from './numbers.ts';
import type { Role } from './roles.ts';
import { OF_NOBODY, Scope, type Viewer } from './scope.ts';
import { namedNumbers, namedQueue, type Subjects } from './subjects.ts';
import type { KeptParts, Subscription } from './subscription.ts';
import { byEvent, byNumber, byQueue, type IndexKey, OF_ANY_QUEUE } from './subscription-rule.ts';
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
 * What a user may see of a PBX, and of that what their browser wants to see. Live events, snapshots and the rows of replies all pass
 * through here, so that none of them tells what another hides.
 */
export class View {
  /** The same for users who see the same: they share what is encoded. */
  readonly key: string;
  readonly #scope: Scope;
  readonly #names: readonly string[];
  readonly #seesName: (name: string) => boolean;
  readonly #hides: ((header: string) => boolean) | undefined;
  readonly #wanted: { readonly by: Subscription; readonly kept: KeptParts; readonly numbers: Numbers } | undefined;

  /**
   * @param viewer needed where the role bounds the extensions that are seen
   * @param subscription what the browser wants of all that the role lets it see, which needs a viewer; everything where nothing is said
   */
  constructor(
    { events, hiddenHeaders, extensions, queues }: Pick<Role, 'events' | 'hiddenHeaders' | 'extensions' | 'queues'>,
    viewer?: Viewer,
    subscription?: Subscription,
  ) {
    this.#scope = new Scope({ extensions, queues }, viewer);
    this.#names = events;
    this.#seesName = matcher(events);
    this.#hides = hiddenHeaders.length === 0 ? undefined : matcher(hiddenHeaders.map((name) => `*${name}`));
    if (subscription !== undefined && viewer !== undefined)
      this.#wanted = { by: subscription, kept: subscription.kept(this.#seesName), numbers: viewer.numbers };
    this.key = JSON.stringify([events, hiddenHeaders, this.#scope.key, ...(this.#wanted ? [this.#wanted.by.key] : [])]);
  }

  /**
   * What is seen of an event, or of a row of a list; `undefined`: nothing.
   * @param subjects whom it tells of, where that is known already
   */
  event<Event extends Pick<WireEvent, 'name' | 'headers' | 'lines'>>(
    event: Event,
    subjects?: Subjects,
  ): Event | undefined {
    const names = LIVE_NAMES.get(event.name) ?? [event.name];
    if (!names.every(this.#seesName) || !this.#scope.seesEvent(event, subjects)) return undefined;
    if (this.#wanted?.by.passes(event, subjects ?? subjectsOf(event, this.#wanted.numbers)) === false) return undefined;
    const hides = this.#hides;
    if (hides === undefined) return event;
    const lines = event.lines?.filter(([name]) => !hides(name));
    return { ...event, headers: without(event.headers, hides), ...(lines !== undefined && { lines }) };
  }

  /** Nothing at all is hidden, and everything wanted. */
  get isAll(): boolean {
    return this.#scope.isAll && this.#hides === undefined && this.#names.includes('*') && this.#wanted === undefined;
  }

  /** What is seen depends on whom a device belongs to. */
  get isByNumbers(): boolean {
    return !this.#scope.isAll || this.#wanted !== undefined;
  }

  /** Tables of the model that are kept; `undefined`: all. */
  get tables(): readonly (keyof ModelSnapshot)[] | undefined {
    return this.#wanted?.kept.tables;
  }

  /** Nothing is seen but events with one of these; `undefined`: each has to be looked at. */
  get keys(): readonly IndexKey[] | undefined {
    return this.#wanted?.by.keys ?? this.#keysOfScope() ?? keysOfNames(this.#names);
  }

  #keysOfScope(): readonly IndexKey[] | undefined {
    const { extensions, queues } = this.#scope;
    if (extensions === undefined || [...extensions, ...(queues ?? [])].some((pattern) => pattern.includes('*')))
      return undefined;
    return [...extensions.map(byNumber), ...(queues?.map(byQueue) ?? [OF_ANY_QUEUE]), ...OF_NOBODY.map(byEvent)];
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

  /** What is seen of the model: what the events that are seen have made of it. */
  snapshot(model: Model): ModelSnapshot {
    const [scope, seesName, hides, wanted] = [this.#scope, this.#seesName, this.#hides, this.#wanted];
    return visibleModel(toSnapshot(model), { scope, seesName, hides, wanted });
  }
}

function keysOfNames(names: readonly string[]): readonly IndexKey[] | undefined {
  return names.some((name) => name.includes('*')) ? undefined : names.map(byEvent);
}

/** By what it names alone, where nobody knows what it changed. */
function subjectsOf(event: Pick<WireEvent, 'name' | 'headers'>, numbers: Numbers): Subjects {
  const named = namedNumbers(event, numbers);
  const queue = namedQueue(event.headers);
  return { named, touched: named, queue, queues: queue === undefined ? [] : [queue], regroups: false };
}

function without(headers: WireHeaders, hides: (header: string) => boolean): WireHeaders {
  const shown: Record<string, string | readonly string[]> = Object.create(null);
  for (const [name, value] of Object.entries(headers)) if (!hides(name)) shown[name] = value;
  return shown;
}
