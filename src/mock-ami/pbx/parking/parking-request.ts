import { splitArguments } from '../../dialplan/split-arguments.ts';
import { readOptions } from '../dial-arguments.ts';
import type { Pbx } from '../pbx.ts';
import type { Channel } from '../state.ts';
import { getVariable } from '../variables.ts';
import { findLot } from './parking-state.ts';

/** How a channel is to be parked; waits on it until it enters the lot. */
export interface ParkingRequest {
  readonly lot: string;
  readonly parkerDialString: string;
  readonly comeback: string;
  readonly random: boolean;
  readonly ringing: boolean;
  /** The parked one isn't told its space. */
  readonly silent: boolean;
  /** Of the lot where it is negative. */
  readonly timeoutS: number;
}

/** What Park() was given, or a manager asks for. */
export type ParkOptions = Pick<ParkingRequest, 'lot' | 'comeback' | 'random' | 'ringing' | 'silent' | 'timeoutS'>;

/** Reads `lot,options`: r, R, s, c(context,exten,priority), t(seconds). Source: `park_app_parse_data`, res/parking/parking_applications.c. */
export function readParkArguments(args: string): ParkOptions {
  const [lot = '', text = ''] = splitArguments(args, { max: 2 });
  const options = readOptions(text);
  const seconds = Number(options['t']);
  return {
    lot,
    comeback: options['c'] ?? '',
    random: 'R' in options,
    ringing: 'r' in options,
    silent: 's' in options,
    timeoutS: 't' in options && seconds > 0 ? seconds : -1,
  };
}

/**
 * Prepares a channel to be parked; false where there is no such lot. Who transferred it counts as who parked it.
 * Source: `setup_park_common_datastore`, res/parking/parking_applications.c.
 */
export function prepareParking(pbx: Pbx, parkee: Channel, parker: Channel, options: ParkOptions): boolean {
  const named = options.lot === '' ? getVariable(pbx, parkee, 'PARKINGLOT') || 'default' : options.lot;
  if (findLot(pbx, named) === undefined) return false;
  const transferer = getVariable(pbx, parkee, 'ATTENDEDTRANSFER') || getVariable(pbx, parkee, 'BLINDTRANSFER');
  const parkerDialString = dialString(transferer || parker.name);
  parkee.extra['parking'] = { ...options, lot: named, parkerDialString } satisfies ParkingRequest;
  return true;
}

/** `PJSIP/1002` of `PJSIP/1002-0000002c`. */
function dialString(channelName: string): string {
  const dash = channelName.lastIndexOf('-');
  return dash < 0 ? channelName : channelName.slice(0, dash);
}
