import { type AmiClass, amiClasses, type ManagerConf, type ManagerUser } from '../config/manager-conf.ts';
import { ALL_CLASSES, classBits } from './event-class.ts';

/** A user of manager.conf, with rights as bits. */
export interface ManagerAccount extends ManagerUser {
  /** Of the classes whose events it may see. */
  readonly readBits: number;
  /** Of the classes whose actions it may use. */
  readonly writeBits: number;
}

/** What manager.conf says, as the server uses it. */
export interface ManagerSettings {
  readonly enabled: boolean;
  readonly timestampEvents: boolean;
  /** The Events action is silent where it switches all on, and where its mask is none. */
  readonly brokenEventsAction: boolean;
  readonly authTimeoutS: number;
  /** How many may be connected and not logged in. */
  readonly authLimit: number;
  readonly httpTimeoutS: number;
  readonly disabledEvents: ReadonlySet<string>;
  /** By lower-case name: Asterisk compares without case. */
  readonly users: ReadonlyMap<string, ManagerAccount>;
}

/**
 * @param before the settings so far, where this is a reload: `disabledevents` stays in force when the line is gone.
 *   Source: descriptions of the recordings `fault-multiple-login-denied`, `variant-disabledevents`.
 */
export function managerSettings(conf: ManagerConf, before?: ManagerSettings): ManagerSettings {
  const { general } = conf;
  const disabled = new Set(general.disabledEvents);
  return {
    enabled: general.enabled,
    timestampEvents: general.timestampEvents,
    brokenEventsAction: general.brokenEventsAction,
    authTimeoutS: general.authTimeoutS,
    authLimit: general.authLimit,
    httpTimeoutS: general.httpTimeoutS,
    disabledEvents: disabled.size === 0 && before !== undefined ? before.disabledEvents : disabled,
    users: new Map(
      [...conf.users.values()].map((user) => {
        const name = user.name.toLowerCase();
        return [name, account(user, before?.users.get(name))];
      }),
    ),
  };
}

/** A user as the file has it now; of the lines that are gone what they said before. Source: `__init_manager`, main/manager.c. */
function account(user: ManagerUser, before: ManagerAccount | undefined): ManagerAccount {
  const now = { ...user, readBits: bitsOf(user.read), writeBits: bitsOf(user.write) };
  if (before === undefined) return now;
  const says = (line: string): boolean => user.lines.has(line);
  return {
    ...now,
    ...(says('secret') || before.secret === undefined ? {} : { secret: before.secret }),
    ...(says('read') ? {} : { read: before.read, readBits: before.readBits }),
    ...(says('write') ? {} : { write: before.write, writeBits: before.writeBits }),
    ...(says('writetimeout') ? {} : { writeTimeoutMs: before.writeTimeoutMs }),
    ...(says('displayconnects') ? {} : { displayConnects: before.displayConnects }),
    ...(says('allowmultiplelogin') ? {} : { allowMultipleLogin: before.allowMultipleLogin }),
  };
}

function bitsOf(classes: readonly AmiClass[]): number {
  return classes.length === amiClasses.length ? ALL_CLASSES : classBits(classes.join(','));
}
