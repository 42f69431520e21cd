import { describe, expect, it } from 'vitest';
import type { ControlCall, ControlPhone } from '../client/phone-wall-client.ts';
import { buttonsFor } from './phone-buttons.ts';
import { callWords, lineLamp, phoneKeys } from './phone-keys.ts';

const TALKING: ControlCall = {
  other: '1002',
  otherName: 'Bob Brown',
  shown: { number: '1002', name: 'Bob Brown' },
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
  ])('goes with the words of call %#', (call, words) => expect(callWords(call, 'up')).toBe(words));

  it('goes with the music that a phone hears whose line is held', () => {
    expect(callWords(TALKING, 'held')).toBe('You are on hold');
    expect(callWords(HOLDING, 'held')).toBe('On hold');
  });
});
