import type { Header } from '../../ami/message.ts';
import { own } from '../pbx/own.ts';
import type { ActionHandlers } from './action.ts';
import type { ActionRequest, Answered } from './action-request.ts';

export const presenceActions: ActionHandlers = {
  PresenceState: presenceState,
  PresenceStateList: presenceStateList,
};

/** Source: `action_presencestate`, main/manager.c; recordings `extension-state-actions`, `presence-change`. */
function presenceState(request: ActionRequest): Answered {
  const provider = request.header('Provider');
  if (provider === '') return request.error('No provider specified');
  if (!/^custompresence:/i.test(provider)) {
    return request.error(`Invalid provider ${provider} or provider in invalid state`);
  }
  const presence = own(request.pbx.state.presence, provider);
  const headers: Header[] = [['State', presence?.state ?? 'not_set']];
  if (presence !== undefined && presence.subtype !== '') headers.push(['Subtype', presence.subtype]);
  if (presence !== undefined && presence.message !== '') {
    headers.push(['Message', presence.message], ['PresenceMessage', presence.message]);
  }
  return request.success('Presence State', headers);
}

function presenceStateList(request: ActionRequest): Answered {
  const known = Object.entries(request.pbx.state.presence);
  return request.list({
    message: 'Presence State Changes will follow',
    items: known.map(([provider, { state, subtype, message }]) => ({
      event: 'PresenceStateChange',
      headers: [
        ['Presentity', provider],
        ['Status', state],
        ['Subtype', subtype],
        ['Message', message],
      ],
    })),
    complete: 'PresenceStateListComplete',
    actionIdStands: 'second',
  });
}
