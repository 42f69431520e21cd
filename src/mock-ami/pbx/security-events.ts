import type { Header } from '../../ami/message.ts';
import type { Pbx } from './pbx.ts';
import { randomUuid } from './uuid.ts';

/** A phone was challenged and proved who it is: ChallengeSent, SuccessfulAuth. Source: recordings `call-*`, class security. */
export function authenticated(pbx: Pbx, phone: string): void {
  const session = randomUuid(pbx);
  pbx.emit('ChallengeSent', [...common(pbx, 'Informational', phone, session), ['Challenge', '']]);
  pbx.emit('SuccessfulAuth', [...common(pbx, 'Informational', phone, session), ['UsingPassword', '1']]);
}

/** A phone gave a wrong password. */
export function authenticationFailed(pbx: Pbx, phone: string): void {
  const session = randomUuid(pbx);
  const challenge = `${Math.floor(pbx.now / 1000)}/${pbx.runtime.digest.md5(session)}`;
  pbx.emit('ChallengeResponseFailed', [
    ...common(pbx, 'Error', phone, session),
    ['Challenge', challenge],
    ['Response', pbx.runtime.digest.md5(challenge)],
    ['ExpectedResponse', ''],
  ]);
}

function common(pbx: Pbx, severity: string, account: string, session: string): Header[] {
  return [
    ['EventTV', isoTime(pbx.now)],
    ['Severity', severity],
    ['Service', 'PJSIP'],
    ['EventVersion', '1'],
    ['AccountID', account],
    ['SessionID', session],
    ['LocalAddress', 'IPV4/UDP/127.0.0.1/5060'],
    ['RemoteAddress', `IPV4/UDP/127.0.0.1/${pbx.state.phones[account]?.port ?? 5060}`],
  ];
}

/** `2026-11-22T22:48:35.249+0000`, as security events show times. */
export function isoTime(ms: number): string {
  return new Date(ms).toISOString().replace('Z', '+0000');
}
