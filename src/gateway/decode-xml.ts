import { SaxesParser } from 'saxes';
import type { Header } from '../ami/message.ts';
import { checkMessage, MAX_MESSAGE_BYTES } from './decode-json.ts';
import { GatewayError } from './gateway-error.ts';
import type { Hello } from './wire/protocol.ts';

const MAX_DEPTH = 3;
const MAX_ELEMENTS = 100;

/** An AMI action as the clients of 2011 write it; which one of the gateway's commands that is, the user's role says. */
export interface LegacyAction {
  readonly type: 'action';
  readonly id: number;
  /** One of those that the login asked for. */
  readonly pbx?: string;
  readonly name: string;
  readonly headers: readonly Header[];
}

/** What stood in `<asterclick>`: for the gateway, not for AMI. */
export interface LegacyRequest {
  readonly type: 'asterclick';
  readonly requests: readonly XmlElement[];
}

export interface Logoff {
  readonly type: 'logoff';
}

export interface XmlElement {
  /** In lower case, as of old. */
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly text: string;
}

/** Attributes that say something to the gateway. */
const NOT_FOR_AMI = new Set(['actionid', 'pbx']);
/** Elements that were reserved in 2011 and never did anything. */
const RESERVED = new Set(['asterplug', 'events', 'reload']);

/**
 * Reads one document of the XML protocol.
 * @param id what its reply is to be known by, where it is an action
 * @throws GatewayError `GATEWAY_MESSAGE_TOO_LONG`, `GATEWAY_BAD_MESSAGE`
 */
export function decodeXml(text: string, id: number): Hello | LegacyAction | LegacyRequest | Logoff {
  if (text.length > MAX_MESSAGE_BYTES)
    throw new GatewayError('GATEWAY_MESSAGE_TOO_LONG', `A message may have ${MAX_MESSAGE_BYTES} bytes`);
  const [root, ...children] = parse(text);
  if (root === undefined) throw bad('there is no element');
  if (root.name === 'login') return hello(root);
  if (root.name === 'logoff') return { type: 'logoff' };
  if (root.name === 'asterclick') return { type: 'asterclick', requests: children.map(checked) };
  if (RESERVED.has(root.name)) return { type: 'asterclick', requests: [] };
  return action(root, id);
}

function hello({ attributes }: XmlElement): Hello {
  const [user, secret] = [attributes.get('username') ?? '', attributes.get('secret') ?? ''];
  const pbx = attributes.get('pbx');
  return checkMessage({ type: 'hello', user, secret, ...(pbx !== undefined && { pbx }) }) as Hello;
}

/** The same rules for names and values as in JSON. */
function action({ name, attributes }: XmlElement, id: number): LegacyAction {
  const headers = Object.fromEntries([...attributes].filter(([header]) => !NOT_FOR_AMI.has(header)));
  const pbx = attributes.get('pbx');
  const message = checkMessage({ type: 'command', id, ...(pbx !== undefined && { pbx }), do: 'action', name, headers });
  if (message.type !== 'command' || message.do !== 'action') throw bad('it is no action');
  return { type: 'action', id, ...(pbx !== undefined && { pbx }), name, headers: message.headers ?? [] };
}

function checked(element: XmlElement): XmlElement {
  const { name, attributes, text } = element;
  const headers = { ...Object.fromEntries(attributes), text };
  checkMessage({ type: 'command', id: 0, do: 'action', name, headers });
  return element;
}

/** The elements in the order of their start; no DOCTYPE, so that no entity but the five of XML can be. */
function parse(text: string): readonly XmlElement[] {
  const parser = new SaxesParser({ position: false });
  const elements: { name: string; attributes: Map<string, string>; text: string }[] = [];
  const open: (typeof elements)[number][] = [];
  parser.on('doctype', () => {
    throw bad('it has a DOCTYPE');
  });
  parser.on('error', () => {
    throw bad('it is no well-formed XML');
  });
  parser.on('opentag', ({ name, attributes }) => {
    if (open.length === MAX_DEPTH || elements.length === MAX_ELEMENTS) throw bad('it has too many elements');
    const lower = Object.entries(attributes).map(([each, value]) => [each.toLowerCase(), value] as const);
    const element = { name: name.toLowerCase(), attributes: new Map(lower), text: '' };
    elements.push(element);
    open.push(element);
  });
  parser.on('text', (part) => addText(open.at(-1), part));
  parser.on('cdata', (part) => addText(open.at(-1), part));
  parser.on('closetag', () => void open.pop());
  parser.write(text).close();
  return elements;
}

function addText(element: { text: string } | undefined, part: string): void {
  if (element !== undefined) element.text += part;
}

function bad(what: string): GatewayError {
  return new GatewayError('GATEWAY_BAD_MESSAGE', `The document can't be read: ${what}`);
}
