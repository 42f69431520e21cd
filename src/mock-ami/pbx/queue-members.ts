import type { Header } from '../../ami/message.ts';
import { DEVICE_STATES, type DeviceStateName, deviceState } from './device-state.ts';
import { deviceChanged } from './device-watch.ts';
import type { Pbx } from './pbx.ts';

/** A member of a queue, as app_queue keeps it. Times are seconds since the epoch, 0 for never. */
export interface QueueMember {
  readonly name: string;
  readonly interface: string;
  readonly stateInterface: string;
  readonly membership: 'static' | 'dynamic' | 'realtime';
  penalty: number;
  callsTaken: number;
  lastCall: number;
  lastPause: number;
  loginTime: number;
  inCall: boolean;
  status: DeviceStateName;
  paused: boolean;
  pausedReason: string;
  ringInUse: boolean;
  wrapupTime: number;
}

/** By queue name, in the order of queues.conf. */
export type QueueMembers = Record<string, QueueMember[]>;

export function queueMembers(pbx: Pbx): QueueMembers {
  return pbx.part<QueueMembers>('queueMembers', () => staticMembers(pbx));
}

/** The queues as they are once everything is loaded; nothing of it is told. */
export function startQueues(pbx: Pbx): void {
  for (const queue of Object.keys(queueMembers(pbx))) {
    const device = `Queue:${queue}_avail`;
    const state = availability(pbx, queue);
    queueDevices(pbx)[device] = state;
    pbx.state.devices[device] = state;
  }
}

function queueDevices(pbx: Pbx): Record<string, DeviceStateName> {
  return pbx.part<Record<string, DeviceStateName>>('queueDevices', () => ({}));
}

function availability(pbx: Pbx, queue: string): DeviceStateName {
  return (queueMembers(pbx)[queue] ?? []).some(isAvailable) ? 'NOT_INUSE' : 'INUSE';
}

function staticMembers(pbx: Pbx): QueueMembers {
  const members: QueueMembers = {};
  for (const [name, queue] of pbx.config.queues.queues) {
    members[name] = queue.members.map((member) => ({
      name: member.name,
      interface: member.interface,
      stateInterface: member.stateInterface,
      membership: 'static',
      penalty: member.penalty,
      callsTaken: 0,
      lastCall: 0,
      lastPause: 0,
      loginTime: Math.floor(pbx.state.bootedMs / 1000),
      inCall: false,
      status: deviceState(pbx, member.stateInterface),
      paused: false,
      pausedReason: '',
      ringInUse: queue.ringInUse,
      wrapupTime: queue.wrapupTime,
    }));
  }
  return members;
}

/** A device changed: tells QueueMemberStatus for each member it is, and whether the queue has somebody free. */
export function membersOf(pbx: Pbx, device: string, state: DeviceStateName): void {
  for (const [queue, members] of Object.entries(queueMembers(pbx))) {
    const changed = members.filter((member) => member.stateInterface.toLowerCase() === device.toLowerCase() && member.status !== state);
    for (const member of changed) {
      member.status = state;
      pbx.emit('QueueMemberStatus', memberHeaders(queue, member));
    }
    if (changed.length > 0) availabilityChanged(pbx, queue);
  }
}

/** Source: `is_member_available` and `extension_state_cb`, apps/app_queue.c: the device `Queue:NAME_avail`. */
export function availabilityChanged(pbx: Pbx, queue: string): void {
  const device = `Queue:${queue}_avail`;
  queueDevices(pbx)[device] = availability(pbx, queue);
  deviceChanged(pbx, device);
}

export function isAvailable(member: QueueMember): boolean {
  if (member.paused) return false;
  switch (member.status) {
    case 'INVALID':
    case 'UNAVAILABLE':
      return false;
    case 'NOT_INUSE':
    case 'UNKNOWN':
      return true;
    default:
      return member.ringInUse;
  }
}

/** Headers of QueueMemberStatus, QueueMemberAdded and their kin. Source: `queue_member_blob_create`, apps/app_queue.c. */
export function memberHeaders(queue: string, member: QueueMember): Header[] {
  return [
    ['Queue', queue],
    ['MemberName', member.name],
    ['Interface', member.interface],
    ['StateInterface', member.stateInterface],
    ['Membership', member.membership],
    ['Penalty', String(member.penalty)],
    ['CallsTaken', String(member.callsTaken)],
    ['LastCall', String(member.lastCall)],
    ['LastPause', String(member.lastPause)],
    ['LoginTime', String(member.loginTime)],
    ['InCall', member.inCall ? '1' : '0'],
    ['Status', String(DEVICE_STATES.indexOf(member.status))],
    ['Paused', member.paused ? '1' : '0'],
    ['PausedReason', member.pausedReason],
    ['Ringinuse', member.ringInUse ? '1' : '0'],
    ['Wrapuptime', String(member.wrapupTime)],
  ];
}
