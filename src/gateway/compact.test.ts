import { describe, expect, test } from 'vitest';
import { channelRows, type FakeBrowser, Office } from './office.test-support.ts';
import { CompactDecoder } from './wire/compact-decoder.ts';
import { CompactEncoder } from './wire/compact-encoder.ts';
import { COMPACT_PROTOCOL, type EventMessage } from './wire/protocol.ts';

async function join(office: Office, hello: object = {}, decoder = new CompactDecoder()): Promise<FakeBrowser> {
  const browser = office.connect(COMPACT_PROTOCOL);
  browser.decoder = decoder;
  browser.says(JSON.stringify({ type: 'hello', user: 'olga', secret: 'olga', ...hello }));
  await office.until(() => browser.messages.length > 0);
  return browser;
}

async function happens(office: Office, from: number, to: number): Promise<void> {
  for (let number = from; number <= to; number++)
    office.pbx.say(
      `Event: VarSet\n${channelRows(1 + (number % 3))}\nVariable: V${number % 4}\nValue: value ${number}\nMore: a\nMore: ${number}`,
    );
  await office.after();
}

/** What JSON carries of events too. */
function plain(events: readonly EventMessage[]): readonly EventMessage[] {
  return events.map(({ lines: _, ...event }) => event);
}

/** The same stream as JSON. */
async function reference(office: Office): Promise<FakeBrowser> {
  return office.browser('olga');
}

describe('a compact client', () => {
  test('reads what a JSON client reads, and shares its bytes with those of its view', async () => {
    const office = await Office.open();
    const json = await reference(office);
    const [one, other] = [await join(office), await join(office)];
    await happens(office, 1, 20);
    expect(plain(one.all('event'))).toEqual(json.all('event'));
    expect(one.all('event')).toHaveLength(20);
    expect(other.frames.at(-1)).toBe(one.frames.at(-1));
    expect(one.frames.at(-1)?.bytes).toBeLessThan(30);
  });

  test('that comes in the middle reads on from its snapshot', async () => {
    const office = await Office.open();
    const json = await reference(office);
    await join(office);
    await happens(office, 1, 10);
    const late = await join(office);
    await happens(office, 11, 20);
    expect(late.messages[1]).toMatchObject({ type: 'snapshot' });
    expect(plain(late.all('event'))).toEqual(json.all('event').slice(10));
  });

  test.each([
    ['still knows what it knew', true],
    ['has lost what it knew', false],
  ])('that comes back and %s gets exactly what it missed, and reads on', async (_, knows) => {
    const office = await Office.open();
    const json = await reference(office);
    const [stays, goes] = [await join(office), await join(office)];
    await happens(office, 1, 5);
    const [{ epoch }, { seq }] = [goes.last('welcome'), goes.last('event')];
    goes.leave();
    await happens(office, 6, 10);
    const { decoder } = goes;
    const resume = { epoch, seq, ...(knows && { lineage: decoder.lineage }) };
    const back = await join(office, { resume }, knows ? decoder : undefined);
    await happens(office, 11, 15);
    expect(back.last('welcome').resumed).toBe(true);
    expect(back.all('snapshot')).toEqual([]);
    expect(plain(back.all('event'))).toEqual(json.all('event').slice(5));
    expect(plain(stays.all('event'))).toEqual(json.all('event'));
    if (knows) expect(back.frames.at(-6)).toBe(stays.frames.at(-6));
  });

  test('that names a lineage for a time when it was not there spoils nothing', async () => {
    const office = await Office.open();
    const json = await reference(office);
    await happens(office, 1, 5);
    const first = await join(office);
    const { epoch, seq } = first.last('welcome');
    const liar = await join(office, { resume: { epoch, seq: seq - 5, lineage: first.decoder.lineage } });
    await happens(office, 6, 8);
    expect(plain(liar.all('event'))).toEqual(json.all('event'));
    expect(plain(first.all('event'))).toEqual(json.all('event').slice(5));
  });

  test('goes on when the PBX was away', async () => {
    const office = await Office.open();
    const json = await reference(office);
    const browser = await join(office);
    await happens(office, 1, 5);
    office.pbx.drop();
    await office.after(2_000);
    await happens(office, 6, 9);
    expect(browser.all('pbx').length).toBeGreaterThan(1);
    expect(plain(browser.all('event'))).toEqual(json.all('event'));
  });
});

/** Park and Miller's. */
function chance(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
}

test.each([
  [
    'a name that comes again after another',
    [
      ['Privilege', 'user,all'],
      ['Item', 'a'],
      ['Other', 'b'],
      ['Item', 'c'],
      ['Item', 'd'],
      ['Item ', 'e'],
    ],
  ],
  [
    'names that are numbers, which objects would put first',
    [
      ['Z', '1'],
      ['7', 'a'],
      ['3', 'b'],
      ['7', 'c'],
    ],
  ],
  [
    'a Privilege in another place, or twice',
    [
      ['A', '1'],
      ['Privilege', 'x'],
      ['Event', 'y'],
      ['Privilege', 'z'],
    ],
  ],
  [
    'a Privilege without a value',
    [
      ['Privilege', ''],
      ['Channel', 'a'],
      ['Uniqueid', '1'],
      ['Channel', 'b'],
    ],
  ],
  [
    'a row without a name',
    [
      ['', 'no colon here'],
      ['A', '1'],
    ],
  ],
  ['no header', []],
] as const)('the headers of an event with %s are the same again', (_, lines) => {
  const encoder = new CompactEncoder('pbx', 'l');
  const decoder = new CompactDecoder();
  decoder.decode(encoder.state());
  for (let seq = 1; seq < 4; seq++) {
    const read = decoder.decode(
      encoder.event({ name: 'UserEvent', at: seq, headers: {}, lines }, { seq, prev: seq - 1 }),
    );
    expect(read?.lines).toEqual(lines);
  }
});

test('whatever comes, the decoder reads it or refuses it as such, and does not grow', () => {
  const draw = chance(2011);
  const encoder = new CompactEncoder('pbx', 'l');
  const good = Array.from({ length: 60 }, (_, seq) =>
    encoder.event(
      { name: 'E', at: seq, headers: { Channel: `c${seq}`, Uniqueid: `${seq % 9}`, X: ['a', String(seq)] } },
      { seq, prev: 0 },
    ),
  );
  good.push(encoder.state());
  let [read, refused] = [0, 0];
  let decoder = new CompactDecoder();
  for (let round = 0; round < 50_000; round++) {
    if (round % 500 === 0) decoder = new CompactDecoder();
    const bytes = Uint8Array.from(good[draw(good.length)] ?? []);
    for (let change = draw(4); change > 0; change--) bytes[draw(bytes.length)] = draw(256);
    try {
      decoder.decode(draw(3) === 0 ? bytes.subarray(0, draw(bytes.length + 1)) : bytes);
      read += 1;
    } catch (error) {
      expect((error as Error).name).toBe('CompactError');
      refused += 1;
    }
  }
  expect(read).toBeGreaterThan(1_000);
  expect(refused).toBeGreaterThan(1_000);
  expect(decoder.sizes.shapes).toBeLessThanOrEqual(1024);
  expect(decoder.sizes.memories).toBeLessThanOrEqual(1024);
  expect(decoder.sizes.texts).toBeLessThanOrEqual(512);
});

test.each(['', 'Jörg 木 \u{1f4de}', '\ud83d half', 'x'.repeat(10_000), '007', '-5', '99999999999999999999', '\u0000'])(
  'the value %j is the same again, after each other one',
  (value) => {
    const encoder = new CompactEncoder('pbx', 'l');
    const decoder = new CompactDecoder();
    decoder.decode(encoder.state());
    const values = ['', '7', value, '\u{1f4de}', value, '8', `${value}\ude00`, value];
    for (const [seq, each] of values.entries()) {
      const event = { name: 'X', at: seq / 10, headers: { Uniqueid: '1', Value: each, Many: [each, ''] } };
      expect(decoder.decode(encoder.event(event, { seq, prev: seq - 1 < 0 ? 0 : seq - 1 }))).toMatchObject(event);
    }
  },
);
