import type { ActionRequest, Answered } from './action-request.ts';

/**
 * An action that this version of Asterisk knows and the simulation does not do: it is answered as where its module is not loaded. The
 * journal marks it, so that a test sees that its program needs more than is simulated.
 */
export function answerUnsimulated(request: ActionRequest): Answered {
  const { entry } = request;
  request.notSimulated();
  return request.error(
    `Invalid/unknown command: ${entry.action}. Use Action: ListCommands to show available commands.`,
  );
}
