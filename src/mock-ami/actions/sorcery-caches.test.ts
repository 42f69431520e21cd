import { describe, expect, it } from 'vitest';
import { lastAnswer, playQueue } from '../pbx/queue/queue-play.test-support.ts';

describe('the actions of caches, where none is configured', () => {
  it.each([
    ['SorceryMemoryCacheExpire: {}', 'SorceryMemoryCacheExpire requires that a cache name be provided.'],
    [
      'SorceryMemoryCacheStaleObject: {Cache: c}',
      'SorceryMemoryCacheStaleObject requires that a object name be provided.',
    ],
    ['SorceryMemoryCachePopulate: {Cache: c}', 'The provided cache does not exist'],
  ])('refuse %s', (action, message) => {
    expect(lastAnswer(playQueue([`admin sends ${action}`, 'wait 100ms']))['Message']).toBe(message);
  });
});
