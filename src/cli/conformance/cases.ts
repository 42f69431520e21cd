/** What a client sends, piece by piece: text (one character a byte), or a wait for that many answers before it goes on. */
export type Sent = string | { readonly awaitAnswers: number };

/**
 * One rule of the protocol, as data. Nothing that a case sends changes the PBX.
 *
 * In `send`, `{user}` and `{secret}` are those given, `{md5}` is the proof of a challenge that was answered before. An expected answer is its rows;
 * `*` stands for any text in a row, a row `...` for any rows.
 */
export interface ConformanceCase {
  readonly name: string;
  /** The rule, in a sentence. */
  readonly rule: string;
  /** The recording that shows it. */
  readonly source: string;
  /** The case itself says what it sends before a login; else it is logged in with `Events: off`. */
  readonly stranger?: true;
  readonly send: readonly Sent[];
  /** Every byte by itself; else each piece of `send` at once. */
  readonly byteByByte?: true;
  readonly expect: readonly string[];
  /** The server ends the connection then; else it answers a last Ping. */
  readonly closes?: true;
  /** The client ends its side behind what it sends. */
  readonly halfCloses?: true;
  /** A login that fails, which a server may count against the sender. */
  readonly failsToLogIn?: true;
}

const ping = (id: string): string => `Action: Ping\r\nActionID: ${id}\r\n\r\n`;
const pong = (id: string): string => `Response: Success\r\nActionID: ${id}\r\nPing: Pong\r\nTimestamp: *`;
const error = (id: string, message: string): string => `Response: Error\r\nActionID: ${id}\r\nMessage: ${message}`;
const noId = (message: string): string => `Response: Error\r\nMessage: ${message}`;
const login = (id: string, secret = '{secret}', events = 'off'): string =>
  `Action: Login\r\nActionID: ${id}\r\nUsername: {user}\r\nSecret: ${secret}\r\nEvents: ${events}\r\n\r\n`;
const accepted = (id: string): string => `Response: Success\r\nActionID: ${id}\r\nMessage: Authentication accepted`;
const line = (bytes: number): string => `X: ${'y'.repeat(bytes - 3)}`;
const headers = (count: number): string => Array.from({ length: count }, (_, at) => `H${at}: ${at}\r\n`).join('');
const MISSING_ACTION = 'Missing action in request';

/** Derived from recordings of Asterisk 22. */
export const CONFORMANCE_CASES: readonly ConformanceCase[] = [
  {
    name: 'login',
    rule: 'A good login is accepted; with events off nothing follows.',
    source: 'login-events-off',
    stranger: true,
    send: [login('c1')],
    expect: [accepted('c1')],
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
  {
    name: 'ping',
    rule: 'The first of two ActionIDs counts; a blank one is left out; any sign may stand in it.',
    source: 'ping',
    send: [
      ping('c1'),
      'Action: Ping\r\nActionID: a1\r\nActionID: a2\r\n\r\n',
      ping('a:b c;d,"e" <f>'),
      'Action: Ping\r\nActionID: \r\n\r\n',
      'Action: Ping\r\nActionID: v1\r\nAction: CoreStatus\r\n\r\n',
    ],
    expect: [
      pong('c1'),
      pong('a1'),
      pong('a:b c;d,"e" <f>'),
      'Response: Success\r\nPing: Pong\r\nTimestamp: *',
      pong('v1'),
    ],
  },
  {
    name: 'odd bytes',
    rule: 'Bytes above 127, controls and tabs pass; NUL cuts the value.',
    source: 'binary-bytes',
    send: [ping('bin-\xff\xfe\x80'), ping('ctl-\x01\x02\x1b[0m\x7f'), ping('nul-\0after'), ping('tab-\tx')],
    expect: [pong('bin-\xff\xfe\x80'), pong('ctl-\x01\x02\x1b[0m\x7f'), pong('nul-'), pong('tab-\tx')],
  },
  {
    name: 'unknown action',
    rule: 'An unknown action is named in the answer.',
    source: 'unknown-action',
    send: ['Action: NoSuchAction\r\nActionID: c1\r\n\r\n'],
    expect: [
      error('c1', 'Invalid/unknown command: NoSuchAction. Use Action: ListCommands to show available commands.'),
    ],
  },
  {
    name: 'no action',
    rule: 'A message without an action is answered, with its ActionID where it has one.',
    source: 'missing-action-header',
    send: [
      'ActionID: c1\r\nFoo: bar\r\n\r\n',
      'Foo: bar\r\n\r\n',
      'ActionID: c3\r\nAction: Ping\r\n\r\n',
      'Action:\r\nActionID: c4\r\n\r\n',
    ],
    expect: [error('c1', MISSING_ACTION), noId(MISSING_ACTION), pong('c3'), error('c4', MISSING_ACTION)],
  },
  {
    name: 'malformed lines',
    rule: 'Lines without a colon are skipped; blanks before a name or a colon break the header; a blank line is an action.',
    source: 'malformed-lines',
    send: [
      'Action: Ping\r\nthis line has no colon\r\nActionID: m1\r\n\r\n',
      'Action:Ping\r\nActionID:m2\r\n\r\n',
      'Action: Ping\r\n  ActionID: m3\r\n\r\n',
      'Action : Ping\r\nActionID : m4\r\n\r\n',
      '\r\n',
    ],
    expect: [
      pong('m1'),
      pong('m2'),
      'Response: Success\r\nPing: Pong\r\nTimestamp: *',
      noId(MISSING_ACTION),
      noId(MISSING_ACTION),
    ],
  },
  {
    name: 'bare LF',
    rule: 'A bare LF ends a line as CRLF does.',
    source: 'malformed-bare-lf',
    send: ['Action: Ping\nActionID: lf1\n\n'],
    expect: [pong('lf1')],
  },
  {
    name: 'line of 1021 bytes',
    rule: 'A line of 1021 bytes is read whole.',
    source: 'long-line-1021',
    send: [`Action: Ping\r\nActionID: c1\r\n${line(1021)}\r\n\r\n`],
    expect: [pong('c1')],
  },
  {
    name: 'line of 1023 bytes',
    rule: 'A line of 1023 bytes is too long; its CR is left over as a blank line.',
    source: 'long-line-1023',
    send: [`Action: Ping\r\nActionID: c1\r\n${line(1023)}\r\n\r\n`],
    expect: [error('c1', 'Failed to parse message: line too long'), noId(MISSING_ACTION)],
  },
  {
    name: 'line of 1100 bytes',
    rule: 'A line too long spoils its action, and that one only.',
    source: 'long-line-1100',
    send: [`Action: Ping\r\nActionID: c1\r\n${line(1100)}\r\n\r\n`, ping('c2')],
    expect: [error('c1', 'Failed to parse message: line too long'), pong('c2')],
  },
  {
    name: 'ActionID of 900 bytes',
    rule: 'A long ActionID comes back whole.',
    source: 'long-actionid-900',
    send: [ping('x'.repeat(900))],
    expect: [pong('x'.repeat(900))],
  },
  {
    name: '100 headers',
    rule: 'An action may have 100 headers, its ActionID last.',
    source: 'many-headers-100',
    send: [`Action: Ping\r\n${headers(98)}ActionID: c1\r\n\r\n`],
    expect: [pong('c1')],
  },
  {
    name: '200 headers',
    rule: 'More than 128 headers are refused, without the ActionID, and the next action is read.',
    source: 'many-headers-200',
    send: [`Action: Ping\r\nActionID: c1\r\n${headers(198)}\r\n`, ping('c2')],
    expect: [noId('Too many lines in message or allocation failure'), pong('c2')],
  },
  {
    name: 'byte by byte',
    rule: 'However an action is cut on its way, it is the same action.',
    source: 'action-split-byte-by-byte',
    byteByByte: true,
    send: [ping('c1')],
    expect: [pong('c1')],
  },
  {
    name: 'many actions at once',
    rule: 'Actions that come in one packet are answered one after the other.',
    source: 'many-actions-one-packet',
    send: [Array.from({ length: 50 }, (_, at) => ping(`c${at}`)).join('')],
    expect: Array.from({ length: 50 }, (_, at) => pong(`c${at}`)),
  },
  {
    name: 'mask of events',
    rule: 'The mask of events is answered with On or Off; without one it is an error.',
    source: 'events-mask',
    send: ['off', '0', 'system']
      .map((mask, at) => `Action: Events\r\nActionID: c${at}\r\nEventMask: ${mask}\r\n\r\n`)
      .concat('Action: Events\r\nActionID: c3\r\n\r\n', 'Action: Events\r\nActionID: c4\r\nEventMask: off\r\n\r\n'),
    expect: [
      'Response: Success\r\nActionID: c0\r\nEvents: Off',
      'Response: Success\r\nActionID: c1\r\nEvents: Off',
      'Response: Success\r\nActionID: c2\r\nEvents: On',
      error('c3', 'Invalid event mask'),
      'Response: Success\r\nActionID: c4\r\nEvents: Off',
    ],
  },
  {
    name: 'list of actions',
    rule: 'ListCommands has a row an action, with the rights that it needs.',
    source: 'list-commands',
    send: ['Action: ListCommands\r\nActionID: c1\r\n\r\n'],
    expect: ['Response: Success\r\nActionID: c1\r\n...\r\nPing: *(Priv: *)\r\n...'],
  },
  {
    name: 'list of channels',
    rule: 'A list is a response, a row an item, and an event that counts them.',
    source: 'core-show-channels-0',
    send: ['Action: CoreShowChannels\r\nActionID: c1\r\n\r\n'],
    expect: [
      'Response: Success\r\nActionID: c1\r\nEventList: start\r\nMessage: Channels will follow',
      'Event: CoreShowChannelsComplete\r\nActionID: c1\r\nEventList: Complete\r\nListItems: *',
    ],
  },
  {
    name: 'core settings',
    rule: 'CoreSettings has these rows first, in this order.',
    source: 'core-status-settings',
    send: ['Action: CoreSettings\r\nActionID: c1\r\n\r\n'],
    expect: [
      'Response: Success\r\nActionID: c1\r\nAMIversion: *\r\nAsteriskVersion: *\r\nSystemName: *\r\nCoreMaxCalls: *\r\nCoreMaxLoadAvg: *\r\nCoreRunUser: *\r\nCoreRunGroup: *\r\nCoreMaxFilehandles: *\r\nCoreRealTimeEnabled: *\r\nCoreCDRenabled: *\r\nCoreHTTPenabled: *\r\n...',
    ],
  },
  {
    name: 'core status',
    rule: 'CoreStatus has these rows, in this order.',
    source: 'core-status-settings',
    send: ['Action: CoreStatus\r\nActionID: c1\r\n\r\n'],
    expect: [
      'Response: Success\r\nActionID: c1\r\nCoreStartupDate: *\r\nCoreStartupTime: *\r\nCoreReloadDate: *\r\nCoreReloadTime: *\r\nCoreCurrentCalls: *\r\n...',
    ],
  },
  {
    name: 'command',
    rule: 'Each line of a command is a row Output; without a command it is an error.',
    source: 'command-action',
    send: [
      'Action: Command\r\nActionID: c1\r\nCommand: core show uptime\r\n\r\n',
      'Action: Command\r\nActionID: c2\r\nCommand: \r\n\r\n',
    ],
    expect: [
      'Response: Success\r\nActionID: c1\r\nMessage: Command output follows\r\nOutput: System uptime: *\r\n...',
      error('c2', 'No command provided'),
    ],
  },
  {
    name: 'command that there is not',
    rule: 'An unknown command is an error that shows its output.',
    source: 'command-action',
    send: ['Action: Command\r\nActionID: c1\r\nCommand: nosuch command\r\n\r\n'],
    expect: [
      "Response: Error\r\nActionID: c1\r\nMessage: Command output follows\r\nOutput: No such command 'nosuch command' (type 'core show help nosuch command' for other possible commands)",
    ],
  },
  {
    name: 'half close',
    rule: 'What came before the end of the client is still answered; then the server ends too.',
    source: 'half-close',
    send: [ping('c1')],
    halfCloses: true,
    expect: [pong('c1')],
    closes: true,
  },
  {
    name: 'logoff',
    rule: 'Logoff is answered, and the connection ends.',
    source: 'banner-login-logoff',
    send: ['Action: Logoff\r\nActionID: c1\r\n\r\n'],
    expect: ['Response: Goodbye\r\nActionID: c1\r\nMessage: Thanks for all the fish.'],
    closes: true,
  },
];
