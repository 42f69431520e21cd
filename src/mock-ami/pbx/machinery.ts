import type { ActivityHandler } from './activity.ts';
import type { Application } from './application.ts';
import type { PbxEvent } from './event.ts';
import type { Pbx } from './pbx.ts';
import type { Channel } from './state.ts';
import type { TaskHandler } from './task.ts';

/** A dialplan function. Absent `read` or `write`: it cannot be read or written. */
export interface PbxFunction {
  readonly read?: (pbx: Pbx, channel: Channel | undefined, args: string) => string;
  readonly write?: (pbx: Pbx, channel: Channel | undefined, args: string, value: string) => void;
}

/** A part of the PBX that follows what other parts tell, as Asterisk's modules subscribe to each other's topics. Called when the event is told. */
export type EventWatcher = (pbx: Pbx, event: PbxEvent) => void;

/** Everything the PBX can do, by name: what its state, being plain data, refers to. */
export interface Machinery {
  readonly tasks: ReadonlyMap<string, TaskHandler>;
  /** By lower-case name. */
  readonly applications: ReadonlyMap<string, Application>;
  /** As Asterisk spells them, by lower-case name. */
  readonly applicationNames: ReadonlyMap<string, string>;
  readonly activities: ReadonlyMap<string, ActivityHandler>;
  /** By upper-case name. */
  readonly functions: ReadonlyMap<string, PbxFunction>;
  /** By the name of the event. */
  readonly watchers: ReadonlyMap<string, readonly EventWatcher[]>;
  /** `NAME=value` of the variables that manager.conf wants in every event of a channel. */
  readonly managerVariables: (pbx: Pbx, channel: Channel) => readonly string[];
}
