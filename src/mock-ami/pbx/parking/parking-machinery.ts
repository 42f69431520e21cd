import type { TaskHandler } from '../task.ts';
import { parkAppTasks } from './park-apps.ts';
import { parkByManagerTasks } from './park-by-manager.ts';
import { parkingLotTasks } from './parking-lot.ts';
import { parkingTimeOutTasks } from './parking-time-out.ts';

export { parkingActivity, parkingApplications } from './park-apps.ts';

/** The steps of parking. */
export const parkingTasks: readonly TaskHandler[] = [
  ...parkAppTasks,
  ...parkByManagerTasks,
  ...parkingLotTasks,
  ...parkingTimeOutTasks,
];
