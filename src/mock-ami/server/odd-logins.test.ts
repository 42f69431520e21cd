import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { said, setUp } from './clients.test-support.ts';

describe('a login', () => {
  const md5 = (challenge: string, secret: string): string =>
    createHash('md5').update(`${challenge}${secret}`).digest('hex');

  it('without a secret in manager.conf fails, with an empty one it takes an empty one', () => {
    const config = { 'manager.conf': { bare: { read: 'call' }, empty: { secret: '', read: 'call' } } };
    const { connect, clock } = setUp(config);
    const tries = [
      ['Username: bare'],
      ['Username: bare', 'Secret:'],
      ['Username: empty'],
      ['Username: empty', 'Secret: x'],
    ].map((rows) => {
      const client = connect();
      client.send('Action: Login', ...rows);
      clock.advance(1000);
      return said(client.take(), 'Message')[0];
    });
    expect(tries).toEqual([
      'Authentication failed',
      'Authentication failed',
      'Authentication accepted',
      'Authentication failed',
    ]);
  });

  it('keeps one challenge for a session, whose key works until the login and not in another session', () => {
    const { connect, clock } = setUp();
    const [one, other] = [connect(), connect()];
    const ask = (): string => {
      one.send('Action: Challenge', 'AuthType: MD5');
      return said(one.take(), 'Challenge')[0] ?? '';
    };
    const challenge = ask();
    expect(ask()).toBe(challenge);
    const login = ['Action: Login', 'AuthType: md5', 'Username: admin', `Key: ${md5(challenge, 'adminpw')}`];
    other.send(...login);
    clock.advance(1000);
    expect([said(other.take(), 'Message'), other.ended]).toEqual([['Authentication failed'], true]);
    one.send(...login);
    expect(said(one.take(), 'Message')).toEqual(['Authentication accepted']);
    expect(ask()).toBe(challenge);
  });

  it('by MD5 fails without a key, with a plain secret, and with the key in capitals', () => {
    const { connect, clock } = setUp();
    const tries = [[], ['Secret: adminpw'], ['KEY']].map((rows) => {
      const client = connect();
      client.send('Action: Challenge', 'AuthType: MD5');
      const key = md5(said(client.take(), 'Challenge')[0] ?? '', 'adminpw').toUpperCase();
      client.send(
        'Action: Login',
        'AuthType: MD5',
        'Username: admin',
        ...rows.map((row) => (row === 'KEY' ? `Key: ${key}` : row)),
      );
      clock.advance(999);
      const early = client.take();
      clock.advance(1);
      return [early, said(client.take(), 'Message')[0], client.ended];
    });
    expect(tries).toEqual(Array(3).fill(['', 'Authentication failed', true]));
  });

  it('of a user who may be there once is refused, and so is the challenge before it; names count without case', () => {
    const config = { 'manager.conf': { admin: { allowmultiplelogin: 'no' } } };
    const { connect, clock, logIn } = setUp(config);
    logIn('admin');
    for (const rows of [['Action: Login'], ['Action: Challenge', 'AuthType: MD5']]) {
      const client = connect();
      client.send(...rows, 'Username: ADMIN');
      clock.advance(1000);
      expect([said(client.take(), 'Message'), client.ended]).toEqual([['Login Already In Use'], true]);
    }
  });

  it.each([
    ['Events: off', false],
    ['Events: call', false],
    ['Events: system', true],
    ['Events: nonsense', false],
    ['Events:', true],
    ['Events: 1', true],
    ['Events: call,none', false],
    ['Events: ,', true],
  ])('with %s tells of FullyBooted: %s', (row, expected) => {
    const { connect } = setUp();
    const client = connect();
    client.send('Action: Login', 'Username: admin', 'Secret: adminpw', row);
    expect(said(client.take(), 'Event').includes('FullyBooted')).toBe(expected);
  });
});

describe('before a login', () => {
  it('only Login, Challenge and Logoff are known, and whatever else comes leaves the connection open', () => {
    const { connect } = setUp();
    const client = connect();
    for (const action of ['Ping', 'NoSuchAction', 'Events', 'ping']) client.send(`Action: ${action}`);
    client.send('Key: value');
    client.send('Action: LOGOFF', 'ActionID: 7');
    const text = client.take();
    expect(said(text, 'Message')).toEqual([
      ...Array(4).fill('Permission denied'),
      'Missing action in request',
      'Thanks for all the fish.',
    ]);
    expect([said(text, 'ActionID'), client.ended]).toEqual([['7'], true]);
  });
});

describe('a user without the right to the system', () => {
  it('has no function read that reaches a shell', () => {
    const { logIn } = setUp({ 'manager.conf': { caller: { secret: 'x', write: 'call' } } });
    const client = logIn('caller', 'Events: off');
    client.take();
    client.send('Action: Getvar', 'Variable: SHELL(ls)');
    client.send('Action: Getvar', 'Channel: none', 'Variable: EVAL(x)');
    client.send('Action: Status', 'Channel: none', 'Variables: A,SHELL(ls)');
    client.send('Action: Getvar', 'Variable: shell');
    expect(said(client.take(), 'Message')).toEqual([
      'GetVar Access Forbidden: Variable',
      'GetVar Access Forbidden: Variable',
      'Status Access Forbidden: Variables',
    ]);
  });
});
