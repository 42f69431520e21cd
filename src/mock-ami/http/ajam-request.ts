import { MAX_ACTION_LINE_BYTES, MAX_ACTION_LINES } from '../../ami/action-framer.ts';
import type { Header } from '../../ami/message.ts';

/** A request for AMI over HTTP, as far as AJAM looks at it. */
export interface AjamRequest {
  /** `GET`, `POST`, `HEAD` ... */
  readonly method: string;
  /** Path and query, as in the request line. */
  readonly target: string;
  /** The `Cookie` header; '' where there is none. */
  readonly cookie: string;
  /** The `Authorization` header; absent: there is none. */
  readonly authorization?: string;
  /** Form data, as sent; '' where there is none. */
  readonly body: string;
  /** Of the body; absent: that of a form. */
  readonly contentType?: string;
  /** The body was longer than Asterisk takes, and is not here. */
  readonly bodyTooLong?: boolean;
  /** The client asked for `Connection: close`. */
  readonly close: boolean;
}

const FORM = 'application/x-www-form-urlencoded';
/** Of the 128 of an action one is kept for the ActionID by which its answer is known. */
const MAX_HEADERS = MAX_ACTION_LINES - 1;
/** What an action's row may hold, in bytes, its line end not counted. */
const MAX_ROW_BYTES = MAX_ACTION_LINE_BYTES;

/** Names and values of a request, decoded, in their order: of a POST only the form counts, else only the query. */
export function queryOf({ method, target, body, contentType = FORM }: AjamRequest): readonly Header[] {
  const isForm = contentType.toLowerCase().startsWith(FORM);
  const mark = target.indexOf('?');
  const form = method === 'POST' ? (isForm ? body : '') : mark < 0 ? '' : target.slice(mark + 1);
  return form
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair): Header => {
      const equals = pair.indexOf('=');
      return equals < 0 ? [decoded(pair), ''] : [decoded(pair.slice(0, equals)), decoded(pair.slice(equals + 1))];
    });
}

/**
 * The action that a request carries, header by header in its order, at most 127. What AMI's wire could not carry does not get there: line ends
 * become blanks, NUL cuts, names that nobody could ask for are left out, and rows too long are cut.
 * Source: recording `ajam-rawman-basic` ("POST query in URL" is answered `Missing action in request`); `generic_http_callback`, main/manager.c.
 */
export function requestedAction(request: AjamRequest): readonly Header[] {
  return queryOf(request)
    .map(([name, value]): Header => {
      const row = cutRow(`${name}: ${value}`.replace(/\0.*$/s, '').replace(/[\r\n]/g, ' '));
      const colon = row.indexOf(':');
      return colon < 0 ? ['', ''] : [row.slice(0, colon), row.slice(colon + 1).trimStart()];
    })
    .filter(([name]) => /^(?! )[ -~\u{a0}-\u{10ffff}]+(?<! )$/u.test(name))
    .slice(0, MAX_HEADERS);
}

/** Id of the manager session that the request's cookie names: 8 hex digits; `undefined` where it names none. */
export function sessionIdOf({ cookie }: AjamRequest): string | undefined {
  return /(?:^|[;\s])mansession_id="?([0-9a-f]{8})"?/i.exec(cookie)?.[1]?.toLowerCase();
}

function cutRow(row: string): string {
  let bytes = 0;
  let end = 0;
  for (const letter of row) {
    bytes += utf8Bytes(letter.codePointAt(0) ?? 0);
    if (bytes > MAX_ROW_BYTES) break;
    end += letter.length;
  }
  return row.slice(0, end);
}

function utf8Bytes(codePoint: number): number {
  if (codePoint < 0x80) return 1;
  if (codePoint < 0x800) return 2;
  return codePoint < 0x10000 ? 3 : 4;
}

/** What can't be decoded stays as it is. */
function decoded(text: string): string {
  const spaced = text.replaceAll('+', ' ');
  try {
    return decodeURIComponent(spaced);
  } catch {
    return spaced;
  }
}
