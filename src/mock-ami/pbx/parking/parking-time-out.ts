import type { ParkingLotConf } from '../../config/parking-conf.ts';
import { addExtension } from '../../dialplan/change-dialplan.ts';
import { splitArguments } from '../../dialplan/split-arguments.ts';
import { asyncGoto, type Place } from '../async-goto.ts';
import type { Pbx } from '../pbx.ts';
import type { Channel } from '../state.ts';
import { handle, type TaskHandler, task } from '../task.ts';
import { setVariable } from '../variables.ts';
import { sideLetters } from './parked-features.ts';
import { findLot, type ParkedUser, parking } from './parking-state.ts';

export const parkingTimedOut = task<{ lot: string; space: number }>('parking.timedOut');

const PARK_DIAL = 'park-dial';

/** Nobody came for the call: it goes back to who parked it, or where the lot says. Source: `parking_duration_callback`, res/parking/parking_bridge_features.c. */
function timeOut(pbx: Pbx, channel: Channel, user: ParkedUser, lot: ParkingLotConf): void {
  user.resolution = 'timeout';
  const flat = user.parkerDialString.replaceAll('/', '_');
  setVariable(pbx, channel, 'PARKING_SPACE', String(user.space));
  setVariable(pbx, channel, 'PARKEDLOT', lot.name);
  setVariable(pbx, channel, 'PARKER', user.parkerDialString);
  setVariable(pbx, channel, 'PARKER_FLAT', flat);
  setVariable(pbx, channel, 'BRIDGE_FEATURES', sideLetters(lot, 'caller'));
  const place = user.comeback === '' ? comebackOf(pbx, lot, user, flat) : override(pbx, channel, user.comeback);
  asyncGoto(pbx, channel, place, { untold: true });
}

function override(pbx: Pbx, channel: Channel, comeback: string): Place {
  const parts = splitArguments(comeback);
  const context = parts.at(-3) ?? channel.context;
  const exten = parts.at(-2) ?? channel.exten;
  const written = parts.at(-1) ?? '1';
  const priority = /^\d+$/.test(written) ? Number(written) : (pbx.find(context, exten, written, '')?.priority ?? 1);
  return { context, exten, priority };
}

/** Source: `comeback_goto`, res/parking/parking_bridge_features.c. */
function comebackOf(pbx: Pbx, lot: ParkingLotConf, user: ParkedUser, flat: string): Place {
  if (lot.comebackToOrigin) {
    const features = sideLetters(lot, 'callee');
    const args = `${user.parkerDialString},${lot.comebackDialTimeS}${features === '' ? '' : `,${features}`}`;
    const line = { context: PARK_DIAL, exten: flat, priority: 1, app: 'Dial', args, registrar: 'res_parking' };
    pbx.dialplan = addExtension(pbx.dialplan, line, { replace: true }) ?? pbx.dialplan;
    return { context: PARK_DIAL, exten: flat, priority: 1 };
  }
  const exten = [flat, 's'].find((one) => pbx.find(lot.comebackContext, one, 1, '') !== undefined);
  return exten === undefined
    ? { context: 'default', exten: 's', priority: 1 }
    : { context: lot.comebackContext, exten, priority: 1 };
}

export const parkingTimeOutTasks: readonly TaskHandler[] = [
  handle(parkingTimedOut, (pbx, { lot: name, space }) => {
    const user = parking(pbx).users.find((candidate) => candidate.lot === name && candidate.space === space);
    const channel = user === undefined ? undefined : pbx.channel(user.channel);
    const lot = findLot(pbx, name);
    if (user?.resolution !== 'unset' || channel === undefined || lot === undefined) return;
    timeOut(pbx, channel, user, lot);
  }),
];
