import { splitArguments } from '../../dialplan/split-arguments.ts';
import { type ActivityHandler, beginActivity } from '../activity.ts';
import type { Application, ApplicationResult } from '../application.ts';
import { createBridge, enterBridge, moveToBridge } from '../bridge.ts';
import { applicationDone, finishApplication } from '../dialplan-run.ts';
import { LATENCY } from '../latency.ts';
import type { Pbx } from '../pbx.ts';
import { soundMs } from '../sounds.ts';
import type { Channel } from '../state.ts';
import { continuation, handle, type TaskHandler, task } from '../task.ts';
import { answerChannel } from '../technology.ts';
import { getVariable } from '../variables.ts';
import { hasRoom } from './park-channel.ts';
import { allowParkedFeatures } from './parked-features.ts';
import { lotBridge } from './parking-lot.ts';
import { prepareParking, readParkArguments } from './parking-request.ts';
import { findLot, type ParkedUser, parkedIn } from './parking-state.ts';

const TAKING = 'Parking';

const parkSelf = task<{ channel: string; bridge: string }>('parking.parkSelf');
const takeCall = task<{ channel: string; lot: string; space: number }>('parking.takeCall');
const join = task<{ channel: string; bridge: string }>('parking.join');

/** `Park(lot,options)`: the channel waits in a lot until somebody takes it. Source: `park_app_exec`, res/parking/parking_applications.c. */
const park: Application = (pbx, channel, args) => {
  if (channel.state !== 'Up') answerChannel(pbx, channel);
  if (!prepareParking(pbx, channel, channel, readParkArguments(args)) || !hasRoom(pbx, channel)) {
    delete channel.extra['parking'];
    return waitFor(pbx, channel, soundMs('pbx-parkingfailed'), 'next');
  }
  const lot = findLot(pbx, (channel.extra['parking'] as { lot: string }).lot);
  if (lot === undefined) return 'next';
  const bridge = lotBridge(pbx, lot);
  beginActivity(channel, TAKING, {
    timer: pbx.after(LATENCY.enter, parkSelf, { channel: channel.uniqueid, bridge: bridge.uniqueid }),
  });
  return 'wait';
};

/** `ParkedCall(lot,space)`: takes a parked call back; without a space the one in the first. Source: `parked_call_app_exec`. */
const parkedCall: Application = (pbx, channel, args) => {
  if (channel.state !== 'Up') answerChannel(pbx, channel);
  const [named = '', space = ''] = splitArguments(args);
  const lot = findLot(pbx, named || getVariable(pbx, channel, 'PARKINGLOT') || 'default');
  const wanted = space === '' ? -1 : Number(space);
  if (lot === undefined || !Number.isInteger(wanted))
    return waitFor(pbx, channel, soundMs('pbx-invalidpark'), 'hangup');
  const timer = pbx.after(LATENCY.bridge, takeCall, { channel: channel.uniqueid, lot: lot.name, space: wanted });
  beginActivity(channel, TAKING, { timer });
  return 'wait';
};

function waitFor(pbx: Pbx, channel: Channel, ms: number, result: ApplicationResult): ApplicationResult {
  beginActivity(channel, TAKING, { timer: pbx.after(ms, applicationDone, { channel: channel.uniqueid, result }) });
  return 'wait';
}

export const parkingActivity: ActivityHandler = {
  name: TAKING,
  hungUp: (pbx, channel) => {
    pbx.cancel((channel.activity?.data as { timer: number } | undefined)?.timer);
    finishApplication(pbx, channel.uniqueid, 'hangup');
  },
};

function retrieve(pbx: Pbx, channel: Channel, user: ParkedUser): void {
  const lot = findLot(pbx, user.lot);
  const parkee = pbx.channel(user.channel);
  if (lot === undefined || parkee === undefined) return;
  user.resolution = 'answered';
  user.retriever = channel.uniqueid;
  const bridge = createBridge(pbx);
  moveToBridge(pbx, parkee, bridge);
  allowParkedFeatures(parkee, lot, 'callee');
  allowParkedFeatures(channel, lot, 'caller');
  pbx.after(LATENCY.enter, join, { channel: channel.uniqueid, bridge: bridge.uniqueid });
}

function ends(channel: Channel) {
  return continuation(applicationDone, { channel: channel.uniqueid, result: 'hangup' as const });
}

export const parkingApplications: Readonly<Record<string, Application>> = { park, parkedcall: parkedCall };

export const parkAppTasks: readonly TaskHandler[] = [
  handle(parkSelf, (pbx, { channel: uniqueid, bridge: bridgeId }) => {
    const channel = pbx.channel(uniqueid);
    const bridge = pbx.bridge(bridgeId);
    if (channel !== undefined && bridge !== undefined) enterBridge(pbx, bridge, channel, ends(channel));
  }),
  handle(takeCall, (pbx, { channel: uniqueid, lot, space }) => {
    const channel = pbx.channel(uniqueid);
    if (channel === undefined) return;
    const user = parkedIn(pbx, lot).find((one) => one.resolution === 'unset' && (space < 0 || one.space === space));
    if (user !== undefined) retrieve(pbx, channel, user);
    else waitFor(pbx, channel, soundMs('pbx-invalidpark'), 'hangup');
  }),
  handle(join, (pbx, { channel: uniqueid, bridge: bridgeId }) => {
    const channel = pbx.channel(uniqueid);
    const bridge = pbx.bridge(bridgeId);
    if (channel === undefined) return;
    if (bridge === undefined || bridge.dissolving) pbx.continueNow(ends(channel));
    else enterBridge(pbx, bridge, channel, ends(channel));
  }),
];
