import { describe, expect, it } from 'vitest';
import { said, setUp } from './clients.test-support.ts';

describe('manager.conf', () => {
  it('with brokeneventsaction keeps Events from answering where it switches all on, or has no mask', () => {
    const { logIn } = setUp({ 'manager.conf': { general: { brokeneventsaction: 'yes' } } });
    const client = logIn('admin', 'Events: off');
    client.take();
    const answers = ['on', 'all', '', 'call', 'off'].map((mask) => {
      client.send('Action: Events', `EventMask: ${mask}`);
      return said(client.take(), 'Events');
    });
    expect(answers).toEqual([[], [], [], ['On'], ['Off']]);
  });

  it('read again leaves a user what its lines say no more, and takes what they say now', () => {
    const { stage, clock, logIn, connect } = setUp({
      'manager.conf': { ann: { secret: 'x', read: 'user', write: 'user', allowmultiplelogin: 'no' } },
    });
    const reload = (user: Record<string, string>): void => {
      stage.pbx.changeConfig('manager.conf', { ann: 'remove' });
      stage.pbx.changeConfig('manager.conf', { ann: user });
      stage.pbx.reload('manager');
      clock.advance(100);
    };
    reload({ secret: 'y' });
    const ann = logIn('ann');
    ann.send('Action: UserEvent', 'UserEvent: x');
    expect(said(ann.take(), 'Event')).toEqual(['UserEvent']);
    const second = connect();
    second.send('Action: Login', 'Username: ann', 'Secret: y');
    clock.advance(1000);
    expect(said(second.take(), 'Message')).toEqual(['Login Already In Use']);
    reload({ secret: 'y', write: 'call', allowmultiplelogin: 'yes' });
    const third = logIn('ann');
    third.send('Action: UserEvent', 'UserEvent: x');
    expect(said(third.take(), 'Message')).toEqual(['Permission denied']);
  });

  it('keeps channelvars when the line is gone, and drops them when it is empty', () => {
    const { stage, clock, logIn } = setUp({ 'manager.conf': { general: { channelvars: 'SIPDOMAIN' } } });
    const variablesOf = (phone: string): number => {
      const client = logIn('admin', 'Events: call');
      client.take();
      stage.phone(phone).dial('660');
      clock.advance(500);
      stage.phone(phone).hangUp();
      clock.advance(500);
      return client.take().split('\r\nChanVariable').length - 1;
    };
    const general = stage.simulation.config.manager.general;
    expect([general.channelvars, variablesOf('1001') > 0]).toEqual([['SIPDOMAIN'], true]);
    stage.pbx.changeConfig('manager.conf', { general: 'remove' });
    stage.pbx.changeConfig('manager.conf', { general: { enabled: 'yes' } });
    stage.pbx.reload('manager');
    expect(variablesOf('1001')).toBeGreaterThan(0);
    stage.pbx.changeConfig('manager.conf', { general: { channelvars: '' } });
    stage.pbx.reload('manager');
    expect(variablesOf('1001')).toBe(0);
  });

  it("lets a list of acl.conf refuse, alone or with the user's own lines", () => {
    const { connect, clock } = setUp({
      'acl.conf': { office: { deny: '0.0.0.0/0', permit: '10.0.0.0/8' } },
      'manager.conf': {
        ann: { secret: 'x', acl: 'office' },
        bob: { secret: 'x', acl: 'office', permit: '127.0.0.1' },
        eve: { secret: 'x', acl: 'nowhere' },
      },
    });
    const tries = [
      ['ann', '127.0.0.1'],
      ['ann', '10.1.2.3'],
      ['bob', '127.0.0.1'],
      ['eve', '10.1.2.3'],
    ].map(([user, from = '']) => {
      const client = connect({ from });
      client.send('Action: Login', `Username: ${user}`, 'Secret: x');
      clock.advance(1000);
      return said(client.take(), 'Message')[0];
    });
    expect(tries).toEqual([
      'Authentication failed',
      'Authentication accepted',
      'Authentication failed',
      'Authentication failed',
    ]);
  });
});
