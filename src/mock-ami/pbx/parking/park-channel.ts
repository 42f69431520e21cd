import { moveToBridge, peerOf } from '../bridge.ts';
import { playInBridge } from '../bridge-seat.ts';
import type { Pbx } from '../pbx.ts';
import { soundInBridgeMs } from '../sounds.ts';
import type { Channel } from '../state.ts';
import { setVariable } from '../variables.ts';
import { assignSpace, lotBridge } from './parking-lot.ts';
import { prepareParking, readParkArguments } from './parking-request.ts';
import { findLot, freeSpace, parking } from './parking-state.ts';

/** The arguments of Park() where an extension does nothing but park; `undefined` where it does something else. Source: `parking_is_exten_park`. */
export function parkArguments(pbx: Pbx, context: string, exten: string): string | undefined {
  const found = pbx.find(context, exten, 1, '');
  return found?.app.toLowerCase() === 'park' ? found.args : undefined;
}

/**
 * Parks whom a channel talks to; the parker hears the space, and its call ends then. False where it talks to nobody.
 * `toldFirst`: ParkedCall comes before all else, as it does but for parking by keys (a race in Asterisk that always ends so).
 * Source: `parking_park_bridge_channel`, res/parking/parking_bridge_features.c; recordings `park-and-retrieve`, `park-by-dtmf`.
 */
export function parkPeer(pbx: Pbx, parker: Channel, args: string, toldFirst: boolean): boolean {
  const parkee = peerOf(pbx, parker);
  if (parkee === undefined) return false;
  const options = readParkArguments(args);
  if (!prepareParking(pbx, parkee, parker, options) || !hasRoom(pbx, parkee)) {
    delete parkee.extra['parking'];
    playInBridge(pbx, parker, soundInBridgeMs('pbx-parkingfailed'));
    return true;
  }
  announceTo(pbx, parkee, parker);
  const lot = findLot(pbx, lotOf(parkee));
  if (lot === undefined) return false;
  if (toldFirst) assignSpace(pbx, parkee);
  const bridge = lotBridge(pbx, lot);
  setVariable(pbx, parkee, 'BLINDTRANSFER', parker.name);
  moveToBridge(pbx, parkee, bridge);
  return true;
}

/** Somebody will hear the space of a channel that is about to be parked; his call ends then. Source: `create_parked_subscription`. */
export function announceTo(pbx: Pbx, parkee: Channel, hearer: Channel): void {
  parking(pbx).announcements.push({ parkee: parkee.uniqueid, parker: hearer.uniqueid });
}

function lotOf(channel: Channel): string {
  return (channel.extra['parking'] as { lot: string } | undefined)?.lot ?? '';
}

/** Whether the lot for which a channel was prepared has a free space. */
export function hasRoom(pbx: Pbx, parkee: Channel): boolean {
  const lot = findLot(pbx, lotOf(parkee));
  return lot !== undefined && freeSpace(pbx, lot, -1, false) !== undefined;
}
