import type { ActivityHandler } from '../activity.ts';
import { keyTransferTasks } from '../key-transfer/key-transfer-machinery.ts';
import type { TaskHandler } from '../task.ts';
import { askExtensionTasks, askingActivity } from './ask-extension.ts';
import { featureApplicationTasks, startingApplicationActivity } from './run-application.ts';
import { runFeatureTasks } from './run-feature.ts';

/** What parties can do in a call by keys: its steps and what runs on channels meanwhile. */
export const featureTasks: readonly TaskHandler[] = [
  ...askExtensionTasks,
  ...keyTransferTasks,
  ...featureApplicationTasks,
  ...runFeatureTasks,
];

export const featureActivities: readonly ActivityHandler[] = [askingActivity, startingApplicationActivity];
