import { afterEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { GatewayServer } from './gateway-server.node.ts';
import { channelRows, type FakePbx } from './office.test-support.ts';
import { serveOffice } from './served-office.test-support.ts';

const undo: (() => unknown)[] = [];
afterEach(async () => {
  for (const each of undo.splice(0).reverse()) await each();
});

async function serve() {
  const office = await serveOffice({ prepare });
  undo.push(() => office.close());
  return office;
}

function prepare(pbx: FakePbx): void {
  pbx.answers.set('CoreShowChannels', [
    `Event: CoreShowChannel\n${channelRows(1).replace('Privilege: call,all', 'Application: Dial')}`,
  ]);
  pbx.answers.set('ExtensionStateList', [
    'Event: ExtensionStatus\nExten: 1001\nContext: c\nHint: PJSIP/1001\nStatus: 1\nStatusText: InUse',
  ]);
  pbx.answers.set('Originate', ['Response: Success\nMessage: Originate successfully queued']);
  pbx.answers.set('QueuePause', ['Response: Success\nMessage: Interface paused successfully']);
}

/** What a page of 2011 did: documents out, `<event name="...">` in, a listener by name that gets the document's elements. */
class OldPage {
  readonly socket: WebSocket;
  readonly documents: string[] = [];
  readonly closed: Promise<{ code: number; reason: string }>;
  #heard: () => void = () => {};

  constructor(server: GatewayServer) {
    this.socket = new WebSocket(`${server.webSocketUrl}wSocket/wSockets.php`);
    this.socket.on('message', (data) => {
      this.documents.push(String(data));
      this.#heard();
    });
    this.closed = new Promise((resolve) => {
      this.socket.on('close', (code, reason) => resolve({ code, reason: String(reason) }));
    });
    undo.push(() => this.socket.terminate());
  }

  async says(...elements: string[]): Promise<void> {
    if (this.socket.readyState === WebSocket.CONNECTING)
      await new Promise((resolve) => this.socket.once('open', resolve));
    for (const element of elements) this.socket.send(`<?xml version="1.0" ?>\n${element}`);
  }

  /** The elements of the next event of that name; what came before it is passed over. */
  async next(name: string): Promise<Record<string, string>> {
    for (;;) {
      const at = this.documents.findIndex((text) => text.includes(`<event name="${name}"`));
      if (at >= 0) return elementsOf(this.documents.splice(0, at + 1)[at] ?? '');
      await new Promise<void>((resolve) => {
        this.#heard = resolve;
      });
    }
  }
}

function elementsOf(text: string): Record<string, string> {
  expect(text).toMatch(/^<\?xml version="1\.0" encoding="UTF-8"\?>\n<event name="[^"]+"[^>]*>\n.*<\/event>$/s);
  const rows = [...text.matchAll(/^<([a-z_][a-z0-9_.-]*)(?: \/>|>([^<]*)<\/\1>)$/gm)];
  return Object.fromEntries(rows.map(([, name = '', value = '']) => [name, value]));
}

const LOGIN = '<login username="olga" secret="olga"/>';

describe('a page of 2011, which asks for no subprotocol,', () => {
  test('logs in, and gets its hold events', async () => {
    const { server, pbx } = await serve();
    const page = new OldPage(server);
    await page.says(LOGIN);
    expect(await page.next('login')).toEqual({ result: 'accepted' });
    expect(page.socket.protocol).toBe('');
    pbx.say(`Event: Hold\n${channelRows(1)}\nMusicClass: <b>&"'`);
    expect(await page.next('hold')).toMatchObject({
      status: 'On',
      privilege: 'call,all',
      channel: 'PJSIP/1001-00000001',
      calleridnum: '1001',
      musicclass: '&lt;b&gt;&amp;&quot;&apos;',
      actionid: expect.stringMatching(/^0_\d+_ALL_ALL$/),
    });
    pbx.say(`Event: Unhold\n${channelRows(1)}`);
    expect(await page.next('hold')).toMatchObject({ status: 'Off', channel: 'PJSIP/1001-00000001' });
    expect(await page.next('unhold')).toMatchObject({ channel: 'PJSIP/1001-00000001' });
  });

  test('is told that a login is required, and that one was rejected', async () => {
    const { server, pbx } = await serve();
    const page = new OldPage(server);
    await page.says('<originate channel="PJSIP/1001" exten="1002"/>');
    expect(await page.next('login')).toEqual({ result: 'required' });
    await page.says('<login username="olga" secret="wrong"/>');
    expect(await page.next('login')).toEqual({ result: 'rejected' });
    expect((await page.closed).code).toBe(4001);
    expect(pbx.actionNames).not.toContain('Originate');
  });

  test('acts by elements and attributes, also before it has heard of its login', async () => {
    const { server, pbx } = await serve();
    const page = new OldPage(server);
    await page.says(LOGIN, '<originate channel="PJSIP/1001" exten="1002" context="default" priority="1"/>');
    expect(await page.next('login')).toEqual({ result: 'accepted' });
    expect(await page.next('_amisuccess')).toMatchObject({ message: 'Originate successfully queued' });
    const originate = pbx.actions.find((action) => action.get('Action') === 'Originate');
    expect([originate?.get('Channel'), originate?.get('Exten'), originate?.get('Async')]).toEqual([
      'PJSIP/1001',
      '1002',
      'true',
    ]);
  });

  test('gets the rows of a list as events, and its end', async () => {
    const { server } = await serve();
    const page = new OldPage(server);
    await page.says(LOGIN, '<coreshowchannels/>');
    while (!page.documents.at(-1)?.includes('coreshowchannelscomplete'))
      await new Promise((resolve) => page.socket.once('message', resolve));
    const [, response, row, end] = page.documents;
    expect(response).toContain('<event name="_amipayload">\n<response>Success</response>');
    expect(elementsOf(row ?? '')).toMatchObject({ channel: 'PJSIP/1001-00000001', actionid: '0_2_HTML5_0' });
    expect(elementsOf(end ?? '')).toMatchObject({ listitems: '1', actionid: '0_2_HTML5_0' });
    expect(page.documents).toHaveLength(4);
  });

  test.each([
    ['an action that no role names', '<command command="sip show peers"/>', 'GATEWAY_FORBIDDEN'],
    ['an application', '<originate channel="PJSIP/1001" application="System" data="x"/>', 'GATEWAY_FORBIDDEN'],
    ['a second action in a value', '<hangup channel="a&#13;&#10;Action: Originate"/>', 'GATEWAY_BAD_MESSAGE'],
    ['an entity of its own', '<!DOCTYPE a [<!ENTITY e "1001">]><queuestatus queue="&e;"/>', 'GATEWAY_BAD_MESSAGE'],
    ['an unknown entity', '<queuestatus queue="&nbsp;"/>', 'GATEWAY_BAD_MESSAGE'],
    ['half a document', '<queuestatus', 'GATEWAY_BAD_MESSAGE'],
    ['a deep document', `${'<a>'.repeat(9)}${'</a>'.repeat(9)}`, 'GATEWAY_BAD_MESSAGE'],
    ['what is no XML', '{"type":"hello"}', 'GATEWAY_BAD_MESSAGE'],
    ['a name of objects', '<queuestatus __proto__="x" constructor="y"/>', 'GATEWAY_'],
  ])('is refused %s, and nothing of it reaches the PBX', async (_, element, code) => {
    const { server, pbx } = await serve();
    const page = new OldPage(server);
    await page.says(LOGIN);
    await page.next('login');
    const before = pbx.actions.length;
    page.socket.send(element);
    expect((await page.next('_amierror'))['code']).toContain(code);
    expect(pbx.actions.length).toBe(before);
  });

  test('chats with others who have logged in, and keeps attributes', async () => {
    const { server } = await serve();
    const [page, other] = [new OldPage(server), new OldPage(server)];
    await page.says(LOGIN);
    await other.says('<login username="ann" secret="ann"/>');
    await Promise.all([page.next('login'), other.next('login')]);
    await other.says(
      '<asterclick><setattribute name="Label" value="Front &quot;desk&quot;"/><chatsend>a &lt;b&gt; c</chatsend></asterclick>',
    );
    expect(await other.next('asterclick_setattribute')).toMatchObject({ name: 'Label' });
    while (page.documents.length === 0) await new Promise((resolve) => page.socket.once('message', resolve));
    expect(page.documents[0]).toMatch(
      /^<\?xml[^>]*>\n<event name="chatline" from="1001" label="Front &quot;desk&quot;" timestamp="\d+" date="\d{4}-\d\d-\d\d" time="[\d:]{8}">\na &lt;b&gt; c\n<\/event>$/,
    );
  });

  test('says goodbye', async () => {
    const { server } = await serve();
    const page = new OldPage(server);
    await page.says(LOGIN, '<logoff/>');
    expect(await page.closed).toEqual({ code: 1000, reason: 'GoodBye' });
  });
});
