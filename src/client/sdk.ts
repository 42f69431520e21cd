/** The SDK's one door: the session, the phones of a simulated PBX, the elements, and their types. */
export type { CallFact, CallFactName, CallFactOf, Ending, Failure, Party } from '../gateway/wire/call-fact.ts';
export { AsterClick, type AsterClickOptions, type PbxState, type Watched } from './asterclick.ts';
export { ClientError, type ClientErrorCode } from './client-error.ts';
export type { CommandRequest, CommandResponse } from './commands.ts';
export type { ConnectionState } from './connection-state.ts';
export type { CredentialSource, Credentials } from './credentials.ts';
export { defineElements } from './elements/define-elements.ts';
export type { HoldControl } from './elements/hold-control.ts';
export type { LampChange } from './elements/lamp.ts';
export type { AnyHeaders, EventHeaders, EventName, KnownEvents } from './events/known-events.ts';
export type { PbxEvent } from './events/pbx-event.ts';
export type { CallView, PartyView } from './live/call-view.ts';
export type { ExtensionKind } from './live/extension-kind.ts';
export type { ExtensionView } from './live/extension-view.ts';
export type { HoldSide, LampColour } from './live/lamp.ts';
export type { LegView } from './live/leg-view.ts';
export type { LiveState } from './live/live-state.ts';
export type { PbxView, WatchedPbx } from './pbx-view.ts';
export {
  type ControlCall,
  type ControlLamp,
  type ControlPhone,
  type PhoneButton,
  PhoneWallClient,
  type PhoneWallOptions,
} from './phone-wall-client.ts';
export type { Clock, Platform, Random, Timer, WebSocketConstructor, WebSocketLike } from './platform.ts';
export type { SubscriptionRule } from './subscription.ts';
