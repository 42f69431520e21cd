import { AmiMessage, type Header } from './message.ts';
import type { TextCoding } from './runtime.ts';

const SPACE = 32;

/**
 * Parses an action as Asterisk reads it: all blanks before a value are skipped, those at its end stay.
 * Source: recordings `login-header-case`, `malformed-lines`.
 * @param bytes rows, each ended by CRLF, as an {@link ActionFramer} gives them
 */
export function parseAction(bytes: Uint8Array, text: TextCoding): AmiMessage {
  return parseRows(bytes, text, skipBlanks);
}

/**
 * Parses a response or an event: one space before a value is part of the syntax, all else is the value.
 * Source: the values of RTPAUDIOQOSLOSS in recording `hold-unhold`, which start with spaces.
 * @param bytes rows, each ended by CRLF, as a {@link PbxFramer} gives them
 */
export function parseMessage(bytes: Uint8Array, text: TextCoding): AmiMessage {
  return parseRows(bytes, text, (value) => (value.startsWith(' ') ? value.slice(1) : value));
}

function parseRows(bytes: Uint8Array, text: TextCoding, trimmed: (value: string) => string): AmiMessage {
  const decoded = text.decode(bytes);
  const rows = decoded.text.split('\r\n');
  rows.pop();
  const headers = rows.map((row): Header => {
    const colon = row.indexOf(':');
    return colon > 0 ? [row.slice(0, colon), trimmed(row.slice(colon + 1))] : ['', row];
  });
  return new AmiMessage(headers, { encoding: decoded.encoding, rows });
}

/** Asterisk takes all control characters for blanks. */
function skipBlanks(value: string): string {
  let start = 0;
  while (value.charCodeAt(start) <= SPACE) start++;
  return value.slice(start);
}
