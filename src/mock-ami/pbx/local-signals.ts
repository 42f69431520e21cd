import { task } from './task.ts';

/** One half learned whom it talks to. */
export const localConnected = task<{ channel: string }>('local.connected');
/** One half has entered a bridge. */
export const localEntered = task<{ channel: string }>('local.entered');
