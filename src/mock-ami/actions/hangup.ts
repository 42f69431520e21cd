import { posixRegex } from '../dialplan/posix-regex.ts';
import { sipCode } from '../pbx/hangup-causes.ts';
import { requestHangup } from '../pbx/request-hangup.ts';
import type { Channel } from '../pbx/state.ts';
import { refuseChannel } from '../pbx/technology.ts';
import type { ActionRequest, Answered } from './action-request.ts';
import { listedChannels } from './channel-list.ts';
import { findChannel } from './find-channel.ts';

/** Ends a channel by name or uniqueid, or all whose name fits `/regex/`. Source: `action_hangup`, main/manager.c; recording `hangup-action`. */
export function hangup(request: ActionRequest): Answered {
  const cause = causeOf(request);
  return hangUpWith(request, (channel) => requestHangup(request.pbx, channel, cause));
}

/**
 * As {@link hangup}, for calls that phones have begun and nobody has answered: they are refused with a SIP code, by number or name. Other
 * channels stay as they are, though the answer is as good. Source: `ast_manager_hangup_helper`, main/manager.c; `pjsip_app_hangup_handler`, channels/pjsip/dialplan_functions.c.
 */
export function pjsipHangup(request: ActionRequest): Answered {
  const code = sipCode(request.header('Cause'));
  return hangUpWith(request, (channel) => {
    if (channel.tech === 'PJSIP' && channel.direction === 'in' && channel.state !== 'Up')
      refuseChannel(request.pbx, channel, code);
  });
}

function hangUpWith(request: ActionRequest, hangUp: (channel: Channel) => void): Answered {
  const { pbx } = request;
  const wanted = request.header('Channel');
  if (wanted === '') return request.error('No channel specified');
  if (wanted.startsWith('/')) return hangupMatching(request, wanted, hangUp);
  const channel = findChannel(pbx, wanted);
  if (channel === undefined) return request.error('No such channel');
  hangUp(channel);
  return request.success('Channel Hungup');
}

/** A cause that is none counts as absent: better hung up without than not at all. */
function causeOf(request: ActionRequest): number {
  const text = request.header('Cause');
  const cause = /^\d+$/.test(text) ? Number(text) : 0;
  return cause > 127 ? 0 : cause;
}

function hangupMatching(request: ActionRequest, wanted: string, hangUp: (channel: Channel) => void): Answered {
  const { pbx } = request;
  const [, pattern] = /^\/(.+)\/$/.exec(wanted) ?? [];
  if (pattern === undefined) return request.error('Regex format invalid, Channel param should be /regex/');
  const regex = posixRegex(pattern);
  if (regex === undefined) return request.error(`Regex compile failed on: ${wanted}`);
  const channels = listedChannels(pbx).filter((channel) => regex.test(channel.name));
  // The thread of who called is the first to notice. Source: both runs of `hangup-action`.
  const oldestFirst = [...channels].sort((one, other) => one.createdMs - other.createdMs);
  for (const channel of oldestFirst) hangUp(channel);
  return request.list({
    message: 'Channels hung up will follow',
    items: channels.map((channel) => ({ event: 'ChannelHungup', headers: [['Channel', channel.name]] })),
    complete: 'ChannelsHungupListComplete',
    actionIdStands: 'last',
  });
}
