import { HINT_TABLE, hashOrder } from '../config/hash-order.ts';
import type { Hint } from '../dialplan/hint.ts';
import { findHint } from '../dialplan/match.ts';
import { extensionStatusHeaders, hintStatus, toldHintStatus } from '../pbx/hints.ts';
import type { Pbx } from '../pbx/pbx.ts';
import type { ActionHandlers } from './action.ts';
import type { ActionRequest, Answered } from './action-request.ts';

export const extensionStateActions: ActionHandlers = {
  ExtensionState: extensionState,
  ExtensionStateList: extensionStateList,
};

/** A number without a hint is no error: its status is -1. Source: `action_extensionstate`, main/manager.c; recording `extension-state-actions`. */
function extensionState(request: ActionRequest): Answered {
  const { pbx } = request;
  const exten = request.header('Exten');
  const context = request.header('Context') || 'default';
  if (exten === '') return request.error('Extension not specified');
  const hint = hintFor(pbx, exten, context);
  const { status, text } = hint === undefined ? { status: -1, text: 'Unknown' } : hintStatus(pbx, hint);
  return request.success('Extension Status', [
    ['Exten', exten],
    ['Context', context],
    ['Hint', hint?.text ?? ''],
    ['Status', String(status)],
    ['StatusText', text],
  ]);
}

function hintFor(pbx: Pbx, exten: string, context: string): Hint | undefined {
  const found = findHint(pbx.dialplan, context, exten, pbx.now);
  if (found === undefined) return undefined;
  return pbx.hints().find((hint) => hint.exten === found.pattern && hint.context === found.context);
}

/** Patterns have no state of their own. Source: `action_extensionstatelist`, main/pbx.c. */
function extensionStateList(request: ActionRequest): Answered {
  const { pbx } = request;
  return request.list({
    message: 'Extension Statuses will follow',
    items: listedHints(pbx).map((hint) => ({
      event: 'ExtensionStatus',
      headers: extensionStatusHeaders(hint, toldHintStatus(pbx, hint)),
    })),
    complete: 'ExtensionStateListComplete',
    actionIdStands: 'second',
  });
}

/** All hints but those that are patterns, in the order in which Asterisk lists them. */
export function listedHints(pbx: Pbx): Hint[] {
  const hints = pbx.hints().filter((hint) => !hint.exten.startsWith('_'));
  // Within a bucket the newest comes first: those of extensions.conf are made after those of the parking lots.
  return hashOrder(hints.reverse(), HINT_TABLE, (hint) => hint.exten);
}
