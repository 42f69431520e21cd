import type { ActionHandlers } from './action.ts';
import type { ActionRequest, Answered } from './action-request.ts';

/** No cache is configured: each of these ends with the words that follow. Source: res/res_sorcery_memory_cache.c; recording `misc-lists`. */
export const sorceryCacheActions: ActionHandlers = {
  SorceryMemoryCacheExpire: withCache('SorceryMemoryCacheExpire'),
  SorceryMemoryCacheExpireObject: withCache('SorceryMemoryCacheExpireObject', 'object'),
  SorceryMemoryCachePopulate: withCache('SorceryMemoryCachePopulate'),
  SorceryMemoryCacheStale: withCache('SorceryMemoryCacheStale'),
  SorceryMemoryCacheStaleObject: withCache('SorceryMemoryCacheStaleObject', 'object'),
};

/** Its words end with a line feed of their own. */
function withCache(action: string, names?: 'object'): (request: ActionRequest) => Answered {
  return (request) => {
    if (request.header('Cache') === '') return request.error(`${action} requires that a cache name be provided.\n`);
    if (names === 'object' && request.header('Object') === '')
      return request.error(`${action} requires that an object name be provided\n`);
    return request.error('The provided cache does not exist\n');
  };
}
