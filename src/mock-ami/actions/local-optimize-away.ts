import { letLocalStepAside } from '../pbx/local-pair.ts';
import type { ActionRequest, Answered } from './action-request.ts';
import { findChannel } from './find-channel.ts';

/** A Local channel that was told to stay may step aside now. Source: `manager_optimize_away`, main/core_local.c; recording `misc-lists`. */
export function localOptimizeAway(request: ActionRequest): Answered {
  const name = request.header('Channel');
  if (name === '') return request.error("'Channel' not specified.");
  const channel = findChannel(request.pbx, name);
  if (channel === undefined) return request.error('Channel does not exist.');
  const isLocal = letLocalStepAside(request.pbx, channel);
  return isLocal ? request.success('Queued channel to be optimized away') : request.error('Unable to find channel');
}
