/**
 * `npm run bench [-- NAME ...] [--seconds N]`: answers the questions named, or all of a folder of them such as `mock` (default: all),
 * prints a table for each and writes `benchmarks/results/NAME.json`.
 */
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, release, type } from 'node:os';
import { parseArgs } from 'node:util';
import type { BenchOptions, BenchResult, Question } from './question.ts';
import { table } from './table.ts';

const questionsFolder = new URL('questions/', import.meta.url);
const resultsFolder = new URL('results/', import.meta.url);

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seconds: { type: 'string', default: '60' }, help: { type: 'boolean', default: false } },
});
const known = readdirSync(questionsFolder, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.node.ts'))
  .map((file) => file.replace('.node.ts', '').replaceAll('\\', '/'));
const isNamedBy = (name: string) => (question: string) => question === name || question.startsWith(`${name}/`);
const unknown = positionals.filter((name) => !known.some(isNamedBy(name)));

if (values.help) {
  process.stdout.write(`npm run bench [-- NAME ...] [--seconds N]\nQuestions: ${known.join(', ')}\n`);
} else if (unknown.length > 0) {
  process.stderr.write(`bench: no question ${unknown.join(', ')}; there are: ${known.join(', ')}\n`);
  process.exitCode = 2;
} else {
  for (const name of known.filter(
    (each) => positionals.length === 0 || positionals.some((given) => isNamedBy(given)(each)),
  )) {
    await answer(name, { seconds: Number(values.seconds) });
  }
}

async function answer(name: string, options: BenchOptions): Promise<void> {
  const { question } = (await import(new URL(`${name}.node.ts`, questionsFolder).href)) as { question: Question };
  process.stdout.write(`\n${name}: ${question.asks}\n`);
  const rows = await question.answer(options);
  const result: BenchResult = {
    version: 1,
    question: name,
    asks: question.asks,
    method: question.method,
    measuredAt: new Date().toISOString(),
    machine: {
      cpu: cpus()[0]?.model ?? 'unknown',
      cpus: cpus().length,
      node: process.version,
      os: `${type()} ${release()}`,
      load: Math.round((loadavg()[0] ?? 0) * 10) / 10,
    },
    options,
    rows,
  };
  const file = new URL(`${name}.json`, resultsFolder);
  mkdirSync(new URL('.', file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(result, null, 2)}\n`);
  process.stdout.write(`${table(rows)}\n${question.method}\n`);
}
