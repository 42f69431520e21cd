/**
 * A scenario: what happens in a call, as plain data. YAML (`parse-scenario.ts`) and the typed builder (`builder.ts`) give the
 * same value; the player, the ladder and the tests read it.
 */
import type { ConfigChanges, Lamp, RejectReason } from './stage.ts';

/**
 * Text as written, in which `${...}` is replaced when it is played (`expression.ts`); `$${` stands for `${`.
 * Where a phone or a number is meant, a name of the `cast` stands for its value.
 */
export type Text = string;

/** Milliseconds, or a text that gives a duration when it is played (`${talk}` for `3s`). */
export type Millis = number | Text;

export interface Scenario {
  readonly scenario: string;
  readonly about?: string;
  readonly given?: Given;
  /** Laid over the folder of configuration files before the start: file, category, option. */
  readonly config?: Readonly<Record<string, ConfigChanges>>;
  /** Names for phones and numbers: `{ caller: '1001' }`. */
  readonly cast?: Readonly<Record<string, string>>;
  /** Values for `${...}`, which whoever plays the scenario may replace. */
  readonly with?: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
}

/** What is there before the start. */
export interface Given {
  /** The phones that are registered; absent: all that the configuration knows, but for those that the scenario registers itself. */
  readonly phones?: readonly string[];
  /** New messages in each mailbox (`1003@default`). */
  readonly mailboxes?: Readonly<Record<string, number>>;
  readonly past?: Past;
}

/** What the PBX has been through before the scenario, as far as it shows: a recording seldom begins on a fresh PBX. */
export interface Past {
  /** Seconds since its start. */
  readonly upS?: number;
  /** Calls that it has processed. */
  readonly calls?: number;
  /** Pairs of Local channels that have stepped aside. */
  readonly optimizations?: number;
  /** Parking lots that have been used. */
  readonly lots?: readonly string[];
  /** Device states that it has told of: `Queue:support_pause_PJSIP/1002`. */
  readonly devices?: Readonly<Record<string, string>>;
}

export type Step = PhoneStep | ClientStep | PbxStep | FaultStep | RecoverStep | WaitStep | BlockStep | ExpectStep;

export type StepKind = Step['do'];

/** What a person does at a phone, or a phone by itself. `other` names one of several calls by the other party's number. */
export type PhoneStep =
  | { readonly do: 'dial'; readonly phone: Text; readonly number: Text; readonly as?: Caller }
  | { readonly do: 'answer' | 'hang-up' | 'hold' | 'resume'; readonly phone: Text; readonly other?: Text }
  | { readonly do: 'hang-up-all' | 'unregister' | 'die'; readonly phone: Text }
  | { readonly do: 'reject'; readonly phone: Text; readonly reason: RejectReason | number; readonly other?: Text }
  | { readonly do: 'follow'; readonly phone: Text; readonly order: Order }
  | { readonly do: 'transfer'; readonly phone: Text; readonly other: Text; readonly to: Text }
  | { readonly do: 'connect'; readonly phone: Text; readonly one: Text; readonly two: Text }
  | { readonly do: 'press'; readonly phone: Text; readonly digits: Text; readonly other?: Text; readonly by?: 'info' }
  | { readonly do: 'speak'; readonly phone: Text; readonly on: boolean }
  | { readonly do: 'register'; readonly phone: Text; readonly expiresS?: number; readonly wrongPassword?: true }
  | { readonly do: 'come-back'; readonly phone: Text; readonly port?: number };

/** Name and number that a caller shows. */
export interface Caller {
  readonly name?: Text;
  readonly number?: Text;
}

/** A standing order for calls to come; times count from the INVITE. */
export type Order =
  | { readonly kind: 'nothing-special' }
  | { readonly kind: 'silent' }
  | { readonly kind: 'ring'; readonly ringAfter: Millis }
  | { readonly kind: 'answer'; readonly ringAfter: Millis; readonly after: Millis }
  | {
      readonly kind: 'reject';
      readonly ringAfter?: Millis;
      readonly reason: RejectReason | number;
      readonly after: Millis;
    }
  | { readonly kind: 'forward'; readonly ringAfter?: Millis; readonly to: Text; readonly after: Millis };

/** What a program at the manager interface does. */
export type ClientStep =
  | { readonly do: 'client-connects' | 'stays-away' | 'log-off' | 'drop' | 'half-close'; readonly client: Text }
  | { readonly do: 'stop-reading' | 'read-again'; readonly client: Text }
  | {
      readonly do: 'log-in';
      readonly client: Text;
      readonly user: Text;
      readonly secret?: Text;
      readonly events?: Text;
    }
  | {
      readonly do: 'send';
      readonly client: Text;
      readonly action: Text;
      /** In order, repeats kept; without `Action`. An `ActionID` among them is sent in place of one made here. */
      readonly headers: readonly (readonly [name: Text, value: Text])[];
      readonly withoutActionId?: true;
      /** The next step does not wait for the response. */
      readonly withoutWaiting?: true;
      /** Keeps the response: `${asked.Challenge}`. */
      readonly as?: string;
    }
  | {
      readonly do: 'send-raw';
      readonly client: Text;
      readonly text: Text;
      /** One character a byte; otherwise UTF-8. */
      readonly latin1?: true;
      /** Every byte by itself, so far apart. */
      readonly byteEvery?: Millis;
    };

export type PbxStep =
  | { readonly do: 'pbx-restarts'; readonly gracefully?: true }
  | { readonly do: 'pbx-stops' | 'pbx-is-killed' | 'pbx-starts' }
  | { readonly do: 'pbx-reloads'; readonly module?: Text }
  | { readonly do: 'pbx-changes'; readonly file: Text; readonly changes: ConfigChanges };

/** Something goes wrong between the PBX and its clients. */
export interface FaultStep {
  readonly do: 'fault';
  readonly fault: string;
  /** Of the fault's parameters, with units; what is left out has its default. */
  readonly values: Readonly<Record<string, Text>>;
}

/** That fault is over, or every one. */
export interface RecoverStep {
  readonly do: 'recover';
  readonly fault?: string;
}

/** What a phone, or a client's connection, can be waited for. */
export type Condition = 'up' | 'ringing' | 'held' | 'idle' | 'registered' | 'unregistered' | 'disconnected';

export type WaitStep =
  | { readonly do: 'wait'; readonly for: Millis }
  | { readonly do: 'wait-until'; readonly who: Text; readonly is: Condition; readonly within?: Millis }
  | {
      readonly do: 'wait-for-event';
      readonly event: Text;
      /** Headers that it must carry. */
      readonly headers?: readonly (readonly [name: Text, value: Text])[];
      /** Keeps the event: `${parked.ParkingSpace}`. */
      readonly as?: string;
      readonly within?: Millis;
    };

export type BlockStep =
  /** All begin at once; it ends when the last has ended. */
  | { readonly do: 'together'; readonly steps: readonly Step[] }
  /** `${n}` counts from 0. */
  | { readonly do: 'repeat'; readonly times: number | Text; readonly steps: readonly Step[] }
  /** One after the other: a branch of `together` with several steps. */
  | { readonly do: 'sequence'; readonly steps: readonly Step[] };

export type ExpectStep =
  | { readonly do: 'expect-lamp'; readonly phone: Text; readonly lamp: Lamp; readonly within?: Millis }
  | {
      readonly do: 'expect-action';
      readonly action: Text;
      readonly headers?: readonly (readonly [name: Text, value: Text])[];
      readonly within?: Millis;
    };
