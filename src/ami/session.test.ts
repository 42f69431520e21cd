import { describe, expect, it } from 'vitest';
import { readTrace } from '../../test/fixtures.ts';
import { latin1 } from './cuts.test-support.ts';
import { ADMIN, BANNER, codeOf, loggedIn, openSession, outcome } from './session.test-support.ts';

describe('AmiSession, greeted', () => {
  it('waits for the banner, and says which version it names', async () => {
    const { session, say, clock } = openSession();
    const greeting = outcome(session.greeting());
    await say('Asterisk Call Manager/');
    expect([greeting.value, session.version]).toEqual([undefined, '']);
    await say('11.0.0\r\n');
    expect([greeting.value, session.version]).toEqual(['Asterisk Call Manager/11.0.0', '11.0.0']);
    expect(clock.pending).toBe(0);
  });

  it('tells something else than AMI nothing, and leaves', async () => {
    const { session, say, actions, ends, clock } = openSession();
    const login = outcome(session.login(ADMIN));
    await say('HTTP/1.1 400 Bad Request\r\nServer: nginx\r\n\r\n');
    expect(login.error).toEqual(codeOf('AMI_BAD_BANNER'));
    expect(login.error?.message).toContain('HTTP/1.1 400 Bad Request');
    expect(await session.ended).toMatchObject({ reason: 'not-ami' });
    expect([actions, ends, clock.pending]).toEqual([[], ['reset'], 0]);
  });

  it('gives up when no banner comes in time', async () => {
    const { session, clock, settle, ends, far } = openSession({ timeoutMs: 500 });
    const login = outcome(session.login(ADMIN));
    clock.advance(499);
    expect(session.open).toBe(true);
    clock.advance(1);
    await settle();
    expect(login.error).toEqual(codeOf('AMI_TIMEOUT'));
    expect(await session.ended).toMatchObject({ reason: 'link-lost', error: codeOf('AMI_TIMEOUT') });
    expect(ends).toEqual(['end']);
    far.end();
    await settle();
    expect([ends, clock.pending]).toEqual([['end', 'close'], 0]);
  });

  it('is lost where the connection ends without a banner, as over authlimit', async () => {
    const { session, far, settle } = openSession();
    const login = outcome(session.login(ADMIN));
    far.end();
    await settle();
    expect(login.error).toEqual(codeOf('AMI_LINK_LOST'));
    expect(await session.ended).toMatchObject({ reason: 'link-lost' });
  });
});

describe('AmiSession, logging in', () => {
  it('sends user and secret for a plain login, and nothing before the banner', async () => {
    const { session, say, settle, actions, id } = openSession();
    const login = outcome(session.login({ ...ADMIN, events: 'call,hud' }));
    await settle();
    expect(actions).toEqual([]);
    await say(BANNER);
    expect(actions.map(({ rows }) => rows)).toEqual([
      ['Action: Login', `ActionID: ${id()}`, 'Username: admin', 'Secret: adminpw', 'Events: call,hud'],
    ]);
    await say(`Response: Success\r\nActionID: ${id()}\r\nMessage: Authentication accepted\r\n\r\n`);
    expect(login.value?.get('Message')).toBe('Authentication accepted');
  });

  it('answers a challenge as a recorded login did, and never sends the secret', async () => {
    const recorded = readTrace('login-md5-challenge').lines.map(({ raw = '' }) => raw);
    const key = /Key: (.*)\r/.exec(recorded.join(''))?.[1];
    const { session, say, actions, id } = openSession();
    const login = outcome(session.login({ username: 'admin', secret: 'adminpw', events: 'on' }));
    await say(BANNER);
    expect(actions.at(-1)?.rows).toEqual(['Action: Challenge', `ActionID: ${id()}`, 'AuthType: MD5']);
    await say((recorded[2] ?? '').replace('admin-1', id()));
    expect(actions.at(-1)?.rows).toEqual([
      'Action: Login',
      `ActionID: ${id()}`,
      'AuthType: MD5',
      'Username: admin',
      `Key: ${key}`,
      'Events: on',
    ]);
    await say((recorded[4] ?? '').replace('admin-2', id()));
    expect(login.value?.response).toBe('Success');
  });

  it('hears of events that come with the response', async () => {
    const { events, say } = await loggedIn();
    await say('Event: FullyBooted\r\nPrivilege: system,all\r\nStatus: Fully Booted\r\n\r\n');
    expect(events.map(({ event }) => event)).toEqual(['FullyBooted']);
  });

  it.each(['Authentication failed', 'Login Already In Use'])(
    'tells a refusal from a lost link: %s',
    async (message) => {
      const { session, far, say, settle, id, clock } = openSession();
      const login = outcome(session.login(ADMIN));
      await say(BANNER);
      // As Asterisk does it: the end of the connection comes right behind the answer.
      far.write(latin1(`Response: Error\r\nActionID: ${id()}\r\nMessage: ${message}\r\n\r\n`));
      far.end();
      await settle();
      expect(login.error).toEqual(codeOf('AMI_LOGIN_REFUSED'));
      expect(login.error?.message).toContain(message);
      expect(await session.ended).toMatchObject({ reason: 'login-refused', error: codeOf('AMI_LOGIN_REFUSED') });
      expect(clock.pending).toBe(0);
    },
  );

  it('is refused where the challenge is', async () => {
    const { session, say, id } = openSession();
    const login = outcome(session.login({ username: 'admin', secret: 'x' }));
    await say(BANNER);
    await say(`Response: Error\r\nActionID: ${id()}\r\nMessage: Must specify AuthType\r\n\r\n`);
    expect(login.error).toEqual(codeOf('AMI_LOGIN_REFUSED'));
  });

  it('is lost, not refused, where Asterisk is shutting down', async () => {
    const { session, say, id } = openSession();
    const login = outcome(session.login(ADMIN));
    await say(BANNER);
    await say(`Response: Error\r\nActionID: ${id()}\r\nMessage: Asterisk is shutting down\r\n\r\n`);
    expect(login.error).toEqual(codeOf('AMI_LINK_LOST'));
    expect(await session.ended).toMatchObject({ reason: 'link-lost' });
  });

  it('is lost where the connection ends without an answer', async () => {
    const { session, far, say, settle } = openSession();
    const login = outcome(session.login(ADMIN));
    await say(BANNER);
    far.end();
    await settle();
    expect(login.error).toEqual(codeOf('AMI_LINK_LOST'));
    expect(await session.ended).toMatchObject({ reason: 'link-lost' });
  });

  it('is over where the answer does not come in time', async () => {
    const { session, say, clock, settle } = openSession({ timeoutMs: 3000 });
    const login = outcome(session.login(ADMIN));
    await say(BANNER);
    clock.advance(3000);
    await settle();
    expect(login.error).toEqual(codeOf('AMI_TIMEOUT'));
    expect(await session.ended).toMatchObject({ reason: 'link-lost' });
  });

  it('sends no credentials that would be another header, and is over', async () => {
    const { session, say, actions } = openSession();
    const login = outcome(session.login({ ...ADMIN, username: 'admin\r\nEvents: off' }));
    await say(BANNER);
    expect(login.error).toEqual(codeOf('AMI_BAD_HEADER_VALUE'));
    expect([actions, (await session.ended).reason]).toEqual([[], 'login-refused']);
  });
});

describe('AmiSession, ending', () => {
  it.each([
    { how: 'an end', end: (far: ReturnType<typeof openSession>['far']) => far.end() },
    { how: 'a reset', end: (far: ReturnType<typeof openSession>['far']) => far.destroy() },
  ])('leaves nothing pending after $how', async ({ end }) => {
    const { session, far, settle, clock } = await loggedIn();
    const one = outcome(session.request('Ping'));
    const list = outcome(session.request('CoreShowChannels'));
    await settle();
    end(far);
    await settle();
    const lost = codeOf('AMI_LINK_LOST');
    expect([one.error, list.error]).toEqual([lost, lost]);
    expect(await session.ended).toEqual({ reason: 'link-lost', error: lost });
    expect([session.open, clock.pending]).toEqual([false, 0]);
    await expect(session.request('Ping')).rejects.toEqual(lost);
    await expect(session.ping()).rejects.toEqual(lost);
  });

  it('drops half a message that the end cut', async () => {
    const { far, say, settle, events } = await loggedIn();
    await say('Event: Hold\r\nPrivilege: call,all\r\n');
    far.end();
    await settle();
    expect(events).toEqual([]);
  });

  it('logs off: waits for the goodbye, and closes in order', async () => {
    const { session, far, settle, id, ends, actions, clock } = await loggedIn();
    const pending = outcome(session.request('Ping'));
    const logoff = outcome(session.logoff());
    await settle();
    expect(actions.at(-1)?.get('Action')).toBe('Logoff');
    // Asterisk closes right behind its answer.
    far.write(latin1(`Response: Goodbye\r\nActionID: ${id()}\r\nMessage: Thanks for all the fish.\r\n\r\n`));
    far.end();
    await settle();
    expect(logoff).toHaveProperty('value');
    expect(await session.ended).toMatchObject({ reason: 'logged-off' });
    expect(pending.error).toEqual(codeOf('AMI_CLOSED'));
    expect([ends, clock.pending]).toEqual([['end', 'close'], 0]);
  });

  it('logs off where nobody answers, and cuts the connection that is not closed', async () => {
    const { session, settle, ends, clock } = await loggedIn({ timeoutMs: 2000 });
    const logoff = outcome(session.logoff());
    await settle();
    clock.advance(2000);
    await settle();
    expect([Object.hasOwn(logoff, 'value'), ends]).toEqual([true, ['end']]);
    clock.advance(1000);
    await settle();
    expect([ends, clock.pending]).toEqual([['end', 'reset'], 0]);
  });

  it('logs off a session that is over already', async () => {
    const { session, far, settle } = await loggedIn();
    far.end();
    await settle();
    await session.logoff();
    expect(await session.ended).toMatchObject({ reason: 'link-lost' });
  });

  it('is closed at once, and hears nothing more', async () => {
    const { session, far, settle, events, ends, clock } = await loggedIn();
    const pending = outcome(session.request('Ping'));
    far.write(latin1('Event: Hold\r\nPrivilege: call,all\r\n\r\n'));
    session.close();
    session.close();
    await settle();
    expect(pending.error).toEqual(codeOf('AMI_CLOSED'));
    expect(await session.ended).toMatchObject({ reason: 'closed' });
    expect([events, ends, clock.pending]).toEqual([[], ['reset'], 0]);
    await expect(session.login(ADMIN)).rejects.toEqual(codeOf('AMI_CLOSED'));
  });

  it('hears nothing more where its own listener closes it', async () => {
    const heard: string[] = [];
    const all = await loggedIn({
      onEvent: ({ event }) => {
        heard.push(event ?? '');
        all.session.close();
      },
    });
    await all.say('Event: Hold\r\nPrivilege: call,all\r\n\r\nEvent: Unhold\r\nPrivilege: call,all\r\n\r\n');
    expect(heard).toEqual(['Hold']);
  });

  it('takes a response or a row without a known ActionID for a fault', async () => {
    const { say, faults, events } = await loggedIn();
    await say('Response: Success\r\n\r\nResponse: Success\r\nActionID: x\r\n\r\nEvent: Row\r\nActionID: y\r\n\r\n');
    expect(faults.map(({ code }) => code)).toEqual(Array(3).fill('AMI_UNEXPECTED_RESPONSE'));
    expect(events).toEqual([]);
  });
});
