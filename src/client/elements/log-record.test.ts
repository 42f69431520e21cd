import { describe, expect, it } from 'vitest';
import { PbxEvent } from '../events/pbx-event.ts';
import { eventSummary, isNoise } from './event-summary.ts';
import { connectionNote, pbxNote } from './log-notes.ts';
import { latencyText, matches, noteOf, recordOf } from './log-record.ts';

function pbxEvent(name: string, headers: Record<string, string | string[]>, at = 1_000, receivedAtMs = 1_004) {
  return new PbxEvent<string>({ type: 'event', pbx: 'pbx', seq: 1, prev: 0, at, name, headers }, receivedAtMs);
}

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

  it('finds a note by its words', () => {
    const note = noteOf('The PBX is down');
    expect(note && ['pbx', 'hold'].map((filter) => matches(note, filter))).toEqual([true, false]);
  });

  it('tells when the PBX and the gateway come and go, not of the steps between', () => {
    expect(pbxNote('down')).toBe('The PBX is down');
    expect(connectionNote({ name: 'waiting', attempt: 1, retryAtMs: 0, reason: 'code 1006' })).toContain('code 1006');
    expect(connectionNote({ name: 'online', user: 'a', rights: [], resumed: true })).toContain('nothing was missed');
    expect(connectionNote({ name: 'connecting', attempt: 2 })).toBeUndefined();
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
