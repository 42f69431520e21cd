import type { ConformanceCase } from '../conformance-case.ts';
import { action, error, ping, pong, success } from './wording.ts';

const login = (id: string, secret = '{secret}', events = 'off'): string =>
  action('Login', id, 'Username: {user}', `Secret: ${secret}`, `Events: ${events}`);
const accepted = (id: string): string => success(id, 'Message: Authentication accepted');

/** Who may come in, and what may be asked before. */
export const LOGIN_CASES: readonly ConformanceCase[] = [
  {
    name: 'login',
    rule: 'A good login is accepted; with events off nothing follows.',
    source: 'login-events-off',
    stranger: true,
    send: [login('c1')],
    expect: [accepted('c1')],
  },
  {
    name: 'login without system events',
    rule: 'FullyBooted follows a login only where its mask has the class system.',
    source: 'login-events-call-hud',
    stranger: true,
    send: [login('c1', '{secret}', 'call,hud'), ping('c2')],
    expect: [accepted('c1'), pong('c2')],
  },
  {
    name: 'login without ActionID',
    rule: 'Where an action has no ActionID its answer has none.',
    source: 'login-without-actionid',
    stranger: true,
    send: ['Action: Login\r\nUsername: {user}\r\nSecret: {secret}\r\nEvents: off\r\n\r\n', 'Action: Ping\r\n\r\n'],
    expect: [
      'Response: Success\r\nMessage: Authentication accepted',
      'Response: Success\r\nPing: Pong\r\nTimestamp: *',
    ],
  },
  {
    name: 'login in odd case',
    rule: 'Names of headers and actions are read in any case, with or without blanks before the value.',
    source: 'login-header-case',
    stranger: true,
    send: [
      'aCtIoN: lOgIn\r\nuSERNAME:{user}\r\nSECRET:    {secret}\r\nevents: off\r\nactionid:   spaces and case \r\n\r\n',
    ],
    expect: ['Response: Success\r\nActionID: spaces and case \r\nMessage: Authentication accepted'],
  },
  {
    name: 'login by MD5',
    rule: 'A login may prove the secret with the digest of a challenge.',
    source: 'login-md5-challenge',
    stranger: true,
    send: [
      'Action: Challenge\r\nActionID: c1\r\nAuthType: MD5\r\n\r\n',
      { awaitAnswers: 1 },
      'Action: Login\r\nActionID: c2\r\nAuthType: MD5\r\nUsername: {user}\r\nKey: {md5}\r\nEvents: off\r\n\r\n',
    ],
    expect: ['Response: Success\r\nActionID: c1\r\nChallenge: *', accepted('c2')],
  },
  {
    name: 'challenge of no type',
    rule: 'A challenge needs an AuthType.',
    source: 'main/manager.c, action_challenge',
    stranger: true,
    send: ['Action: Challenge\r\nActionID: c1\r\n\r\n', 'Action: Logoff\r\nActionID: c2\r\n\r\n'],
    expect: [error('c1', 'Must specify AuthType'), 'Response: Goodbye\r\nActionID: c2\r\nMessage: *'],
    closes: true,
  },
  {
    name: 'login with a bad secret',
    rule: 'A login that proves nothing is refused, and the connection ends.',
    source: 'login-bad-secret',
    stranger: true,
    failsToLogIn: true,
    send: [login('c1', 'not-{secret}')],
    expect: [error('c1', 'Authentication failed')],
    closes: true,
  },
  {
    name: 'login of nobody',
    rule: 'An unknown user is refused in the same words.',
    source: 'login-unknown-user',
    stranger: true,
    failsToLogIn: true,
    send: ['Action: Login\r\nActionID: c1\r\nUsername: nobody-of-this-name\r\nSecret: x\r\n\r\n'],
    expect: [error('c1', 'Authentication failed')],
    closes: true,
  },
  {
    name: 'login by MD5 without a challenge',
    rule: 'A digest of nothing proves nothing.',
    source: 'login-md5-without-challenge',
    stranger: true,
    failsToLogIn: true,
    send: [
      'Action: Login\r\nActionID: c1\r\nAuthType: MD5\r\nUsername: {user}\r\nKey: 0123456789abcdef0123456789abcdef\r\n\r\n',
    ],
    expect: [error('c1', 'Authentication failed')],
    closes: true,
  },
  {
    name: 'login twice',
    rule: 'Who has logged in is told so, whatever the second login says.',
    source: 'login-twice',
    send: [login('c1'), login('c2', 'not-{secret}')],
    expect: ['c1', 'c2'].map((id) => `Response: Success\r\nActionID: ${id}\r\nMessage: Already authenticated`),
  },
  {
    name: 'actions before the login',
    rule: 'Before the login every action but Login, Challenge and Logoff is refused, and the connection stays.',
    source: 'actions-before-login',
    stranger: true,
    send: [ping('c1'), 'Action: NoSuchAction\r\nActionID: c2\r\n\r\n', 'Action: Logoff\r\nActionID: c3\r\n\r\n'],
    expect: [
      error('c1', 'Permission denied'),
      error('c2', 'Permission denied'),
      'Response: Goodbye\r\nActionID: c3\r\nMessage: Thanks for all the fish.',
    ],
    closes: true,
  },
];
