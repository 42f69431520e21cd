import type { TaskHandler } from '../task.ts';
import { runKeyTransferTasks } from './run-key-transfer.ts';
import { startKeyTransferTasks } from './start-key-transfer.ts';

/** The steps of attended transfers by keys. */
export const keyTransferTasks: readonly TaskHandler[] = [...startKeyTransferTasks, ...runKeyTransferTasks];
