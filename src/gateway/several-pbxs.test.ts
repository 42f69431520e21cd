import { describe, expect, test } from 'vitest';
import { Gateway } from './gateway.ts';
import { channelRows, FakeBrowser, FakePbx, lampRows, Office, settle, users } from './office.test-support.ts';
import type { PbxOptions } from './pbxs.ts';
import type { Role } from './roles.ts';
import { CompactDecoder } from './wire/compact-decoder.ts';
import { readTurn, writeTurn } from './wire/compact-turn.ts';
import { CLOSE, COMPACT_PROTOCOL, type Hello, JSON_PROTOCOL, XML_PROTOCOL } from './wire/protocol.ts';

const SOUTHERNER: Role = {
  events: ['*'],
  hiddenHeaders: [],
  pbxs: ['south'],
  commands: ['hangUp', 'dial'],
  channels: 'own',
  actions: {},
};

/** A gateway with the PBXs `north` and `south`, and users of the office besides two whose role sees the south only. */
async function branches() {
  // Its clock and its first PBX are of use; its gateway is not opened.
  const office = new Office(await users());
  const { runtime, clock } = office;
  const [north, south] = [office.pbx, new FakePbx(runtime)];
  const options = (name: string, pbx: FakePbx): PbxOptions => ({
    name,
    connect: pbx.connect,
    credentials: { username: 'gw', secret: 'x' },
  });
  const [ann] = (await users()).filter(({ name }) => name === 'ann');
  const secret = ann?.secret ?? '';
  const gateway = new Gateway({
    runtime,
    pbx: [options('north', north), options('south', south)],
    users: {
      version: 1,
      roles: { southerner: SOUTHERNER },
      users: [
        ...(await users()),
        { name: 'sue', secret, role: 'southerner', extension: '1001', pbx: 'south' },
        { name: 'sam', secret, role: 'southerner', extension: '1001' },
      ],
    },
    // A token is its own claims here.
    tokens: { verify: async (token) => ({ user: 'tina', expiresMs: clock.now() + 60_000, ...JSON.parse(token) }) },
  });
  await clock.runUntil(gateway.open(), settle);
  const connect = (protocol = JSON_PROTOCOL) => {
    const browser = new FakeBrowser();
    browser.handlers = gateway.accept(browser, protocol);
    return browser;
  };
  const browser = async (hello: Partial<Hello> = {}) => {
    const one = connect();
    one.says({ type: 'hello', user: 'olga', secret: 'olga', ...hello });
    await office.until(() => one.messages.length > 0);
    return one;
  };
  return { office, gateway, north, south, connect, browser };
}

describe('a gateway with several PBXs', () => {
  test('shows a client that names none the first, as if there were no other', async () => {
    const { browser, north, south, office } = await branches();
    const olga = await browser();
    expect(olga.last('welcome')).not.toHaveProperty('pbxs');
    expect(olga.last('welcome').pbx).toBe('north');
    south.say(lampRows(1001, 1));
    north.say(lampRows(1002, 1));
    await office.after(10);
    expect(olga.all('event')).toMatchObject([{ pbx: 'north', headers: { Exten: '1002' } }]);
    expect(olga.all('snapshot')).toHaveLength(1);
  });

  test('gives who asks for all a snapshot and a stream of each, every message with its origin', async () => {
    const { browser, north, south, office } = await branches();
    const olga = await browser({ pbx: '*' });
    expect(olga.last('welcome')).toMatchObject({ pbx: 'north', pbxs: [{ pbx: 'north' }, { pbx: 'south' }] });
    expect(olga.all('snapshot').map(({ pbx }) => pbx)).toEqual(['north', 'south']);
    north.say(lampRows(1001, 1));
    south.say(lampRows(1001, 8));
    south.say(lampRows(1001, 0));
    await office.after(10);
    const [first, second, third] = olga.all('event');
    expect([first?.pbx, second?.pbx, third?.pbx]).toEqual(['north', 'south', 'south']);
    expect(second?.prev).toBe(olga.all('snapshot')[1]?.seq);
    expect(third?.prev).toBe(second?.seq);
  });

  test('goes on in each where the client was, and begins anew where that is not known', async () => {
    const { browser, north, south, office } = await branches();
    const before = await browser({ pbx: ['south', 'north'] });
    const [atSouth, atNorth] = before.last('welcome').pbxs ?? [];
    before.leave();
    north.say(lampRows(1001, 1));
    south.say(lampRows(1002, 1));
    await office.after(10);
    const at = ({ epoch, seq }: { epoch: string; seq: number }) => ({ epoch, seq });
    const resumes = { south: at(atSouth as never), north: { ...at(atNorth as never), epoch: 'gone' } };
    const back = await browser({ pbx: ['south', 'north'], resumes });
    expect(back.last('welcome')).toMatchObject({
      pbx: 'south',
      resumed: true,
      pbxs: [
        { pbx: 'south', resumed: true },
        { pbx: 'north', resumed: false },
      ],
    });
    expect(back.all('event')).toMatchObject([{ pbx: 'south', headers: { Exten: '1002' } }]);
    expect(back.all('snapshot')).toMatchObject([{ pbx: 'north' }]);
  });

  test('sends a command to the PBX that it names, and to the first of the session where it names none', async () => {
    const { browser, north, south, office } = await branches();
    for (const pbx of [north, south]) pbx.say(`Event: Newchannel\n${channelRows(1)}`);
    const olga = await browser({ pbx: '*' });
    for (const pbx of [north, south]) pbx.answers.set('Hangup', ['Response: Success']);
    olga.says({ type: 'command', id: 1, pbx: 'south', do: 'hangUp', channel: 'PJSIP/1001-00000001' });
    await office.until(() => olga.all('reply').length === 1);
    expect([north, south].map((pbx) => pbx.actionNames.includes('Hangup'))).toEqual([false, true]);
    olga.says({ type: 'command', id: 2, do: 'hangUp', channel: 'PJSIP/1001-00000001' });
    olga.says({ type: 'command', id: 3, pbx: 'west', do: 'hangUp', channel: 'PJSIP/1001-00000001' });
    await office.until(() => olga.all('reply').length === 3);
    expect(north.actionNames).toContain('Hangup');
    expect(olga.all('reply')).toContainEqual(
      expect.objectContaining({ id: 3, ok: false, code: 'GATEWAY_NO_SUCH_PBX' }),
    );
  });

  test('takes the own extension for that of one PBX: on another it is somebody else', async () => {
    const { browser, south, office } = await branches();
    south.say(`Event: Newchannel\n${channelRows(1)}`);
    south.say(lampRows(1001, 1));
    south.answers.set('Hangup', ['Response: Success']);
    const outcome = async (user: string) => {
      const one = await browser({ user, secret: 'ann' });
      one.says({ type: 'command', id: 1, do: 'hangUp', channel: 'PJSIP/1001-00000001' });
      await office.until(() => one.all('reply').length === 1);
      return one.last('reply');
    };
    expect(await outcome('sue')).toMatchObject({ ok: true });
    // The first PBX is his, where nothing else is said.
    expect(await outcome('sam')).toMatchObject({ ok: false, code: 'GATEWAY_FORBIDDEN' });
  });

  test('shows a role only the PBXs that it names, and tells of no other whether it is there', async () => {
    const { browser } = await branches();
    expect((await browser({ user: 'sue', secret: 'ann' })).last('welcome').pbx).toBe('south');
    const all = await browser({ user: 'sue', secret: 'ann', pbx: '*' });
    expect(all.last('welcome').pbxs).toMatchObject([{ pbx: 'south' }]);
    for (const pbx of ['north', 'west', ['south', 'north'], []]) {
      const refused = await browser({ user: 'sue', secret: 'ann', pbx });
      expect(refused.closedWith).toEqual({ code: CLOSE.refused, reason: 'GATEWAY_NO_SUCH_PBX' });
      expect(refused.messages).toHaveLength(1);
    }
  });

  test('shows a token only the PBXs that it names, in its tickets too, and of those only what the role sees', async () => {
    const { browser } = await branches();
    const withToken = (claims: object, more: Partial<Hello> = {}) => {
      const { user: _, secret: __, ...hello } = { user: '', secret: '', token: JSON.stringify(claims), ...more };
      return browser({ ...hello, user: undefined, secret: undefined } as never);
    };
    const south = { roles: ['operator'], pbxs: ['south'] };
    const first = (await withToken(south)).last('welcome');
    expect(first.pbx).toBe('south');
    for (const proof of [{}, { token: undefined, ticket: first.ticket } as never]) {
      expect((await withToken(south, { ...proof, pbx: '*' })).last('welcome').pbxs).toMatchObject([{ pbx: 'south' }]);
      const refused = await withToken(south, { ...proof, pbx: 'north' });
      expect(refused.closedWith).toEqual({ code: CLOSE.refused, reason: 'GATEWAY_NO_SUCH_PBX' });
    }
    const both = await withToken({ roles: ['operator'], pbxs: ['south', 'north'] }, { pbx: '*' });
    expect(both.last('welcome').pbxs?.map(({ pbx }) => pbx)).toEqual(['north', 'south']);
    for (const claims of [
      { roles: ['operator'], pbxs: ['west'] },
      { roles: ['southerner'], pbxs: ['north'] },
    ])
      expect((await withToken(claims)).closedWith?.reason).toBe('GATEWAY_NO_SUCH_PBX');
  });

  test('takes the extension of a token for that of the first PBX that the token names', async () => {
    const { browser, north, south, office } = await branches();
    for (const pbx of [north, south]) {
      pbx.say(`Event: Newchannel\n${channelRows(1)}`);
      pbx.say(lampRows(1001, 1));
      pbx.answers.set('Hangup', ['Response: Success']);
    }
    const outcome = async (pbxs: readonly string[] | undefined, pbx: string) => {
      const token = JSON.stringify({ roles: ['agent'], extension: '1001', pbxs });
      const one = await browser({ user: undefined, secret: undefined, token, pbx } as never);
      one.says({ type: 'command', id: 1, do: 'hangUp', channel: 'PJSIP/1001-00000001' });
      await office.until(() => one.all('reply').length === 1);
      const reply = one.last('reply');
      return reply.ok ? 'ok' : reply.code;
    };
    expect(await outcome(['south'], 'south')).toBe('ok');
    expect(await outcome(['south', 'north'], 'north')).toBe('GATEWAY_FORBIDDEN');
    expect(await outcome(['north', 'south'], 'north')).toBe('ok');
    expect(await outcome(undefined, 'north')).toBe('ok');
  });

  test('tells in the compact protocol whose binary messages come, where that changes', async () => {
    const { connect, north, south, office } = await branches();
    const browser = connect(COMPACT_PROTOCOL);
    const decoders = [new CompactDecoder(), new CompactDecoder()];
    const seen: unknown[] = [];
    let turn = 0;
    browser.send = ({ text, data }) => {
      const next = data && readTurn(data);
      if (next !== undefined) turn = next;
      else if (data === undefined) seen.push(JSON.parse(text).type);
      else {
        const event = decoders[turn]?.decode(data);
        if (event !== undefined) seen.push([event.pbx, event.headers['Exten']]);
      }
    };
    browser.says({ type: 'hello', user: 'olga', secret: 'olga', pbx: '*' });
    await office.until(() => seen.length > 0);
    for (const [pbx, exten] of [
      [north, 1],
      [south, 2],
      [south, 3],
      [north, 4],
    ] as const) {
      pbx.say(lampRows(exten, 1));
      await office.after(10);
    }
    expect(seen).toEqual([
      'welcome',
      'snapshot',
      'snapshot',
      ['north', '1'],
      ['south', '2'],
      ['south', '3'],
      ['north', '4'],
    ]);
  });

  test('says the origin in a row of the XML protocol where a login asks for PBXs, and not elsewhere', async () => {
    const { connect, south, north, office } = await branches();
    const texts = async (attributes: string) => {
      const browser = connect(XML_PROTOCOL);
      const got: string[] = [];
      browser.send = ({ text }) => void got.push(text);
      browser.says(`<login username="olga" secret="olga" ${attributes}/>`);
      await office.until(() => got.length > 0);
      for (const pbx of [north, south]) pbx.say(lampRows(1001, 1));
      await office.after(10);
      return got.slice(1);
    };
    expect((await texts('')).join()).not.toContain('<pbx>');
    const both = await texts('pbx="*"');
    expect(both).toHaveLength(2);
    expect(both[1]).toContain('<pbx>south</pbx>');
  });

  test('loses one of them without a word about the other', async () => {
    const { browser, south, gateway, office } = await branches();
    const olga = await browser({ pbx: '*' });
    south.down = true;
    south.drop();
    await office.after(10);
    expect(olga.all('pbx')).toMatchObject([{ pbx: 'south', state: 'down' }]);
    expect(gateway.pbxs.map(({ feed }) => feed.state)).toEqual(['up', 'down']);
  });
});

test('a turn is told apart from every other message', () => {
  for (const index of [0, 1, 99]) expect(readTurn(writeTurn(index))).toBe(index);
  for (const bytes of [[], [0], [1], [0x80], [0xff, 0x0f], [0, 0, 0], [0x80, 0x20, 1]])
    expect(readTurn(new Uint8Array(bytes))).toBeUndefined();
});
