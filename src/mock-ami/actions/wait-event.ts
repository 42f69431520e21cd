import type { ActionRequest, Answered } from './action-request.ts';

/**
 * Holds the session until an event comes, the next action, or the end of `Timeout` seconds; then sends what came.
 * Source: `action_waitevent`, main/manager.c; recording `waitevent-tcp`.
 */
export function waitEvent(request: ActionRequest): Answered {
  const seconds = Number.parseInt(request.header('Timeout'), 10);
  const timeoutMs = Number.isNaN(seconds) || seconds < 0 ? undefined : seconds * 1000;
  const { session } = request;
  session.waitForEvent(timeoutMs, request.entry, () => {
    request.success('Waiting for Event completed.');
    session.sendEvents();
    request.event('WaitEventComplete', request.actionId === '' ? [] : [['ActionID', request.actionId]]);
  });
  return 'later';
}
