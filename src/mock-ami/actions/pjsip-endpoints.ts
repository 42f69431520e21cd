import { askContacts } from '../phones/registrar.ts';
import type { ActionHandlers } from './action.ts';
import type { ActionRequest, Answered } from './action-request.ts';

/** Source: res/res_pjsip/pjsip_options.c, res/res_pjsip_notify.c; recordings `pjsip-lists`, `endpoint-goes-unreachable`. */
export const pjsipEndpointActions: ActionHandlers = {
  PJSIPQualify: qualify,
  PJSIPNotify: notify,
  PJSIPRegister: (request) => queueRegistration(request, 'Reregistration'),
  PJSIPUnregister: (request) => queueRegistration(request, 'Unregistration'),
};

function qualify(request: ActionRequest): Answered {
  const { pbx } = request;
  const name = request.header('Endpoint');
  if (name === '') return request.error('Endpoint parameter missing.');
  if (!pbx.config.pjsip.endpoints.has(name)) return request.error('Unable to retrieve endpoint\n');
  askContacts(pbx, name);
  return request.success('Endpoint found, will qualify');
}

/** The phones take a NOTIFY without showing it. */
function notify(request: ActionRequest): Answered {
  const endpoint = request.header('Endpoint');
  const named = ['Endpoint', 'URI', 'Channel'].filter((name) => request.header(name) !== '');
  if (named.length !== 1) {
    const only = named.length === 0 ? '' : '  You must use only one of them.';
    return request.error(`PJSIPNotify requires either an endpoint name, a SIP URI, or a channel.${only}`);
  }
  if (endpoint !== '' && !request.pbx.config.pjsip.endpoints.has(endpoint)) {
    return request.error('Unable to retrieve endpoint');
  }
  return request.success('NOTIFY sent');
}

/** The simulation registers nowhere: what is queued comes to nothing. Source: `ami_register`, res/res_pjsip_outbound_registration.c. */
function queueRegistration(request: ActionRequest, what: 'Reregistration' | 'Unregistration'): Answered {
  const name = request.header('Registration');
  if (name === '') return request.error('Registration parameter missing.');
  if (name === '*all') return request.success(`${what}s queued.`);
  if (!request.pbx.config.pjsip.registrations.has(name))
    return request.error('Unable to retrieve registration entry\n');
  request.notSimulated();
  return request.success(`${what} sent`);
}
