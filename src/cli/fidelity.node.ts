import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { Command } from 'commander';
import { CliError } from '../mock-ami/command/cli-error.ts';
import { type Comparison, compareTraces, isPerfect } from '../scenarios/fidelity/compare.ts';
import { reportLines, summaryLine } from '../scenarios/fidelity/report.ts';
import type { Trace } from '../scenarios/trace.ts';
import { readTraceFile } from '../scenarios/trace-file.ts';

interface FidelityOptions {
  readonly all?: true;
  readonly json?: true;
}

interface Result extends Comparison {
  readonly name: string;
  /** There is no candidate for it. */
  readonly absent?: true;
}

/** `asterclick fidelity`: how near traces are to recordings of a PBX. */
export function fidelityCommand(): Command {
  return new Command('fidelity')
    .summary('compares traces with recordings of a PBX')
    .description(
      'Compares a trace with a recording of the same scenario, or all traces of a folder with the recordings of the same names. Further runs of a recording stand beside it: NAME.jsonl, NAME.run2.jsonl. The status is 0 only where everything is exactly alike.',
    )
    .argument('<golden>', 'a recording, or a folder of them')
    .argument('<candidate>', 'a trace, or a folder of them')
    .option('--all', 'every difference')
    .option('--json', 'the result as JSON')
    .action(fidelity);
}

function fidelity(golden: string, candidate: string, { all, json }: FidelityOptions): void {
  const several = isFolder(golden);
  if (several && !isFolder(candidate)) {
    throw new CliError('CLI_NO_FILE', `${golden} is a folder and ${candidate} is none; name two files or two folders`);
  }
  const files = several ? recordingsIn(golden) : [golden];
  const results: Result[] = [];
  for (const file of files) {
    const result = resultFor(file, candidate);
    results.push(result);
    if (json !== true) process.stdout.write(lines(result, all === true ? Infinity : several ? 0 : undefined));
  }
  if (json === true)
    process.stdout.write(
      `${JSON.stringify(Object.fromEntries(results.map(({ name, ...rest }) => [name, rest])), null, 1)}\n`,
    );
  else process.stdout.write(`${summaryLine(results)}\n`);
  if (!results.every((result) => result.absent !== true && isPerfect(result))) process.exitCode = 1;
}

function resultFor(file: string, candidate: string): Result {
  const name = nameOf(file);
  const candidateFile = isFolder(candidate) ? candidateIn(candidate, name) : candidate;
  if (candidateFile === undefined) return { name, absent: true, ...NOTHING };
  const runs = runsOf(file).filter((run) => resolve(run) !== resolve(candidateFile));
  if (runs.length === 0) throw new CliError('CLI_NO_FILE', `${file} can't be compared with itself`);
  return { name, ...compareTraces(runs.map(readTrace), readTrace(candidateFile)) };
}

const NOTHING: Comparison = {
  score: 0,
  golden: 0,
  candidate: 0,
  exact: 0,
  near: [],
  missing: [],
  extra: [],
  order: [],
};

function lines({ name, absent, ...result }: Result, shown: number | undefined): string {
  const rows =
    absent === true ? [`${name.padEnd(40)}   absent`] : reportLines(name, result, shown === undefined ? {} : { shown });
  return rows.map((row) => `${row}\n`).join('');
}

/** A trace's file, as it is or gzipped. */
const TRACE_FILE = /\.jsonl(?:\.gz)?$/;

function nameOf(file: string): string {
  return basename(file).replace(TRACE_FILE, '');
}

/** A recording and its further runs. */
function runsOf(file: string): string[] {
  const further = readdirSync(dirname(file)).filter(
    (each) => TRACE_FILE.test(each) && each.startsWith(`${nameOf(file)}.run`),
  );
  return [file, ...further.sort().map((each) => join(dirname(file), each))];
}

function recordingsIn(folder: string): string[] {
  const names = readdirSync(folder).filter((file) => TRACE_FILE.test(file) && !/\.run\d+$/.test(nameOf(file)));
  if (names.length === 0) throw new CliError('CLI_NO_FILE', `no file in ${folder} ends in .jsonl or .jsonl.gz`);
  return names.sort().map((file) => join(folder, file));
}

/** The trace of that name; `undefined` where the folder has none. */
function candidateIn(folder: string, name: string): string | undefined {
  return ['.jsonl', '.jsonl.gz'].map((end) => join(folder, `${name}${end}`)).find((file) => existsSync(file));
}

function readTrace(file: string): Trace {
  const bytes = readFileSync(file);
  return readTraceFile((file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8'), file);
}

/** @throws CliError `CLI_NO_FILE` */
function isFolder(path: string): boolean {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined)
    throw new CliError('CLI_NO_FILE', `${path} is not there; name a trace (.jsonl) or a folder of them`);
  return found.isDirectory();
}
