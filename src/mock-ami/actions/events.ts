import { ALL_CLASSES, eventMask } from '../server/event-class.ts';
import type { ActionRequest, Answered } from './action-request.ts';

/**
 * Which classes of events the session wants to see. With `brokeneventsaction` it answers as Asterisk 1.6 did: not at all where all are
 * switched on, or the mask is none. Source: `action_events`, main/manager.c; recording `events-mask`.
 */
export function events(request: ActionRequest): Answered {
  const mask = eventMask(request.header('EventMask'));
  const { session, host } = request;
  const broken = host.settings.brokenEventsAction;
  if (mask === undefined) return broken ? request.silent() : request.error('Invalid event mask');
  session.mask = mask;
  if (broken && mask === ALL_CLASSES) return request.silent();
  return request.respondFromBuffer('Success', [['Events', mask === 0 ? 'Off' : 'On']]);
}
