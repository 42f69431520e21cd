import type { Runtime } from '../../ami/runtime.ts';
import type { Action } from '../actions/action.ts';
import type { ActionJournal } from '../actions/journal.ts';
import type { AsteriskProfile } from '../catalog/asterisk-profile.ts';
import type { Pbx } from '../pbx/pbx.ts';
import type { Administration } from './administration.ts';
import type { Challenges } from './challenges.ts';
import type { Door } from './door.ts';
import type { ManagerSession } from './manager-session.ts';
import type { ManagerSettings } from './manager-settings.ts';

/** What sessions and actions may ask of the server that they belong to. */
export interface SessionHost {
  readonly pbx: Pbx;
  readonly runtime: Pick<Runtime, 'clock' | 'digest' | 'text'>;
  readonly profile: AsteriskProfile;
  readonly settings: ManagerSettings;
  readonly journal: ActionJournal;
  readonly challenges: Challenges;
  /** By lower-case name: those that the PBX has loaded, simulated or not. */
  readonly actions: ReadonlyMap<string, Action>;
  readonly sessions: ReadonlySet<ManagerSession>;
  /** Absent where nobody owns the configuration: then there are no files, and a reload changes nothing. */
  readonly administration: Administration | undefined;
  /** Absent: everybody gets in, and everything passes as it is. */
  readonly door: Door | undefined;
  /** Set from the order to stop or restart until the end. */
  readonly shuttingDown: boolean;
}
