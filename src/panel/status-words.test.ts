import { describe, expect, it } from 'vitest';
import { linkWords, outageWords } from './status-words.ts';

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
