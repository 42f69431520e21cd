import type { WireHeaders } from '../../gateway/wire/event.ts';
import type { AmiEvents } from './ami-events.ts';

/**
 * Headers of every event of Asterisk 22, by its name. A role may hide some of them.
 * Other programs can add their own: `declare module` this interface.
 */
export interface KnownEvents extends AmiEvents {}

/** Any event's name; the known ones are offered by an editor. */
export type EventName = keyof KnownEvents | (string & {});

/** Headers of an event that is not in {@link KnownEvents}: repeated ones are arrays. */
export type AnyHeaders = WireHeaders;

export type EventHeaders<Name extends EventName> = Name extends keyof KnownEvents ? KnownEvents[Name] : AnyHeaders;
