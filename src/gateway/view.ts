import { matcher } from './name-pattern.ts';
import type { Role } from './roles.ts';
import { Scope, type Viewer } from './scope.ts';
import type { WireEvent, WireHeaders } from './wire/event.ts';
import { type ChannelState, type Model, type ModelSnapshot, type QueueState, toSnapshot } from './wire/model.ts';

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
]);

/** Fields of the model and the header that each comes from. */
const CHANNEL_HEADERS = {
  channel: 'Channel',
  callerIdNum: 'CallerIDNum',
  callerIdName: 'CallerIDName',
  connectedLineNum: 'ConnectedLineNum',
  connectedLineName: 'ConnectedLineName',
  context: 'Context',
  exten: 'Exten',
} as const;

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
    const all = this.#inSight(toSnapshot(model));
    return {
      channels: this.#onlyWith('Newchannel', all.channels).map((channel) => this.#channel(channel)),
      bridges: this.#onlyWith('BridgeCreate', all.bridges),
      calls: this.#onlyWith('Newchannel', all.calls),
      extensions: this.#onlyWith('ExtensionStatus', all.extensions).map((extension) =>
        this.#blanked(extension, { exten: 'Exten', context: 'Context', hint: 'Hint' }),
      ),
      devices: this.#onlyWith('DeviceStateChange', all.devices),
      queues: all.queues.map((queue) => this.#queue(queue)).filter((queue) => queue !== undefined),
    };
  }

  #inSight(all: ModelSnapshot): ModelSnapshot {
    const scope = this.#scope;
    if (scope.isAll) return all;
    const channels = all.channels.filter(({ channel }) => scope.seesChannel(channel));
    const seen = new Set(channels.map(({ uniqueid }) => uniqueid));
    const onlySeen = <Group extends { readonly channels: readonly string[] }>(groups: readonly Group[]) =>
      groups
        .map((group) => ({ ...group, channels: group.channels.filter((uniqueid) => seen.has(uniqueid)) }))
        .filter((group) => group.channels.length > 0);
    return {
      ...all,
      channels,
      bridges: onlySeen(all.bridges),
      calls: onlySeen(all.calls),
      extensions: all.extensions.filter(({ exten }) => scope.seesNumber(exten)),
      devices: all.devices.filter(({ device }) => scope.seesDevice(device)),
      queues: all.queues.filter(({ queue }) => scope.seesQueue(queue)),
    };
  }

  #channel(channel: ChannelState): ChannelState {
    const shown = this.#blanked(channel, CHANNEL_HEADERS);
    const seesHolds = this.#seesName('Hold') && this.#seesName('Unhold');
    const seesMusic = this.#seesName('MusicOnHoldStart') && this.#seesName('MusicOnHoldStop');
    if ((seesHolds || !shown.holding) && (seesMusic || !shown.music)) return shown;
    return { ...shown, holding: shown.holding && seesHolds, music: shown.music && seesMusic };
  }

  #queue(queue: QueueState): QueueState | undefined {
    const seesMembers = this.#seesName('QueueMemberStatus');
    const seesCallers = this.#seesName('QueueCallerJoin');
    if (!seesMembers && !seesCallers) return undefined;
    const { channel, callerIdNum, callerIdName } = CHANNEL_HEADERS;
    return {
      queue: queue.queue,
      members: seesMembers ? queue.members : [],
      callers: seesCallers
        ? queue.callers.map((caller) => this.#blanked(caller, { channel, callerIdNum, callerIdName }))
        : [],
    };
  }

  #onlyWith<State>(event: string, states: readonly State[]): readonly State[] {
    return this.#seesName(event) ? states : [];
  }

  #blanked<State extends object>(state: State, headers: Readonly<Partial<Record<keyof State, string>>>): State {
    const hides = this.#hides;
    if (hides === undefined) return state;
    const blank = Object.entries(headers).filter(([, header]) => hides(header as string));
    return { ...state, ...Object.fromEntries(blank.map(([field]) => [field, ''])) };
  }
}
