import type { AmiMessage } from '../ami/message.ts';
import type { AmiReply } from '../ami/pending-actions.ts';
import { answerHeaders } from './command-output.ts';
import type { OutgoingReply } from './dialect.ts';
import { GatewayError } from './gateway-error.ts';
import { toHeaders } from './to-wire.ts';
import type { User } from './users.ts';
import { View } from './view.ts';
import type { WireEvent } from './wire/event.ts';

type Good = Extract<OutgoingReply, { ok: true }>;

/** What the user may see of an answer of the PBX. */
export function visibleAnswer(reply: AmiReply, view: View): Pick<Good, 'response' | 'rows' | 'complete'> {
  const { Output, ...headers } = answerHeaders(reply.response);
  // What a command of the command line printed may tell of anything.
  const response = { ...view.answer(headers), ...(Output !== undefined && view.isAll && { Output }) };
  if (reply.complete === undefined) return { response };
  const rows = reply.rows.flatMap((row) => {
    const seen = view.event(listRow(row));
    return seen === undefined ? [] : [seen];
  });
  const { name, headers: complete } = listRow(reply.complete);
  // How many there are that one may not see is not to be seen either.
  const end = view.isAll ? complete : { EventList: 'Complete', ListItems: String(rows.length) };
  return { response, rows, complete: { name, headers: end } };
}

/** The words of the PBX may tell what a user may not see. */
export function visibleRefusal({ role }: User, error: GatewayError): GatewayError {
  if (error.code !== 'GATEWAY_ACTION_FAILED' || new View(role).isAll) return error;
  return new GatewayError('GATEWAY_ACTION_FAILED', 'The PBX refused');
}

function listRow(row: AmiMessage): Pick<WireEvent, 'name' | 'headers'> {
  return { name: row.event ?? '', headers: toHeaders(row, new Set(['Event', 'ActionID'])) };
}
