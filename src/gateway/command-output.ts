import type { AmiMessage } from '../ami/message.ts';
import { toHeaders } from './to-wire.ts';
import { headersOf, type WireHeaders, type WireLine } from './wire/event.ts';

const NOT_SHOWN = new Set(['ActionID']);
const ANSWERED = 'Command output follows';
/** Rows that stand before the output in its old form. */
const HEAD = /^(?:Response|Privilege|ActionID):[^\n]*$/;
const OLD_END = /(?:^|\n)--END COMMAND--\s*$/;

/**
 * The headers of a response, without its ActionID. What `Command` printed is a list of `Output`, a line each, from whatever Asterisk:
 * those before 14 answer `Response: Follows` and the output as it is, in which a line may look like a header.
 */
export function answerHeaders(response: AmiMessage): WireHeaders {
  if (response.response !== 'Follows') return toHeaders(response, NOT_SHOWN);
  const from = response.rows.findIndex((row) => !HEAD.test(row));
  const text = from < 0 ? '' : response.rows.slice(from).join('\n').replace(OLD_END, '');
  const lines = text.split('\n').map((line): WireLine => ['Output', line]);
  return headersOf([['Response', 'Success'], ['Message', ANSWERED], ...lines]);
}

/** Why the PBX refused; of a command of its command line, what that printed. */
export function refusalText(response: AmiMessage): string {
  const message = response.get('Message') ?? 'The PBX refused';
  if (message !== ANSWERED) return message;
  const lines = response.headers.flatMap(([name, value]) => (name === 'Output' && value !== '' ? [value] : []));
  return lines.length === 0 ? 'The command failed' : lines.join('\n');
}
