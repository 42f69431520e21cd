import { ActionRequest } from '../actions/action-request.ts';
import { cutShort } from './cut-short.ts';
import { requestBadFormat, requestNotAllowed, sessionLimit } from './manager-security-events.ts';
import type { ManagerSession, SessionInput } from './manager-session.ts';
import type { SessionHost } from './session-host.ts';

/** How long Asterisk lets whoever it refuses wait for the answer. Source: recordings `login-bad-secret`, `fault-multiple-login-denied`. */
export const REFUSAL_DELAY_MS = 1000;

/** Bytes of the longest answer to an unknown action: what is more is cut off. Source: `process_message`, main/manager.c. */
const UNKNOWN_BYTES = 511;

/** What a client may do before it has logged in. */
const BEFORE_LOGIN = new Set(['login', 'logoff', 'challenge']);

const PROBLEMS = {
  AMI_LINE_TOO_LONG: 'Failed to parse message: line too long',
  AMI_TOO_MANY_LINES: 'Too many lines in message or allocation failure',
  AMI_MESSAGE_TOO_LONG: 'Failed to parse message: line too long',
  AMI_BAD_BANNER: 'Failed to parse message: line too long',
} as const;

/** Does what one message asks, or says why not. Source: `process_message`, main/manager.c. */
export function runAction(host: SessionHost, session: ManagerSession, input: SessionInput): void {
  const { journal, pbx } = host;
  pbx.perform(`action:${journal.last + 1}`, () => {
    const entry = journal.add({
      atMs: pbx.now,
      session: session.number,
      user: session.user?.name ?? '',
      action: actionName(input),
      headers: input.message.headers,
    });
    answer(new ActionRequest({ message: input.message, session, host, entry }), input);
  });
}

/** The first `Action` header that is not empty. */
function actionName({ message }: SessionInput): string {
  return message.all('Action').find((name) => name !== '') ?? '';
}

function answer(request: ActionRequest, { problem }: SessionInput): void {
  const { session, host, entry } = request;
  const name = entry.action;
  if (problem !== undefined) {
    entry.kind = 'malformed';
    request.error(PROBLEMS[problem]);
  } else if (name === '') {
    entry.kind = 'malformed';
    requestBadFormat(host, session, 'NONE');
    request.error('Missing action in request');
  } else if (host.shuttingDown) request.error('Asterisk is shutting down');
  else if (session.user === undefined && !BEFORE_LOGIN.has(name.toLowerCase())) deny(request);
  else if (isSecondLogin(request)) refuseSecondLogin(request);
  else runKnown(request);
}

function runKnown(request: ActionRequest): void {
  const { session, host, entry } = request;
  const action = host.actions.get(entry.action.toLowerCase());
  if (action === undefined) {
    entry.kind = isNotLoaded(host, entry.action) ? 'not-loaded' : 'unknown';
    requestBadFormat(host, session, entry.action);
    request.error(
      cutShort(
        `Invalid/unknown command: ${entry.action}. Use Action: ListCommands to show available commands.`,
        UNKNOWN_BYTES,
      ),
    );
  } else if (action.rights === 0 || ((session.user?.writeBits ?? 0) & action.rights) !== 0) action.run(request);
  else deny(request);
}

/** This version of Asterisk has it, in a module that is not loaded. */
function isNotLoaded({ profile }: SessionHost, action: string): boolean {
  return profile.unloadedActions.some(({ name }) => name.toLowerCase() === action.toLowerCase());
}

function deny(request: ActionRequest): void {
  request.entry.kind = 'denied';
  requestNotAllowed(request.host, request.session, request.entry.action);
  request.error('Permission denied');
}

/** A login, or the challenge before it, of a user who may be logged in only once and is. */
function isSecondLogin(request: ActionRequest): boolean {
  const { host, session, entry } = request;
  if (session.user !== undefined || !['login', 'challenge'].includes(entry.action.toLowerCase())) return false;
  const name = request.header('Username').toLowerCase();
  const user = host.settings.users.get(name);
  if (user === undefined || user.allowMultipleLogin) return false;
  return [...host.sessions].some((other) => other.user?.name.toLowerCase() === name);
}

function refuseSecondLogin(request: ActionRequest): void {
  sessionLimit(request.host, request.session);
  request.after(REFUSAL_DELAY_MS, () => {
    request.error('Login Already In Use');
    request.session.close();
  });
}
