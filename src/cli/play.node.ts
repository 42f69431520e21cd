import { writeFileSync } from 'node:fs';
import { Command, InvalidArgumentError } from 'commander';
import { nodeRuntime } from '../ami/runtime.node.ts';
import { scaledClock } from '../ami/scaled-clock.ts';
import { SeededRandom } from '../ami/seeded-random.ts';
import type { AsteriskProfile } from '../mock-ami/catalog/asterisk-profile.ts';
import { CliError } from '../mock-ami/command/cli-error.ts';
import { configNotes } from '../mock-ami/command/config-report.ts';
import { findScenario } from '../mock-ami/command/find-scenario.node.ts';
import { asteriskOption, seedOption, speedOption } from '../mock-ami/command/options.node.ts';
import { loadConfig } from '../mock-ami/config/load-config.node.ts';
import { readPbxConfig } from '../mock-ami/config/pbx-config.ts';
import { smallOffice } from '../mock-ami/config/small-office.ts';
import { type Performance, playInSimulation, playInstantly } from '../mock-ami/play-in-simulation.ts';
import type { ParsedScenario } from '../scenarios/parse-scenario.ts';
import type { Trace } from '../scenarios/trace.ts';
import { writeTraceFile } from '../scenarios/trace-file.ts';
import { StoppableClock } from './play/stoppable-clock.ts';

interface PlayCommandOptions {
  readonly config?: string;
  readonly trace?: string;
  readonly speed: number;
  readonly seed: number;
  readonly asterisk?: AsteriskProfile;
  readonly with: Readonly<Record<string, string>>;
  readonly quiet?: true;
  readonly json?: true;
}

/** `asterclick play`: a scenario against the simulated PBX, and its AMI sessions as a trace. */
export function playCommand(): Command {
  return new Command('play')
    .summary('plays a scenario on the simulated PBX')
    .description(
      'Plays a scenario on the simulated PBX and writes its AMI sessions as a trace. `asterclick scenario list` names those that come with the project.',
    )
    .argument('<scenario>', 'a name of the library, or a YAML file')
    .option('--config <folder>', "Asterisk's configuration files; a small office where none is named")
    .option('--trace <file>', 'where the sessions are written, as JSON lines; - is standard output')
    .option('--speed <n>', 'how much faster than life: a number, or instant', speedOption, 1)
    .option('--seed <n>', 'of chance; the same seed gives the same ids', seedOption, 1)
    .option('--asterisk <version>', 'which Asterisk it is: 22', asteriskOption)
    .option('--with <name=value>', "in place of one of the scenario's own values; may be repeated", collectValue, {})
    .option('--json', 'the result as JSON')
    .option('--quiet', 'no steps and no warnings on standard error')
    .action(play);
}

async function play(nameOrFile: string, options: PlayCommandOptions): Promise<void> {
  const parsed = findScenario(nameOrFile);
  const files = options.config === undefined ? smallOffice : loadConfig(options.config);
  const notes = configNotes(readPbxConfig(files).warnings);
  if (options.quiet !== true) notes.forEach(note);
  const performance = await perform(parsed, files, options);
  const trace = performance.trace();
  if (options.trace !== undefined) writeTrace(options.trace, trace);
  if (performance.play.failure !== undefined) throw performance.play.failure;
  if (options.trace !== '-') process.stdout.write(`${result(parsed, trace, options)}\n`);
}

/** Plays it to its end, or to the step that fails. */
async function perform(
  parsed: ParsedScenario,
  files: ReadonlyMap<string, string>,
  { speed, seed, asterisk, with: values, quiet }: PlayCommandOptions,
): Promise<Performance> {
  const onStep = (step: string): void => {
    if (quiet !== true) note(step);
  };
  const profile = asterisk === undefined ? {} : { profile: asterisk };
  if (speed === Number.POSITIVE_INFINITY) {
    return playInstantly(parsed, { runtime: nodeRuntime(), files, seed, values, onStep, ...profile });
  }
  const clock = new StoppableClock(scaledClock(nodeRuntime().clock, speed));
  const runtime = nodeRuntime({ clock, random: new SeededRandom(seed) });
  const performance = playInSimulation(parsed, { runtime, files, seed, values, onStep, ...profile });
  await performance.play.done.catch(() => undefined);
  clock.stop();
  return performance;
}

function result({ scenario }: ParsedScenario, { header, lines }: Trace, { json, trace }: PlayCommandOptions): string {
  const messages = lines.filter((line) => line.dir === 'in').length;
  const durationMs = lines.at(-1)?.t ?? 0;
  if (json === true) {
    const sessions = header.sessions ?? [];
    return JSON.stringify({ scenario: scenario.scenario, messages, durationMs, sessions, trace: trace ?? null });
  }
  const written = trace === undefined ? '' : `, written to ${trace}`;
  return `${scenario.scenario}: ${messages} messages in ${(durationMs / 1000).toFixed(1)} s${written}`;
}

function writeTrace(file: string, trace: Trace): void {
  const text = writeTraceFile(trace);
  if (file === '-') {
    process.stdout.write(text);
    return;
  }
  try {
    writeFileSync(file, text);
  } catch (cause) {
    throw new CliError('CLI_NO_FILE', `the trace can't be written to ${file}: ${(cause as Error).message}`, { cause });
  }
}

function collectValue(written: string, before: Readonly<Record<string, string>>): Record<string, string> {
  const equals = written.indexOf('=');
  if (equals < 1) throw new InvalidArgumentError('a value is written as name=value, as in talk=5s.');
  return { ...before, [written.slice(0, equals)]: written.slice(equals + 1) };
}

function note(text: string): void {
  process.stderr.write(`${text}\n`);
}
