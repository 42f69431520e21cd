import { eventMask } from '../server/event-class.ts';
import type { ActionRequest, Answered } from './action-request.ts';

/** Which classes of events the session wants to see. Source: recording `events-mask`. */
export function events(request: ActionRequest): Answered {
  const mask = eventMask(request.header('EventMask'));
  if (mask === undefined) {
    return request.error('Invalid event mask');
  }
  request.session.mask = mask;
  return request.respond('Success', [['Events', mask === 0 ? 'Off' : 'On']]);
}
