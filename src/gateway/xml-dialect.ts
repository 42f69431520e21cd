import type { BusItem } from './bus.ts';
import { decodeXml } from './decode-xml.ts';
import type { Dialect, OutgoingReply, PrivateMessage, StreamEncoder } from './dialect.ts';
import { headerRows, type XmlRow, xmlEvent } from './encode-xml.ts';
import type { Frame } from './frame.ts';
import { linesOf, type WireEvent } from './wire/event.ts';

const XML_KEY = 'xml ';
const XML_KEY_OF_SEVERAL = 'xml of several ';

/** `asterclick.v1.xml`, and what clients speak that ask for no subprotocol: the wire format of 2011. One for each browser. */
export function xmlDialect(): Dialect {
  let id = 0;
  const dialect: Dialect = {
    key: XML_KEY,
    isLegacy: true,
    read: (text) => {
      id += 1;
      return decodeXml(text, id);
    },
    idOf: () => undefined,
    write: writeXml,
    stream: () => xmlStream(XML_KEY, []),
  };
  return { ...dialect, severally: { ...dialect, key: XML_KEY_OF_SEVERAL, stream: streamOfSeveral } };
}

/** With the name of the PBX as the last row of each event. */
function streamOfSeveral(pbx: string): StreamEncoder {
  return xmlStream(XML_KEY_OF_SEVERAL, [['pbx', pbx]]);
}

function writeXml(message: PrivateMessage): readonly Frame[] {
  if (message.type === 'welcome') return [xmlEvent('login', [['result', 'accepted']])];
  if (message.type === 'reply') return reply(message);
  if (message.code === 'GATEWAY_HELLO_EXPECTED') return [xmlEvent('login', [['result', 'required']])];
  if (message.code === 'GATEWAY_LOGIN_REFUSED') return [xmlEvent('login', [['result', 'rejected']])];
  const { retryAfterMs } = message;
  return [
    failure(message.code, message.message, retryAfterMs === undefined ? [] : [['retryafterms', String(retryAfterMs)]]),
  ];
}

/** A response is an event like any other; the rows of a list come one by one, and its end last. */
function reply(message: OutgoingReply): readonly Frame[] {
  const mark: XmlRow = ['actionid', `0_${message.id}_HTML5_0`];
  if (!message.ok) return [failure(message.code, message.message, [mark])];
  const { response = {}, rows = [], complete } = message;
  return [
    xmlEvent(nameOf(response['Response'], 'Message' in response), [...headerRows(response), mark]),
    ...[...rows, ...(complete === undefined ? [] : [complete])].map(({ name, headers }) =>
      xmlEvent(name, [...headerRows(headers), mark]),
    ),
  ];
}

/** `payload` was a success that says nothing but its headers. */
function nameOf(response: string | readonly string[] | undefined, hasMessage: boolean): string {
  if (response !== 'Success' && typeof response === 'string') return `_ami${response}`;
  return hasMessage ? '_amisuccess' : '_amipayload';
}

function failure(code: string, message: string, rows: readonly XmlRow[]): Frame {
  return xmlEvent('_amierror', [['response', 'Error'], ['message', message], ['code', code], ...rows]);
}

/** @param marks rows that every event ends with */
function xmlStream(key: string, marks: readonly XmlRow[]): StreamEncoder {
  const encoder: StreamEncoder = {
    dialect: key,
    lineage: undefined,
    item: (item, event) => (event === undefined ? pbxState(item, marks) : events(item.seq, event, marks)),
    snapshot: () => [],
    knowledge: () => [],
    fresh: () => encoder,
  };
  return encoder;
}

/**
 * In 2011 there was one event of hold, and its Status said whether it began or ended. So that clients of that time see both, the end
 * of a hold comes in both forms.
 */
function events(seq: number, event: WireEvent, marks: readonly XmlRow[]): readonly Frame[] {
  const { name } = event;
  const rows: readonly XmlRow[] = [...linesOf(event), ['actionid', `0_${seq}_ALL_ALL`], ...marks];
  if (name === 'Hold') return [xmlEvent('hold', [['status', 'On'], ...rows])];
  if (name === 'Unhold') return [xmlEvent('hold', [['status', 'Off'], ...rows]), xmlEvent('unhold', rows)];
  return [xmlEvent(name, rows)];
}

function pbxState({ body }: BusItem, marks: readonly XmlRow[]): readonly Frame[] {
  if (body.kind !== 'pbx') return [];
  return [xmlEvent('asterclick_pbx', [['state', body.state], ['reason', body.reason ?? ''], ...marks])];
}
