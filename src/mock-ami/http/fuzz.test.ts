import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ManualClock } from '../../ami/manual-clock.ts';
import { nodeRuntime } from '../../ami/runtime.node.ts';
import { SeededRandom } from '../../ami/seeded-random.ts';
import { smallOffice } from '../config/small-office.ts';
import { createStage } from '../simulated-stage.ts';
import { Ajam } from './ajam.ts';
import type { AjamRequest } from './ajam-request.ts';
import type { AjamResponse } from './ajam-response.ts';
import { digestUsers } from './digest-users.ts';

const clock = new ManualClock();
const runtime = nodeRuntime({ clock, random: new SeededRandom(1) });
const stage = createStage({ runtime, files: smallOffice });
const ajam = new Ajam({ runtime, connect: (user) => stage.connect(user), users: digestUsers(stage.server) });

/** Of admin, by the digest of RFC 2069: good for one request in a session. */
const PROOF = (() => {
  const { md5 } = runtime.digest;
  const response = md5(`${md5('admin:asterisk:adminpw')}:0000beef:${md5('GET:/')}`);
  return `Digest username="admin", realm="asterisk", nonce="beef", uri="/", response="${response}"`;
})();

const name = fc.constantFrom(
  'action',
  'ActionID',
  'command',
  'channel',
  'Timeout',
  'ajaxdest',
  'ajaxobjtype',
  'a%0d%0ab',
  '%00',
  'x y',
  ':',
  '',
);
const value = fc.oneof(
  fc.constantFrom(
    'ping',
    'status',
    'login',
    'logoff',
    'waitevent',
    'userevent',
    'coreshowchannels',
    'listcommands',
    'command',
  ),
  fc.constantFrom(
    '%0d%0a',
    "%3Cb%3E'&",
    '%',
    '%zz',
    '+',
    'x'.repeat(1500),
    'core+show+version',
    '0',
    '-1',
    '1e9',
    '%c3%bc%ff',
  ),
  fc.string({ maxLength: 20 }),
);
const query = fc
  .array(fc.tuple(name, fc.constantFrom('=', '', '=='), value), { maxLength: 6 })
  .map((pairs) => pairs.map((pair) => pair.join('')).join('&'));
const request: fc.Arbitrary<AjamRequest> = fc.record({
  method: fc.constantFrom('GET', 'GET', 'POST', 'HEAD', 'OPTIONS', 'get', ''),
  target: fc
    .tuple(
      fc.constantFrom('/rawman', '/mxml', '/manager', '/arawman', '/amxml', '/amanager', '/', '/rawman/', '', '*'),
      fc.constantFrom('?', '??', '', '#'),
      query,
    )
    .map((parts) => parts.join('')),
  cookie: fc.oneof(
    fc.constantFrom('', 'mansession_id="00000000"', 'mansession_id=zz', '"'),
    fc.string({ maxLength: 12 }),
  ),
  body: query,
  authorization: fc.oneof(
    fc.constantFrom('', 'Digest ', PROOF),
    fc.string({ maxLength: 30 }).map((end) => PROOF + end),
  ),
  contentType: fc.constantFrom('application/x-www-form-urlencoded', 'text/plain', ''),
  bodyTooLong: fc.boolean(),
  close: fc.boolean(),
});

function ask(asked: AjamRequest): AjamResponse | undefined | 'nothing' {
  let answer: AjamResponse | undefined | 'nothing' = 'nothing';
  ajam.handle(asked, (response) => {
    answer = response;
  });
  for (const waitMs of [0, 1100, 60_000]) {
    if (answer !== 'nothing') break;
    clock.advance(waitMs);
  }
  return answer;
}

describe('AJAM, whatever it is asked', () => {
  it('answers with a page or an answer of the length it says, and keeps no session for long: 3,000 requests', () => {
    fc.assert(
      fc.property(request, (asked) => {
        const answer = ask(asked);
        expect(answer).not.toBe('nothing');
        if (answer === undefined || answer === 'nothing') return;
        expect([200, 401, 404, 413, 501]).toContain(answer.status);
        expect(answer.headers.at(-1)).toEqual(['Content-Length', String(answer.body.length)]);
        for (const [header, text] of answer.headers) expect(`${header}${text}`).not.toMatch(/[\r\n]/);
      }),
      { seed: 6, numRuns: 3000, endOnFailure: true },
    );
    clock.advance(61_000);
    expect(stage.server.sessions.size).toBe(0);
    const login = ask({
      method: 'GET',
      target: '/rawman?action=login&username=admin&secret=adminpw',
      cookie: '',
      body: '',
      close: false,
    });
    expect(login).toMatchObject({ status: 200 });
  });
});
