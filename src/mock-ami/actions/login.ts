import { CLASS_SYSTEM, eventMask } from '../server/event-class.ts';
import { isPermittedFrom } from '../server/is-permitted-from.ts';
import {
  challengeResponseFailed,
  failedAcl,
  invalidAccount,
  invalidPassword,
  successfulAuth,
} from '../server/manager-security-events.ts';
import type { ManagerAccount } from '../server/manager-settings.ts';
import { REFUSAL_DELAY_MS } from '../server/run-action.ts';
import type { ActionHandlers } from './action.ts';
import type { ActionRequest, Answered } from './action-request.ts';

export const loginActions: ActionHandlers = { Login: login, Challenge: challenge, Logoff: logoff };

/** Source: `action_login`, main/manager.c; recordings `login-*`. */
function login(request: ActionRequest): Answered {
  const { session } = request;
  if (session.user !== undefined) return request.success('Already authenticated');
  const { delayMs, refused } = request.host.door?.login() ?? { delayMs: 0, refused: false };
  const look = (): Answered => {
    const account = refused ? undefined : authenticated(request);
    return account === undefined ? refuse(request) : welcome(request, account);
  };
  return delayMs === 0 ? look() : request.after(delayMs, look);
}

/** The account that the request proves to be, told to whoever sees security events; `undefined` where it proves none. */
function authenticated(request: ActionRequest): ManagerAccount | undefined {
  const { host, session } = request;
  const name = request.header('Username');
  if (name === '') return undefined;
  const account = host.settings.users.get(name.toLowerCase());
  if (account === undefined) invalidAccount(host, session, name);
  else if (!isPermittedFrom(session.peer.remote.address, account, request.pbx.config.acls))
    failedAcl(host, session, name);
  else if (provesSecret(request, account)) return { ...account, name };
  return undefined;
}

function provesSecret(request: ActionRequest, account: ManagerAccount): boolean {
  const { host, session } = request;
  if (request.header('AuthType').toLowerCase() === 'md5') return provesByMd5(request, account);
  if (account.secret === undefined) return false;
  const right = request.header('Secret') === account.secret;
  if (!right) invalidPassword(host, session, request.header('Username'));
  return right;
}

function provesByMd5(request: ActionRequest, account: ManagerAccount): boolean {
  const { host, session } = request;
  const key = request.header('Key');
  if (key === '' || session.challenge === '' || account.secret === undefined) return false;
  const expected = host.runtime.digest.md5(session.challenge + account.secret);
  if (key === expected) return true;
  challengeResponseFailed(host, session, key, expected);
  return false;
}

function refuse(request: ActionRequest): Answered {
  return request.after(REFUSAL_DELAY_MS, () => {
    request.error('Authentication failed');
    request.session.close();
  });
}

function welcome(request: ActionRequest, account: ManagerAccount): Answered {
  const { session, host, pbx } = request;
  session.user = account;
  session.loginMs = pbx.now;
  session.filters = account.eventFilters;
  session.mask = eventMask(request.header('Events')) ?? session.mask;
  const answered = request.success('Authentication accepted');
  if ((account.readBits & session.mask & CLASS_SYSTEM) !== 0 && pbx.state.fullyBooted) tellFullyBooted(request);
  successfulAuth(host, session);
  return answered;
}

/** Straight after the answer, whatever the filters say. */
function tellFullyBooted(request: ActionRequest): void {
  const { state, now } = request.pbx;
  request.event('FullyBooted', [
    ['Privilege', 'system,all'],
    ['Uptime', String(Math.floor((now - state.bootedMs) / 1000))],
    ['LastReload', String(Math.floor((now - state.reloadedMs) / 1000))],
    ['Status', 'Fully Booted'],
  ]);
}

/** Source: `action_challenge`, main/manager.c. */
function challenge(request: ActionRequest): Answered {
  const { session, host } = request;
  if (request.header('AuthType').toLowerCase() !== 'md5') return request.error('Must specify AuthType');
  if (session.challenge === '') session.challenge = host.challenges.next();
  return request.respond('Success', [['Challenge', session.challenge]]);
}

function logoff(request: ActionRequest): Answered {
  const answered = request.respond('Goodbye', [['Message', 'Thanks for all the fish.']]);
  request.session.close();
  return answered;
}
