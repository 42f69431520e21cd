import { isFalse } from '../config/conf-values.ts';
import { mixMonitorsOf, muteMixMonitor, startMixMonitor, stopMixMonitor } from '../pbx/mix-monitor.ts';
import type { Channel } from '../pbx/state.ts';
import type { ActionHandlers } from './action.ts';
import type { ActionRequest, Answered } from './action-request.ts';
import { findChannel } from './find-channel.ts';

/** Actions of app_mixmonitor. Source: apps/app_mixmonitor.c; recording `mixmonitor`. */
export const mixMonitorActions: ActionHandlers = {
  MixMonitor: (request) =>
    onChannel(request, (channel) => {
      const options = request.header('Options');
      if (request.header('File') === '' && !/[rt]\(/.test(options))
        return request.error('Could not start monitoring channel');
      const id = startMixMonitor(request.pbx, channel, request.header('File'), options);
      const wantsId = /i\(/.test(options);
      return request.success('', wantsId ? [['MixMonitorID', id]] : []);
    }),
  StopMixMonitor: (request) =>
    onChannel(request, (channel) => {
      const id = request.header('MixMonitorID');
      const known = id === '' ? mixMonitorsOf(channel).length > 0 : mixMonitorsOf(channel).some((one) => one.id === id);
      if (!known) return request.error('Could not stop monitoring channel');
      request.success();
      stopMixMonitor(request.pbx, channel, id);
      return 'answered';
    }),
  MixMonitorMute: muteAction,
};

function onChannel(request: ActionRequest, what: (channel: Channel) => Answered): Answered {
  const name = request.header('Channel');
  if (name === '') return request.error('No channel specified');
  const channel = findChannel(request.pbx, name);
  return channel === undefined ? request.error('No such channel') : what(channel);
}

function muteAction(request: ActionRequest): Answered {
  const direction = request.header('Direction').toLowerCase();
  if (direction === '') return request.error('No direction specified. Must be read, write or both');
  if (!['read', 'write', 'both'].includes(direction))
    return request.error('Invalid direction specified. Must be read, write or both');
  const name = request.header('Channel');
  if (name === '') return request.error('No channel specified');
  const state = request.header('State');
  if (state === '') return request.error('No state specified');
  const channel = findChannel(request.pbx, name);
  if (channel === undefined) return request.error('No such channel');
  if (mixMonitorsOf(channel).length === 0) return request.error('Cannot set mute flag');
  request.success();
  muteMixMonitor(request.pbx, channel, direction, !isFalse(state));
  return 'answered';
}
