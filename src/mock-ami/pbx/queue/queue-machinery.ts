import type { ActivityHandler } from '../activity.ts';
import type { TaskHandler } from '../task.ts';
import { answeredMemberTasks, queueMemberActivity } from './answered-member.ts';
import { connectMemberTasks, queueConnectingActivity } from './connect-member.ts';
import { hearMembersTasks } from './hear-members.ts';
import { queueCallTasks } from './queue-call-watch.ts';
import { ringMembersTasks } from './ring-members.ts';
import { queueActivity, waitInLineTasks } from './wait-in-line.ts';

/** Everything that queues do, by name. */
export const queueTasks: readonly TaskHandler[] = [
  ...waitInLineTasks,
  ...ringMembersTasks,
  ...hearMembersTasks,
  ...answeredMemberTasks,
  ...connectMemberTasks,
  ...queueCallTasks,
];

export const queueActivities: readonly ActivityHandler[] = [
  queueActivity,
  queueMemberActivity,
  queueConnectingActivity,
];
