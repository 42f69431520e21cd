import { z } from 'zod';
import type { Command } from './wire/protocol.ts';

export type CommandName = Command['do'];

export const COMMAND_NAMES = ['dial', 'hangUp', 'transfer', 'redirect', 'action'] as const satisfies CommandName[];

/** What a header of a raw action may hold. */
export const FIELD_KINDS = ['channel', 'number', 'name', 'device', 'flag', 'text'] as const;
export type FieldKind = (typeof FIELD_KINDS)[number];

/** What a value has to be, or the values that are allowed, `*` for any part of them. */
export type FieldRule = FieldKind | readonly string[];

/** Headers by name that an action may carry. */
export type ActionFields = Readonly<Record<string, FieldRule>>;

/** What a user sees and may do, as data. What it does not name is refused. */
export interface Role {
  /** Events by name, `*` for any part of it. What they make of the model is seen in snapshots, and nothing else. */
  readonly events: readonly string[];
  /** Headers never shown, under any prefix: `CallerIDNum` also stands for `DestCallerIDNum`. */
  readonly hiddenHeaders: readonly string[];
  /** Numbers whose lamps, devices and channels are seen, `*` for any part; `own`: those of the user's own. All where nothing is said. */
  readonly extensions?: readonly string[] | 'own' | undefined;
  /** Queues that are seen, with who waits there; all where nothing is said. */
  readonly queues?: readonly string[] | undefined;
  /** PBXs that are seen, where the gateway has several, `*` for any part; all where nothing is said. */
  readonly pbxs?: readonly string[] | undefined;
  readonly commands: readonly CommandName[];
  /** `own`: only from, and on channels of, the user's own extension. */
  readonly channels: 'any' | 'own';
  /** The raw actions that the command `action` may send. */
  readonly actions: Readonly<Record<string, ActionFields>>;
}

const roleSchema: z.ZodType<Role> = z.strictObject({
  events: z.array(z.string()).default(['*']),
  hiddenHeaders: z.array(z.string()).default([]),
  extensions: z.union([z.literal('own'), z.array(z.string())]).optional(),
  queues: z.array(z.string()).optional(),
  pbxs: z.array(z.string()).optional(),
  commands: z.array(z.enum(COMMAND_NAMES)).default([]),
  channels: z.enum(['any', 'own']).default('own'),
  actions: z.record(z.string(), z.record(z.string(), z.union([z.enum(FIELD_KINDS), z.array(z.string())]))).default({}),
});

export const rolesSchema = z.record(z.string().min(1), roleSchema);

/** Actions that tell and change nothing. */
const QUERIES: Readonly<Record<string, ActionFields>> = {
  CoreShowChannels: {},
  Status: { Channel: 'channel' },
  BridgeList: {},
  ExtensionState: { Exten: 'number', Context: 'name' },
  ExtensionStateList: {},
  DeviceStateList: {},
  PresenceState: { Provider: 'name' },
  QueueStatus: { Queue: 'name' },
  QueueSummary: { Queue: 'name' },
  ParkedCalls: { ParkingLot: 'name' },
  Parkinglots: {},
  ConfbridgeList: { Conference: 'name' },
  ConfbridgeListRooms: {},
  MailboxCount: { Mailbox: 'name' },
};

/** Actions on a call that is there, and on the user's own place in a queue. */
const CALL_CONTROL: Readonly<Record<string, ActionFields>> = {
  Park: { Channel: 'channel', TimeoutChannel: 'channel', Parkinglot: 'name' },
  Atxfer: { Channel: 'channel', Exten: 'number' },
  CancelAtxfer: { Channel: 'channel' },
  MuteAudio: { Channel: 'channel', Direction: 'name', State: 'name' },
  PlayDTMF: { Channel: 'channel', Digit: 'number' },
  QueuePause: { Queue: 'name', Interface: 'device', Paused: 'flag', Reason: 'text' },
};

/** Roles that are there without being defined; a users file may define more, or these anew. */
export const BUILT_IN_ROLES: Readonly<Record<string, Role>> = {
  /** Sees all, does nothing. */
  viewer: { events: ['*'], hiddenHeaders: [], commands: [], channels: 'own', actions: {} },
  /** Sees all, controls calls of the own extension. */
  agent: {
    events: ['*'],
    hiddenHeaders: [],
    commands: [...COMMAND_NAMES],
    channels: 'own',
    actions: { ...QUERIES, ...CALL_CONTROL },
  },
  /** Sees all, controls all calls. */
  operator: {
    events: ['*'],
    hiddenHeaders: [],
    commands: [...COMMAND_NAMES],
    channels: 'any',
    actions: { ...QUERIES, ...CALL_CONTROL },
  },
};
