import { describe, expect, test } from 'vitest';
import { decodeJson } from './decode-json.ts';
import { GatewayError } from './gateway-error.ts';
import { SubjectReader } from './subjects.ts';
import { Subscription } from './subscription.ts';
import { headersOf, type WireEvent, type WireLine } from './wire/event.ts';
import { emptyModel } from './wire/model.ts';
import type { SubscriptionRule } from './wire/protocol.ts';
import { reduce } from './wire/reduce.ts';

/** `Hold call Channel=PJSIP/1001-00000001` */
function event(text: string): WireEvent {
  const [name = '', privilege = '', ...headers] = text.split(' ');
  const lines = [`Privilege=${privilege},all`, ...headers].map((each): WireLine => {
    const at = each.indexOf('=');
    return [each.slice(0, at), each.slice(at + 1)];
  });
  return { name, at: 1, headers: headersOf(lines), lines };
}

/** Whether the last of some events comes. */
function comes(rules: readonly SubscriptionRule[], ...texts: readonly string[]): boolean {
  const model = emptyModel();
  const reader = new SubjectReader(model);
  const last = texts
    .map(event)
    .map((each) => [each, reader.read(each, reduce(model, each))] as const)
    .at(-1);
  return last !== undefined && (Subscription.of(rules)?.passes(...last) ?? true);
}

const HOLD = 'Hold call Channel=PJSIP/1001-00000001';
const DIAL = 'DialBegin call Channel=PJSIP/1001-00000001 DestChannel=Local/1002@from-phones-00000002;1';
const MEMBER = 'QueueMemberPause agent Queue=support Interface=PJSIP/1003 MemberName=Cem';
const JOIN = 'QueueCallerJoin agent Queue=support Channel=PJSIP/trunk-00000003 Uniqueid=1.3 Position=1';
const LAMP = 'ExtensionStatus call Exten=2001 Context=hints Hint=PJSIP/1002 Status=1';
const NEW = (number: number) =>
  `Newchannel call Channel=PJSIP/100${number}-0000000${number} ChannelStateDesc=Up Uniqueid=1.${number} Linkedid=1.1`;
const ENTER = (number: number) =>
  `BridgeEnter call BridgeUniqueid=b Channel=PJSIP/100${number}-0000000${number} ChannelStateDesc=Up Uniqueid=1.${number} Linkedid=1.1`;
const LEAVE = (number: number) => ENTER(number).replace('BridgeEnter', 'BridgeLeave');
const END = 'BridgeDestroy call BridgeUniqueid=b';

describe('what comes:', () => {
  test.each<[string, readonly SubscriptionRule[], readonly string[], boolean]>([
    ['without a rule nothing', [], [HOLD], false],
    ['with a rule that names nothing everything', [{}], [HOLD], true],
    ['an event by its name', [{ events: ['Hold'] }], [HOLD], true],
    ['not one of another name', [{ events: ['Unhold'] }], [HOLD], false],
    ['not one that is written otherwise', [{ events: ['HOLD'] }], [HOLD], false],
    ['one that a pattern fits', [{ events: ['H*d'] }], [HOLD], true],
    ['one of the patterns is enough', [{ events: ['Unhold', 'H*'] }], [HOLD], true],
    ['by class', [{ classes: ['call'] }], [HOLD], true],
    ['not of another class', [{ classes: ['agent'] }], [HOLD], false],
    ['by a pattern for classes', [{ classes: ['ag*'] }], [MEMBER], true],
    ['every event is of class all', [{ classes: ['all'] }], [MEMBER], true],
    ['by the extension of its channel', [{ extensions: ['1001'] }], [HOLD], true],
    ['not by another', [{ extensions: ['1002'] }], [HOLD], false],
    ['not by a part of the number', [{ extensions: ['100'] }], [HOLD], false],
    ['by any channel that it names, halves of Local channels too', [{ extensions: ['1002'] }], [DIAL], true],
    ['by the device of a member', [{ extensions: ['1003'] }], [MEMBER], true],
    ['by the number of a lamp', [{ extensions: ['20*'] }], [LAMP], true],
    [
      'by the number whose hint watches the device',
      [{ extensions: ['2001'] }],
      [LAMP, 'Hold call Channel=PJSIP/1002-00000001'],
      true,
    ],
    ['not where a channel only is in the dialplan', [{ extensions: ['1002'] }], [`${HOLD} Exten=1002`], false],
    [
      'not a mailbox by whoever leaves a message in it',
      [{ extensions: ['1001'] }],
      ['MessageWaiting call Channel=PJSIP/1001-00000001 Mailbox=1002@default'],
      false,
    ],
    ['by queue', [{ queues: ['support'] }], [MEMBER], true],
    ['not by another queue', [{ queues: ['sales'] }], [MEMBER], false],
    ['not what names no queue, though every one is wanted', [{ queues: ['*'] }], [HOLD], false],
    [
      'not what names no extension, though every one is wanted',
      [{ extensions: ['*'] }],
      ['Reload system Module=All'],
      false,
    ],
    ['all that a rule names has to fit', [{ events: ['Hold'], extensions: ['1002'] }], [HOLD], false],
    ['all of it', [{ events: ['Q*'], classes: ['agent'], extensions: ['1003'], queues: ['s*'] }], [MEMBER], true],
    ['one rule is enough', [{ events: ['Nothing'] }, { extensions: ['1001'] }], [HOLD], true],
    ['who else enters a bridge', [{ extensions: ['1001'] }], [NEW(1), NEW(2), ENTER(1), ENTER(2)], true],
    ['not who is in a bridge of others', [{ extensions: ['1003'] }], [NEW(1), NEW(2), ENTER(1), ENTER(2)], false],
    ['the end of a bridge, for who was in it', [{ extensions: ['1001'] }], [NEW(1), ENTER(1), LEAVE(1), END], true],
    ['not for who was not', [{ extensions: ['1002'] }], [NEW(1), ENTER(1), LEAVE(1), END], false],
    [
      "who takes a caller's place in a queue, with the callers of the queue",
      [{ events: ['Queue*'], queues: ['support'] }],
      [JOIN, 'AttendedTransfer call Result=Success DestType=App OrigTransfererUniqueid=1.3 TransferTargetUniqueid=1.4'],
      true,
    ],
    ['no other transfer', [{ events: ['Queue*'] }], ['AttendedTransfer call Result=Success DestType=Bridge'], false],
  ])('%s', (_, rules, texts, expected) => {
    expect(comes(rules, ...texts)).toBe(expected);
  });
});

describe('subscriptions that are the same share a key:', () => {
  const key = (rules: readonly SubscriptionRule[]) => Subscription.of(rules)?.key;

  test.each<[string, readonly SubscriptionRule[], readonly SubscriptionRule[]]>([
    ['whatever the order', [{ events: ['A', 'B'] }, { queues: ['q'] }], [{ queues: ['q'] }, { events: ['B', 'A'] }]],
    ['named twice', [{ events: ['A', 'A'] }, { events: ['A'] }], [{ events: ['A'] }]],
    ['in one rule or in several', [{ events: ['A'] }, { events: ['B'] }], [{ events: ['A', 'B'] }]],
    [
      'in several with the same bounds',
      [
        { events: ['A'], queues: ['q'] },
        { queues: ['q'], events: ['B'] },
      ],
      [{ events: ['A', 'B'], queues: ['q'] }],
    ],
    ['of numbers too', [{ extensions: ['1'] }, { extensions: ['2'] }], [{ extensions: ['2', '1'] }]],
    ['where a list says nothing', [{ events: ['*'], extensions: ['1'] }], [{ extensions: ['1'], classes: ['all'] }]],
    ['with a star or more', [{ events: ['A**'] }], [{ events: ['A*'] }]],
    ['where all of a kind are wanted', [{ queues: ['*', 'q'] }], [{ queues: ['*'] }]],
  ])('%s', (_, one, other) => {
    expect(key(one)).toBeDefined();
    expect(key(one)).toBe(key(other));
  });

  test.each<[string, readonly SubscriptionRule[], readonly SubscriptionRule[]]>([
    [
      'one rule of two things is not two rules',
      [{ events: ['A'], queues: ['q'] }],
      [{ events: ['A'] }, { queues: ['q'] }],
    ],
    ['all of a kind is not everything', [{ queues: ['*'] }], [{ extensions: ['*'] }]],
    ['nothing is not something', [], [{ events: ['A'] }]],
  ])('and others do not: %s', (_, one, other) => {
    expect(key(one)).not.toBe(key(other));
  });

  test('everything is no subscription', () => {
    for (const rules of [undefined, [{}], [{ events: ['*'], classes: ['all'] }], [{ events: ['Hold'] }, {}]])
      expect(Subscription.of(rules)).toBeUndefined();
    expect(Subscription.of([])).toBeDefined();
  });
});

test.each<[string, readonly SubscriptionRule[], readonly string[] | 'all' | 'but']>([
  ['an extension', [{ extensions: ['1001'] }], 'all'],
  ['events that keep nothing', [{ events: ['Hold', 'Dial*'] }], 'all'],
  ['class call', [{ classes: ['call'] }], 'all'],
  ['beginnings of channels without their ends', [{ events: ['Newchannel'] }], 'but'],
  ['channels with one half of holding', [{ events: ['New*', 'Hangup', 'Hold'] }], 'but'],
  ['those with both', [{ events: ['New*', 'Hangup', 'Hold', 'Unhold'] }], 'all'],
  ['an extension, and beginnings of all channels', [{ extensions: ['1001'] }, { events: ['Newchannel'] }], 'but'],
])('of the model a subscription keeps what its events can keep: %s', (_, rules, tables) => {
  const kept = Subscription.of(rules)?.kept(() => true).tables;
  if (tables === 'all') expect(kept).toBeUndefined();
  else expect(kept).toEqual(expect.not.arrayContaining(['channels']));
});

describe('refuses a subscription, and says what is right:', () => {
  const many = (count: number, name: (index: number) => string) => [
    { events: Array.from({ length: count }, (_, i) => name(i)) },
  ];

  test.each<[string, unknown, RegExp]>([
    ['no list', { events: ['Hold'] }, /"rules": .*array/],
    ['no rule', ['Hold'], /"rules\.0": .*object/],
    ['a key that is none', [{ event: ['Hold'] }], /"rules\.0": has events, classes, extensions and queues only/],
    ['a key of every object', [JSON.parse('{"__proto__": ["Hold"]}')], /"rules\.0": has events, classes/],
    ['another', [{ constructor: ['Hold'] }], /"rules\.0": has events, classes/],
    ['a name that is no list', [{ events: 'Hold' }], /"rules\.0\.events": .*array/],
    ['an empty list', [{ events: [] }], /"rules\.0\.events": names nothing: leave it out, or name something/],
    ['a number that is no text', [{ extensions: [1001] }], /"rules\.0\.extensions\.0": .*string/],
    [
      'an event in small letters',
      [{ events: ['Hold', 'unhold'] }],
      /"rules\.0\.events\.1": must be the name of an AMI event as on the wire, "Hold" or "Queue\*"/,
    ],
    ['an expression', [{ events: ['Ho(ld)+'] }], /"rules\.0\.events\.0": must be the name/],
    [
      'a class that there is not',
      [{ classes: ['calls'] }],
      /"rules\.0\.classes\.0": must be a class of AMI events: agent, .* or verbose/,
    ],
    ['a pattern that fits no class', [{ classes: ['x*'] }], /must be a class/],
    [
      'a number with a space',
      [{ extensions: ['10 01'] }],
      /"rules\.0\.extensions\.0": must be a number of the dialplan/,
    ],
    ['a queue with a line end', [{ queues: ['a\nb'] }], /"rules\.0\.queues\.0": must be the name of a queue/],
    ['an empty name', [{ queues: [''] }], /must be the name of a queue/],
    ['a name without end', [{ events: ['A'.repeat(81)] }], /may have 80 characters/],
    ['many stars', [{ events: ['A*b*c*d*e*'] }], /may have 4 "\*"/],
    ['many rules', Array.from({ length: 33 }, () => ({})), /"rules": may have 32 rules/],
    ['many names', many(501, (i) => `E${i}`), /"rules": may name 500 things in all/],
    ['many patterns', many(51, (i) => `E${i}*`), /"rules": may have 50 names with "\*" in all/],
  ])('%s', (_, rules, said) => {
    const read = () => decodeJson(JSON.stringify({ type: 'subscribe', id: 1, rules }));
    expect(read).toThrow(GatewayError);
    expect(read).toThrow(said);
    const hello = () => decodeJson(JSON.stringify({ type: 'hello', user: 'ann', secret: 's', subscribe: rules }));
    expect(hello).toThrow(new RegExp(said.source.replace('"rules', '"subscribe')));
  });

  test('and takes as much as is allowed', () => {
    const rules = [...many(450, (i) => `E${i}`), ...many(50, (i) => `E${i}*`)];
    expect(decodeJson(JSON.stringify({ type: 'subscribe', id: 1, rules }))).toEqual({
      type: 'subscribe',
      id: 1,
      rules,
    });
  });
});
