import { groupsOf } from './groups-of.ts';
import type { Numbers } from './numbers.ts';
import type { Scope } from './scope.ts';
import type { KeptParts } from './subscription.ts';
import { wantedModel } from './wanted-model.ts';
import type { ChannelState, ModelSnapshot, QueueState } from './wire/model.ts';

/** What bounds a view. */
export interface Sight {
  readonly scope: Scope;
  /** Events of that name are seen. */
  readonly seesName: (name: string) => boolean;
  /** Headers that are hidden; `undefined`: none. */
  readonly hides: ((header: string) => boolean) | undefined;
  /** What the browser wants to see of all this, and whose a device is; `undefined`: everything. */
  readonly wanted?: { readonly kept: KeptParts; readonly numbers: Numbers } | undefined;
}

type HeaderOf<State> = Readonly<Partial<Record<keyof State, string>>>;

/** Fields of the model and the header that each comes from. */
const CALLER = { channel: 'Channel', callerIdNum: 'CallerIDNum', callerIdName: 'CallerIDName' } as const;
const CHANNEL: HeaderOf<ChannelState> = {
  ...CALLER,
  connectedLineNum: 'ConnectedLineNum',
  connectedLineName: 'ConnectedLineName',
  context: 'Context',
  exten: 'Exten',
};

/** The part of a model that may be seen: what the events that may be seen have made of it, with hidden headers left blank. */
export function visibleModel(model: ModelSnapshot, sight: Sight): ModelSnapshot {
  const { scope, seesName, wanted } = sight;
  const permitted = scope.isAll ? model : inScope(model, scope);
  const all = wanted === undefined ? permitted : wantedModel(permitted, wanted.kept, wanted.numbers);
  const only = <State>(event: string, states: readonly State[]) => (seesName(event) ? states : []);
  const shown = <State extends object>(event: string, states: readonly State[], headers: HeaderOf<State>) =>
    only(event, states).map((state) => blanked(state, headers, sight));
  return {
    channels: only('Newchannel', all.channels).map((channel) => visibleChannel(channel, sight)),
    bridges: shown('BridgeCreate', all.bridges, { name: 'BridgeName' }),
    calls: only('Newchannel', all.calls),
    extensions: shown('ExtensionStatus', all.extensions, { exten: 'Exten', context: 'Context', hint: 'Hint' }),
    devices: only('DeviceStateChange', all.devices),
    queues: all.queues.map((queue) => visibleQueue(queue, sight)).filter((queue) => queue !== undefined),
    parked: shown('ParkedCall', all.parked, { ...CALLER, parkedBy: 'ParkerDialString' }),
    conferences: only('ConfbridgeJoin', all.conferences).map((conference) => ({
      ...conference,
      members: conference.members.map((member) => blanked(member, CALLER, sight)),
    })),
    mailboxes: shown('MessageWaiting', all.mailboxes, { mailbox: 'Mailbox' }),
    contacts: shown('ContactStatus', all.contacts, { aor: 'AOR', uri: 'URI', endpoint: 'EndpointName' }),
    presence: shown('PresenceStateChange', all.presence, { presentity: 'Presentity', message: 'Message' }),
    recordings: shown('MixMonitorStart', all.recordings, { channel: 'Channel' }),
    transfers: all.transfers.flatMap((transfer) =>
      shown(transfer.kind === 'blind' ? 'BlindTransfer' : 'AttendedTransfer', [transfer], {
        channel: 'Channel',
        by: 'Channel',
        to: transfer.kind === 'blind' ? 'Extension' : 'Channel',
      }),
    ),
  };
}

function inScope(all: ModelSnapshot, scope: Scope): ModelSnapshot {
  const ofChannel = <State extends { readonly channel: string }>(states: readonly State[]) =>
    states.filter(({ channel }) => scope.seesChannel(channel));
  const channels = ofChannel(all.channels);
  return {
    channels,
    bridges: groupsOf(channels, all.bridges),
    calls: groupsOf(channels, all.calls),
    extensions: all.extensions.filter(({ exten }) => scope.seesNumber(exten)),
    devices: all.devices.filter(({ device }) => scope.seesDevice(device)),
    queues: all.queues.filter(({ queue }) => scope.seesQueue(queue)),
    parked: ofChannel(all.parked),
    conferences: all.conferences
      .map((conference) => ({ ...conference, members: ofChannel(conference.members) }))
      .filter(({ members }) => members.length > 0),
    mailboxes: all.mailboxes.filter(({ mailbox }) => scope.seesNumber(mailbox.replace(/@.*$/, ''))),
    contacts: all.contacts.filter(({ aor, endpoint }) => scope.seesNumber(aor) || scope.seesNumber(endpoint)),
    presence: all.presence.filter(({ presentity }) => scope.seesPresentity(presentity)),
    recordings: ofChannel(all.recordings),
    transfers: ofChannel(all.transfers),
  };
}

function visibleChannel(channel: ChannelState, sight: Sight): ChannelState {
  const { seesName } = sight;
  const shown = blanked(channel, CHANNEL, sight);
  const seesHolds = seesName('Hold') && seesName('Unhold');
  const seesMusic = seesName('MusicOnHoldStart') && seesName('MusicOnHoldStop');
  if ((seesHolds || !shown.holding) && (seesMusic || !shown.music)) return shown;
  return { ...shown, holding: shown.holding && seesHolds, music: shown.music && seesMusic };
}

function visibleQueue(queue: QueueState, sight: Sight): QueueState | undefined {
  const seesMembers = sight.seesName('QueueMemberStatus');
  const seesCallers = sight.seesName('QueueCallerJoin');
  if (!seesMembers && !seesCallers) return undefined;
  return {
    queue: queue.queue,
    members: seesMembers ? queue.members : [],
    callers: seesCallers ? queue.callers.map((caller) => blanked(caller, CALLER, sight)) : [],
  };
}

function blanked<State extends object>(state: State, headers: HeaderOf<State>, { hides }: Sight): State {
  if (hides === undefined) return state;
  const blank = Object.entries(headers).filter(([, header]) => hides(header as string));
  return { ...state, ...Object.fromEntries(blank.map(([field]) => [field, ''])) };
}
