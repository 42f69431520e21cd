import type { ActivityHandler } from '../activity.ts';
import type { Application } from '../application.ts';
import type { TaskHandler } from '../task.ts';
import { leavingActivity, leavingApplications, leavingTasks } from './voicemail-app.ts';
import { hearingActivity, hearingApplications, hearingTasks } from './voicemail-main-app.ts';

/** Applications of app_voicemail. */
export const voicemailApplications: Readonly<Record<string, Application>> = {
  ...leavingApplications,
  ...hearingApplications,
};

export const voicemailActivities: readonly ActivityHandler[] = [leavingActivity, hearingActivity];

export const voicemailTasks: readonly TaskHandler[] = [...leavingTasks, ...hearingTasks];
