import type { CatalogAction } from '../catalog/asterisk-profile.ts';
import type { ActionRequest, Answered } from './action-request.ts';

/** What the PBX does when an action comes. Answers through the request, at once or later, on every path. */
export type ActionHandler = (request: ActionRequest) => Answered;

/** Handlers by the action's name, as the catalogue spells it. */
export type ActionHandlers = Readonly<Record<string, ActionHandler>>;

/** An action that the PBX knows. */
export interface Action extends CatalogAction {
  /** Bits of the classes of which a user needs one; 0 where everybody may. */
  readonly rights: number;
  readonly run: ActionHandler;
}
