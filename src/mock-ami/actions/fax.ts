import type { Header } from '../../ami/message.ts';
import { leadingInteger } from '../config/leading-integer.ts';
import type { ActionHandlers } from './action.ts';
import type { ActionRequest, Answered } from './action-request.ts';

/** No call of the simulation is a fax: the lists are empty. Source: res/res_fax.c; recording `misc-lists`. */
export const faxActions: ActionHandlers = { FAXSession: faxSession, FAXSessions: faxSessions, FAXStats: faxStats };

function faxSession(request: ActionRequest): Answered {
  const number = request.header('SessionNumber');
  if (leadingInteger(number) === undefined) return request.error('Invalid session ID');
  return request.error('Session not found');
}

function faxSessions(request: ActionRequest): Answered {
  return request.list({
    opens: 'Start',
    message: 'FAXSessionsEntry event list will follow',
    items: [],
    complete: 'FAXSessionsComplete',
    more: [['Total', '0']],
    actionIdStands: 'second',
  });
}

function faxStats(request: ActionRequest): Answered {
  const answered = request.success('FAXStats event will follow');
  const figures = [
    'CurrentSessions',
    'ReservedSessions',
    'TransmitAttempts',
    'ReceiveAttempts',
    'CompletedFAXes',
    'FailedFAXes',
  ];
  const id: Header[] = request.actionId === '' ? [] : [['ActionID', request.actionId]];
  request.event('FAXStats', [...id, ...figures.map((name): Header => [name, '0'])]);
  return answered;
}
