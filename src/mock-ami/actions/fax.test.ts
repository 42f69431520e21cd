import { describe, expect, it } from 'vitest';
import { lastAnswer, playQueue } from '../pbx/queue/queue-play.test-support.ts';

const send = (action: string) => playQueue([`admin sends ${action}`, 'wait 100ms']);

describe('the actions of faxes, where there is none', () => {
  it('list nothing and count nothing', () => {
    expect(send('FAXSessions: {}').all('FAXSessionsComplete', 'Total')).toEqual(['0']);
    expect(send('FAXStats: {}').all('FAXStats', 'CompletedFAXes')).toEqual(['0']);
  });

  it.each([
    ['x', 'Invalid session ID'],
    ['7', 'Session not found'],
  ])('do not know the session %s', (number, message) => {
    expect(lastAnswer(send(`FAXSession: {SessionNumber: "${number}"}`))['Message']).toBe(message);
  });
});
