import { joinBytes } from '../../ami/join-bytes.ts';
import type { AmiMessage, Header } from '../../ami/message.ts';
import type { TextCoding } from '../../ami/runtime.ts';
import { translatedToHtml, translatedToXml } from './translate-rows.ts';

/** What a path gives: the same messages as text, as XML, or as a page. */
export interface AjamFormat {
  readonly contentType: string;
  /** @param query the request's own parameters */
  body(messages: readonly AmiMessage[], query: readonly Header[], text: TextCoding): Uint8Array;
}

/** The rows of a page around the answer. Source: recordings `ajam-manager-*`. */
const PAGE_HEAD = [
  '<title>Asterisk&trade; Manager Interface</title><body bgcolor="#ffffff"><table align=center bgcolor="#f1f1f1" width="500">',
  '<tr><td colspan="2" bgcolor="#f1f1ff"><h1>Manager Tester</h1></td></tr>',
  `<tr><td colspan="2" bgcolor="#f1f1ff"><form action="manager" method="post">
	Action: <select name="action">
		<option value="">-----&gt;</option>
		<option value="login">login</option>
		<option value="command">Command</option>
		<option value="waitevent">waitevent</option>
		<option value="listcommands">listcommands</option>
	</select>
	or <input name="action"><br/>
	CLI Command <input name="command"><br>
	user <input name="username"> pass <input type="password" name="secret"><br>
	<input type="submit">
</form>
</td></tr>`,
  '',
].join('\r\n');
const PAGE_END = '</table></body>\r\n';

const plain: AjamFormat = {
  contentType: 'text/plain',
  body: (messages, _query, text) =>
    joinBytes(messages.map((message) => text.encode(asSent(message), message.encoding))),
};

const xml: AjamFormat = {
  contentType: 'text/xml',
  body(messages, query, text) {
    const ask = (name: string): string => query.find(([asked]) => asked.toLowerCase() === name)?.[1] ?? '';
    const names = { id: ask('ajaxdest') || 'unknown', element: ask('ajaxobjtype') || 'generic' };
    const objects = messages.map((message) => text.encode(translatedToXml(asSent(message), names), message.encoding));
    return joinBytes([text.encode('<ajax-response>\n'), ...objects, text.encode('</ajax-response>\n')]);
  },
};

const html: AjamFormat = {
  contentType: 'text/html',
  body(messages, _query, text) {
    const rows = messages.map((message) => text.encode(translatedToHtml(asSent(message)), message.encoding));
    return joinBytes([text.encode(PAGE_HEAD), ...rows, text.encode(PAGE_END)]);
  },
};

/** By path. */
export const AJAM_FORMATS: ReadonlyMap<string, AjamFormat> = new Map([
  ['/rawman', plain],
  ['/mxml', xml],
  ['/manager', html],
]);

function asSent({ rows }: AmiMessage): string {
  return `${rows.join('\r\n')}\r\n\r\n`;
}
