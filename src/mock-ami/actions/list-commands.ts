import type { Header } from '../../ami/message.ts';
import type { ActionRequest, Answered } from './action-request.ts';

/** The actions that this user may use. Source: recordings `list-commands`, `permission-denied`. */
export function listCommands(request: ActionRequest): Answered {
  const { host, session } = request;
  const rights = session.user?.writeBits ?? 0;
  const allowed = [...host.actions.values()].filter((action) => action.rights === 0 || (action.rights & rights) !== 0);
  return request.respond(
    'Success',
    allowed.map(({ name, synopsis, privilege }): Header => [name, `${synopsis}  (Priv: ${privilege})`]),
  );
}
