/**
 * AMI messages as AJAM translates them. Rows of `Name: value` become attributes or table rows, a blank row ends an object; from a row
 * without a colon on, all that follows in the object is one value named `Opaque-data`. A name that comes again is counted: `output-2`.
 * Source: recordings `ajam-mxml-*`, `ajam-manager-*`; `xml_translate`, main/manager.c.
 */
interface Row {
  readonly name: string;
  /** `-2` for the second of that name; '' for the first. */
  readonly count: string;
  readonly value: string;
  /** Lines that follow the value, where it is opaque. */
  readonly more: readonly string[];
}

/**
 * @param names of the `id` and of the element inside, as the request asks for them
 */
export function translatedToXml(text: string, names: { readonly id: string; readonly element: string }): string {
  return objectsOf(text)
    .map((rows) => {
      const attributes = rows.map(({ name, count, value, more }) => {
        const shown = name.replace(/[^A-Za-z0-9]/g, '_').toLowerCase();
        return ` ${shown}${count}='${[value, ...more].map(escaped).join('\n')}'`;
      });
      const element = names.element.replace(/[^\w.-]/g, '_');
      return `<response type='object' id='${escaped(names.id)}'><${element}${attributes.join('')} /></response>\n`;
    })
    .join('');
}

export function translatedToHtml(text: string): string {
  return objectsOf(text)
    .map((rows) => {
      const lines = rows.map(({ name, count, value, more }) => {
        return `<tr><td>${escaped(name)}${count}</td><td>${[value, ...more].map(escaped).join('<br>\n')}</td></tr>\n`;
      });
      return `${lines.join('')}<tr><td colspan="2"><hr></td></tr>\r\n`;
    })
    .join('');
}

function objectsOf(text: string): readonly (readonly Row[])[] {
  const objects: Row[][] = [];
  let rows: string[] = [];
  for (const line of [...text.split(/[\r\n]\n?/), '']) {
    const trimmed = line.trimEnd();
    if (trimmed !== '') rows.push(trimmed);
    else if (rows.length > 0) {
      objects.push(rowsOf(rows));
      rows = [];
    }
  }
  return objects;
}

function rowsOf(lines: readonly string[]): Row[] {
  const seen = new Map<string, number>();
  const counted = (name: string): string => {
    const times = (seen.get(name) ?? 0) + 1;
    seen.set(name, times);
    return times === 1 ? '' : `-${times}`;
  };
  const rows: Row[] = [];
  for (const [at, line] of lines.entries()) {
    const colon = line.indexOf(':');
    if (colon < 0) {
      const name = 'Opaque-data';
      rows.push({ name, count: counted(name), value: line, more: lines.slice(at + 1) });
      break;
    }
    const name = line.slice(0, colon).trimEnd();
    rows.push({ name, count: counted(name), value: line.slice(colon + 1).trimStart(), more: [] });
  }
  return rows;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  '&': '&amp;',
};

function escaped(text: string): string {
  return text.replace(/[<>"'&]/g, (letter) => ENTITIES[letter] ?? letter);
}
