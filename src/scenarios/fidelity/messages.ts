import type { Header } from '../../ami/message.ts';
import type { Trace, TraceLine } from '../trace.ts';

/** Something that a client received: a message, plain text, or the end of its connection. */
export interface ReceivedMessage {
  readonly t: number;
  /** `''` where the trace has one session. */
  readonly conn: string;
  /** Rows as they stood on the wire, and what was odd about them as rows of their own. */
  readonly headers: readonly Header[];
}

/** A trace's incoming side, and what its ActionIDs stand for. */
export interface Conversation {
  readonly messages: readonly ReceivedMessage[];
  /** Symbol of each ActionID that a client sent, by session and id: numbered as they were sent. */
  actionSymbol(conn: string, actionId: string): string | undefined;
}

/** An answer this long after its action is told apart from one that comes at once: failed logins are. */
const LATE_MS = 500;

export function readConversation({ lines }: Trace): Conversation {
  const oneSession = new Set(lines.map((line) => line.conn ?? '')).size <= 1;
  const symbols = new Map<string, string>();
  const sentAt = new Map<string, number>();
  const messages: ReceivedMessage[] = [];
  for (const line of lines) {
    const conn = oneSession ? '' : (line.conn ?? '');
    if (line.dir === 'close') messages.push({ t: line.t, conn, headers: [['Event', '(end of connection)']] });
    else if (line.raw === undefined) continue;
    else if (line.dir === 'out') {
      const actionId = /^ActionID: *([^\r\n]*)/im.exec(line.raw)?.[1] ?? '';
      const key = keyOf(conn, actionId);
      if (actionId !== '' && !symbols.has(key)) symbols.set(key, `action#${symbols.size + 1}`);
      sentAt.set(key, line.t);
    } else {
      const headers = headersOf(line.raw);
      if (headers === undefined) continue;
      messages.push({ t: line.t, conn, headers: [...headers, ...lateness(line, headers, conn, sentAt)] });
    }
  }
  return { messages, actionSymbol: (conn, actionId) => symbols.get(keyOf(conn, actionId)) };
}

/** `undefined` for nothing but blank lines. */
function headersOf(raw: string): Header[] | undefined {
  const text = raw.replace(/^(?:\r\n)+/, '');
  if (text === '') return undefined;
  if (!/^(?:Event|Response):/.test(text)) {
    return [
      ['Event', '(plain text)'],
      ['text', text.trimEnd()],
    ];
  }
  const headers = text
    .split('\r\n')
    .filter((row) => row !== '')
    .map(headerOf);
  const blankLines = (raw.length - text.length) / 2;
  return blankLines === 0 ? headers : [...headers, ['(blank line before)', String(blankLines)]];
}

function headerOf(row: string): Header {
  const colon = row.indexOf(':');
  if (colon < 0) return ['', row];
  if (row[colon + 1] !== ' ') return [`${row.slice(0, colon)}(no space)`, row.slice(colon + 1)];
  return [row.slice(0, colon), row.slice(colon + 2)];
}

function lateness(
  { t }: TraceLine,
  headers: readonly Header[],
  conn: string,
  sentAt: ReadonlyMap<string, number>,
): Header[] {
  if (headers[0]?.[0].startsWith('Response') !== true) return [];
  const sent = sentAt.get(keyOf(conn, headerValue(headers, 'ActionID') ?? ''));
  return sent !== undefined && t - sent >= LATE_MS ? [['(answered)', 'late']] : [];
}

/** Of the first header with exactly that name. */
export function headerValue(headers: readonly Header[], name: string): string | undefined {
  return headers.find(([each]) => each === name)?.[1];
}

function keyOf(conn: string, actionId: string): string {
  return `${conn}|${actionId}`;
}
