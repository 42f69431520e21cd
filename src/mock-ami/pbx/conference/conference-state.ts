import type { ConferenceUser } from '../../config/confbridge-conf.ts';
import { own } from '../own.ts';
import type { Pbx } from '../pbx.ts';

/** Somebody in a conference; plain data. */
export interface ConferenceMember {
  /** Of all who have come to rooms of this PBX. It stays where another channel takes this one's place. */
  readonly number: number;
  readonly channel: string;
  readonly profile: ConferenceUser;
  readonly joinedMs: number;
  muted: boolean;
  talking: boolean;
  /** Why it leaves, for CONFBRIDGE_RESULT. */
  result: 'HANGUP' | 'KICKED' | 'ENDMARKED' | 'TIMEOUT' | '';
}

export interface Conference {
  readonly name: string;
  readonly bridge: string;
  /** Internal channels in the bridge: the announcer, and the recorder. */
  readonly announcer: string;
  recorder: string;
  recordFile: string;
  locked: boolean;
  muted: boolean;
  members: ConferenceMember[];
}

interface Conferences {
  readonly rooms: Record<string, Conference>;
  nextAnnouncer: number;
  nextRecorder: number;
  nextMember: number;
}

/** All that is known of conferences. */
export function conferences(pbx: Pbx): Conferences {
  return pbx.part<Conferences>('conferences', () => ({ rooms: {}, nextAnnouncer: 0, nextRecorder: 0, nextMember: 0 }));
}

export function findConference(pbx: Pbx, name: string): Conference | undefined {
  return own(conferences(pbx).rooms, name);
}
