/**
 * Phones over the wire (version 1): JSON messages on one WebSocket, `asterclick.control.v1`, for the buttons and lamps of
 * simulated desk phones; requests of the HTTP API may come over it too. A leaf: types only.
 */

export type ControlLamp = 'idle' | 'ringing' | 'up' | 'held' | 'busy' | 'unavailable' | 'unknown';

export interface ControlCall {
  /** The number dialled, or shown. */
  readonly other: string;
  readonly otherName: string;
  /** Whom the display shows: the other party, or who has taken its place since, where the PBX tells phones (`send_pai`, `send_rpid`). */
  readonly shown: { readonly number: string; readonly name: string };
  readonly direction: 'in' | 'out';
  readonly state: 'calling' | 'ringing' | 'up';
  /** This phone put the other party on hold. */
  readonly holding: boolean;
  /** The other party put this phone on hold: it hears music. */
  readonly held: boolean;
  /** Milliseconds since the epoch. */
  readonly since: number;
}

export interface ControlPhone {
  readonly name: string;
  /** The name on its display. */
  readonly label: string;
  readonly registered: boolean;
  readonly lamp: ControlLamp;
  readonly calls: readonly ControlCall[];
}

/** A button pressed; `id` comes back in the answer. */
export type ControlRequest = { readonly id: number; readonly phone: string } & (
  | { readonly do: 'dial'; readonly number: string }
  | { readonly do: 'answer' | 'hangUp' | 'hold' | 'resume'; readonly other?: string }
  | { readonly do: 'reject'; readonly reason?: string; readonly other?: string }
  | { readonly do: 'transfer'; readonly other: string; readonly to: string }
  | { readonly do: 'connect'; readonly one: string; readonly two: string }
  | { readonly do: 'press'; readonly digits: string; readonly other?: string }
  | { readonly do: 'register' | 'unregister' }
);

/** Requests to the PBX as a whole. */
export interface ControlPbxRequest {
  readonly id: number;
  readonly do: 'restart';
}

/** A request of the HTTP API, over this socket. */
export interface ControlApiRequest {
  readonly id: number;
  readonly do: 'request';
  readonly method: string;
  /** `/v1/journal` */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

export type ControlMessage =
  /** First, and again whenever phones come or go. */
  | { readonly type: 'phones'; readonly version: 1; readonly phones: readonly ControlPhone[] }
  /** One phone changed. */
  | { readonly type: 'phone'; readonly phone: ControlPhone }
  /** To a {@link ControlApiRequest}: what HTTP would have answered. */
  | { readonly type: 'answer'; readonly id: number; readonly status: number; readonly body?: unknown }
  | { readonly type: 'done'; readonly id: number }
  | { readonly type: 'failed'; readonly id: number; readonly code: string; readonly message: string };
