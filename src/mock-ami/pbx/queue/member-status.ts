import type { Header } from '../../../ami/message.ts';
import { DEVICE_STATES, type DeviceStateName, deviceState } from '../device-state.ts';
import { tellDeviceState } from '../device-tell.ts';
import { hintStatus } from '../hints.ts';
import type { Pbx } from '../pbx.ts';
import { membersInOrder, queuesInOrder } from './queue-order.ts';
import { type QueueMember, type QueueState, queueConf, seconds } from './queue-state.ts';

/** The devices that queues make up: `Queue:NAME`, `Queue:NAME_avail`, `Queue:NAME_pause_INTERFACE`. */
export function tellQueueDevice(pbx: Pbx, device: string, state: DeviceStateName): void {
  pbx.part<Record<string, DeviceStateName>>('queueDevices', () => ({}))[device] = state;
  tellDeviceState(pbx, device, state);
}

/** Whether somebody is free: the device that lights a lamp for the whole queue. */
export function tellAvailability(pbx: Pbx, queue: QueueState, available: boolean): void {
  tellQueueDevice(pbx, `Queue:${queue.name}_avail`, available ? 'NOT_INUSE' : 'INUSE');
}

/** Source: `get_queue_member_status`, apps/app_queue.c. */
export function memberStatus(pbx: Pbx, stateInterface: string): DeviceStateName {
  const hint = /^hint:([^@]*)@?(.*)$/.exec(stateInterface);
  if (hint === null) return deviceState(pbx, withoutOptions(stateInterface));
  const [, exten = '', context = ''] = hint;
  const found = pbx.hints().find((one) => one.exten === exten && one.context === (context || 'default'));
  return found === undefined ? 'INVALID' : (STATE_OF_EXTENSION[hintStatus(pbx, found).status] ?? 'INVALID');
}

/** As the device was told last, where it was: members that are read anew hear of no change that nobody is told of. Source: `devstate_cached`, main/devicestate.c. */
export function toldMemberStatus(pbx: Pbx, stateInterface: string): DeviceStateName {
  const told = pbx.state.devices[withoutOptions(stateInterface)] as DeviceStateName | undefined;
  return told === undefined || told === 'UNKNOWN' ? memberStatus(pbx, stateInterface) : told;
}

/** Source: `extensionstate2devicestate`, apps/app_queue.c. */
const STATE_OF_EXTENSION: Readonly<Record<number, DeviceStateName>> = {
  0: 'NOT_INUSE',
  1: 'INUSE',
  2: 'BUSY',
  4: 'UNAVAILABLE',
  8: 'RINGING',
  9: 'RINGINUSE',
  16: 'ONHOLD',
  17: 'ONHOLD',
};

/** `Local/9@agents/n` is watched as `Local/9@agents`. */
function withoutOptions(device: string): string {
  return /^Local\//i.test(device) ? device.replace(/^(Local\/[^/]*)\/.*$/i, '$1') : device;
}

/** A device has a new state: tells it of each member that it is, and whether its queue has somebody free. Source: `device_state_cb`. */
export function membersOf(pbx: Pbx, device: string, state: DeviceStateName): void {
  for (const queue of queuesInOrder(pbx)) {
    const members = membersInOrder(pbx, queue);
    const member = members.find((one) => watches(pbx, one, device));
    if (member === undefined) continue;
    setStatus(
      pbx,
      queue,
      member,
      member.stateInterface.startsWith('hint:') ? memberStatus(pbx, member.stateInterface) : state,
    );
    tellAvailability(
      pbx,
      queue,
      members.some((one) => isAvailable(pbx, queue, one)),
    );
  }
}

function watches(pbx: Pbx, member: QueueMember, device: string): boolean {
  const { stateInterface } = member;
  if (!stateInterface.startsWith('hint:')) return withoutOptions(stateInterface).toLowerCase() === device.toLowerCase();
  return memberStatus(pbx, stateInterface) !== member.status;
}

function setStatus(pbx: Pbx, queue: QueueState, member: QueueMember, status: DeviceStateName): void {
  if (member.status !== status) noLongerPending(pbx, member.interface);
  member.status = status;
  pbx.emit('QueueMemberStatus', memberHeaders(queue.name, member));
}

/** Interfaces that are being called, whatever their device says yet: a member of two queues is not called twice at once. */
export function pendingMembers(pbx: Pbx): string[] {
  return pbx.part<{ interfaces: string[] }>('pendingQueueMembers', () => ({ interfaces: [] })).interfaces;
}

export function noLongerPending(pbx: Pbx, memberInterface: string): void {
  const pending = pendingMembers(pbx);
  const at = pending.indexOf(memberInterface.toLowerCase());
  if (at >= 0) pending.splice(at, 1);
}

/** Free or not known to be busy. */
export function isFree(status: DeviceStateName): boolean {
  return status === 'NOT_INUSE' || status === 'UNKNOWN';
}

/** Seconds that the member rests after a call. */
export function wrapupS(pbx: Pbx, queue: QueueState, member: QueueMember): number {
  return member.wrapupTime > 0 ? member.wrapupTime : queueConf(pbx, queue).wrapupTime;
}

/** Whether the member could take a call of this queue now. Source: `is_member_available`, apps/app_queue.c. */
export function isAvailable(pbx: Pbx, queue: QueueState, member: QueueMember): boolean {
  if (member.paused || member.status === 'INVALID' || member.status === 'UNAVAILABLE') return false;
  if (!isFree(member.status) && !member.ringInUse) return false;
  return !isWrappingUp(pbx, queue, member);
}

export function isWrappingUp(pbx: Pbx, queue: QueueState, member: QueueMember): boolean {
  const rest = wrapupS(pbx, queue, member);
  return rest > 0 && (member.inCall || (member.lastCall > 0 && seconds(pbx.now) - rest < member.lastCall));
}

/** Headers of QueueMemberStatus, QueueMemberAdded and their kin. Source: `queue_member_blob_create`, apps/app_queue.c. */
export function memberHeaders(queue: string, member: QueueMember): Header[] {
  return [
    ['Queue', queue],
    ['MemberName', member.name],
    ['Interface', member.interface],
    ...memberFigures(member),
    ['Ringinuse', member.ringInUse ? '1' : '0'],
    ['Wrapuptime', String(member.wrapupTime)],
  ];
}

/** What live events and the list say alike of a member. */
export function memberFigures(member: QueueMember): Header[] {
  return [
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
  ];
}
