import { own } from '../pbx/own.ts';
import type { ActionHandlers } from './action.ts';
import type { ActionRequest, Answered } from './action-request.ts';

export const messageActions: ActionHandlers = { MessageSend: messageSend };

/** Technologies that carry messages outside calls. */
const TECHNOLOGIES = new Set(['pjsip', 'sip']);

/** A text to a phone; the simulated phones show none. Source: `action_messagesend`, main/message.c; recording `misc-lists`. */
function messageSend(request: ActionRequest): Answered {
  const to = request.header('Destination') || request.header('To');
  if (to === '') return request.error("No 'To' address specified.");
  const [technology = '', address = ''] = [to.slice(0, Math.max(0, to.indexOf(':'))), to.slice(to.indexOf(':') + 1)];
  if (!TECHNOLOGIES.has(technology.toLowerCase())) return request.error('Message technology not found.');
  const endpoint = address.split('/')[0] ?? '';
  const known = own(request.pbx.state.endpoints, endpoint)?.contacts.length ?? 0;
  const isUri = /^sips?:/i.test(address) || endpoint.includes('@') || technology.toLowerCase() === 'sip';
  if (known === 0 && !isUri) return request.error('Message failed to send.');
  return request.success('Message successfully sent');
}
