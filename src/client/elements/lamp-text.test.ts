import { describe, expect, it } from 'vitest';
import type { ExtensionView } from '../live/extension-view.ts';
import type { LegView } from '../live/leg-view.ts';
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
