import { describe, expect, it } from 'vitest';
import { PbxEvent } from '../events/pbx-event.ts';
import type { CallView, PartyView } from '../live/call-view.ts';
import type { ExtensionView } from '../live/extension-view.ts';
import type { LegView } from '../live/leg-view.ts';
import { calledName, callNumbers, callText, transferOf } from './call-text.ts';
import { duration } from './duration.ts';
import { latencyText, matches, recordOf } from './event-record.ts';
import { eventSummary, isNoise } from './event-summary.ts';
import { lampName, lampText } from './lamp-text.ts';

const LEG: LegView = {
  channel: 'PJSIP/1001-00000001',
  linkedid: '1.1',
  direction: 'out',
  state: 'up',
  holding: false,
  held: false,
  otherNumber: '1002',
  otherName: 'Bob Brown',
  sinceMs: 0,
  answeredMs: 0,
};

function extension(over: Partial<ExtensionView>): ExtensionView {
  const idle = {
    extension: '1001',
    context: 'hints',
    name: 'Alice Adams',
    kind: 'phone',
    lamp: 'idle',
    hold: 'none',
  } as const;
  return { ...idle, status: 0, statusText: 'Idle', legs: [], ...over };
}

function party(name: string, over: Partial<PartyView> = {}): PartyView {
  return { channel: `PJSIP/${name}-1`, number: '', name, state: 'Up', holding: false, music: false, ...over };
}

function call(over: Partial<CallView>): CallView {
  const base = { linkedid: '1.1', state: 'up', sinceMs: 0, answeredMs: 0, dialled: '1002' } as const;
  return { ...base, caller: party('Alice', { number: '1001' }), called: [party('Bob', { number: '1002' })], ...over };
}

function pbxEvent(name: string, headers: Record<string, string | string[]>, at = 1_000, receivedAtMs = 1_004) {
  return new PbxEvent<string>({ type: 'event', pbx: 'pbx', seq: 1, prev: 0, at, name, headers }, receivedAtMs);
}

describe('duration', () => {
  it.each([
    [-5, '0:00'],
    [999, '0:00'],
    [7_000, '0:07'],
    [754_000, '12:34'],
    [3_723_000, '1:02:03'],
  ])('reads %i ms as %s', (ms, text) => expect(duration(ms)).toBe(text));
});

describe('lampText', () => {
  it.each([
    [{ lamp: 'idle' }, 'Idle'],
    [{ lamp: 'unavailable' }, 'Unavailable'],
    [{ lamp: 'up', legs: [LEG] }, 'Talking to Bob Brown'],
    [{ lamp: 'up', legs: [{ ...LEG, state: 'calling' }] }, 'Calling Bob Brown'],
    [{ lamp: 'up' }, 'In use'],
    [{ lamp: 'ringing', legs: [{ ...LEG, state: 'ringing', otherName: '' }] }, 'Ringing, 1002'],
    [{ lamp: 'held', legs: [{ ...LEG, holding: true }] }, 'Holding Bob Brown'],
    [{ lamp: 'held', legs: [{ ...LEG, held: true }] }, 'On hold, Bob Brown'],
    [{ lamp: 'held' }, 'On hold'],
  ] satisfies [Partial<ExtensionView>, string][])('says of %o: %s', (over, text) => {
    expect(lampText(extension(over))).toBe(text);
  });

  it('tells of the call that talks where another is on hold', () => {
    const legs = [
      { ...LEG, holding: true },
      { ...LEG, otherName: 'Carol Clark' },
    ];
    expect(lampText(extension({ lamp: 'up', hold: 'holding', legs }))).toBe('Talking to Carol Clark');
  });

  it('names what has no name by what it is', () => {
    expect(lampName(extension({ name: '', kind: 'conference' }))).toBe('Conference');
    expect(lampName(extension({ name: '' }))).toBe('Extension 1001');
  });
});

describe('a call in words', () => {
  it('says who holds it', () => {
    const held = call({ state: 'held', caller: party('Alice', { holding: true }) });
    expect(callText(held)).toBe('On hold by Alice');
  });

  it('names one called party, counts a group, and falls back to what was dialled', () => {
    expect(calledName(call({}))).toBe('Bob');
    expect(calledName(call({ called: [party('Bob'), party('Carol'), party('Dave')] }))).toBe('Bob and 2 more');
    expect(calledName(call({ called: [], dialled: '610' }))).toBe('610');
  });

  it('shows both numbers, and that of the group while it rings', () => {
    expect(callNumbers(call({}))).toBe('1001 → 1002');
    expect(callNumbers(call({ called: [party('Bob'), party('Carol')], dialled: '600' }))).toBe('1001 → 600');
  });

  it('transfers the caller by the one called, and redirects a caller who talks to nobody', () => {
    expect(transferOf(call({}))).toEqual({ do: 'transfer', channel: 'PJSIP/Bob-1' });
    expect(transferOf(call({ called: [] }))).toEqual({ do: 'redirect', channel: 'PJSIP/Alice-1' });
    expect(transferOf(call({ state: 'ringing' }))).toEqual({ do: 'redirect', channel: 'PJSIP/Alice-1' });
  });
});

describe('the event log', () => {
  it('counts latency from the PBX where its events carry a Timestamp', () => {
    expect(recordOf(pbxEvent('Hold', { Timestamp: '1.002500' }))).toMatchObject({ from: 'pbx', latencyMs: 1.5 });
  });

  it('counts latency from the gateway otherwise, and never below zero', () => {
    expect(recordOf(pbxEvent('Hold', {}))).toMatchObject({ from: 'gateway', latencyMs: 4 });
    expect(recordOf(pbxEvent('Hold', {}, 2_000))).toMatchObject({ latencyMs: 0 });
  });

  it.each([
    [0.84, '0.8 ms'],
    [12.3, '12 ms'],
    [1_240, '1.2 s'],
  ])('writes %d ms as %s', (ms, text) => expect(latencyText(ms)).toBe(text));

  it('finds an event by its name or by any of its values, repeated ones too', () => {
    const record = recordOf(pbxEvent('Hold', { Channel: 'PJSIP/1001-0000002c', ChanVariable: ['a=1', 'team=Nord'] }));
    expect(['', 'hold', '1001', 'nord', 'bye'].map((filter) => matches(record, filter))).toEqual([
      true,
      true,
      true,
      true,
      false,
    ]);
  });

  it('sums up an event by the headers that tell most', () => {
    expect(eventSummary(pbxEvent('ExtensionStatus', { Exten: '1002', Hint: 'PJSIP/1002', StatusText: 'Hold' }))).toBe(
      '1002 · Hold',
    );
    expect(eventSummary(pbxEvent('SomethingNew', { Channel: 'PJSIP/1-1', ChannelStateDesc: 'Up' }))).toBe(
      'PJSIP/1-1 · Up',
    );
    expect(eventSummary(pbxEvent('FullyBooted', {}))).toBe('');
  });

  it('leaves out what an operator has no use for', () => {
    expect(['VarSet', 'RTCPSent', 'Hold', 'Hangup'].map((name) => isNoise(pbxEvent(name, {})))).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });
});
