import type { Application } from '../application.ts';
import { argumentsOf } from '../dialplan-run.ts';
import type { Pbx } from '../pbx.ts';
import type { Channel } from '../state.ts';
import { setVariable } from '../variables.ts';
import { addMember, pauseMember, removeMember } from './change-members.ts';
import { queueApplication } from './queue-app.ts';

/** The channel's own device, where no interface is named: `PJSIP/1002` of `PJSIP/1002-0000000c`. */
function deviceName(channel: Channel): string {
  const dash = channel.name.lastIndexOf('-');
  return dash < 0 ? channel.name : channel.name.slice(0, dash);
}

const ADDED = { added: 'ADDED', 'already-there': 'MEMBERALREADY', 'no-such-queue': 'NOSUCHQUEUE' } as const;
const REMOVED = {
  removed: 'REMOVED',
  'not-there': 'NOTINQUEUE',
  'no-such-queue': 'NOSUCHQUEUE',
  'not-dynamic': 'NOTDYNAMIC',
} as const;

/** `AddQueueMember(queue,interface,penalty,options,name,state interface,wrapup time)`. */
const addQueueMember: Application = (pbx, channel, args) => {
  if (args === '') return 'hangup';
  const [queue = '', memberInterface = '', penalty = '', , name = '', stateInterface = '', wrapup = ''] =
    argumentsOf(args);
  const done = addMember(pbx, queue, {
    interface: memberInterface || deviceName(channel),
    penalty: Number.parseInt(penalty, 10) || 0,
    name,
    stateInterface,
    wrapupTime: Number.parseInt(wrapup, 10) || 0,
  });
  setVariable(pbx, channel, 'AQMSTATUS', ADDED[done]);
  return 'next';
};

/** `RemoveQueueMember(queue,interface)`. */
const removeQueueMember: Application = (pbx, channel, args) => {
  if (args === '') return 'hangup';
  const [queue = '', memberInterface = ''] = argumentsOf(args);
  setVariable(pbx, channel, 'RQMSTATUS', REMOVED[removeMember(pbx, queue, memberInterface || deviceName(channel))]);
  return 'next';
};

/** `PauseQueueMember(queue,interface,options,reason)`, and the same for going on. */
function pausing(paused: boolean): Application {
  const [variable, status] = paused ? ['PQMSTATUS', 'PAUSED'] : ['UPQMSTATUS', 'UNPAUSED'];
  return (pbx: Pbx, channel: Channel, args: string) => {
    const [queue = '', memberInterface = '', , reason = ''] = argumentsOf(args);
    if (memberInterface === '') return 'hangup';
    const found = pauseMember(pbx, queue, memberInterface, paused, reason);
    setVariable(pbx, channel, variable, found ? status : 'NOTFOUND');
    return 'next';
  };
}

/** The applications of app_queue. Source: `aqm_exec`, `rqm_exec`, `pqm_exec`, `upqm_exec`, `ql_exec`. */
export const queueApplications: Readonly<Record<string, Application>> = {
  queue: queueApplication,
  addqueuemember: addQueueMember,
  removequeuemember: removeQueueMember,
  pausequeuemember: pausing(true),
  unpausequeuemember: pausing(false),
  queuelog: (_pbx, _channel, args) =>
    argumentsOf(args)
      .slice(0, 4)
      .filter((part) => part !== '').length < 4
      ? 'hangup'
      : 'next',
};
