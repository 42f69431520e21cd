import type { Header } from '../../ami/message.ts';

/** What differs between two forms of one event, a sentence each. */
export function headerDifferences(golden: readonly Header[], candidate: readonly Header[]): string[] {
  const expected = joined(golden);
  const found = joined(candidate);
  const notes: string[] = [];
  for (const [header, value] of expected) {
    const is = found.get(header);
    if (is === undefined) notes.push(`header ${header} is missing`);
    else if (is !== value) notes.push(`${header}: '${value}' expected, '${is}' found`);
  }
  for (const header of found.keys()) {
    if (!expected.has(header)) notes.push(`header ${header} should not be there`);
  }
  const order = golden.map(([header]) => header).join(', ');
  return notes.length > 0 ? notes : [`headers are out of order; expected ${order}`];
}

function joined(rows: readonly Header[]): Map<string, string> {
  const values = new Map<string, string>();
  for (const [header, value] of rows) {
    const before = values.get(header);
    values.set(header, before === undefined ? value : `${before} / ${value}`);
  }
  return values;
}
