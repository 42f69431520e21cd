import { describe, expect, it } from 'vitest';
import {
  client,
  expectAction,
  expectLamp,
  inOrder,
  pbx,
  phone,
  repeat,
  scenario,
  together,
  wait,
  waitForEvent,
  waitUntil,
} from './builder.ts';
import { parseScenario } from './parse-scenario.ts';
import type { Step } from './types.ts';

const one = phone('1001');
const admin = client('admin');

describe('the builder makes what the parser makes of', () => {
  it.each<[string, Step]>([
    ['1001 dials 1002', one.dials('1002')],
    ['1001 calls 1002 from "Ann" <4711>', one.dials('1002', { name: 'Ann', number: '4711' })],
    ['1001 answers', one.answers()],
    ['1001 rejects busy 1003', one.rejects('busy', '1003')],
    ['1001 hangs up', one.hangsUp()],
    ['1001 hangs up all', one.hangsUpAll()],
    ['1001 holds 1003', one.holds('1003')],
    ['1001 resumes', one.resumes()],
    ['1001 transfers 1002 to 1003', one.transfers('1002', '1003')],
    ['1001 connects 1002 and 1003', one.connects('1002', '1003')],
    ['1001 presses 5 on 1003 by INFO', one.presses('5', { on: '1003', by: 'info' })],
    ['1001 speaks', one.speaks()],
    ['1001 is silent', one.isSilent()],
    ['1001 registers for 60s', one.registers({ for: '60s' })],
    ['1001 registers with wrong password', one.registers({ wrongPassword: true })],
    ['1001 unregisters', one.unregisters()],
    ['1001 dies', one.dies()],
    ['1001 comes back at port 6750', one.comesBack(6750)],
    ['1001 will answer after 800ms', one.will.answer({ after: 800 })],
    ['1001 will ring after 120ms, then answer after 1500ms', one.will.answer({ ringAfter: '120ms', after: '1500ms' })],
    ['1001 will reject busy', one.will.reject('busy')],
    ['1001 will ring, then reject declined after 500ms', one.will.reject('declined', { ringAfter: 0, after: 500 })],
    ['1001 will only ring', one.will.onlyRing()],
    ['1001 will forward to 1003 after 200ms', one.will.forward('1003', '200ms')],
    ['1001 will not respond', one.will.notRespond()],
    ['1001 will do nothing special', one.will.doNothingSpecial()],
    ['admin sends Ping', admin.sends('Ping')],
    [
      'admin sends Originate as made without waiting: {Channel: PJSIP/1001, Variable: [A=1, B=2]}',
      admin.sends(
        'Originate',
        { Channel: 'PJSIP/1001', Variable: ['A=1', 'B=2'] },
        { as: 'made', withoutWaiting: true },
      ),
    ],
    ['admin sends Ping without ActionID', admin.sends('Ping', {}, { withoutActionId: true })],
    ['admin sends raw latin1 byte by byte every 5ms: ab', admin.sendsRaw('ab', { latin1: true, byteEvery: '5ms' })],
    ['admin logs in', admin.logsIn()],
    [
      'admin logs in as panel with secret x with events call',
      admin.logsIn({ as: 'panel', secret: 'x', events: 'call' }),
    ],
    ['admin connects', admin.connects()],
    ['admin stays away', admin.staysAway()],
    ['admin logs off', admin.logsOff()],
    ['admin drops', admin.drops()],
    ['admin half-closes', admin.halfCloses()],
    ['admin stops reading', admin.stopsReading()],
    ['admin reads again', admin.readsAgain()],
    ['pbx restarts gracefully', pbx.restarts({ gracefully: true })],
    ['pbx restarts', pbx.restarts()],
    ['pbx stops', pbx.stops()],
    ['pbx is killed', pbx.isKilled()],
    ['pbx starts', pbx.starts()],
    ['pbx reloads manager', pbx.reloads('manager')],
    ['pbx delays writes by 80ms', pbx.hasFault('delay-writes', { by: '80ms' })],
    ['pbx recovers from delay-writes', pbx.recovers('delay-writes')],
    ['pbx recovers', pbx.recovers()],
    ['pbx changes manager.conf: {panel: remove}', pbx.changes('manager.conf', { panel: 'remove' })],
    ['wait 1.5s', wait('1.5s')],
    ['wait ${talk}', wait('${talk}')],
    ['wait until 1001 is idle within 12s', waitUntil('1001', 'idle', '12s')],
    [
      'wait for event Hold as held within 1s: {A: b}',
      waitForEvent('Hold', { as: 'held', within: 1000, headers: { A: 'b' } }),
    ],
    ['together: [1001 holds, [wait 1s, 1001 resumes]]', together(one.holds(), inOrder(wait(1000), one.resumes()))],
    ['repeat 25: [1001 holds]', repeat(25, one.holds())],
    ['expect lamp 1002 held within 50ms', expectLamp('1002', 'held', 50)],
    ['expect action Originate: {Exten: 1002}', expectAction('Originate', { Exten: '1002' })],
  ])('%s', (sentence, step) => {
    expect(parseScenario(`scenario: a\nsteps:\n  - ${sentence}\n`).scenario.steps).toEqual([step]);
  });

  it('a whole scenario', () => {
    const yaml = 'scenario: a\nabout: b\ngiven: {phones: [1001]}\nsteps: [1001 holds]';
    const built = scenario('a', { about: 'b', given: { phones: ['1001'] } }, [one.holds()]);
    expect(built).toEqual(parseScenario(yaml).scenario);
  });
});

it('the builder refuses what is no time', () => {
  expect(() => wait('soon')).toThrow("'soon' is no time; write 600 or '600ms', '3s', '2min'");
});
