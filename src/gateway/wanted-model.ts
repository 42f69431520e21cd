import { groupsOf } from './groups-of.ts';
import type { ModelPart } from './model-parts.ts';
import type { Numbers } from './numbers.ts';
import { numberOfMailbox, numberOfPresentity } from './subjects.ts';
import type { KeptParts } from './subscription.ts';
import type { ChannelState, ModelSnapshot, QueueState } from './wire/model.ts';

/** What of a model a subscription keeps: the same that the events it lets through would have made of it. */
export function wantedModel(model: ModelSnapshot, kept: KeptParts, numbers: Numbers): ModelSnapshot {
  const ofChannel = ({ channel }: { readonly channel: string }) => numbers.ofChannel(channel);
  const only = <State>(part: ModelPart, states: readonly State[], of: (state: State) => readonly string[]) =>
    states.filter((state) => kept.shows(part, of(state)));
  const channels = only('channels', model.channels, ofChannel);
  const bridged = only('bridges', channels, ofChannel);
  return {
    channels: channels.map((channel) => wantedChannel(channel, kept, numbers)),
    bridges: groupsOf(bridged, model.bridges),
    calls: groupsOf(channels, model.calls),
    extensions: only('extensions', model.extensions, ({ exten }) => [exten]),
    devices: only('devices', model.devices, ({ device }) => numbers.ofDevice(device)),
    queues: model.queues.flatMap((queue) => wantedQueue(queue, kept, numbers)),
    parked: only('parked', model.parked, ofChannel),
    conferences: model.conferences
      .map((conference) => ({ ...conference, members: only('conferences', conference.members, ofChannel) }))
      .filter(({ members }) => members.length > 0 || kept.shows('conferences')),
    mailboxes: only('mailboxes', model.mailboxes, ({ mailbox }) => [numberOfMailbox(mailbox)]),
    contacts: only('contacts', model.contacts, ({ aor, endpoint }) => [aor, endpoint]),
    presence: only('presence', model.presence, ({ presentity }) => [numberOfPresentity(presentity)]),
    recordings: only('recordings', model.recordings, ofChannel),
    transfers: model.transfers.filter((transfer) =>
      kept.shows(transfer.kind === 'blind' ? 'blindTransfers' : 'attendedTransfers', ofChannel(transfer)),
    ),
  };
}

function wantedChannel(channel: ChannelState, kept: KeptParts, numbers: Numbers): ChannelState {
  const own = numbers.ofChannel(channel.channel);
  const holding = channel.holding && kept.showsFlag('holding', own);
  const music = channel.music && kept.showsFlag('music', own);
  const bridge = channel.bridge !== '' && kept.showsFlag('bridge', own) ? channel.bridge : '';
  return { ...channel, holding, music, bridge };
}

/** A queue that is wanted as a whole shows without anybody in it too. */
function wantedQueue(
  { queue, members, callers }: QueueState,
  kept: KeptParts,
  numbers: Numbers,
): readonly QueueState[] {
  const wanted = {
    queue,
    members: members.filter((member) =>
      kept.shows('members', [...numbers.ofDevice(member.interface), ...numbers.ofDevice(member.name)], queue),
    ),
    callers: callers.filter(({ channel }) => kept.shows('callers', numbers.ofChannel(channel), queue)),
  };
  const isWhole = kept.shows('members', undefined, queue) || kept.shows('callers', undefined, queue);
  return isWhole || wanted.members.length > 0 || wanted.callers.length > 0 ? [wanted] : [];
}
