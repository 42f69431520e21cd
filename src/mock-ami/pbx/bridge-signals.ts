import { task } from './task.ts';

/** The music of a channel that nobody holds any more stops. */
export const releaseHold = task<{ channel: string }>('bridge.releaseHold');
/** A channel has done all that it had to do in its bridge. */
export const seatIdle = task<{ channel: string }>('bridge.seatIdle');
/** A channel is about to enter a parking lot, in another's place or by itself. */
export const parkingEntered = task<{ channel: string; bridge: string; swap: string }>('bridge.parkingEntered');
/** A channel leaves a parking lot; `swapped`: another takes its space. */
export const parkingLeft = task<{ channel: string; swapped: boolean }>('bridge.parkingLeft');
/** A channel is about to leave a bridge of an attended transfer by keys, for good. */
export const transferLeaves = task<{ channel: string; bridge: string }>('bridge.transferLeaves');
/** A channel has left a bridge of an attended transfer by keys, for good. */
export const transferLeft = task<{ channel: string; bridge: string }>('bridge.transferLeft');
/** A member of a conference is about to be replaced: told as gone. */
export const memberGoes = task<{ channel: string }>('conference.memberGoes');
/** In a conference one channel takes another's place, without leaving or entering its bridge. */
export const memberReplaced = task<{ from: string; to: string }>('conference.memberReplaced');
/** The members of a conference learn who is there now. */
export const membersTold = task<{ bridge: string }>('conference.membersTold');
