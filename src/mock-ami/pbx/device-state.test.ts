import { describe, expect, it } from 'vitest';
import { aggregate } from './device-state.ts';
import { causeNumber, causeOfSipCode, sipCodeOfCause } from './hangup-causes.ts';
import { swapReferences } from './masquerade.ts';
import { escapeName } from './snapshot.ts';

describe('device states of one device', () => {
  it.each([
    [['NOT_INUSE'], 'NOT_INUSE'],
    [['INUSE', 'ONHOLD'], 'INUSE'],
    [['ONHOLD', 'NOT_INUSE'], 'ONHOLD'],
    [['RINGING', 'INUSE'], 'RINGINUSE'],
    [['RINGING', 'ONHOLD'], 'RINGINUSE'],
    [['RINGING', 'NOT_INUSE'], 'RINGING'],
    [['BUSY', 'INUSE'], 'BUSY'],
    [['UNAVAILABLE', 'NOT_INUSE'], 'NOT_INUSE'],
    [[], 'INVALID'],
  ] as const)('%j count together as %s', (states, together) => {
    expect(aggregate(states)).toBe(together);
  });
});

describe('hangup causes', () => {
  it('follow from SIP codes as recorded', () => {
    expect([486, 480, 603, 487, 404, 200].map(causeOfSipCode)).toEqual([17, 19, 21, 127, 1, 0]);
  });

  it('give the SIP code of a refusal, and none for an ordinary end', () => {
    expect([17, 19, 21, 127, 3, 16, 26, 0].map(sipCodeOfCause)).toEqual([486, 480, 403, 500, 404, 0, 0, 0]);
  });

  it('are read by number and by name', () => {
    expect(['17', 'user_busy', 'AST_CAUSE_USER_BUSY', 'nonsense', ''].map(causeNumber)).toEqual([17, 17, 17, 16, 16]);
  });
});

describe('names in events', () => {
  it('are C-escaped, and pass other letters untouched', () => {
    expect(escapeName(`O'Brien "Bob" \\ Jürgen 電話?`)).toBe(`O\\'Brien \\"Bob\\" \\\\ Jürgen 電話\\?`);
  });
});

describe('references to two channels', () => {
  it('are exchanged wherever they stand by themselves, and nowhere else', () => {
    const before = { caller: '1.0', legs: [{ channel: '1.1' }], text: 'about 1.0', none: undefined };
    expect(swapReferences(before, '1.0', '1.1')).toEqual({
      caller: '1.1',
      legs: [{ channel: '1.0' }],
      text: 'about 1.0',
      none: undefined,
    });
  });
});
