import type { Header } from '../../ami/message.ts';
import type { Trace } from '../trace.ts';
import { headerValue, type ReceivedMessage, readConversation } from './messages.ts';
import { Symbols } from './symbols.ts';
import {
  BRIDGE_VARIABLES,
  CHANNEL_SUBJECT,
  OTHER_SUBJECT,
  RACING_EVENTS,
  SUBJECT_HEADER,
  UNCOMPARED_EVENTS,
  UNCOMPARED_VARIABLES,
  VARYING_HEADERS,
  VARYING_VARIABLES,
} from './vocabulary.ts';

/** A message in a form in which two runs can be compared. */
export interface ComparableEvent {
  readonly name: string;
  readonly rows: readonly Header[];
  /** What it is about; `''` where nothing says. */
  readonly subject: string;
  /** All that it names. */
  readonly subjects: ReadonlySet<string>;
  /** Of a VarSet. */
  readonly variable: string;
  /** Its order among others is left to Asterisk's threads. */
  readonly racing: boolean;
  readonly conn: string;
  readonly t: number;
  /** Its place among the comparable events of its run. */
  readonly at: number;
  /** Events of one group are compared with each other. */
  readonly group: string;
  /** Equal for events that are exactly alike. */
  readonly key: string;
}

export function comparableEvents(trace: Trace): ComparableEvent[] {
  const conversation = readConversation(trace);
  const symbols = new Symbols(conversation.messages);
  const lastBridgeValues = new Map<string, string>();
  const events: ComparableEvent[] = [];
  for (const message of conversation.messages) {
    const name = headerValue(message.headers, 'Event') ?? 'Response';
    const variable = name === 'VarSet' ? (headerValue(message.headers, 'Variable') ?? '') : '';
    if (UNCOMPARED_EVENTS.has(name) || UNCOMPARED_VARIABLES.test(variable)) continue;
    const rows = message.headers.map(([header, value]): Header => {
      if (header === 'ActionID') return [header, conversation.actionSymbol(message.conn, value) ?? '<action>'];
      return [header, comparableValue(header, value, variable, symbols)];
    });
    const event = eventOf(message, { name, variable, rows, at: events.length });
    if (BRIDGE_VARIABLES.test(variable)) {
      const value = headerValue(rows, 'Value') ?? '';
      if (lastBridgeValues.get(event.group) === value) continue;
      lastBridgeValues.set(event.group, value);
    }
    events.push(event);
  }
  return events;
}

function comparableValue(header: string, value: string, variable: string, symbols: Symbols): string {
  if (value === '') return value;
  const varies = VARYING_HEADERS.get(header);
  if (varies !== undefined) return varies;
  if (header === 'Value' && VARYING_VARIABLES.test(variable)) return '<varies>';
  return symbols.replace(header === 'Env' || header === 'Result' ? unescaped(value) : value);
}

/** What async AGI sends is percent-encoded. */
function unescaped(value: string): string {
  try {
    return decodeURIComponent(value).replace(/agi_threadid: \d+/, 'agi_threadid: <varies>');
  } catch {
    return value;
  }
}

function eventOf(
  { conn, t }: ReceivedMessage,
  { name, variable, rows, at }: Pick<ComparableEvent, 'name' | 'variable' | 'rows' | 'at'>,
): ComparableEvent {
  const response = name === 'Response' ? ['response'] : [];
  const subject = response[0] ?? firstOf(rows, CHANNEL_SUBJECT) ?? firstOf(rows, OTHER_SUBJECT) ?? '';
  const named = rows.filter(([header, value]) => value !== '' && SUBJECT_HEADER.test(header));
  return {
    name,
    rows,
    subject,
    subjects: new Set([...named.map(([, value]) => value), ...response]),
    variable,
    racing: RACING_EVENTS.has(name) || BRIDGE_VARIABLES.test(variable),
    conn,
    t,
    at,
    group: [conn, name, subject, variable].join('|'),
    key: rows.map(([header, value]) => `${header}: ${value}`).join('\n'),
  };
}

function firstOf(rows: readonly Header[], pattern: RegExp): string | undefined {
  return rows.find(([header, value]) => value !== '' && pattern.test(header))?.[1];
}

/** As a person reads it: `VarSet DIALSTATUS (PJSIP/1001-#1)`. */
export function eventLabel({ name, variable, conn, subject }: ComparableEvent): string {
  return `${name}${variable === '' ? '' : ` ${variable}`} (${conn === '' ? '' : `${conn}: `}${subject})`;
}

export type EventGroups = ReadonlyMap<string, readonly ComparableEvent[]>;

export function groupEvents(events: readonly ComparableEvent[]): EventGroups {
  const groups = new Map<string, ComparableEvent[]>();
  for (const event of events) {
    const group = groups.get(event.group);
    if (group === undefined) groups.set(event.group, [event]);
    else group.push(event);
  }
  return groups;
}
