import { differenceOf } from './compare-answers.ts';
import type { CaseResult } from './run-case.ts';

const MAX_ROWS = 30;
const MAX_CHARACTERS = 200;
const INDENT = ' '.repeat(9);

/** A case for people: one line where all is well, else the rule, where it is recorded, and the first answer that differs. */
export function reportOf({ name, rule, source, outcome, expected, got }: CaseResult): string {
  if (outcome === 'passed') return `passed   ${name}\n`;
  if (outcome === 'skipped') return `skipped  ${name}: the user may not do that, or the server has no such action\n`;
  const { same, rows } = differenceOf(expected, got);
  const more = rows.length - MAX_ROWS;
  const lines = [
    `${rule} (${source})`,
    ...(same === 0 ? [] : [`${same === 1 ? '1 answer is' : `${same} answers are`} as expected; then:`]),
    ...rows.slice(0, MAX_ROWS).map(printable),
    ...(more > 0 ? [`... ${more} rows more`] : []),
  ];
  return `differs  ${name}\n${lines.map((line) => `${INDENT}${line}\n`).join('')}`;
}

/** How many of each kind, against which server, and the names of those to look at. */
export function summaryOf(results: readonly CaseResult[], server: string): string {
  const names = (outcome: CaseResult['outcome']): string[] =>
    results.filter((each) => each.outcome === outcome).map(({ name }) => name);
  const [passed, differing, skipped] = [names('passed'), names('differs'), names('skipped')];
  const listed = differing.length === 0 ? '' : `: ${differing.join(', ')}`;
  return `${server}\n${passed.length} passed, ${skipped.length} skipped, ${differing.length} differ${listed}\n`;
}

/** On one line, not too long, nothing in it that a terminal would act on. */
function printable(row: string): string {
  const plain = JSON.stringify(row).slice(1, -1).replaceAll('\\"', '"');
  return plain.length > MAX_CHARACTERS ? `${plain.slice(0, MAX_CHARACTERS)}...` : plain;
}
