import { describe, expect, it } from 'vitest';
import { translatedToHtml, translatedToXml } from './translate-rows.ts';

const names = { id: 'unknown', element: 'generic' };
const xml = (text: string) => translatedToXml(text, names);
const inXml = (attributes: string) => `<response type='object' id='unknown'><generic${attributes} /></response>\n`;

describe('messages as AJAM translates them', () => {
  it.each([
    ['a name in small letters, other signs as _', 'Cause-txt: Normal Clearing\r\n\r\n', " cause_txt='Normal Clearing'"],
    ['markup escaped', 'A: <"b\'&>\r\n\r\n', " a='&lt;&quot;b&apos;&amp;&gt;'"],
    [
      'a name that comes again counted',
      'Output: a\r\nOutput: b\r\nOutput: c\r\n\r\n',
      " output='a' output-2='b' output-3='c'",
    ],
    [
      'what follows a row without a colon as one value',
      'A: 1\r\nno colon\r\nB: 2\r\n\r\n',
      " a='1' opaque_data='no colon\nB: 2'",
    ],
    ['a bare LF as the end of a row', 'Message: Park successful\n\r\n\r\n', " message='Park successful'"],
  ])('show in XML %s', (_what, text, attributes) => {
    expect(xml(text)).toBe(inXml(attributes));
  });

  it('are an object each, and none where there is nothing', () => {
    expect(xml('A: 1\r\n\r\nB: 2\r\n\r\n')).toBe(inXml(" a='1'") + inXml(" b='2'"));
    expect(xml('')).toBe('');
  });

  it('bear the id and the element that the request asks for, harmless', () => {
    const odd = translatedToXml('A: 1\r\n\r\n', { id: "x'><script>", element: 'a b>' });
    expect(odd).toBe("<response type='object' id='x&apos;&gt;&lt;script&gt;'><a_b_ a='1' /></response>\n");
  });

  it('are rows of a table in HTML, and a line after each message', () => {
    expect(translatedToHtml('A: <1>\r\nA: 2\r\n\r\n')).toBe(
      '<tr><td>A</td><td>&lt;1&gt;</td></tr>\n<tr><td>A-2</td><td>2</td></tr>\n<tr><td colspan="2"><hr></td></tr>\r\n',
    );
  });
});
