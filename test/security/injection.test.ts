/** Line ends, and what might be read as one, in every field of every command of every protocol. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { XML_PROTOCOL } from '../../src/gateway/wire/protocol.ts';
import { AttackRig, PROTOCOLS } from './attack-rig.ts';
import { action, command, type Said } from './written.ts';

const BAD_MESSAGE = 'GATEWAY_BAD_MESSAGE';
const BAD_VALUE = 'GATEWAY_BAD_VALUE';
const FORBIDDEN = 'GATEWAY_FORBIDDEN';
const NO_CHANNEL = 'GATEWAY_NO_SUCH_CHANNEL';

let rig: AttackRig;
beforeAll(async () => {
  rig = await AttackRig.open();
}, 30_000);
afterAll(() => rig[Symbol.asyncDispose]());

type Field = readonly [field: string, command: (value: string) => Said, refusedAs: string];

const call = { channel: 'PJSIP/1001-00000001', to: '1002' };

/** Every field of every command that text can stand in, and how that is refused which is no line end but no number or channel either. */
const fields = (isXml: boolean): readonly Field[] => [
  ['from of dial', (from) => command({ do: 'dial', from, to: '1002' }), BAD_VALUE],
  ['to of dial', (to) => command({ do: 'dial', from: '1001', to }), BAD_VALUE],
  ['channel of hangUp', (channel) => command({ do: 'hangUp', channel }), NO_CHANNEL],
  ['channel of transfer', (channel) => command({ do: 'transfer', ...call, channel }), NO_CHANNEL],
  ['to of transfer', (to) => command({ do: 'transfer', ...call, to }), BAD_VALUE],
  ['channel of redirect', (channel) => command({ do: 'redirect', ...call, channel }), NO_CHANNEL],
  ['extraChannel of redirect', (extraChannel) => command({ do: 'redirect', ...call, extraChannel }), NO_CHANNEL],
  ['to of redirect', (to) => command({ do: 'redirect', ...call, to }), BAD_VALUE],
  ...(isXml
    ? [
        ['a value of an action', (queue: string) => action('queuestatus', { queue }), BAD_VALUE] as const,
        ['a text of an action', (reason: string) => action('queuepause', { reason }), 'ok'] as const,
        ['the actionid', (actionid: string) => action('queuestatus', { actionid }), 'ok'] as const,
      ]
    : [
        ['the name of an action', (name: string) => action(name, {}), FORBIDDEN] as const,
        ["a header's name", (name: string) => action('QueueStatus', { [name]: 'x' }), BAD_MESSAGE] as const,
        ["a header's value", (Queue: string) => action('QueueStatus', { Queue }), BAD_VALUE] as const,
        [
          "one of a header's values",
          (Queue: string) => action('QueueStatus', { Queue: ['a', Queue] }),
          BAD_VALUE,
        ] as const,
      ]),
];

const LINE_ENDS = [
  ['CR LF', '\r\n'],
  ['a lone CR', '\r'],
  ['a lone LF', '\n'],
  ['NUL', '\0'],
  ['an empty line', '\r\n\r\n'],
] as const;

/** In some encoding, or to some reader, each of these is a line end, or becomes one by losing its upper byte. */
const LOOKALIKES = [
  ['U+0085 (next line)', '\u0085'],
  ['U+2028 (line separator)', '\u2028'],
  ['U+2029 (paragraph separator)', '\u2029'],
  ['U+010A (LF, once its upper byte is lost)', '\u010a'],
  ['U+010D (CR, once its upper byte is lost)', '\u010d'],
  ['U+560A and U+560D', '\u560d\u560a'],
  ['VT and FF', '\v\f'],
] as const;

describe.each(PROTOCOLS)('in %s', (protocol) => {
  const isXml = protocol === XML_PROTOCOL;
  const all = fields(isXml);

  test.each(
    all
      .filter(([field]) => field !== 'the actionid')
      .flatMap(([field, make]) =>
        LINE_ENDS.map(([name, sign]) => [name, field, make(`1002${sign}Action: Command`)] as const),
      ),
  )('%s in %s is refused', async (_, __, said) => {
    expect(await rig.codeFor('olga', protocol, said)).toBe(BAD_MESSAGE);
    await rig.nothingReachedThePbx();
  });

  test.each(
    all
      .filter(([, , refusedAs]) => refusedAs !== 'ok')
      .flatMap(([field, make, refusedAs]) =>
        LOOKALIKES.filter(([name]) => !(isXml && name.startsWith('VT'))).map(
          ([name, sign]) => [name, field, make(`1002${sign}Action: Command`), refusedAs] as const,
        ),
      ),
  )('%s in %s is refused', async (_, __, said, refusedAs) => {
    expect(await rig.codeFor('olga', protocol, said)).toBe(refusedAs);
    await rig.nothingReachedThePbx();
  });

  test.each(LOOKALIKES.filter(([name]) => !(isXml && name.startsWith('VT'))))(
    '%s in a free text is carried as it is, in the one line that it stands in',
    async (_, sign) => {
      const Reason = `tea${sign}Action: Command${sign}${sign}`;
      const said = isXml
        ? action('queuepause', { interface: 'PJSIP/1003', paused: '1', reason: Reason })
        : action('QueuePause', { Interface: 'PJSIP/1003', Paused: '1', Reason });
      expect(await rig.codeFor('olga', protocol, said)).toBe('ok');
      expect(await rig.reached()).toEqual([
        [
          ['Action', 'QueuePause'],
          ['Interface', 'PJSIP/1003'],
          ['Paused', '1'],
          ['Reason', Reason],
        ],
      ]);
    },
  );
});

describe('in JSON', () => {
  const json = PROTOCOLS[0];

  test('half a character is carried as the sign for one that is none', async () => {
    const said = action('QueuePause', { Interface: 'PJSIP/1003', Paused: '1', Reason: 'a\ud800\r'.slice(0, 2) });
    expect(await rig.codeFor('olga', json, said)).toBe('ok');
    expect((await rig.reached())[0]?.at(-1)).toEqual(['Reason', 'a\ufffd']);
  });

  test.each([
    ['a colon', 'Queue: sales\\r\\nAction'],
    ['a space', 'Queue Action'],
    ['a space before it', ' Queue'],
    ['a tab', 'Queue\\tX'],
    ['nothing at all', ''],
    ['81 letters', 'Q'.repeat(81)],
    ['a letter that AMI does not know', 'Qu\\u00e9ue'],
    ['the prototype', '__proto__'],
  ])('a header whose name has %s is refused', async (_, name) => {
    // `__proto__` in JSON is a key like any other, and a name that AMI could not have.
    expect(
      await rig.codeFor(
        'olga',
        json,
        `{"type":"command","id":7,"do":"action","name":"QueueStatus","headers":{"${name}":"x"}}`,
      ),
    ).toBe(BAD_MESSAGE);
    await rig.nothingReachedThePbx();
  });

  test.each([
    ['a second command', '"do":"hangUp","do":"action","name":"Command","headers":{"Command":"id"}', FORBIDDEN],
    ['a second name of the action', '"do":"action","name":"QueueStatus","name":"Command"', FORBIDDEN],
    ['second headers', '"do":"action","name":"QueueStatus","headers":{},"headers":{"Action":"Command"}', FORBIDDEN],
    [
      'a second value of a header',
      '"do":"action","name":"QueueStatus","headers":{"Queue":"a","Queue":"\\n"}',
      BAD_MESSAGE,
    ],
    ['a second number', '"do":"dial","from":"1001","to":"1002","to":"1@evil"', BAD_VALUE],
    ['a second type', '"do":"dial","type":"hello","user":"ann"', 'GATEWAY_HELLO_EXPECTED'],
  ])('%s under the same key counts, and is checked', async (_, fields, code) => {
    const olga = await rig.loggedIn('olga');
    olga.say(`{"type":"command","id":7,${fields}}`);
    expect(await olga.answer()).toBe(code);
    await rig.nothingReachedThePbx();
  });
});

describe('in XML', () => {
  test.each([
    [
      'a line end between the letters of a value, which XML reads as a space',
      '<hangup channel="PJSIP/1\r\nAction: Command"/>',
      NO_CHANNEL,
    ],
    ['a header under a name of two parts', '<queuestatus a:b="x"/>', BAD_MESSAGE],
    ['an action under a name of two parts', '<a:queuestatus/>', FORBIDDEN],
    ['the same attribute twice', '<queuestatus queue="a" queue="b"/>', BAD_MESSAGE],
    ['the same attribute twice, in another case', '<queuestatus queue="a" Queue="b&#10;"/>', BAD_MESSAGE],
    ['an action as an attribute', '<queuestatus action="Command"/>', FORBIDDEN],
    ['a value that is no attribute', '<queuestatus queue=a/>', BAD_MESSAGE],
    ['two documents', '<queuestatus/><command command="core stop now"/>', BAD_MESSAGE],
    ['an action inside an action', '<command><queuestatus/></command>', FORBIDDEN],
    ['an action in a comment', '<!--<queuestatus/>--><command/>', FORBIDDEN],
    ['an action behind an instruction', '<?xml-stylesheet href="x"?><command/>', FORBIDDEN],
    ['a foreign context', '<originate channel="PJSIP/1001@evil" exten="1002"/>', BAD_VALUE],
    ['an application', '<originate channel="PJSIP/1001" application="System" data="id"/>', FORBIDDEN],
    ['a variable', '<originate channel="PJSIP/1001" exten="1002" variable="A=1"/>', FORBIDDEN],
    ['codecs', '<originate channel="PJSIP/1001" exten="1002" codecs="ulaw"/>', FORBIDDEN],
    ['an element by the prototype', '<__proto__/>', FORBIDDEN],
    ['an element by the constructor', '<constructor/>', FORBIDDEN],
    ['an attribute by the prototype', '<queuestatus __proto__="x"/>', BAD_MESSAGE],
    ['an attribute by the constructor', '<queuestatus constructor="x"/>', FORBIDDEN],
  ])('%s is refused', async (_, document, code) => {
    expect(await rig.codeFor('olga', XML_PROTOCOL, document)).toBe(code);
    await rig.nothingReachedThePbx();
  });

  test.each([
    [
      'an entity that grows',
      `<!DOCTYPE a [<!ENTITY a "${'x'.repeat(1000)}"><!ENTITY b "&a;&a;&a;&a;">]><queuestatus queue="&b;"/>`,
    ],
    [
      'an entity from a file',
      '<!DOCTYPE a SYSTEM "file:///etc/passwd" [<!ENTITY a SYSTEM "file:///etc/passwd">]><queuestatus queue="&a;"/>',
    ],
    ['an entity from elsewhere', '<!DOCTYPE a [<!ENTITY % a SYSTEM "http://127.0.0.1/x"> %a;]><queuestatus/>'],
    ['a DOCTYPE alone', '<!DOCTYPE queuestatus><queuestatus/>'],
    ['an entity that nobody defined', '<queuestatus queue="&evil;"/>'],
    ['half a character', '<queuestatus queue="&#xD800;"/>'],
    ['a character that XML does not have', '<queuestatus queue="&#11;"/>'],
    ['elements nested without end', '<a>'.repeat(5000)],
    ['elements without number', `<asterclick>${'<a/>'.repeat(5000)}</asterclick>`],
    ['101 attributes', `<queuestatus ${Array.from({ length: 101 }, (_, at) => `a${at}="x"`).join(' ')}/>`],
  ])('%s is refused', async (_, document) => {
    expect(await rig.codeFor('olga', XML_PROTOCOL, document)).toBe(BAD_MESSAGE);
    await rig.nothingReachedThePbx();
  });
});
