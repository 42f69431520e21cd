/**
 * `npm test`: builds, checks types and style, runs the unit tests and the browser tests, all of them even where one fails.
 * The last line counts the tests of both runners: `N passed, N failed, N skipped`. A failed step that has no tests counts as one.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { addCounts, type Counts, playwrightCounts, vitestCounts } from './test-counts.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

interface Step {
  readonly name: string;
  readonly command: readonly string[];
  /** Where the runner leaves its JSON report, and how to count in it. */
  readonly report?: { readonly file: string; readonly count: (report: unknown) => Counts };
}

const STEPS: readonly Step[] = [
  { name: 'build', command: ['npm', 'run', '--silent', 'build'] },
  { name: 'types', command: ['npm', 'run', '--silent', 'typecheck'] },
  { name: 'style', command: ['npm', 'run', '--silent', 'lint'] },
  {
    name: 'unit tests',
    command: ['npx', '--no-install', 'vitest', 'run'],
    report: { file: 'test-results/vitest.json', count: vitestCounts },
  },
  {
    name: 'browser tests',
    command: ['npx', '--no-install', 'playwright', 'test'],
    report: { file: 'test-results/playwright.json', count: playwrightCounts },
  },
];

const all = STEPS.map(runStep).reduce(addCounts);
const skipped = all.skipped > 0 ? `, ${all.skipped} skipped` : '';
process.stdout.write(`\n${all.passed} passed, ${all.failed} failed${skipped}\n`);
process.exitCode = all.failed > 0 ? 1 : 0;

function runStep(step: Step): Counts {
  process.stdout.write(`\n== ${step.name}\n`);
  if (step.report) rmSync(`${root}${step.report.file}`, { force: true });
  const [program = '', ...args] = step.command;
  const { status } = spawnSync(program, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
  const counts = step.report ? readCounts(step.report) : { passed: 0, failed: 0, skipped: 0 };
  const failedOtherwise = status !== 0 && counts.failed === 0;
  return failedOtherwise ? { ...counts, failed: 1 } : counts;
}

function readCounts(report: NonNullable<Step['report']>): Counts {
  try {
    return report.count(JSON.parse(readFileSync(`${root}${report.file}`, 'utf8')));
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  }
}
