import type { ActivityHandler } from '../activity.ts';
import type { Application } from '../application.ts';
import { leavingActivity, leavingApplications } from './voicemail-app.ts';
import { hearingActivity, hearingApplications } from './voicemail-main-app.ts';

/** Applications of app_voicemail. */
export const voicemailApplications: Readonly<Record<string, Application>> = {
  ...leavingApplications,
  ...hearingApplications,
};

export const voicemailActivities: readonly ActivityHandler[] = [leavingActivity, hearingActivity];

export { leavingTasks as voicemailTasks } from './voicemail-app.ts';
