import type { ParkingLotConf } from '../../config/parking-conf.ts';
import type { Pbx } from '../pbx.ts';

/** A call that waits in a parking lot. */
export interface ParkedUser {
  readonly lot: string;
  readonly space: number;
  /** Uniqueid; another's when that takes its place. */
  channel: string;
  /** Who parked it, to be called back: `PJSIP/1002`. */
  readonly parkerDialString: string;
  readonly startMs: number;
  /** 0: no limit. */
  readonly timeoutS: number;
  readonly timer: number;
  /** `context,exten,priority` to go to after the time-out instead of the parker; '' for none. */
  readonly comeback: string;
  /** Why it leaves the lot. */
  resolution: 'unset' | 'answered' | 'timeout';
  /** Uniqueid of who takes it back; ''. */
  retriever: string;
}

/** Who hears in which space a call was parked. */
export interface Announcement {
  readonly parkee: string;
  readonly parker: string;
}

interface Parking {
  users: ParkedUser[];
  announcements: Announcement[];
  /** Uniqueids of the lots' bridges, made when first needed. */
  bridges: Record<string, string>;
  /** Where lots that fill space after space look next. */
  nextSpaces: Record<string, number>;
}

export function parking(pbx: Pbx): Parking {
  return pbx.part<Parking>('parking', () => ({ users: [], announcements: [], bridges: {}, nextSpaces: {} }));
}

export function findLot(pbx: Pbx, name: string): ParkingLotConf | undefined {
  return pbx.config.parking.lots.get(name);
}

export function parkedIn(pbx: Pbx, lot: string): ParkedUser[] {
  return parking(pbx)
    .users.filter((user) => user.lot === lot)
    .sort((one, other) => one.space - other.space);
}

export function parkedUser(pbx: Pbx, channel: string): ParkedUser | undefined {
  return parking(pbx).users.find((user) => user.channel === channel);
}

/** The device whose state tells whether a space is taken: `park:701@parkedcalls`. */
export function spaceDevice(lot: ParkingLotConf, space: number): string {
  return `park:${space}@${lot.context}`;
}

export function isSpaceTaken(pbx: Pbx, device: string): boolean {
  return parking(pbx).users.some(({ lot: name, space }) => {
    const lot = findLot(pbx, name);
    return lot !== undefined && spaceDevice(lot, space) === device;
  });
}

/**
 * The space that the next call gets: the wanted one if it is free, else the next free one, from the lot's start again behind its end.
 * `undefined` where the lot is full. Source: `parking_lot_get_space`, res/parking/parking_bridge_features.c.
 */
export function freeSpace(pbx: Pbx, lot: ParkingLotConf, wanted: number, random: boolean): number | undefined {
  const taken = new Set(parkedIn(pbx, lot.name).map(({ space }) => space));
  const count = lot.lastSpace - lot.firstSpace + 1;
  const inLot = wanted >= lot.firstSpace && wanted <= lot.lastSpace;
  const next = lot.findSlot === 'next' ? (parking(pbx).nextSpaces[lot.name] ?? lot.firstSpace) : lot.firstSpace;
  const start = random ? lot.firstSpace + Math.floor(pbx.random() * count) : inLot ? wanted : next;
  for (let step = 0; step < count; step++) {
    const space = lot.firstSpace + ((start - lot.firstSpace + step) % count);
    if (!taken.has(space)) return space;
  }
  return undefined;
}
