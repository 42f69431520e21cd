import { hashOrder, PARKING_LOT_TABLE } from '../config/hash-order.ts';
import type { Hint } from '../dialplan/hint.ts';
import { extensionStatusHeaders, hintKey, hintStatus, withText } from './hints.ts';
import type { Pbx } from './pbx.ts';
import { setVariable } from './variables.ts';
import { tellMessageWaiting } from './voicemail/message-waiting.ts';

/** app_voicemail has counted its mailboxes. Source: recordings `fault-core-stop-now`, `fault-manager-reload`. */
export function tellMailboxes(pbx: Pbx): void {
  for (const { mailbox, context } of pbx.config.voicemail.mailboxes) tellMessageWaiting(pbx, `${mailbox}@${context}`);
}

/** The global variables of extensions.conf are set anew. */
export function setGlobals(pbx: Pbx): void {
  for (const { name, value } of pbx.dialplan.globals) setVariable(pbx, undefined, name, value);
}

/** A hint is made: its status is told whether or not it is another. */
export function tellHint(
  pbx: Pbx,
  hint: Hint,
  as: { readonly status?: number | undefined; readonly text?: string } = {},
): void {
  const { status = hintStatus(pbx, hint).status, text = hint.text } = as;
  pbx.state.hints[hintKey(hint)] = { status };
  pbx.emit('ExtensionStatus', extensionStatusHeaders({ ...hint, text }, withText(status)));
}

/** Hints of extensions.conf, which come with pbx_config. */
export function hintsOfDialplan(pbx: Pbx): Hint[] {
  return pbx.hints().filter(({ registrar }) => registrar === 'pbx_config');
}

/** Hints of the parking lots, as the lots are made. */
export function hintsOfModules(pbx: Pbx): Hint[] {
  const hints = pbx.hints().filter(({ registrar }) => registrar !== 'pbx_config');
  return hashOrder(hints, PARKING_LOT_TABLE, ({ registrar }) => registrar.slice('res_parking/'.length));
}
