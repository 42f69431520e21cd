import { amiTimestamp } from '../server/ami-timestamp.ts';
import type { ActionRequest, Answered } from './action-request.ts';

export function ping(request: ActionRequest): Answered {
  return request.respond('Success', [
    ['Ping', 'Pong'],
    ['Timestamp', amiTimestamp(request.pbx.now)],
  ]);
}
