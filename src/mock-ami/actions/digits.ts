import { isTrue } from '../config/conf-values.ts';
import { emitShown } from '../pbx/channel.ts';
import { receiveDigit } from '../pbx/dtmf.ts';
import type { Channel } from '../pbx/state.ts';
import type { ActionHandlers } from './action.ts';
import type { ActionRequest, Answered } from './action-request.ts';
import { findChannel } from './find-channel.ts';

/** How long a digit sounds where the action says nothing. Source: `AST_DEFAULT_EMULATE_DTMF_DURATION`, main/channel.c. */
const DIGIT_MS = 100;
/** A tone of multi-frequency signalling, with the silence behind it. Source: recording `playmf`. */
const MF_MS = 255;
const SHORTEST_MS = 80;

/** Digits, flashes and text that a manager sends over a channel. Source: main/manager.c; recordings `playdtmf-senddtmf`, `playmf`. */
export const digitActions: ActionHandlers = {
  PlayDTMF: (request) =>
    onChannel(request, (channel) => {
      const digit = request.header('Digit');
      if (digit === '') return request.error('No digit specified');
      const ms = durationOf(request);
      if (ms === undefined) return request.error('Could not convert Duration parameter');
      if (isTrue(request.header('Receive'))) {
        request.success('DTMF successfully queued');
        receiveDigit(request.pbx, channel, digit.slice(0, 1), ms);
        return 'answered';
      }
      // The session's thread itself sends the digit, and nothing tells of a digit that the PBX sends of its own accord.
      const soundMs = ms === 0 ? DIGIT_MS : Math.max(ms, SHORTEST_MS);
      return request.after(soundMs, () => request.success('DTMF successfully queued'));
    }),
  PlayMF: (request) =>
    onChannel(request, () => {
      if (request.header('Digit') === '') return request.error('No digit specified');
      const ms = durationOf(request);
      if (ms === undefined) return request.error('Could not convert Duration parameter');
      return request.after(ms === 0 ? MF_MS : ms, () => request.success('MF successfully queued'));
    }),
  SendFlash: (request) =>
    onChannel(request, (channel) => {
      request.success('Flash successfully queued');
      if (isTrue(request.header('Receive'))) emitShown(request.pbx, channel, 'Flash');
      return 'answered';
    }),
  SendText: (request) => {
    if (request.header('Channel') === '') return request.error('No channel specified');
    if (request.header('Message') === '') return request.error('No Message specified');
    if (findChannel(request.pbx, request.header('Channel')) === undefined) return request.error('No such channel');
    return request.success('Success');
  },
};

/** The number that `Duration` begins with, 0 where there is none; `undefined` where it begins with none. */
function durationOf(request: ActionRequest): number | undefined {
  const text = request.header('Duration');
  if (text === '') return 0;
  const [digits] = /^\s*\+?\d+/.exec(text) ?? [];
  return digits === undefined ? undefined : Number(digits);
}

function onChannel(request: ActionRequest, what: (channel: Channel) => Answered): Answered {
  const channel = findChannel(request.pbx, request.header('Channel'));
  return channel === undefined ? request.error('Channel not found') : what(channel);
}
