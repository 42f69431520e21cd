import { leadingInteger } from '../config/leading-integer.ts';
import { parkByManager } from '../pbx/parking/park-by-manager.ts';
import { announceTo, hasRoom } from '../pbx/parking/park-channel.ts';
import { parkedCallHeaders } from '../pbx/parking/parking-events.ts';
import { prepareParking } from '../pbx/parking/parking-request.ts';
import { findLot, parkedIn } from '../pbx/parking/parking-state.ts';
import { setVariable } from '../pbx/variables.ts';
import type { ActionHandlers } from './action.ts';
import type { ActionRequest, Answered, ListItem } from './action-request.ts';
import { findChannel } from './find-channel.ts';

/** Source: res/parking/parking_manager.c; recording `ami-park`. */
export const parkingActions: ActionHandlers = { Park: park, ParkedCalls: parkedCalls, Parkinglots: parkingLots };

function park(request: ActionRequest): Answered {
  const { pbx } = request;
  const name = request.header('Channel');
  if (name === '') return request.error('Channel not specified');
  const timeoutS = timeoutOf(request.header('Timeout'));
  if (timeoutS === undefined) return request.error('Invalid Timeout value.');
  const channel = findChannel(pbx, name);
  if (channel === undefined) return request.error(`Channel does not exist: ${name}`);
  const timeoutChannel = request.header('TimeoutChannel') || request.header('Channel2');
  if (timeoutChannel !== '') setVariable(pbx, channel, 'BLINDTRANSFER', timeoutChannel);
  const space = request.header('ParkingSpace');
  if (space !== '') setVariable(pbx, channel, 'PARKINGEXTEN', space);
  const options = {
    lot: request.header('Parkinglot'),
    comeback: '',
    random: false,
    ringing: false,
    silent: true,
    timeoutS,
  };
  const ready = prepareParking(pbx, channel, channel, options) && hasRoom(pbx, channel);
  if (!ready) {
    delete channel.extra['parking'];
    return request.error('Park action failed\n');
  }
  const hearer = findChannel(pbx, request.header('AnnounceChannel'));
  if (hearer !== undefined) announceTo(pbx, channel, hearer);
  request.success('Park successful\n');
  parkByManager(pbx, channel);
  return 'answered';
}

/** Seconds of what is given in milliseconds, one at least; negative for the lot's own, as what is negative counts; `undefined` for what is no time. */
function timeoutOf(text: string): number | undefined {
  if (text === '') return -1;
  const ms = leadingInteger(text);
  if (ms === undefined) return undefined;
  return ms > 0 ? Math.max(1, Math.floor(ms / 1000)) : Math.max(-1, ms);
}

function parkedCalls(request: ActionRequest): Answered {
  const { pbx } = request;
  const wanted = request.header('ParkingLot');
  if (wanted !== '' && findLot(pbx, wanted) === undefined) {
    return request.error('Requested parking lot could not be found.');
  }
  const lots = wanted === '' ? [...pbx.config.parking.lots.keys()] : [wanted];
  const items = lots
    .flatMap((lot) => parkedIn(pbx, lot))
    .map((user): ListItem => ({ event: 'ParkedCall', headers: parkedCallHeaders(pbx, user) }));
  return request.list({
    message: 'Parked calls will follow',
    items,
    complete: 'ParkedCallsComplete',
    more: [['Total', String(items.length)]],
    actionIdStands: 'last',
  });
}

function parkingLots(request: ActionRequest): Answered {
  const lots = [...request.pbx.config.parking.lots.values()];
  return request.list({
    message: 'Parking lots will follow',
    items: lots.map((lot) => ({
      event: 'Parkinglot',
      headers: [
        ['Name', lot.name],
        ['StartSpace', String(lot.firstSpace)],
        ['StopSpace', String(lot.lastSpace)],
        ['Timeout', String(lot.parkingTimeS)],
      ],
    })),
    complete: 'ParkinglotsComplete',
    actionIdStands: 'second',
  });
}
