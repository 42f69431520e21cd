/** A line with something on it, without comments and outer blanks. */
export interface ContentLine {
  /** Counted from 1. */
  readonly line: number;
  readonly text: string;
}

export interface StrippedText {
  readonly lines: readonly ContentLine[];
  /** Where a block comment begins that nothing ends. */
  readonly unterminatedAt?: number;
}

/**
 * Takes comments out of configuration text: `;` to the end of the line, `;--` to `--;` over lines and nested, while `\;`
 * stands for a semicolon. A line of dashes (`;-----`) is a plain comment.
 * Source: main/config.c, config_text_file_load.
 */
export function stripComments(text: string): StrippedText {
  const lines: ContentLine[] = [];
  const openedAt: number[] = [];
  text.split('\n').forEach((raw, index) => {
    const kept = stripLine(raw, index + 1, openedAt).trim();
    if (kept !== '') lines.push({ line: index + 1, text: kept });
  });
  const unterminatedAt = openedAt[0];
  return unterminatedAt === undefined ? { lines } : { lines, unterminatedAt };
}

function stripLine(raw: string, line: number, openedAt: number[]): string {
  let kept = '';
  let scannedTo = 0;
  for (;;) {
    const at = raw.indexOf(';', scannedTo);
    if (at < 0) return openedAt.length === 0 ? kept + raw.slice(scannedTo) : kept;
    const outside = openedAt.length === 0;
    if (at > scannedTo && raw[at - 1] === '\\') {
      if (outside) kept += `${raw.slice(scannedTo, at - 1)};`;
    } else if (raw.startsWith(';--', at) && raw[at + 3] !== '-') {
      if (outside) kept += raw.slice(scannedTo, at);
      openedAt.push(line);
      scannedTo = at + 3;
      continue;
    } else if (outside) {
      return kept + raw.slice(scannedTo, at);
    } else if (at >= scannedTo + 2 && raw.slice(at - 2, at) === '--') {
      openedAt.pop();
    }
    scannedTo = at + 1;
  }
}
