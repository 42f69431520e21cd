import type { ActionHandlers } from './action.ts';
import type { ActionRequest, Answered } from './action-request.ts';

/** No cache is configured: each of these ends with the words that follow. Source: res/res_sorcery_memory_cache.c; recording `misc-lists`. */
export const sorceryCacheActions: ActionHandlers = {
  SorceryMemoryCacheExpire: withCache('SorceryMemoryCacheExpire'),
  SorceryMemoryCacheExpireObject: withCache('SorceryMemoryCacheExpireObject', 'Object'),
  SorceryMemoryCachePopulate: withCache('SorceryMemoryCachePopulate'),
  SorceryMemoryCacheStale: withCache('SorceryMemoryCacheStale'),
  SorceryMemoryCacheStaleObject: withCache('SorceryMemoryCacheStaleObject', 'Object'),
};

/** Its words end with a line feed of their own. */
function withCache(action: string, also?: string): (request: ActionRequest) => Answered {
  return (request) => {
    for (const header of also === undefined ? ['Cache'] : ['Cache', also]) {
      if (request.header(header) === '')
        return request.error(`${action} requires that a ${header.toLowerCase()} name be provided.\n`);
    }
    return request.error('The provided cache does not exist\n');
  };
}
