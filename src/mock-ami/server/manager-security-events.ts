import type { LinkAddress } from '../../ami/link.ts';
import type { Header } from '../../ami/message.ts';
import { isoTime } from '../pbx/security-events.ts';
import { cutShort } from './cut-short.ts';
import type { ManagerSession } from './manager-session.ts';
import type { SessionHost } from './session-host.ts';

/** Bytes of a request's name that an event shows. Source: `report_req_bad_format`, main/manager.c. */
const REQUEST_BYTES = 63;

/** Source: recording `banner-login-logoff`. */
export function successfulAuth(host: SessionHost, session: ManagerSession): void {
  host.pbx.emit('SuccessfulAuth', [
    ...common(host, session, { severity: 'Informational', account: session.user?.name ?? '' }),
    ['UsingPassword', '0'],
    ['SessionTV', isoTime(session.loginMs)],
  ]);
}

/** Source: recording `fault-many-failed-logins`. */
export function invalidPassword(host: SessionHost, session: ManagerSession, account: string): void {
  host.pbx.emit('InvalidPassword', [...common(host, session, { account, version: '2' }), sessionTime(session)]);
}

export function invalidAccount(host: SessionHost, session: ManagerSession, account: string): void {
  host.pbx.emit('InvalidAccountID', [...common(host, session, { account }), sessionTime(session)]);
}

export function failedAcl(host: SessionHost, session: ManagerSession, account: string): void {
  host.pbx.emit('FailedACL', [...common(host, session, { account }), sessionTime(session)]);
}

export function challengeResponseFailed(
  host: SessionHost,
  session: ManagerSession,
  given: string,
  expected: string,
): void {
  host.pbx.emit('ChallengeResponseFailed', [
    ...common(host, session, { account: '' }),
    ['Challenge', session.challenge],
    ['Response', given],
    ['ExpectedResponse', expected],
    sessionTime(session),
  ]);
}

/** Source: recording `fault-multiple-login-denied`. */
export function sessionLimit(host: SessionHost, session: ManagerSession): void {
  host.pbx.emit('SessionLimit', [...common(host, session, { account: '' }), sessionTime(session)]);
}

export function requestNotAllowed(host: SessionHost, session: ManagerSession, action: string): void {
  host.pbx.emit('RequestNotAllowed', [
    ...common(host, session, { account: session.user?.name ?? '' }),
    ['RequestType', cutShort(`Action: ${action}`, REQUEST_BYTES)],
    sessionTime(session),
  ]);
}

/** Source: recordings `unknown-action`, `missing-action-header`. */
export function requestBadFormat(host: SessionHost, session: ManagerSession, action: string): void {
  host.pbx.emit('RequestBadFormat', [
    ...common(host, session, {}),
    ['RequestType', cutShort(`Action: ${action}`, REQUEST_BYTES)],
    sessionTime(session),
    ['AccountID', session.user?.name ?? ''],
  ]);
}

interface Common {
  readonly severity?: 'Informational' | 'Error';
  readonly version?: string;
  /** Absent: the event shows it elsewhere. */
  readonly account?: string;
}

function common(host: SessionHost, session: ManagerSession, options: Common): Header[] {
  const headers: Header[] = [
    ['EventTV', isoTime(host.pbx.now)],
    ['Severity', options.severity ?? 'Error'],
    ['Service', 'AMI'],
    ['EventVersion', options.version ?? '1'],
  ];
  if (options.account !== undefined) headers.push(['AccountID', options.account]);
  return [
    ...headers,
    ['SessionID', session.id],
    ['LocalAddress', shown(session.peer.local)],
    ['RemoteAddress', shown(session.peer.remote)],
  ];
}

/** When the session logged in; the epoch where it has not. */
function sessionTime(session: ManagerSession): Header {
  return ['SessionTV', isoTime(session.loginMs)];
}

function shown({ address, port }: LinkAddress): string {
  return `${address.includes(':') ? 'IPV6' : 'IPV4'}/TCP/${address}/${port}`;
}
