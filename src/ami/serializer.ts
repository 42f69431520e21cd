import { MAX_ACTION_LINE_BYTES, MAX_ACTION_LINES } from './action-framer.ts';
import { AmiError } from './ami-error.ts';
import type { AmiMessage, Header } from './message.ts';
import type { TextCoding } from './runtime.ts';

/** A name that Asterisk can read: no colon, no control character, no space at its start or end. */
const NAME = /^(?! )[ -9;-~\u{a0}-\u{10ffff}]+(?<! )$/u;
const LINE_BREAKERS = /[\r\n\0]/;
/** Asterisk itself ends some values with a bare LF; one in the middle would be another row. */
const ROW = /^[^\r\n\0]+\n?$/;

/**
 * An action as bytes. Everything is refused that Asterisk would read as something else than the headers given: line ends and NUL,
 * and lines too long, of which it takes the end for a header of its own (see {@link ActionFramer}).
 * @throws AmiError `AMI_BAD_HEADER_NAME`, `AMI_BAD_HEADER_VALUE`, `AMI_LINE_TOO_LONG`, `AMI_TOO_MANY_LINES`
 */
export function serializeAction(headers: readonly Header[], text: TextCoding): Uint8Array {
  if (headers.length > MAX_ACTION_LINES) {
    throw new AmiError(
      'AMI_TOO_MANY_LINES',
      `An action has at most ${MAX_ACTION_LINES} headers; this one has ${headers.length}`,
    );
  }
  return text.encode(`${headers.map((header) => actionRow(header, text)).join('\r\n')}\r\n\r\n`);
}

/**
 * A response or an event as bytes, its rows as they are, in its own encoding.
 * A LF at the end of a row is let through, as Asterisk writes it. Source: recordings `ami-park`, `pjsip-lists`.
 * @throws AmiError `AMI_BAD_HEADER_VALUE`
 */
export function serializeMessage(message: AmiMessage, text: TextCoding): Uint8Array {
  for (const row of message.rows) {
    if (!ROW.test(row)) {
      throw new AmiError('AMI_BAD_HEADER_VALUE', `A row of a message is empty or holds CR, LF or NUL: ${shown(row)}`);
    }
  }
  return text.encode(`${message.rows.join('\r\n')}\r\n\r\n`, message.encoding);
}

function actionRow([name, value]: Header, text: TextCoding): string {
  if (!NAME.test(name)) {
    throw new AmiError(
      'AMI_BAD_HEADER_NAME',
      `A header name is empty or holds a colon, a control character or outer spaces: ${shown(name)}`,
    );
  }
  if (LINE_BREAKERS.test(value)) {
    throw new AmiError('AMI_BAD_HEADER_VALUE', `The value of header ${shown(name)} holds CR, LF or NUL`);
  }
  const row = `${name}: ${value}`;
  if (row.length * 3 > MAX_ACTION_LINE_BYTES && text.encode(row).length > MAX_ACTION_LINE_BYTES) {
    throw new AmiError(
      'AMI_LINE_TOO_LONG',
      `Header ${shown(name)} makes a line of more than ${MAX_ACTION_LINE_BYTES} bytes, which Asterisk does not read`,
    );
  }
  return row;
}

/** Short and printable: what is shown may come from anybody. */
function shown(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}...` : text);
}
