import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { ManualClock } from '../../ami/manual-clock.ts';
import { nodeRuntime } from '../../ami/runtime.node.ts';
import { SeededRandom } from '../../ami/seeded-random.ts';
import { smallOffice } from '../config/small-office.ts';
import { createStage, type SimulatedStage } from '../simulated-stage.ts';
import { Ajam } from './ajam.ts';
import type { AjamResponse } from './ajam-response.ts';
import { digestUsers } from './digest-users.ts';

let clock: ManualClock;
let stage: SimulatedStage;
let ajam: Ajam;

beforeEach(() => {
  clock = new ManualClock();
  const runtime = nodeRuntime({ clock, random: new SeededRandom(1) });
  const config = { 'manager.conf': { far: { secret: 'f', permit: '10.0.0.0/8', deny: '0.0.0.0/0' } } };
  stage = createStage({ runtime, files: smallOffice, config });
  ajam = new Ajam({ runtime, connect: (user) => stage.connect(user), users: digestUsers(stage.server) });
});

function ask(target: string, authorization?: string, method = 'GET', body = '') {
  let response: AjamResponse | undefined;
  const request = { method, target, cookie: '', body, close: false, ...(authorization && { authorization }) };
  ajam.handle(request, (answer) => {
    response = answer;
  });
  clock.advance(0);
  const header = (name: string) => response?.headers.find(([has]) => has.toLowerCase() === name)?.[1];
  return {
    status: response?.status,
    challenge: header('www-authenticate'),
    cookie: header('set-cookie'),
    text: new TextDecoder().decode(response?.body),
  };
}

const md5 = (text: string): string => createHash('md5').update(text).digest('hex');

interface Proof {
  readonly user?: string;
  readonly secret?: string;
  readonly method?: string;
  readonly uri?: string;
  readonly nonce?: string;
  readonly nc?: string;
}

/** As RFC 2617 says that a client proves itself. */
function proof({
  user = 'admin',
  secret = 'adminpw',
  method = 'GET',
  uri = '/arawman',
  nonce = 'abcd1234',
  nc = '00000001',
}: Proof = {}) {
  const who = md5(`${user}:asterisk:${secret}`);
  const response = md5(`${who}:${nonce}:${nc}:cn:auth:${md5(`${method}:${uri}`)}`);
  return `Digest username="${user}", realm="asterisk", nonce="${nonce}", uri="${uri}", qop=auth, nc=${nc}, cnonce="cn", response="${response}", opaque="${nonce}"`;
}

/** As RFC 2069 did, without counting. */
function oldProof(nonce: string): string {
  const response = md5(`${md5('admin:asterisk:adminpw')}:${nonce}:${md5('GET:/arawman')}`);
  return `Digest username="admin",realm="asterisk",nonce="${nonce}",uri="/arawman",response="${response}",algorithm=MD5`;
}

const nonceOf = (challenge = ''): string => /nonce="([0-9a-f]{8})"/.exec(challenge)?.[1] ?? '';

describe('AJAM by digest', () => {
  it('asks who does not prove itself, each time by another nonce', () => {
    const [first, second] = [ask('/arawman?action=ping'), ask('/amxml?action=ping')];
    expect(first).toMatchObject({ status: 401, cookie: undefined });
    expect(first.challenge).toMatch(
      /^Digest algorithm=MD5, realm="asterisk", nonce="([0-9a-f]{8})", qop="auth", opaque="\1"$/,
    );
    expect(nonceOf(second.challenge)).not.toBe(nonceOf(first.challenge));
    expect(stage.server.sessions.size).toBe(0);
  });

  it.each([
    ['/arawman', /^Response: Success\r\nActionID: a1\r\nPing: Pong\r\nTimestamp: [\d.]+\r\n\r\n$/],
    [
      '/amxml',
      /^<ajax-response>\n<response type='object' id='unknown'><generic response='Success' actionid='a1' ping='Pong'/,
    ],
    ['/amanager', /^<!DOCTYPE HTML [\s\S]*<tr><td>Ping<\/td><td>Pong<\/td><\/tr>[\s\S]*<\/form><\/body><\/html>\r\n$/],
  ])('lets in under %s who proves itself, and needs no login and no cookie', (path, text) => {
    const { challenge } = ask(path);
    const answer = ask(`${path}?action=ping&actionid=a1`, proof({ nonce: nonceOf(challenge), uri: path }));
    expect(answer).toMatchObject({ status: 200, cookie: undefined, challenge: undefined });
    expect(answer.text).toMatch(text);
    expect(stage.server.journal.entries).toMatchObject([{ action: 'ping', user: 'admin', kind: 'simulated' }]);
  });

  it('keeps events for WaitEvent, over all uses of a nonce', () => {
    ask('/arawman?action=ping', proof());
    stage.phone('1001').dial('1002');
    clock.advance(1000);
    const wait = ask('/arawman?action=waitevent&timeout=5', proof({ nc: '00000002' }));
    expect(wait.text).toMatch(
      /^Response: Success\r\nMessage: Waiting for Event completed.\r\n\r\nEvent: [\s\S]*\r\nEvent: Newchannel\r\n/,
    );
    expect(stage.server.sessions.size).toBe(1);
  });

  it.each([
    ['another secret', proof({ secret: 'x' })],
    ['an unknown user', proof({ user: 'nobody-here' })],
    ['a proof of another method', proof({ method: 'POST' })],
    ['a proof of another kind', 'Basic YWRtaW46YWRtaW5wdw=='],
    ['an algorithm that is not MD5', proof().replace('qop=auth', 'qop=auth, algorithm=SHA-256')],
    ['a qop that is not auth', proof().replace('qop=auth', 'qop=auth-int')],
    ['a qop without a count', proof().replace('nc=00000001, ', '')],
    ['no realm', proof().replace('realm="asterisk", ', '')],
    ['a nonce that is no number', proof({ nonce: 'xyz' })],
    ['nothing behind the word', 'Digest '],
  ])('asks anew for %s', (_what, authorization) => {
    const answer = ask('/arawman?action=ping', authorization);
    expect(answer.status).toBe(401);
    expect(answer.challenge).not.toContain('stale');
    expect(stage.server.sessions.size).toBe(0);
  });

  it('lets each count of a nonce come once, then says that the nonce is stale and what the new one is', () => {
    expect(ask('/arawman?action=ping', proof({ nc: '00000001' })).status).toBe(200);
    expect(ask('/arawman?action=ping', proof({ nc: '0000000a' })).status).toBe(200);
    const again = ask('/arawman?action=ping', proof({ nc: '0000000a' }));
    expect(again.status).toBe(401);
    expect(again.challenge).toMatch(/, stale=true$/);
    const late = ask('/arawman?action=ping', proof({ nc: '0000000b' }));
    expect(late.challenge).toBe(again.challenge);
    expect(ask('/arawman?action=ping', proof({ nonce: nonceOf(again.challenge) })).status).toBe(200);
    expect(stage.server.sessions.size).toBe(1);
  });

  it('takes a nonce for 62 seconds', () => {
    ask('/arawman?action=ping', proof());
    clock.advance(50_000);
    expect(ask('/arawman?action=ping', proof({ nc: '00000002' })).status).toBe(200);
    clock.advance(12_000);
    expect(ask('/arawman?action=ping', proof({ nc: '00000003' })).status).toBe(200);
    clock.advance(1000);
    expect(ask('/arawman?action=ping', proof({ nc: '00000004' })).challenge).toContain('stale=true');
  });

  it('lets in who does not count, for one request a nonce', () => {
    expect(ask('/arawman?action=ping', oldProof('0000beef')).status).toBe(200);
    expect(ask('/arawman?action=ping', oldProof('0000beef')).challenge).toContain('stale=true');
  });

  it('does not permit who may not come from here', () => {
    const answer = ask('/arawman?action=ping', proof({ user: 'far', secret: 'f' }));
    expect(answer).toMatchObject({ status: 403, text: expect.stringContaining('<p>Permission denied</p>') });
  });

  it('takes the form of a POST, and no other method than three', () => {
    const posted = ask('/arawman?action=status', proof({ method: 'POST' }), 'POST', 'action=ping');
    expect(posted.text).toContain('Ping: Pong');
    expect(ask('/arawman', undefined, 'DELETE').status).toBe(501);
  });

  it.each([
    ['a Logoff', () => ask('/arawman?action=logoff', proof({ nc: '00000002' })).text, /Goodbye/],
    ['its time without requests', () => String(clock.advance(60_000)), /./],
    ['the end of the PBX', () => String(stage.pbx.restart()), /./],
  ])('ends a session with %s; the nonce is then as good as any', (_what, end, said) => {
    ask('/arawman?action=ping', proof());
    expect(stage.server.sessions.size).toBe(1);
    expect(end()).toMatch(said);
    clock.advance(3000);
    expect(stage.server.sessions.size).toBe(0);
    expect(ask('/arawman?action=ping', proof()).status).toBe(200);
  });

  it('has no answer while the PBX is down', () => {
    stage.pbx.stop();
    clock.advance(1000);
    expect(ask('/arawman?action=ping', proof()).status).toBeUndefined();
  });
});
