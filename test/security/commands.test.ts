/** Commands that are well written, and not for whoever sends them; and commands that are not what they should be. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { XML_PROTOCOL } from '../../src/gateway/wire/protocol.ts';
import { AttackRig, PROTOCOLS } from './attack-rig.ts';
import { actionIn, command, type Said } from './written.ts';

const BAD_MESSAGE = 'GATEWAY_BAD_MESSAGE';
const BAD_VALUE = 'GATEWAY_BAD_VALUE';
const FORBIDDEN = 'GATEWAY_FORBIDDEN';
const NO_CHANNEL = 'GATEWAY_NO_SUCH_CHANNEL';

let rig: AttackRig;
/** Of a call between 1002 and 1003, and of one of 1001. */
let others = '';
let own = '';

beforeAll(async () => {
  rig = await AttackRig.open();
  await rig.pbx.perform('1003 will answer after 1ms', '1002 dials 1003', 'wait until 1003 is up', '1001 dials 1004');
  await rig.reached();
  const channels = () => [...rig.gateway.model.channels.values()].map(({ channel }) => channel);
  const of = (phone: string) => channels().find((channel) => channel.startsWith(`PJSIP/${phone}-`)) ?? '';
  others = of('1002');
  own = of('1001');
  expect(channels()).toEqual(expect.arrayContaining([others, own]));
}, 30_000);
afterAll(() => rig[Symbol.asyncDispose]());

const CLOSED_ACTIONS: readonly (readonly [string, Record<string, string>])[] = [
  ['Command', { Command: 'core stop now' }],
  ['Originate', { Channel: 'PJSIP/1001', Application: 'System', Data: 'id' }],
  ['Originate', { Channel: 'PJSIP/1001', Exten: '1002', Variable: 'A=1' }],
  ['Originate', { Channel: 'PJSIP/1001', Exten: '1002', Codecs: 'ulaw' }],
  ['UpdateConfig', { SrcFilename: 'manager.conf', DstFilename: 'manager.conf' }],
  ['GetConfig', { Filename: 'manager.conf' }],
  ['GetConfigJSON', { Filename: 'pjsip.conf' }],
  ['CreateConfig', { Filename: 'x.conf' }],
  ['ListCategories', { Filename: 'manager.conf' }],
  ['ModuleLoad', { Module: 'evil.so', LoadType: 'load' }],
  ['Reload', {}],
  ['LoggerRotate', {}],
  ['Setvar', { Variable: 'SHELL(id)', Value: '' }],
  ['Getvar', { Variable: 'FILE(/etc/passwd)' }],
  ['DBPut', { Family: 'a', Key: 'b', Val: 'c' }],
  ['DBGet', { Family: 'a', Key: 'b' }],
  ['DBDelTree', { Family: 'a' }],
  ['DialplanExtensionAdd', { Context: 'from-phones', Extension: '9', Priority: '1', Application: 'System' }],
  ['MixMonitor', { Channel: 'PJSIP/1001-1', Command: 'id' }],
  ['Monitor', { Channel: 'PJSIP/1001-1', File: '/tmp/x' }],
  ['AGI', { Channel: 'PJSIP/1001-1', Command: 'exec System id' }],
  ['ControlPlayback', { Channel: 'PJSIP/1001-1', Control: 'stop' }],
  ['LocalOptimizeAway', { Channel: 'Local/1@x-1;1' }],
  ['VoicemailUsersList', {}],
  ['PJSIPShowEndpoint', { Endpoint: '1001' }],
  ['UserEvent', { UserEvent: 'forged' }],
  ['WaitEvent', { Timeout: '60' }],
  ['Events', { EventMask: 'off' }],
  ['Filter', { Operation: 'Add', Filter: '!.*' }],
  ['Challenge', { AuthType: 'MD5' }],
  ['Login', { Username: 'admin', Secret: 'x' }],
  ['SIPpeers', {}],
  ['SendText', { Channel: 'PJSIP/1001-1', Message: 'x' }],
  ['QueueReset', {}],
  ['QueueAdd', { Queue: 'sales', Interface: 'PJSIP/1001' }],
  ['__proto__', {}],
  ['constructor', {}],
  ['toString', {}],
];

describe.each(PROTOCOLS)('in %s', (protocol) => {
  // In XML these elements are no actions: one logs in, the others never did anything.
  const noActions = protocol === XML_PROTOCOL ? ['Login', 'Reload', 'Events'] : [];
  const isAsked = ([name]: (typeof CLOSED_ACTIONS)[number]) => !noActions.includes(name);
  test.each(CLOSED_ACTIONS.filter(isAsked).map(([name, headers], at) => [name, at + 1, headers] as const))(
    'the action %s (%i), which no role names, is refused',
    async (name, _, headers) => {
      expect(await rig.codeFor('olga', protocol, actionIn(protocol, name, headers))).toBe(FORBIDDEN);
      await rig.nothingReachedThePbx();
    },
  );

  test.each([
    ['a context', '1@from-trunk'],
    ['an application', '1,1,System(id)'],
    ['a second phone', '1001&PJSIP/1002'],
    ['another technology', 'Local/1'],
    ['a function', '$' + '{SHELL(id)}'],
    ['an expression', '$[1+1]'],
    ['options of Dial', '1002|30|g'],
    ['a way up', '../1002'],
    ['a space before it', ' 1002'],
    ['a space behind it', '1002 '],
    ['nothing in it', ''],
    ['65 digits', '1'.repeat(65)],
    ['digits of another script', '١٠٠٢'],
    ['a quote', '1002"'],
    ['an angle bracket', '1002<sip:evil>'],
  ])('a number with %s is refused wherever one stands', async (_, number) => {
    const numbers = [
      command({ do: 'dial', from: number, to: '1002' }),
      command({ do: 'dial', from: '1001', to: number }),
      command({ do: 'transfer', channel: others, to: number }),
      command({ do: 'redirect', channel: others, to: number }),
      actionIn(protocol, 'Atxfer', { Channel: others, Exten: number }),
      actionIn(protocol, 'ExtensionState', { Exten: number }),
      actionIn(protocol, 'PlayDTMF', { Channel: others, Digit: number }),
    ];
    for (const said of numbers) expect(await rig.codeFor('olga', protocol, said), JSON.stringify(said)).toBe(BAD_VALUE);
    await rig.nothingReachedThePbx();
  });

  test.each([
    ['all of them by a pattern', '/.*/'],
    ['the start of one', 'PJSIP/1002'],
    ['one by the prototype', '__proto__'],
    ['one by the constructor', 'constructor'],
    ['none', ''],
    ['one that is gone', 'PJSIP/1002-ffffffff'],
    ['one in other letters', 'pjsip/1002-00000000'],
  ])('a channel that is %s is refused wherever one stands', async (_, channel) => {
    for (const said of channelCommands(protocol, channel))
      expect(await rig.codeFor('olga', protocol, said), JSON.stringify(said)).toBe(NO_CHANNEL);
    await rig.nothingReachedThePbx();
  });

  test('a channel by its uniqueid, which AMI would take for a name, is refused', async () => {
    const [uniqueid = ''] = rig.gateway.model.channels.keys();
    for (const said of channelCommands(protocol, uniqueid))
      expect(await rig.codeFor('olga', protocol, said), JSON.stringify(said)).toBe(NO_CHANNEL);
    await rig.nothingReachedThePbx();
  });

  test('an agent who acts on the call of another is refused, by every command', async () => {
    for (const said of [...channelCommands(protocol, others), withExtra(others)])
      expect(await rig.codeFor('ann', protocol, said), JSON.stringify(said)).toBe(FORBIDDEN);
    await rig.nothingReachedThePbx();
  });

  test('who sees only the own extension learns of the call of another not even that it is there', async () => {
    const closed = new Set(['MuteAudio', 'muteaudio', 'PlayDTMF', 'playdtmf', 'CancelAtxfer', 'cancelatxfer']);
    for (const said of channelCommands(protocol, others).filter(({ name }) => !closed.has(String(name))))
      expect(await rig.codeFor('carl', protocol, said), JSON.stringify(said)).toBe(NO_CHANNEL);
    await rig.nothingReachedThePbx();
  });

  test.each([
    ['a viewer who dials', 'vic', command({ do: 'dial', from: '1001', to: '1002' })],
    ['a viewer who hangs up', 'vic', command({ do: 'hangUp', channel: 'PJSIP/1001-00000001' })],
    ['a viewer who transfers', 'vic', command({ do: 'transfer', channel: 'PJSIP/1001-00000001', to: '1' })],
    ['a viewer who redirects', 'vic', command({ do: 'redirect', channel: 'PJSIP/1001-00000001', to: '1' })],
    ['a viewer who asks the PBX', 'vic', actionIn(protocol, 'QueueStatus')],
    ['an agent who dials from the phone of another', 'ann', command({ do: 'dial', from: '1002', to: '1003' })],
    ['an agent who pauses another', 'ann', actionIn(protocol, 'QueuePause', { Interface: 'PJSIP/1002', Paused: '1' })],
    ['a clerk who asks for a queue out of sight', 'carl', actionIn(protocol, 'QueueStatus', { Queue: 'support' })],
    ['a header that the action may not carry', 'olga', actionIn(protocol, 'QueueStatus', { Member: 'x' })],
    ['a second Action among the headers', 'olga', actionIn(protocol, 'QueueStatus', { Action: 'Command' })],
  ])('%s is refused', async (_, user, said) => {
    expect(await rig.codeFor(user, protocol, said)).toBe(FORBIDDEN);
    await rig.nothingReachedThePbx();
  });

  test.each([
    ['a device that is none', actionIn(protocol, 'QueuePause', { Interface: 'Local/1@evil', Paused: '1' })],
    ['a device by a pattern', actionIn(protocol, 'QueuePause', { Interface: '*', Paused: '1' })],
    ['a flag that is none', actionIn(protocol, 'QueuePause', { Interface: 'PJSIP/1003', Paused: 'maybe' })],
    ['a name with a line of its own', actionIn(protocol, 'QueueStatus', { Queue: 'a b' })],
  ])('%s is refused', async (_, said) => {
    expect(await rig.codeFor('olga', protocol, said)).toBe(BAD_VALUE);
    await rig.nothingReachedThePbx();
  });

  test('a value that is longer than a line of AMI is refused', async () => {
    const Reason = '€'.repeat(400);
    const said = actionIn(protocol, 'QueuePause', { Interface: 'PJSIP/1003', Paused: '1', Reason });
    expect(await rig.codeFor('olga', protocol, said)).toBe(BAD_VALUE);
    expect(await rig.codeFor('olga', protocol, actionIn(protocol, 'QueuePause', { Reason: 'a'.repeat(513) }))).toBe(
      BAD_MESSAGE,
    );
    await rig.nothingReachedThePbx();
  });

  test('a PBX that this session did not ask for is refused', async () => {
    const said =
      protocol === XML_PROTOCOL
        ? '<queuestatus pbx="other"/>'
        : JSON.stringify(command({ do: 'action', name: 'QueueStatus', pbx: 'other' }));
    expect(await rig.codeFor('olga', protocol, said)).toBe('GATEWAY_NO_SUCH_PBX');
    await rig.nothingReachedThePbx();
  });

  test('what is allowed does arrive: the same commands on the own call', async () => {
    expect(await rig.codeFor('ann', protocol, actionIn(protocol, 'Status', { Channel: own }))).toBe('ok');
    expect(await rig.reached()).toEqual([
      [
        ['Action', 'Status'],
        ['Channel', own],
      ],
    ]);
  });
});

describe('in XML', () => {
  test.each(['reload', 'events', 'asterplug'])('<%s>, which never did anything, does nothing', async (name) => {
    const olga = await rig.loggedIn('olga', XML_PROTOCOL);
    olga.say(`<${name} eventmask="off"/>`);
    olga.say('<command/>');
    expect(await olga.answer()).toBe(FORBIDDEN);
    await rig.nothingReachedThePbx();
  });
});

function channelCommands(protocol: string, channel: string): readonly Said[] {
  return [
    command({ do: 'hangUp', channel }),
    command({ do: 'transfer', channel, to: '1002' }),
    command({ do: 'redirect', channel, to: '1002' }),
    actionIn(protocol, 'Atxfer', { Channel: channel, Exten: '1002' }),
    actionIn(protocol, 'Park', { Channel: channel }),
    actionIn(protocol, 'Status', { Channel: channel }),
    actionIn(protocol, 'MuteAudio', { Channel: channel, Direction: 'all', State: 'on' }),
    actionIn(protocol, 'PlayDTMF', { Channel: channel, Digit: '1' }),
    actionIn(protocol, 'CancelAtxfer', { Channel: channel }),
  ];
}

/** The own channel, and another as the second. */
function withExtra(extraChannel: string): Said {
  return command({ do: 'redirect', channel: own, extraChannel, to: '1002' });
}
