import { shown } from '../pbx/channel.ts';
import { channelHeaders } from '../pbx/snapshot.ts';
import type { Channel } from '../pbx/state.ts';
import type { ActionHandlers } from './action.ts';
import type { ActionRequest, Answered, ListItem } from './action-request.ts';
import { listedChannels } from './channel-list.ts';
import { findChannel } from './find-channel.ts';

export const channelActions: ActionHandlers = {
  CoreShowChannels: coreShowChannels,
  CoreShowChannelMap: coreShowChannelMap,
};

/** Source: `action_coreshowchannels`, main/manager.c; recordings `core-show-channels-*`. */
function coreShowChannels(request: ActionRequest): Answered {
  const { pbx } = request;
  const items = listedChannels(pbx).map((channel): ListItem => {
    const snapshot = shown(pbx, channel);
    return {
      event: 'CoreShowChannel',
      headers: [
        ...channelHeaders(snapshot),
        ['Application', snapshot.application],
        ['ApplicationData', snapshot.applicationData],
        ['Duration', clockFace(pbx.now - channel.createdMs)],
        ['BridgeId', channel.bridge],
      ],
    };
  });
  return request.list({
    message: 'Channels will follow',
    items,
    complete: 'CoreShowChannelsComplete',
    actionIdStands: 'second',
  });
}

/** `00:01:02` */
function clockFace(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return parts.map((part) => String(part).padStart(2, '0')).join(':');
}

/** Every channel that sound can reach from one, over bridges and Local channels. Source: recording `coreshowchannelmap`. */
function coreShowChannelMap(request: ActionRequest): Answered {
  const { pbx } = request;
  const name = request.header('Channel');
  if (name === '') return request.error('CoreShowChannelMap requires a channel.\n');
  const start = findChannel(pbx, name);
  if (start === undefined) return request.error('Could not get channel snapshot\n');
  const reached = new Set([start]);
  for (const channel of reached) for (const other of neighbours(request, channel)) reached.add(other);
  reached.delete(start);
  const items = [...reached].map(
    (other): ListItem => ({
      event: 'CoreShowChannelMap',
      headers: [
        ['Channel', name],
        ['ConnectedChannel', other.name],
      ],
    }),
  );
  return request.list({
    message: 'Channel map will follow',
    items,
    complete: 'CoreShowChannelMapComplete',
    actionIdStands: 'second',
  });
}

/** Those in its bridge, and the other half of a Local channel. */
function neighbours({ pbx }: ActionRequest, channel: Channel): Channel[] {
  const members = pbx.bridge(channel.bridge)?.channels ?? [];
  const half = channel.name.endsWith(';1') ? ';2' : ';1';
  const twin = channel.tech === 'Local' ? pbx.channelByName(channel.name.slice(0, -2) + half) : undefined;
  const bridged = members.flatMap((uniqueid) => pbx.channel(uniqueid) ?? []);
  return [...bridged, ...(twin === undefined ? [] : [twin])].filter((other) => other !== channel);
}
