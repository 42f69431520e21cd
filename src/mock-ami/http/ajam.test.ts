import { beforeEach, describe, expect, it } from 'vitest';
import { readHttp } from '../../../test/fixtures.ts';
import type { Link } from '../../ami/link.ts';
import { ManualClock } from '../../ami/manual-clock.ts';
import { memoryLinks } from '../../ami/memory-link.ts';
import { nodeRuntime } from '../../ami/runtime.node.ts';
import { SeededRandom } from '../../ami/seeded-random.ts';
import { Ajam } from './ajam.ts';
import type { AjamRequest } from './ajam-request.ts';
import type { AjamResponse } from './ajam-response.ts';

const clock = new ManualClock();
const runtime = nodeRuntime({ clock, random: new SeededRandom(1) });

/** The PBX's end of the newest AMI connection, and what came in there. */
let pbx: { link: Link; heard: string; closed: boolean };
let ajam: Ajam;
let pbxIsUp = true;

function connect(): Link | undefined {
  if (!pbxIsUp) return undefined;
  const [near, far] = memoryLinks(clock);
  const side = { link: far, heard: '', closed: false };
  far.attach({
    data: (bytes) => {
      side.heard += runtime.text.decode(bytes).text;
    },
    end: () => undefined,
    close: () => {
      side.closed = true;
    },
  });
  far.write(runtime.text.encode('Asterisk Call Manager/11.0.0\r\n'));
  pbx = side;
  return near;
}

beforeEach(() => {
  pbxIsUp = true;
  ajam = new Ajam({ runtime, connect });
});

interface Reply {
  response: AjamResponse | undefined;
  done: boolean;
}

function get(target: string, cookie = '', more: Partial<AjamRequest> = {}): Reply {
  const reply: Reply = { response: undefined, done: false };
  ajam.handle({ method: 'GET', target, cookie, body: '', close: false, ...more }, (response) => {
    reply.response = response;
    reply.done = true;
  });
  clock.advance(0);
  return reply;
}

function pbxSays(text: string): void {
  pbx.link.write(runtime.text.encode(text));
  clock.advance(0);
}

function bodyOf(reply: Reply): string {
  return runtime.text.decode(reply.response?.body ?? new Uint8Array()).text;
}

function cookieOf(reply: Reply): string {
  const setCookie = reply.response?.headers.find(([name]) => name === 'Set-Cookie')?.[1] ?? '';
  return setCookie.split(';')[0] ?? '';
}

function login(): string {
  const reply = get('/rawman?action=login&username=admin&secret=adminpw');
  pbxSays('Response: Success\r\nActionID: ajam-without-actionid\r\nMessage: Authentication accepted\r\n\r\n');
  pbxSays('Event: FullyBooted\r\nPrivilege: system,all\r\nStatus: Fully Booted\r\n\r\n');
  return cookieOf(reply);
}

describe('Ajam', () => {
  it('answers with the headers of Asterisk, in its order', () => {
    const reply = get('/rawman?action=ping');
    pbxSays('Response: Error\r\nActionID: ajam-without-actionid\r\nMessage: Permission denied\r\n\r\n');
    const recorded = readHttp('ajam-rawman-basic').lines.find((line) => line.dir === 'in')?.raw ?? '';
    const names = (head: string): string[] =>
      head
        .split('\r\n')
        .slice(1)
        .map((row) => row.split(':')[0] ?? '');
    expect(reply.response?.headers.map(([name]) => name)).toEqual(names(recorded.split('\r\n\r\n')[0] ?? ''));
    expect(bodyOf(reply)).toBe('Response: Error\r\nMessage: Permission denied\r\n\r\n');
    expect(reply.response?.headers).toContainEqual(['Date', 'Thu, 01 Jan 2026 00:00:00 GMT']);
    expect(cookieOf(reply)).toMatch(/^mansession_id="[0-9a-f]{8}"$/);
  });

  it('passes the action on header by header, decoded, in its order', () => {
    get('/rawman?action=Getvar&Variable=A%2BB+%C3%BC&empty=&flag');
    expect(pbx.heard).toBe(
      'action: Getvar\r\nVariable: A+B ü\r\nempty: \r\nflag: \r\nActionID: ajam-without-actionid\r\n\r\n',
    );
  });

  it('takes the body of a POST and not its query', () => {
    get('/rawman?action=ping', '', { method: 'POST', body: 'action=status&actionid=p1' });
    expect(pbx.heard).toBe('action: status\r\nactionid: p1\r\n\r\n');
  });

  it('leaves an ActionID of the client where it stands', () => {
    const reply = get('/rawman?action=ping&ActionID=x1');
    pbxSays('Response: Success\r\nActionID: x1\r\nPing: Pong\r\n\r\n');
    expect(bodyOf(reply)).toBe('Response: Success\r\nActionID: x1\r\nPing: Pong\r\n\r\n');
  });

  it('answers with a whole list, and keeps events that come between for WaitEvent', () => {
    const cookie = login();
    const list = get('/rawman?action=status', cookie);
    pbxSays('Response: Success\r\nActionID: ajam-without-actionid\r\nEventList: start\r\nMessage: x\r\n\r\n');
    pbxSays('Event: Status\r\nPrivilege: Call\r\nChannel: A\r\nActionID: ajam-without-actionid\r\n\r\n');
    pbxSays('Event: Hold\r\nPrivilege: call,all\r\nChannel: A\r\n\r\n');
    expect(list.done).toBe(false);
    pbxSays('Event: StatusComplete\r\nActionID: ajam-without-actionid\r\nEventList: Complete\r\nListItems: 1\r\n\r\n');
    expect(bodyOf(list)).toBe(
      'Response: Success\r\nEventList: start\r\nMessage: x\r\n\r\nEvent: Status\r\nPrivilege: Call\r\nChannel: A\r\n\r\n' +
        'Event: StatusComplete\r\nEventList: Complete\r\nListItems: 1\r\n\r\n',
    );
    const wait = get('/rawman?action=waitevent&timeout=5', cookie);
    expect(bodyOf(wait)).toBe(
      'Response: Success\r\nMessage: Waiting for Event completed.\r\n\r\nEvent: Hold\r\nPrivilege: call,all\r\nChannel: A\r\n\r\n' +
        'Event: WaitEventComplete\r\n\r\n',
    );
  });

  it('gives another cookie after login, and the old one is worth nothing', () => {
    const before = cookieOf(get('/rawman?action=ping'));
    pbxSays('Response: Error\r\nActionID: ajam-without-actionid\r\nMessage: Permission denied\r\n\r\n');
    const after = login();
    expect(after).not.toBe(before);
    const connected = pbx;
    get('/rawman?action=ping', after);
    expect(pbx).toBe(connected);
  });

  it('keeps the session after a refused login, which ends the AMI connection', () => {
    const refused = get('/rawman?action=login&username=admin&secret=wrong');
    pbxSays('Response: Error\r\nActionID: ajam-without-actionid\r\nMessage: Authentication failed\r\n\r\n');
    pbx.link.end();
    clock.advance(0);
    const again = get('/rawman?action=ping', cookieOf(refused));
    pbxSays('Response: Error\r\nActionID: ajam-without-actionid\r\nMessage: Permission denied\r\n\r\n');
    expect(cookieOf(again)).toBe(cookieOf(refused));
  });

  it('ends a WaitEvent at its timeout with no events', () => {
    const cookie = login();
    const wait = get('/rawman?action=waitevent&timeout=2', cookie);
    clock.advance(1999);
    expect(wait.done).toBe(false);
    clock.advance(1);
    expect(bodyOf(wait)).toBe(
      'Response: Success\r\nMessage: Waiting for Event completed.\r\n\r\nEvent: WaitEventComplete\r\n\r\n',
    );
  });

  it('ends a WaitEvent empty when another takes over, but not for a Ping', () => {
    const cookie = login();
    const first = get('/rawman?action=waitevent&timeout=6', cookie);
    get('/rawman?action=ping', cookie);
    pbxSays('Response: Success\r\nActionID: ajam-without-actionid\r\nPing: Pong\r\n\r\n');
    expect(first.done).toBe(false);
    get('/rawman?action=waitevent&timeout=3', cookie);
    expect(first.response?.status).toBe(200);
    expect(first.response?.headers.at(-1)).toEqual(['Content-Length', '0']);
  });

  it('waits for events until shortly before the session would end, whatever is asked', () => {
    const cookie = login();
    const wait = get('/rawman?action=waitevent', cookie);
    clock.advance(49_999);
    expect(wait.done).toBe(false);
    clock.advance(1);
    expect(wait.done).toBe(true);
  });

  it('ends a session 60 s after its last request', () => {
    const cookie = login();
    const first = pbx;
    clock.advance(60_000);
    expect(first.closed).toBe(true);
    get('/rawman?action=ping', cookie);
    expect(pbx).not.toBe(first);
  });

  it('ends a session 5 s after its last answer where nobody has logged in', () => {
    get('/rawman?action=ping');
    pbxSays('Response: Error\r\nActionID: ajam-without-actionid\r\nMessage: Permission denied\r\n\r\n');
    const first = pbx;
    clock.advance(4999);
    expect(first.closed).toBe(false);
    clock.advance(1);
    expect(first.closed).toBe(true);
  });

  it('gives up after 60 s on an action that is never answered', () => {
    const cookie = login();
    const reply = get('/rawman?action=originate', cookie);
    clock.advance(60_000);
    expect(reply).toEqual({ response: undefined, done: true });
    expect(pbx.closed).toBe(true);
  });

  it.each([
    [
      '%0d%0aAction: Originate as a blank',
      'action=ping&a=1%0d%0aAction:%20Originate',
      'action: ping\r\na: 1  Action: Originate\r\n',
    ],
    ['a colon in a name as the end of the name', 'action=ping&a%3Ab=c', 'action: ping\r\na: b: c\r\n'],
    ['NUL as the end of a value', 'action=ping%00x&b=1', 'action: ping\r\nb: 1\r\n'],
    ['no name at all not', 'action=ping&=1&+x=2', 'action: ping\r\n'],
    ['a row too long cut', `action=ping&a=${'x'.repeat(2000)}`, `action: ping\r\na: ${'x'.repeat(1019)}\r\n`],
    ['more than 127 headers not', `action=ping${'&a=1'.repeat(200)}`, `action: ping\r\n${'a: 1\r\n'.repeat(126)}`],
  ])('sends on %s', (_what, query, heard) => {
    get(`/rawman?${query}&actionid=z`);
    expect(pbx.heard.replace('actionid: z\r\n', '').replace('ActionID: ajam-without-actionid\r\n', '')).toBe(
      `${heard}\r\n`,
    );
  });

  it('takes no body of a POST that is no form', () => {
    get('/rawman?action=ping', '', { method: 'POST', body: 'action=status', contentType: 'application/json' });
    expect(pbx.heard).toBe('ActionID: ajam-without-actionid\r\n\r\n');
  });

  it('refuses a body that is too long', () => {
    const { response } = get('/rawman', '', { method: 'POST', bodyTooLong: true });
    expect([response?.status, response?.reason]).toEqual([413, 'Request Entity Too Large']);
  });

  it('answers below the prefix of http.conf only', () => {
    const prefixed = new Ajam({ runtime, connect, prefix: '/asterisk' });
    const statuses = ['/asterisk/rawman?action=ping', '/rawman?action=ping', '/asteriskrawman'].map((target) => {
      let status: number | undefined;
      prefixed.handle({ method: 'GET', target, cookie: '', body: '', close: false }, (response) => {
        status = response?.status;
      });
      return status;
    });
    expect(statuses).toEqual([undefined, 404, 404]);
    expect(pbx.heard).toBe('');
  });

  it('ends the session at Logoff', () => {
    const cookie = login();
    get('/rawman?action=logoff', cookie);
    pbxSays('Response: Goodbye\r\nActionID: ajam-without-actionid\r\nMessage: Thanks for all the fish.\r\n\r\n');
    expect(pbx.closed).toBe(true);
  });

  it('has no answer while the PBX is down, or when it goes down before it has answered', () => {
    const cut = get('/rawman?action=status');
    pbx.link.destroy();
    clock.advance(0);
    expect(cut).toEqual({ response: undefined, done: true });
    pbxIsUp = false;
    expect(get('/rawman?action=ping')).toEqual({ response: undefined, done: true });
  });

  it.each([
    ['404', 'GET', '/nosuch'],
    ['OPTIONS (CORS preflight)', 'OPTIONS', '/rawman?action=ping'],
  ])('refuses as Asterisk does: %s', (label, method, target) => {
    const lines = readHttp('ajam-http-odds').lines;
    const recorded = lines[lines.findIndex((line) => line.label === label) + 1]?.raw ?? '';
    const { response } = get(target, '', { method });
    const head = [
      `HTTP/1.1 ${response?.status} ${response?.reason}`,
      ...(response?.headers ?? []).map(([name, value]) => `${name}: ${value}`),
    ].join('\r\n');
    const text = `${head}\r\n\r\n${runtime.text.decode(response?.body ?? new Uint8Array()).text}`;
    const dateless = (answer: string): string => answer.replace(/Date: .*/, 'Date: ');
    expect(dateless(text)).toBe(dateless(recorded));
  });

  it('says Connection: close where the client asked for it, after the date', () => {
    const reply = get('/nosuch', '', { close: true });
    expect(reply.response?.headers[2]).toEqual(['Connection', 'close']);
  });
});
