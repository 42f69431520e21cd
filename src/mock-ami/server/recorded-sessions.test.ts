import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  isSecurityEvent,
  type Replay,
  type ReplayOptions,
  recorded,
  replay,
  withoutClocks,
} from './replay.test-support.ts';

/** Recordings in which nobody telephones: all that was said must be said again. */
const SESSIONS = [
  'action-split-byte-by-byte',
  'action-split-two-parts',
  'actions-before-login',
  'banner-login-logoff',
  'binary-bytes',
  'config-actions',
  'db-actions',
  'fault-many-failed-logins',
  'half-close',
  'list-commands',
  'login-acl-denied',
  'login-bad-secret',
  'login-events-call-hud',
  'login-events-off',
  'login-header-case',
  'login-md5-without-challenge',
  'login-timeout',
  'login-twice',
  'login-unknown-user',
  'login-without-actionid',
  'long-actionid-900',
  'long-line-1000',
  'long-line-1020',
  'long-line-1021',
  'long-line-1023',
  'long-line-1024',
  'long-line-1025',
  'long-line-1100',
  'long-line-70000',
  'long-line-900',
  'malformed-bare-lf',
  'malformed-lines',
  'many-actions-one-packet',
  'many-headers-100',
  'many-headers-200',
  'missing-action-header',
  'ping',
  'show-dialplan',
  'unknown-action',
  'userevent-action',
  'userevent-binary',
  'waitevent-tcp',
];

describe('AmiServer, with the clients of a recording', () => {
  it.each(SESSIONS)('says byte for byte what Asterisk said: %s', (name) => {
    expectSame(replay(name));
  });

  it('takes an MD5 login that proves the secret', () => {
    const options: ReplayOptions = {
      rewrite: (raw, seen) => {
        const challenge =
          seen.messages.map(({ text }) => /Challenge: (\d+)/.exec(text)?.[1]).findLast((found) => found) ?? '';
        return raw.replace(/Key: \w+/, `Key: ${createHash('md5').update(`${challenge}adminpw`).digest('hex')}`);
      },
    };
    expectSame(replay('login-md5-challenge', options));
  });

  it('refuses an MD5 login with another secret', () => {
    const { seen } = replay('login-md5-challenge', { rewrite: (raw) => raw.replace(/Key: 5/, 'Key: 4') });
    expect(seen.get('')?.messages.at(-1)?.text).toContain('Message: Authentication failed');
  });

  it('lists what pjsip.conf has and who is registered', () => {
    expectSame(replay('pjsip-lists', { registered: ['1001', '1002', '1003', '1004'] }));
  });

  it('refuses those with fewer rights what needs more, and lists for them what they may do', () => {
    const { trace, seen } = replay('permission-denied', { registered: [], until: 10_489 });
    for (const user of ['readonly', 'nobody']) {
      const said = (messages: readonly { readonly t: number; readonly text: string }[]) =>
        messages.filter(({ t }) => t < 10_489).map(({ text }) => withoutClocks(text));
      // The lab's queue has other penalties by now than when this was recorded.
      const golden = said(recorded(trace, user)).map((text) => text.replace('Penalty: 1\r', 'Penalty: 0\r'));
      expect(said(seen.get(user)?.messages ?? []), user).toEqual(golden);
    }
  });

  it('closes connections over authlimit without a banner, and those that do not log in in time', () => {
    const config = { 'manager.conf': { general: { authlimit: '3', authtimeout: '5' } } };
    expectSame(replay('fault-auth-limit', { config }));
  });

  it('refuses a second login of a user who may log in only once', () => {
    const config = { 'manager.conf': { admin: { allowmultiplelogin: 'no' } } };
    expectSame(replay('fault-multiple-login-denied', { config }));
  });
});

/** Each session of the recording saw the same, and ended when it did. */
function expectSame({ trace, seen }: Replay): void {
  for (const [conn, session] of seen) {
    const golden = recorded(trace, conn);
    const split = (messages: readonly { readonly text: string }[]) => {
      const texts = messages.map(({ text }) => withoutClocks(text));
      return { said: texts.filter((text) => !isSecurityEvent(text)), security: texts.filter(isSecurityEvent).sort() };
    };
    expect(split(session.messages), conn).toEqual(split(golden));
    const closed = trace.lines.find((line) => (line.conn ?? '') === conn && line.dir === 'close');
    expect(session.closedAt !== undefined, `${conn} closed`).toBe(closed !== undefined);
    if (closed !== undefined)
      expect(Math.abs((session.closedAt ?? 0) - closed.t), `${conn} closed at`).toBeLessThan(60);
    for (const [index, { t }] of session.messages.entries()) {
      expect(Math.abs(t - (golden[index]?.t ?? 0)), `${conn} message ${index}`).toBeLessThan(60);
    }
  }
}
