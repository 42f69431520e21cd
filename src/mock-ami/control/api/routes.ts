import type { ApiRoute } from './api-route.ts';
import { FAULT_ROUTES } from './fault-routes.ts';
import { JOURNAL_ROUTES } from './journal-routes.ts';
import { PHONE_ROUTES } from './phone-routes.ts';
import { PLAY_ROUTES } from './play-routes.ts';
import { WORLD_ROUTES } from './world-routes.ts';

/** Everything that the API does, but for its own description. */
export const ROUTES: readonly ApiRoute[] = [
  ...WORLD_ROUTES,
  ...PLAY_ROUTES,
  ...PHONE_ROUTES,
  ...JOURNAL_ROUTES,
  ...FAULT_ROUTES,
];
