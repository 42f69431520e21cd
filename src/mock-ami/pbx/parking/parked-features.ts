import type { ParkedSide, ParkingLotConf } from '../../config/parking-conf.ts';
import { callFeatures, featuresOf, setFeatures } from '../call-features.ts';
import { readOptions } from '../dial-arguments.ts';
import type { Channel } from '../state.ts';

type Side = 'caller' | 'callee';

function isFor(side: Side, allowed: ParkedSide): boolean {
  return allowed === side || allowed === 'both';
}

/** What a lot lets one side of a call that was parked do by keys, in Dial's letters: capitals for the caller. */
export function sideLetters(lot: ParkingLotConf, side: Side): string {
  const letters = [
    isFor(side, lot.parkedCallTransfers) ? 't' : '',
    isFor(side, lot.parkedCallReparking) ? 'k' : '',
    isFor(side, lot.parkedCallHangup) ? 'h' : '',
    isFor(side, lot.parkedCallRecording) ? 'x' : '',
  ].join('');
  return side === 'caller' ? letters.toUpperCase() : letters;
}

/** Adds what the lot allows to what the channel may do. Source: `parked_call_retrieve_enable_features`. */
export function allowParkedFeatures(channel: Channel, lot: ParkingLotConf, side: Side): void {
  const added = callFeatures(readOptions(sideLetters(lot, side)))[side];
  setFeatures(channel, [...new Set([...featuresOf(channel), ...added])]);
}
