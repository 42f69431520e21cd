import { asterisk22 } from './asterisk-22.ts';
import type { AsteriskProfile } from './asterisk-profile.ts';

/** The versions of Asterisk that the simulation can be, by their major number; a new one is a file that `npm run catalog` makes, and a line here. */
export const ASTERISK_PROFILES: ReadonlyMap<string, AsteriskProfile> = new Map([['22', asterisk22]]);
