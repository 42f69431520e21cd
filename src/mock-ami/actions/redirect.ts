import { leadingInteger } from '../config/leading-integer.ts';
import { asyncGoto, type Place } from '../pbx/async-goto.ts';
import type { Channel } from '../pbx/state.ts';
import { cutShort } from '../server/cut-short.ts';
import type { ActionRequest, Answered } from './action-request.ts';
import { findChannel } from './find-channel.ts';

/** Sends one channel elsewhere, or two at once. Source: `action_redirect`, main/manager.c; recordings `ami-redirect-*`. */
export function redirect(request: ActionRequest): Answered {
  const missing = ['Channel', 'Context', 'Exten', 'Priority'].find((name) => request.header(name) === '');
  if (missing !== undefined) return request.error(`${missing} not specified`);
  const place = placeOf(request, '');
  if (place === undefined) return request.error('Priority is invalid');
  const extraPlace = extraPlaceOf(request, place);
  if (typeof extraPlace === 'string') return request.error(extraPlace);
  const channel = channelToRedirect(request, 'Channel', 'Redirect failed, channel not up.');
  if (typeof channel === 'string') return request.error(channel);
  if (request.header('ExtraChannel') === '') {
    asyncGoto(request.pbx, channel, place);
    return request.success('Redirect successful');
  }
  const extra = channelToRedirect(request, 'ExtraChannel', 'Redirect failed, extra channel not up.');
  if (typeof extra === 'string') return request.error(extra);
  asyncGoto(request.pbx, channel, place);
  asyncGoto(request.pbx, extra, extraPlace);
  return request.success('Dual Redirect successful');
}

/** Where the extra channel goes, or what is wrong with it; without a context of its own it goes where the first one does. */
function extraPlaceOf(request: ActionRequest, place: Place): Place | string {
  if (request.header('ExtraChannel') === '' || request.header('ExtraContext') === '') return place;
  const missing = ['ExtraExten', 'ExtraPriority'].find((name) => request.header(name) === '');
  if (missing !== undefined) return `${missing} not specified`;
  return placeOf(request, 'Extra') ?? 'ExtraPriority is invalid';
}

function placeOf(request: ActionRequest, prefix: '' | 'Extra'): Place | undefined {
  const context = request.header(`${prefix}Context`);
  const exten = request.header(`${prefix}Exten`);
  const text = request.header(`${prefix}Priority`);
  const priority = leadingInteger(text) ?? request.pbx.find(context, exten, text, '')?.priority;
  return priority === undefined || priority < 1 ? undefined : { context, exten, priority };
}

function channelToRedirect(request: ActionRequest, header: string, notUp: string): Channel | string {
  const name = request.header(header);
  const channel = findChannel(request.pbx, name);
  if (channel === undefined) return cutShort(`${header} does not exist: ${name}`, 255);
  return channel.hangupRequested || channel.redirected ? notUp : channel;
}
