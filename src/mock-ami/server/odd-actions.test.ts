import { describe, expect, it } from 'vitest';
import { said, setUp } from './clients.test-support.ts';

describe('an ActionID', () => {
  const long = 'x'.repeat(300);

  it('is cut, with its line end, where a handler has a short buffer for it, and whole elsewhere', () => {
    const { logIn } = setUp();
    const client = logIn('admin', 'Events: off');
    client.take();
    const answer = (...rows: string[]): string => {
      client.send(...rows, `ActionID: ${long}`);
      return client.take();
    };
    // `ActionID: ` takes 10 of the 255, or 149, bytes that fit.
    expect(answer('Action: Ping')).toContain(`ActionID: ${long}\r\nPing: Pong\r\n`);
    expect(answer('Action: Events', 'EventMask: off')).toBe(
      `Response: Success\r\nActionID: ${long.slice(0, 245)}Events: Off\r\n\r\n`,
    );
    expect(answer('Action: CoreStatus')).toContain(`ActionID: ${long.slice(0, 139)}CoreStartupDate: `);
    const list = answer('Action: Parkinglots');
    expect(list).toContain(`ActionID: ${long}\r\nEventList: start\r\n`);
    expect(list).toContain(`Event: Parkinglot\r\nActionID: ${long.slice(0, 245)}Name: default\r\n`);
    expect(list).toContain(`Event: ParkinglotsComplete\r\nActionID: ${long}\r\nEventList: Complete\r\n`);
  });

  it.each([
    'a b',
    '  blanks before are skipped',
    'a:b: c',
    '<>&"\'%s%n',
    '\u00e4\u20ac\u{1f600}',
    '-1',
    '0',
    'tab\tinside',
  ])('goes back as it came: %j', (id) => {
    const { logIn } = setUp();
    const client = logIn('admin', 'Events: off');
    client.take();
    client.send('Action: Ping', `ActionID: ${id}`);
    expect(client.take()).toContain(`Response: Success\r\nActionID: ${id.trimStart()}\r\nPing: Pong\r\n`);
  });

  it('of nothing but blanks is none, of two the first counts, and an empty first hides the second', () => {
    const { logIn } = setUp();
    const client = logIn('admin', 'Events: off');
    client.take();
    const ids = [['ActionID:   '], ['ActionID: 1', 'ActionID: 2'], ['ActionID:', 'ActionID: 2'], ['Actionid:3']];
    const answers = ids.map((rows) => {
      client.send('Action: Ping', ...rows);
      return said(client.take(), 'ActionID');
    });
    expect(answers).toEqual([[], ['1'], [], ['3']]);
  });

  it('is shown with too many lines only where it is among the first 128', () => {
    const { logIn } = setUp();
    const client = logIn('admin', 'Events: off');
    client.take();
    const many = Array.from({ length: 140 }, (_, index) => `H${index}: x`);
    client.send('Action: Ping', 'ActionID: early', ...many);
    client.send('Action: Ping', ...many, 'ActionID: late');
    const text = client.take();
    expect(said(text, 'Message')).toEqual(Array(2).fill('Too many lines in message or allocation failure'));
    expect(said(text, 'ActionID')).toEqual(['early']);
  });
});

describe('rows of an action', () => {
  it.each([
    ['Action: Ping\nActionID: 1\n\n', ['1'], 'Pong'],
    ['Action: Ping\r\nActionID: 1\n\r\n', ['1'], 'Pong'],
    ['action:ping\r\nactionid:1\r\n\r\n', ['1'], 'Pong'],
    ['Action: \r\nAction: Ping\r\nActionID: 1\r\n\r\n', ['1'], 'Pong'],
    ['Action: Ping\r\nnothing to split\r\nActionID: 1\r\n\r\n', ['1'], 'Pong'],
    ['Action: Ping\r\n ActionID: 1\r\n\r\n', [], 'Pong'],
    ['Action: Ping\r\nActionID : 1\r\n\r\n', [], 'Pong'],
    ['Action: Ping\r\nActionID: 1\0Junk: x\r\n\r\n', ['1'], 'Pong'],
    ['Action : Ping\r\nActionID: 1\r\n\r\n', ['1'], 'Missing action in request'],
    ['Action: Ping \r\nActionID: 1\r\n\r\n', ['1'], 'Invalid/unknown command: Ping . Use'],
    ['\r\n', [], 'Missing action in request'],
    ['\n', [], 'Missing action in request'],
    ['Action: Ping\rActionID: 1\r\n\r\n', [], 'Invalid/unknown command: Ping\rActionID: 1. Use'],
  ])('%j are read as Asterisk reads them', (bytes, ids, expected) => {
    const { logIn } = setUp();
    const client = logIn('admin', 'Events: off');
    client.take();
    client.write(bytes);
    const text = client.take();
    expect(text).toContain(expected);
    const shown = text.split('\r\n').filter((line) => line.startsWith('ActionID: '));
    expect(shown.map((line) => line.slice(10))).toEqual(ids);
  });
});

describe('filters', () => {
  const heard = (filters: readonly (readonly [criteria: string, filter: string])[], config = {}): string[] => {
    const { logIn } = setUp(config);
    const client = logIn('admin', 'Events: user');
    for (const [criteria, filter] of filters)
      client.send(
        'Action: Filter',
        'Operation: Add',
        ...(criteria === '' ? [] : [`MatchCriteria: ${criteria}`]),
        `Filter: ${filter}`,
      );
    client.take();
    for (const name of ['one', 'two', 'three'])
      client.send('Action: UserEvent', `UserEvent: ${name}`, `Color: ${name} red`, 'Empty:');
    return said(client.take(), 'UserEvent');
  };

  it.each([
    ['nothing', [], ['one', 'two', 'three']],
    ['an old one', [['', 'UserEvent: t']], ['two', 'three']],
    ['an old one over several lines', [['', 'UserEvent: one.*Color: one']], ['one']],
    ['an old one anchored to the whole', [['', '^UserEvent']], []],
    ['an old one that keeps out', [['', '!UserEvent: two']], ['one', 'three']],
    [
      'what lets in less what keeps out',
      [
        ['', 'UserEvent: t'],
        ['', '!three'],
      ],
      ['two'],
    ],
    ['the name', [['name(UserEvent)', '']], ['one', 'two', 'three']],
    ['the name in other case', [['name(userevent)', '']], []],
    ['a header that must be there', [['header(Color)', '']], ['one', 'two', 'three']],
    ['a header without a value', [['header(Empty)', '']], []],
    ['the start of a header', [['header(Color),method(starts_with)', 't']], ['two', 'three']],
    ['the end of a header', [['header(Color),method(ends_with)', 'o red']], ['two']],
    ['a whole header', [['header(Color:),method(exact)', 'one red']], ['one']],
    ['a part of a header', [['header(Color),method(contains)', 'ree r']], ['three']],
    ['a regular expression for a header', [['header(Color),method(regex)', '^(one|two) red$']], ['one', 'two']],
    ['an exclusion by action()', [['action(exclude),header(Color),method(contains)', 'o']], ['three']],
    ['an exclusion by a mark', [['header(Color),method(contains)', '!o']], ['three']],
    ['a mark that action() overrules', [['action(include),header(Color),method(contains)', '!o']], ['one', 'two']],
  ] satisfies [string, [string, string][], string[]][])('take %s', (_title, filters, expected) => {
    expect(heard(filters)).toEqual(expected);
  });

  it('of manager.conf and of the session add up', () => {
    const config = { 'manager.conf': { admin: { 'eventfilter(header(Color),method(contains))': 'o' } } };
    expect(heard([], config)).toEqual(['one', 'two']);
    expect(heard([['', '!two']], config)).toEqual(['one']);
    expect(heard([['', 'three']], config)).toEqual(['one', 'two', 'three']);
  });
});

describe('WaitEvent', () => {
  it('ends at an event that the session does not see, without showing it', () => {
    const { stage, clock, logIn } = setUp();
    const client = logIn('admin', 'Events: call');
    client.take();
    client.send('Action: WaitEvent', 'Timeout: 5', 'ActionID: w');
    expect(client.take()).toBe('');
    stage.simulation.perform('test', () => stage.simulation.emit('UserEvent', [['UserEvent', 'x']]));
    clock.advance(0);
    expect(client.take()).toBe(
      'Response: Success\r\nActionID: w\r\nMessage: Waiting for Event completed.\r\n\r\nEvent: WaitEventComplete\r\nActionID: w\r\n\r\n',
    );
  });

  it.each([
    ['Timeout: 2', 2000],
    ['Timeout: 0x2', 2000],
    ['Timeout: 010', 8000],
    ['Timeout: 2.9', 2000],
    ['Timeout: 0', 0],
    ['Timeout: -1', undefined],
    ['Timeout: none', undefined],
    ['Timeout:', undefined],
  ])('with %s waits %s ms', (row, expected) => {
    const { clock, logIn } = setUp();
    const client = logIn('admin', 'Events: call');
    client.take();
    client.send('Action: WaitEvent', row);
    let waited = 0;
    while (waited < 10_000 && client.take() === '') {
      clock.advance(500);
      waited += 500;
    }
    expect(waited).toBe(expected ?? 10_000);
  });
});

describe('Originate', () => {
  const allowed = (...rows: string[]): boolean => {
    const { logIn } = setUp({ 'manager.conf': { caller: { secret: 'x', write: 'originate' } } });
    const client = logIn('caller', 'Events: off');
    client.take();
    client.send('Action: Originate', 'Channel: NoTech/1', 'Async: yes', ...rows);
    return said(client.take(), 'Message')[0] !== 'Originate Access Forbidden: app or data blacklisted';
  };

  it.each([
    ['Wait', '1', true],
    ['system', 'ls', false],
    ['TryExec', 'x', false],
    ['DBdeltree', 'x', false],
    ['Reload', '', false],
    ['Queue', 'support,t', true],
    ['Queue', 'support,t,,,10,script', false],
    ['NoOp', '${SHELL(ls)}', false],
    ['NoOp', '${DB(a/b)}', false],
    ['NoOp', '${db(a/b)}', true],
    ['NoOp', '${CURL(x)}', false],
  ])('to %s(%s) without the right to the system is allowed: %s', (application, data, expected) => {
    expect(allowed(`Application: ${application}`, `Data: ${data}`)).toBe(expected);
  });

  it('sets variables last first, between commas too, without those that assign nothing; those of the user before', () => {
    const { stage, clock, logIn } = setUp({ 'manager.conf': { admin: { setvar: 'USER=u' } } });
    const client = logIn('admin', 'Events: dialplan');
    client.take();
    client.send(
      'Action: Originate',
      'Channel: Local/660@from-phones/n',
      'Application: Wait',
      'Data: 1',
      'Async: yes',
      'Variable: A=1,B=2',
      'variable:C=x=y',
      'Variable: NOTHING',
      'Variable: =z',
      'Variable: EMPTY=',
    );
    clock.advance(100);
    const text = client.take();
    const set = [...text.matchAll(/^Variable: (USER|A|B|C|NOTHING|EMPTY|)\r\nValue: (.*)\r$/gm)];
    expect(set.map(([, name, value]) => `${name}=${value}`).slice(0, 5)).toEqual([
      'USER=u',
      'EMPTY=',
      'C=x=y',
      'B=2',
      'A=1',
    ]);
    expect(stage.simulation.channels().length).toBeGreaterThan(0);
  });
});
