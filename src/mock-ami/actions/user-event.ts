import type { Header } from '../../ami/message.ts';
import type { ActionRequest, Answered } from './action-request.ts';

const OWN_ROW = /^(Action|UserEvent):/i;

/** Sends the sender's rows, as they came, to every session that sees user events. Source: recordings `userevent-action`, `userevent-binary`. */
export function userEvent(request: ActionRequest): Answered {
  const { message, pbx } = request;
  const rows = message.rows.filter((row) => !OWN_ROW.test(row)).map((row): Header => ['', row]);
  const headers: Header[] = [['UserEvent', request.header('UserEvent')], ...rows];
  pbx.emit('UserEvent', headers, message.encoding === 'latin1' ? { encoding: 'latin1' } : {});
  return request.success('Event Sent');
}
