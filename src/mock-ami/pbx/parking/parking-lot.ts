import type { ParkingLotConf } from '../../config/parking-conf.ts';
import { createBridge, leaveBridge } from '../bridge.ts';
import { playInBridge } from '../bridge-seat.ts';
import { parkingEntered, parkingLeft, releaseHold } from '../bridge-signals.ts';
import { deviceChanged } from '../device-watch.ts';
import { startMusic, stopMusic } from '../music.ts';
import type { Pbx } from '../pbx.ts';
import { saidDigitsMs } from '../sounds.ts';
import type { Bridge, Channel } from '../state.ts';
import { continuation, handle, type TaskHandler, task } from '../task.ts';
import { indicateRingingTo } from '../technology.ts';
import { getVariable } from '../variables.ts';
import { tellParking } from './parking-events.ts';
import type { ParkingRequest } from './parking-request.ts';
import { findLot, freeSpace, type ParkedUser, parkedUser, parking, spaceDevice } from './parking-state.ts';
import { parkingTimedOut } from './parking-time-out.ts';

const entertain = task<{ channel: string; ringing: boolean; musicClass: string; sayMs: number }>('parking.entertain');
const parkerHasHeard = task<{ channel: string }>('parking.parkerHasHeard');

/** The bridge in which a lot's calls wait; made when it is first needed. Source: `parking_lot_get_bridge`. */
export function lotBridge(pbx: Pbx, lot: ParkingLotConf): Bridge {
  const { bridges } = parking(pbx);
  const known = pbx.bridge(bridges[lot.name] ?? '');
  if (known !== undefined) return known;
  const bridge = createBridge(pbx, {
    type: 'parking',
    technology: 'holding_bridge',
    creator: 'Parking',
    name: lot.name,
    dissolveOnHangup: false,
  });
  bridges[lot.name] = bridge.uniqueid;
  return bridge;
}

/** A channel gets its space: ParkedCall. Source: `generate_parked_user`, res/parking/parking_bridge.c. */
export function assignSpace(pbx: Pbx, channel: Channel): void {
  const request = channel.extra['parking'] as ParkingRequest | undefined;
  const lot = findLot(pbx, request?.lot ?? '');
  if (lot === undefined || request === undefined) return;
  const wanted = Number(getVariable(pbx, channel, 'PARKINGEXTEN') || '-1');
  const space = freeSpace(pbx, lot, wanted, request.random);
  if (space === undefined) return;
  const timeoutS = request.timeoutS < 0 ? lot.parkingTimeS : request.timeoutS;
  const timer = timeoutS > 0 ? pbx.after(timeoutS * 1000, parkingTimedOut, { lot: lot.name, space }) : 0;
  const { parkerDialString, comeback } = request;
  const user: ParkedUser = {
    lot: lot.name,
    space,
    channel: channel.uniqueid,
    parkerDialString,
    startMs: pbx.now,
    timeoutS,
    timer,
    comeback,
    resolution: 'unset',
    retriever: '',
  };
  parking(pbx).users.push(user);
  parking(pbx).nextSpaces[lot.name] = space < lot.lastSpace ? space + 1 : lot.firstSpace;
  tellParking(pbx, 'ParkedCall', user);
}

/** A channel comes to its space. Source: `bridge_parking_push`, res/parking/parking_bridge.c. */
function enter(pbx: Pbx, channel: Channel, user: ParkedUser): void {
  const request = channel.extra['parking'] as ParkingRequest | undefined;
  delete channel.extra['parking'];
  const lot = findLot(pbx, user.lot);
  if (lot === undefined || request === undefined) return;
  const ms = saidDigitsMs(String(user.space));
  announce(pbx, channel, ms);
  deviceChanged(pbx, spaceDevice(lot, user.space));
  const musicClass = lot.parkedMusicClass;
  const transferred = (getVariable(pbx, channel, 'BLINDTRANSFER') ?? '') !== '';
  const sayMs = request.silent || transferred ? 0 : ms;
  pbx.after(0.05, entertain, { channel: channel.uniqueid, ringing: request.ringing, musicClass, sayMs });
}

/** The space is said to whoever asked to hear it. */
function announce(pbx: Pbx, parkee: Channel, ms: number): void {
  const state = parking(pbx);
  for (const { parker } of state.announcements.filter((one) => one.parkee === parkee.uniqueid)) {
    const channel = pbx.channel(parker);
    if (channel === undefined || channel.bridge === '') continue;
    playInBridge(pbx, channel, ms, continuation(parkerHasHeard, { channel: parker }));
  }
  state.announcements = state.announcements.filter((one) => one.parkee !== parkee.uniqueid);
}

/** A parked call leaves its space. Source: `bridge_parking_pull`, res/parking/parking_bridge.c. */
function leave(pbx: Pbx, channel: Channel, user: ParkedUser): void {
  pbx.cancel(user.timer);
  stopMusic(pbx, channel);
  const names = { unset: 'ParkedCallGiveUp', answered: 'UnParkedCall', timeout: 'ParkedCallTimeOut' } as const;
  const state = parking(pbx);
  state.users = state.users.filter((other) => other !== user);
  tellParking(pbx, names[user.resolution], user);
  const lot = findLot(pbx, user.lot);
  if (lot !== undefined) deviceChanged(pbx, spaceDevice(lot, user.space));
}

export const parkingLotTasks: readonly TaskHandler[] = [
  handle(parkingEntered, (pbx, { channel: uniqueid, swap }) => {
    const channel = pbx.channel(uniqueid);
    if (channel === undefined) return;
    if (channel.heldByPeer) pbx.continueNow(continuation(releaseHold, { channel: uniqueid }));
    const replaced = parkedUser(pbx, swap);
    if (replaced !== undefined) {
      replaced.channel = uniqueid;
      tellParking(pbx, 'ParkedCallSwap', replaced);
      const musicClass = findLot(pbx, replaced.lot)?.parkedMusicClass ?? '';
      pbx.after(0.05, entertain, { channel: uniqueid, ringing: false, musicClass, sayMs: 0 });
      return;
    }
    if (parkedUser(pbx, uniqueid) === undefined) assignSpace(pbx, channel);
    const user = parkedUser(pbx, uniqueid);
    if (user !== undefined) enter(pbx, channel, user);
  }),
  handle(parkingLeft, (pbx, { channel: uniqueid, swapped }) => {
    const channel = pbx.channel(uniqueid);
    const user = parkedUser(pbx, uniqueid);
    if (channel === undefined) return;
    if (user !== undefined && !swapped) leave(pbx, channel, user);
    else stopMusic(pbx, channel);
  }),
  // Who parked itself hears its space first; the music stops for that. Source: `bridge_parking_push`, `holding_bridge_suspend`.
  handle(entertain, (pbx, { channel: uniqueid, ringing, musicClass, sayMs }) => {
    const channel = pbx.channel(uniqueid);
    if (channel === undefined || parkedUser(pbx, uniqueid) === undefined) return;
    if (ringing) indicateRingingTo(pbx, channel);
    else startMusic(pbx, channel, musicClass);
    if (sayMs === 0) return;
    stopMusic(pbx, channel);
    playInBridge(pbx, channel, sayMs, continuation(entertain, { channel: uniqueid, ringing, musicClass, sayMs: 0 }));
  }),
  handle(parkerHasHeard, (pbx, { channel: uniqueid }) => {
    const channel = pbx.channel(uniqueid);
    if (channel !== undefined) leaveBridge(pbx, channel);
  }),
];
