import type { Header } from '../../../ami/message.ts';
import { current } from '../channel.ts';
import type { Pbx } from '../pbx.ts';
import { channelHeaders } from '../snapshot.ts';
import type { ParkedUser } from './parking-state.ts';

type ParkingEvent = 'ParkedCall' | 'UnParkedCall' | 'ParkedCallTimeOut' | 'ParkedCallGiveUp' | 'ParkedCallSwap';

/** Source: `manager_build_parked_call_string`, res/parking/parking_manager.c; recordings `park-*`. */
export function parkedCallHeaders(pbx: Pbx, user: ParkedUser): Header[] {
  const parkee = pbx.channel(user.channel);
  const retriever = pbx.channel(user.retriever);
  const durationS = Math.floor((pbx.now - user.startMs) / 1000);
  return [
    ...(parkee === undefined ? [] : channelHeaders(current(pbx, parkee), 'Parkee')),
    ...(retriever === undefined ? [] : channelHeaders(current(pbx, retriever), 'Retriever')),
    ['ParkerDialString', user.parkerDialString],
    ['Parkinglot', user.lot],
    ['ParkingSpace', String(user.space)],
    ['ParkingTimeout', String(user.timeoutS - durationS)],
    ['ParkingDuration', String(durationS)],
  ];
}

export function tellParking(pbx: Pbx, name: ParkingEvent, user: ParkedUser): void {
  pbx.emit(name, parkedCallHeaders(pbx, user));
}
