import type { ActionHandlers } from './action.ts';
import { bridgeChannels } from './bridge-channels.ts';
import { localOptimizeAway } from './local-optimize-away.ts';
import { parkingActions } from './parking.ts';
import { redirect } from './redirect.ts';
import { transferActions } from './transfers.ts';

/** Actions that send calls elsewhere, join them or transfer them. */
export const callActions: ActionHandlers = {
  ...parkingActions,
  ...transferActions,
  Bridge: bridgeChannels,
  LocalOptimizeAway: localOptimizeAway,
  Redirect: redirect,
};
