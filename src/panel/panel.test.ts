import { describe, expect, it } from 'vitest';
import { PbxEvent } from '../client/events/pbx-event.ts';
import type { ControlCall, ControlPhone } from '../client/phone-wall-client.ts';
import { LatencyMeter, quantile } from './latency-meter.ts';
import { buttonsFor } from './phone-buttons.ts';
import { callWords, lineLamp, phoneKeys } from './phone-keys.ts';
import { fetchSetup, setupOf } from './setup.ts';
import { linkWords, outageWords } from './status-words.ts';

const TALKING: ControlCall = {
  other: '1002',
  otherName: 'Bob Brown',
  direction: 'out',
  state: 'up',
  holding: false,
  held: false,
  since: 0,
};
const HOLDING = { ...TALKING, holding: true };
const INCOMING: ControlCall = {
  ...TALKING,
  other: '1003',
  otherName: 'Carol Clark',
  direction: 'in',
  state: 'ringing',
};

function phone(...calls: ControlCall[]): ControlPhone {
  return { name: '1001', label: 'Alice Adams', registered: true, lamp: calls.length > 0 ? 'up' : 'idle', calls };
}

describe('keys of a desk phone', () => {
  it('are for the call that rings before the one that talks, and for that before one on hold', () => {
    expect(phoneKeys(phone(TALKING, INCOMING), undefined).call).toBe(INCOMING);
    expect(phoneKeys(phone(HOLDING, { ...TALKING, other: '1004' }), undefined).call?.other).toBe('1004');
    expect(phoneKeys(phone(HOLDING), undefined).call).toBe(HOLDING);
  });

  it('are for the call that the person picked, as long as there is one', () => {
    expect(phoneKeys(phone(TALKING, INCOMING), '1002').call).toBe(TALKING);
    expect(phoneKeys(phone(INCOMING), '1002').call).toBe(INCOMING);
  });

  it('hold a call in hand before another is answered', () => {
    expect(buttonsFor('answer', phone(TALKING, INCOMING), undefined, '')).toEqual([
      { phone: '1001', do: 'hold', other: '1002' },
      { phone: '1001', do: 'answer', other: '1003' },
    ]);
  });

  it('hold a call in hand before another is made', () => {
    expect(buttonsFor('dial', phone(TALKING), undefined, '610')).toEqual([
      { phone: '1001', do: 'hold', other: '1002' },
      { phone: '1001', do: 'dial', number: '610' },
    ]);
  });

  it('answer by the dial key while it rings and no number is typed', () => {
    expect(buttonsFor('dial', phone(INCOMING), undefined, '')).toEqual([
      { phone: '1001', do: 'answer', other: '1003' },
    ]);
  });

  it('hold and resume by one key', () => {
    expect(buttonsFor('hold', phone(TALKING), undefined, '')).toEqual([{ phone: '1001', do: 'hold', other: '1002' }]);
    expect(buttonsFor('hold', phone(HOLDING), undefined, '')).toEqual([{ phone: '1001', do: 'resume', other: '1002' }]);
    expect(buttonsFor('hold', phone(INCOMING), undefined, '')).toEqual([]);
  });

  it('transfer to the typed number, and ask for one where none is typed', () => {
    expect(buttonsFor('transfer', phone(TALKING), undefined, '1003')).toEqual([
      { phone: '1001', do: 'transfer', other: '1002', to: '1003' },
    ]);
    expect(buttonsFor('transfer', phone(TALKING), undefined, '')).toBe('number');
  });

  it('connect two calls with each other by the transfer key', () => {
    expect(buttonsFor('transfer', phone(HOLDING, { ...TALKING, other: '1004' }), undefined, '')).toEqual([
      { phone: '1001', do: 'connect', one: '1002', two: '1004' },
    ]);
  });

  it('decline a call that rings and end any other by the hang-up key', () => {
    expect(buttonsFor('hang-up', phone(INCOMING), undefined, '')).toMatchObject([{ do: 'reject', other: '1003' }]);
    expect(buttonsFor('hang-up', phone(TALKING), undefined, '')).toEqual([
      { phone: '1001', do: 'hangUp', other: '1002' },
    ]);
    expect(buttonsFor('hang-up', phone(), undefined, '')).toEqual([]);
  });
});

describe('line lamp of a desk phone', () => {
  it('shows a hold at the phone that holds, of which the PBX says only that it is in use', () => {
    expect(lineLamp(phone(HOLDING))).toBe('held');
  });

  it('shows talking while one of two calls talks', () => {
    expect(lineLamp(phone(HOLDING, TALKING))).toBe('up');
  });

  it('is what the PBX says in any other state', () => {
    expect(lineLamp({ ...phone(INCOMING), lamp: 'ringing' })).toBe('ringing');
    expect(lineLamp({ ...phone(), lamp: 'unavailable' })).toBe('unavailable');
  });

  it.each([
    [TALKING, 'Talking'],
    [HOLDING, 'On hold'],
    [{ ...TALKING, held: true }, 'You are on hold'],
    [INCOMING, 'Incoming call'],
    [{ ...TALKING, state: 'calling' } as const, 'Calling'],
  ])('goes with the words of call %#', (call, words) => expect(callWords(call)).toBe(words));
});

describe('LatencyMeter', () => {
  const hold = (name: 'Hold' | 'Unhold', headers: Record<string, string> = {}) =>
    new PbxEvent<'Hold'>(
      { type: 'event', pbx: 'p', seq: 7, prev: 6, at: 1_000, name, headers: headers as never },
      1_001,
    ) as PbxEvent<'Hold'>;
  const change = (before: 'up' | 'held', lamp: 'up' | 'held', atMs: number) => ({
    extension: '1001',
    before,
    lamp,
    atMs,
  });

  it("measures from the PBX's own stamp to the lamp", () => {
    const meter = new LatencyMeter(() => {});
    meter.expect('1001', hold('Hold', { Timestamp: '0.999250' }));
    meter.lampChanged(change('up', 'held', 1_002));
    expect(meter.latencies).toMatchObject([
      { event: 'Hold', extension: '1001', seq: 7, pbxAtMs: 999.25, lampAtMs: 1_002, totalMs: 2.75 },
    ]);
  });

  it("measures from the gateway's stamp where the PBX gives none", () => {
    const meter = new LatencyMeter(() => {});
    meter.expect('1001', hold('Unhold'));
    meter.lampChanged(change('held', 'up', 1_002));
    expect(meter.latencies).toMatchObject([{ event: 'Unhold', totalMs: 2 }]);
  });

  it('counts no change that the event did not make', () => {
    const meter = new LatencyMeter(() => {});
    meter.lampChanged(change('up', 'held', 1_002));
    meter.expect('1001', hold('Hold'));
    meter.lampChanged(change('held', 'up', 1_003));
    meter.lampChanged(change('up', 'held', 9_000));
    expect(meter.latencies).toEqual([]);
  });

  it('finds the median and the ninety-ninth of a hundred', () => {
    const values = Array.from({ length: 100 }, (_, index) => 100 - index);
    expect([quantile(values, 0.5), quantile(values, 0.99), quantile([], 0.5)]).toEqual([51, 100, undefined]);
  });
});

describe('setup of the page', () => {
  it('reads demo.json beside the page, with URLs relative to it', () => {
    const file = {
      version: 1,
      gateway: { url: '/ws', user: 'demo', secret: 's' },
      phones: { url: 'http://127.0.0.1:5039/control', token: 't' },
      operator: '1001',
    } as const;
    expect(setupOf(file, 'https://pbx.example/panel/?x')).toMatchObject({
      gateway: { url: 'wss://pbx.example/ws', credentials: { user: 'demo', secret: 's' } },
      phones: { url: 'ws://127.0.0.1:5039/control', token: 't' },
      operator: '1001',
    });
  });

  it('takes a ticket or a token in place of user and secret', () => {
    const setup = (gateway: object) =>
      setupOf({ version: 1, gateway: { url: 'ws', ...gateway } }, 'http://h/').gateway.credentials;
    expect(setup({ ticket: 'abc' })).toEqual({ ticket: 'abc' });
    expect(setup({ token: 'def' })).toEqual({ token: 'def' });
  });

  it('has none where the server offers none, or answers with its page', async () => {
    const answer = (response: Response) => fetchSetup('http://h/', async () => response);
    expect(await answer(new Response('', { status: 404 }))).toBeUndefined();
    expect(await answer(new Response('<!doctype html>', { headers: { 'Content-Type': 'text/html' } }))).toBeUndefined();
  });
});

describe('words for the way to the PBX', () => {
  const online = { name: 'online', user: 'ann', rights: [], resumed: false } as const;
  const waiting = { name: 'waiting', attempt: 1, retryAtMs: 0, reason: '' } as const;

  it('tell a lost gateway from a lost PBX', () => {
    expect(linkWords(online, 'up')).toEqual({ lamp: 'up', text: 'PBX up' });
    expect(linkWords(online, 'down').text).toBe('PBX down');
    expect(linkWords(waiting, 'up').text).toBe('Gateway lost, trying again');
  });

  it('say nothing while all is well, nor before it has begun', () => {
    expect(outageWords(online, 'up')).toBeUndefined();
    expect(outageWords({ name: 'connecting', attempt: 1 }, 'down')).toBeUndefined();
    expect(outageWords(online, 'down')).toContain('The PBX is down.');
  });
});
