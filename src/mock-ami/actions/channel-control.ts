import { setAbsoluteTimeout } from '../pbx/absolute-timeout.ts';
import { attachSoundHook } from '../pbx/sound-hooks.ts';
import type { ActionHandlers } from './action.ts';
import { findChannel } from './find-channel.ts';

/** As `ast_controlplayback` of main/manager.c knows them. */
const PLAYBACK_CONTROLS: readonly string[] = ['stop', 'forward', 'reverse', 'pause', 'restart'];

/** What a manager does to a channel while something else runs on it. */
export const channelControlActions: ActionHandlers = {
  /** Source: `action_timeout`, main/manager.c; recording `playdtmf-senddtmf`. */
  AbsoluteTimeout: (request) => {
    if (request.header('Channel') === '') return request.error('No channel specified');
    const seconds = Number.parseFloat(request.header('Timeout'));
    if (!(seconds > 0)) return request.error('No timeout specified');
    const channel = findChannel(request.pbx, request.header('Channel'));
    if (channel === undefined) return request.error('No such channel');
    setAbsoluteTimeout(request.pbx, channel, seconds);
    return request.success('Timeout Set');
  },

  /** Source: `action_mute`, res/res_mutestream.c; recording `mute-audio`: the channel's sound stays watched after `off`. */
  MuteAudio: (request) => {
    if (request.header('Channel') === '') return request.error('Channel not specified');
    if (request.header('State') === '') return request.error('State not specified');
    if (request.header('Direction') === '') return request.error('Direction not specified');
    const channel = findChannel(request.pbx, request.header('Channel'));
    if (channel === undefined) return request.error('No such channel');
    request.success();
    attachSoundHook(request.pbx, channel, 'MuteAudio');
    return 'answered';
  },

  /** Source: `action_controlplayback`, main/manager.c; recording `control-playback`. */
  ControlPlayback: (request) => {
    if (request.header('Channel') === '') return request.error('Channel not specified');
    const control = request.header('Control');
    if (control === '') return request.error('Control command not specified');
    const channel = findChannel(request.pbx, request.header('Channel'));
    if (channel === undefined) return request.error('Channel specified does not exist');
    return PLAYBACK_CONTROLS.includes(control.toLowerCase())
      ? request.success()
      : request.error('Unknown control type');
  },
};
