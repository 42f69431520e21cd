import { task } from './task.ts';

/** The channel has left what it did, and goes on where it was sent. */
export const goOnElsewhere = task<{ channel: string }>('asyncGoto.goOn');
