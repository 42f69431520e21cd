import type { WireHeaders } from '../../gateway/wire/event.ts';
import type { AmiActions } from './ami-actions.ts';

/** Any action's name; those of Asterisk 22 are offered by an editor. */
export type ActionName = keyof AmiActions | (string & {});

/** The headers of an action: those that it is known for, where it is known. */
export type ActionHeaders<Name extends ActionName> = Name extends keyof AmiActions ? AmiActions[Name] : WireHeaders;
