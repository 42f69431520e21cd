import { type Frame, frame } from './frame.ts';
import type { WireHeaders } from './wire/event.ts';

/** Rows of a document: element name and text. */
export type XmlRow = readonly [name: string, value: string];

/** An event as the clients of 2011 read it: names in lower case, one element a header, in AMI's order. */
export function xmlEvent(name: string, rows: readonly XmlRow[]): Frame {
  const lines = rows.map(([row, value]) => xmlElement(xmlName(row), value));
  return xmlDocument(`<event name="${xmlText(name.toLowerCase())}">`, lines.join('\n'), '</event>');
}

/** An event whose particulars stand in attributes, as those of a chat line do. */
export function xmlLine(name: string, attributes: readonly XmlRow[], text: string): Frame {
  const marks = attributes.map(([attribute, value]) => ` ${xmlName(attribute)}="${xmlText(value)}"`).join('');
  return xmlDocument(`<event name="${xmlText(name)}"${marks}>`, xmlText(text), '</event>');
}

export function headerRows(headers: WireHeaders): readonly XmlRow[] {
  return Object.entries(headers).flatMap(([name, values]) => [values].flat().map((value): XmlRow => [name, value]));
}

function xmlDocument(start: string, content: string, end: string): Frame {
  return frame(`<?xml version="1.0" encoding="UTF-8"?>\n${start}${content === '' ? '' : `\n${content}\n`}${end}`);
}

function xmlElement(name: string, value: string): string {
  return value === '' ? `<${name} />` : `<${name}>${xmlText(value)}</${name}>`;
}

/** What AMI calls a header need not be a name in XML. */
function xmlName(name: string): string {
  const fit = name.toLowerCase().replace(/[^a-z0-9_.-]/g, '_');
  return /^[a-z_]/.test(fit) ? fit : `_${fit}`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  '\r': '&#13;',
  '\n': '&#10;',
  '\t': '&#9;',
};

/** XML 1.0 has no way to say a control character, half a character, U+FFFE or U+FFFF. */
function xmlText(text: string): string {
  return text
    .replace(/[&<>"'\r\n\t]/g, (sign) => ENTITIES[sign] ?? sign)
    .replace(/[^\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd');
}
