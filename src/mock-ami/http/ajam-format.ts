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

/** The page of who has come in by digest. Source: `auth_http_callback`, main/manager.c; no recording shows it. */
const DIGEST_PAGE_HEAD = [
  '<!DOCTYPE HTML PUBLIC "-//IETF//DTD HTML 2.0//EN">',
  '<html><head>',
  '<title>Asterisk&trade; Manager Interface</title>',
  '</head><body style="background-color: #ffffff;">',
  '<form method="POST">',
  '<table align="center" style="background-color: #f1f1f1;" width="500">',
  '<tr><th colspan="2" style="background-color: #f1f1ff;"><h1>Manager Tester</h1></th></tr>',
  '<tr><th colspan="2" style="background-color: #f1f1ff;">Action: <input name="action" /> Cmd: <input name="command" /><br><input type="submit" value="Send request" /></th></tr>',
  '',
].join('\r\n');
const DIGEST_PAGE_END = '</table></form></body></html>\r\n';

function page(head: string, end: string): AjamFormat {
  return {
    contentType: 'text/html',
    body(messages, _query, text) {
      const rows = messages.map((message) => text.encode(translatedToHtml(asSent(message)), message.encoding));
      return joinBytes([text.encode(head), ...rows, text.encode(end)]);
    },
  };
}

/** By path, for sessions that are a cookie. */
export const AJAM_FORMATS: ReadonlyMap<string, AjamFormat> = new Map([
  ['/rawman', plain],
  ['/mxml', xml],
  ['/manager', page(PAGE_HEAD, PAGE_END)],
]);

/** By path, for sessions that are a proof by digest. */
export const DIGEST_FORMATS: ReadonlyMap<string, AjamFormat> = new Map([
  ['/arawman', plain],
  ['/amxml', xml],
  ['/amanager', page(DIGEST_PAGE_HEAD, DIGEST_PAGE_END)],
]);

function asSent({ rows }: AmiMessage): string {
  return `${rows.join('\r\n')}\r\n\r\n`;
}
