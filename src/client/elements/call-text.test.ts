import { describe, expect, it } from 'vitest';
import type { CallView, PartyView } from '../live/call-view.ts';
import { calledName, callNumbers, callText, transferOf } from './call-text.ts';

function party(name: string, over: Partial<PartyView> = {}): PartyView {
  return { channel: `PJSIP/${name}-1`, number: '', name, state: 'Up', holding: false, music: false, ...over };
}

function call(over: Partial<CallView>): CallView {
  const base = { linkedid: '1.1', state: 'up', sinceMs: 0, answeredMs: 0, dialled: '1002' } as const;
  return { ...base, caller: party('Alice', { number: '1001' }), called: [party('Bob', { number: '1002' })], ...over };
}

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
