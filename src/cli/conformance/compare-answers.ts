/** Whether answers are those expected; rows of lists between the first and the last may be any number. */
export function conforms(expected: readonly string[], got: readonly string[]): boolean {
  const answers = withoutItems(got);
  return answers.length === expected.length && expected.every((pattern, at) => fits(pattern, answers[at] ?? ''));
}

export interface Difference {
  /** So many answers came as expected before. */
  readonly same: number;
  /** The first answer that did not, row by row: ` ` as expected, `-` not there, `+` there instead. */
  readonly rows: readonly string[];
}

/** Where the answers differ first. */
export function differenceOf(expected: readonly string[], got: readonly string[]): Difference {
  const answers = withoutItems(got);
  const first = expected.findIndex((pattern, at) => !fits(pattern, answers[at] ?? ''));
  const same = first < 0 ? expected.length : first;
  return { same, rows: rowDifferences(rowsOf(expected[same]), rowsOf(answers[same])) };
}

/** Items of lists are events that end nothing. */
function withoutItems(got: readonly string[]): readonly string[] {
  return got.filter((text) => !/^Event: /.test(text) || /^(?:Event: \w+Complete|EventList: Complete)\r?$/m.test(text));
}

function rowDifferences(expected: readonly string[], got: readonly string[]): string[] {
  const head = expected.findIndex((row, at) => row === '...' || !fits(row, got[at] ?? '\0'));
  const same = head < 0 ? expected.length : head;
  return [
    ...got.slice(0, same).map((row) => `  ${row}`),
    ...expected.slice(same).map((row) => `- ${row}`),
    ...got.slice(same).map((row) => `+ ${row}`),
  ];
}

function rowsOf(answer: string | undefined): readonly string[] {
  return answer === undefined ? [] : answer.split('\r\n');
}

/** Whether rows are those of the pattern; a row `...` stands for any, `*` for any text. */
function fits(pattern: string, answer: string): boolean {
  const rows = pattern.split('\r\n').map((row) => {
    if (row === '...') return '(?:[^\\r\\n]*\\r\\n)*';
    return `${row.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '[^\\r\\n]*')}\\r\\n`;
  });
  return new RegExp(`^${rows.join('')}$`).test(`${answer}\r\n`);
}
