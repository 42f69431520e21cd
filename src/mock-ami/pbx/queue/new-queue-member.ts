import type { QueueMember } from './queue-state.ts';

/** What is known of a member when it comes; the rest starts at nothing. */
export type NewQueueMember = Pick<
  QueueMember,
  | 'name'
  | 'interface'
  | 'stateInterface'
  | 'membership'
  | 'penalty'
  | 'lastPause'
  | 'loginTime'
  | 'status'
  | 'paused'
  | 'pausedReason'
  | 'ringInUse'
  | 'wrapupTime'
  | 'position'
>;

export function newQueueMember(spec: NewQueueMember): QueueMember {
  const { name, membership, penalty, lastPause, loginTime, status, paused, pausedReason, ringInUse, wrapupTime } = spec;
  return {
    name,
    interface: spec.interface,
    stateInterface: spec.stateInterface,
    membership,
    penalty,
    callsTaken: 0,
    lastCall: 0,
    lastPause,
    loginTime,
    inCall: false,
    status,
    paused,
    pausedReason,
    ringInUse,
    wrapupTime,
    position: spec.position,
    lastQueue: '',
  };
}
