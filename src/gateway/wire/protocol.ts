/**
 * The JSON protocol `asterclick.v1.json`: one JSON object a WebSocket text message.
 * Session: hello -> welcome -> snapshot -> events. Before a good hello nothing is sent, and after 10 s without one the
 * connection is closed. Every message about one PBX has a `seq` on the bus of that PBX, counted within an `epoch`.
 *
 * No gap goes unseen: a client's position is the `seq` of its last welcome (resumed), snapshot, event or pbx message. The
 * `prev` of the next one is at most that; a greater `prev` means that something is missing, and the client should connect
 * again. A smaller one is no fault: what lay between was not for this client's eyes, or is in its snapshot already.
 *
 * A gateway may have several PBXs. A client that names none in its hello sees one of them, and all is as if there were no other.
 * One that asks for PBXs gets a snapshot and a stream of each; their messages come in any mixture, and each says its `pbx`.
 *
 * A welcome may come again, with a snapshot behind it: the operator has changed what this user may see or do.
 *
 * A client may subscribe to a part of what its user may see, in its hello and at any time after. `seq` goes on numbering everything,
 * so that such a client sees gaps between them; `prev` names what this client should have seen before.
 *
 * A snapshot may come at any time (it does when the PBX is up again). It replaces the whole model, and its `epoch` and `seq`
 * replace the client's position.
 */
import type { WireHeaders, WireLine } from './event.ts';
import type { ModelSnapshot } from './model.ts';

export const JSON_PROTOCOL = 'asterclick.v1.json';
/** The same in fewer bytes: events as in `compact-decoder.ts`, everything else as in JSON. */
export const COMPACT_PROTOCOL = 'asterclick.v1.compact';
/** The wire format of 2011; also for clients that ask for no subprotocol. */
export const XML_PROTOCOL = 'asterclick.v1.xml';

/** Where a client is in the stream of one PBX. */
export interface Position {
  /** To be given back as it is: it also tells what the client was to see, so that nothing is resumed that is not the same. */
  readonly epoch: string;
  readonly seq: number;
}

export interface ResumePosition extends Position {
  /** In the compact protocol: what the client can read on from. */
  readonly lineage?: string;
}

export type ClientMessage = Hello | Command | Subscribe;

/**
 * What a client wants of all that its user may see: events that fit any of the rules, and of the model what such events keep.
 * No rules: nothing but the state of the PBX. No subscription, or a rule `{}`: everything.
 */
export type SubscriptionRules = readonly SubscriptionRule[];

/**
 * What a rule names has to fit all at once; of a list any pattern may. `*` stands for any part of a name, and case matters, as on
 * the wire.
 */
export interface SubscriptionRule {
  /** Names of events: `Hold`, `Queue*`. */
  readonly events?: readonly string[];
  /** Classes as in `Privilege`: `call`, `agent`. */
  readonly classes?: readonly string[];
  /** Numbers that an event tells of: of a channel, a device, a mailbox, or of all in a bridge that changes. */
  readonly extensions?: readonly string[];
  /** Queues that an event names or changes. */
  readonly queues?: readonly string[];
}

/** Another subscription from now on; answered by snapshots and then a {@link Reply} with its `id`, or by a refusal alone. */
export interface Subscribe {
  readonly type: 'subscribe';
  readonly id: number;
  readonly rules: SubscriptionRules;
}

export interface Hello {
  readonly type: 'hello';
  /** One of: user and secret, a resume ticket from an earlier welcome, or a signed token. */
  readonly user?: string;
  readonly secret?: string;
  readonly ticket?: string;
  readonly token?: string;
  /** Names of PBXs, `*` for all; where nothing is said, the first that this user may see. */
  readonly pbx?: string | readonly string[];
  /** Everything that the user may see, where nothing is said. It is not remembered: each hello says it. */
  readonly subscribe?: SubscriptionRules;
  /** The last position seen, to get just what was missed. */
  readonly resume?: ResumePosition;
  /** The same by name of PBX, for a client that asked for PBXs. */
  readonly resumes?: Readonly<Record<string, ResumePosition>>;
}

/** Each command is answered by a {@link Reply} with its `id`. Extensions are dialplan numbers, channels are names as on the wire. */
export type Command = {
  readonly type: 'command';
  readonly id: number;
  /** One of those of the welcome; its first where nothing is said. */
  readonly pbx?: string;
} & (
  | { readonly do: 'dial'; readonly from: string; readonly to: string }
  | { readonly do: 'hangUp'; readonly channel: string }
  /** Blind transfer: the party that talks to `channel` goes to `to`. */
  | { readonly do: 'transfer'; readonly channel: string; readonly to: string }
  /** Sends `channel` itself (and `extraChannel`, if given) to `to`. */
  | { readonly do: 'redirect'; readonly channel: string; readonly extraChannel?: string; readonly to: string }
  /** A raw AMI action, from the allow-list only. */
  | {
      readonly do: 'action';
      readonly name: string;
      readonly headers?: WireHeaders;
    }
);

export type ServerMessage = Welcome | Snapshot | EventMessage | PbxMessage | Reply | ProtocolError;

export interface Welcome {
  readonly type: 'welcome';
  readonly version: 1;
  readonly pbx: string;
  readonly pbxState: PbxState;
  readonly epoch: string;
  readonly seq: number;
  readonly user: string;
  /** Commands (`do` names) this user may send. */
  readonly rights: readonly string[];
  /** True: the events after `resume` follow. False: a snapshot follows. */
  readonly resumed: boolean;
  /** Logs in again without a secret until it expires. */
  readonly ticket: string;
  /** All PBXs of this session, where the hello asked for PBXs; the first is the one named above. */
  readonly pbxs?: readonly PbxWelcome[];
}

/** One PBX of a session. */
export interface PbxWelcome extends Position {
  readonly pbx: string;
  readonly pbxState: PbxState;
  readonly resumed: boolean;
}

export interface Snapshot extends Position {
  readonly type: 'snapshot';
  readonly pbx: string;
  /** The tables that the client's events keep: events make nothing of the others. All of them where nothing is said. */
  readonly keeps?: readonly (keyof ModelSnapshot)[];
  readonly model: ModelSnapshot;
}

export interface EventMessage {
  readonly type: 'event';
  readonly pbx: string;
  readonly seq: number;
  /** The `seq` of the message before it that clients with this view got; greater than the client's position: a gap. */
  readonly prev: number;
  /** When the gateway read it from the PBX, ms since the epoch. */
  readonly at: number;
  /** The AMI event's name, as on the wire. */
  readonly name: string;
  /** Its headers as on the wire, without `Event` and `Privilege`; repeated ones as arrays. */
  readonly headers: WireHeaders;
  /** In the compact protocol only: every line after `Event` in its order, `Privilege` too. */
  readonly lines?: readonly WireLine[];
}

/** `up`: logged in and the model is filled; `syncing`: logged in, filling; `down`: no link. */
export type PbxState = 'up' | 'syncing' | 'down';

/**
 * The link to the PBX changed. `down` empties the client's model (`reducePbxLoss`), events go on while `syncing`, and a fresh
 * snapshot, with a new epoch, follows when it is `up` again.
 */
export interface PbxMessage {
  readonly type: 'pbx';
  readonly pbx: string;
  readonly state: PbxState;
  readonly seq: number;
  readonly prev: number;
  readonly at: number;
  readonly reason?: string;
}

export type Reply =
  | {
      readonly type: 'reply';
      readonly id: number;
      readonly ok: true;
      /** The response of the PBX. */
      readonly response?: WireHeaders;
      /** The rows of a list action, in order, without the last (`...Complete`). */
      readonly rows?: readonly { readonly name: string; readonly headers: WireHeaders }[];
      /** Of a {@link Subscribe}: it holds for all that comes after these. */
      readonly subscribed?: readonly (Position & { readonly pbx: string })[];
    }
  | {
      readonly type: 'reply';
      readonly id: number;
      readonly ok: false;
      readonly code: string;
      readonly message: string;
    };

/** Sent before the connection is closed, or for a message that could not be read. */
export interface ProtocolError {
  readonly type: 'error';
  readonly code: string;
  readonly message: string;
  /** The connection ends; the client should come back after that long, and no sooner: others are told other times. */
  readonly retryAfterMs?: number;
}

/** WebSocket close codes; a client may come back on its own after any but `refused` and `protocolError`. */
export const CLOSE = {
  /** Wrong secret, ticket, token or origin. */
  refused: 4001,
  /** No hello in time. */
  helloTimeout: 4002,
  /** A message that breaks the protocol. */
  protocolError: 4003,
  /** The client reads too slowly; it should connect again and resume. */
  slow: 4004,
  /** The gateway goes down; connect again after a random delay. */
  goingAway: 1001,
} as const;
