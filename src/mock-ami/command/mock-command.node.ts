import { readFileSync } from 'node:fs';
import { Command, Option } from 'commander';
import { AmiError } from '../../ami/ami-error.ts';
import { nodeRuntime } from '../../ami/runtime.node.ts';
import { SeededRandom } from '../../ami/seeded-random.ts';
import type { Scenario } from '../../scenarios/types.ts';
import { BusyHour, type BusyHourStatistics, busyOffice } from '../busy-hour.ts';
import type { AsteriskProfile } from '../catalog/asterisk-profile.ts';
import { FAULTS } from '../faults/fault-table.ts';
import { Ajam } from '../http/ajam.ts';
import { digestUsers } from '../http/digest-users.ts';
import { type AjamServer, listenAjam } from '../http/http-server.node.ts';
import { MockPbx, type MockPbxOptions } from '../mock-pbx.node.ts';
import { CliError } from './cli-error.ts';
import { configNotes } from './config-report.ts';
import { findScenario } from './find-scenario.node.ts';
import { libraryListing } from './library-listing.ts';
import { listenError } from './listen-error.ts';
import {
  asteriskOption,
  busyHourOption,
  type FaultOption,
  faultOption,
  type HostPort,
  listenOption,
  paceOption,
  portOption,
  seedOption,
} from './options.node.ts';
import { checkReady, type ListeningPorts, writeReadyFile } from './ready-file.node.ts';
import { untilStopped } from './until-stopped.node.ts';

interface MockCommandOptions {
  readonly port: number;
  readonly host: string;
  readonly httpPort?: number;
  readonly control?: HostPort;
  readonly controlTokenFile?: string;
  readonly config?: string;
  readonly play?: string;
  readonly fault: readonly FaultOption[];
  readonly busyHour?: number;
  readonly seed: number;
  readonly asterisk?: AsteriskProfile;
  readonly speed: number;
  readonly list?: true;
  readonly json?: true;
  readonly readyFile?: string;
  readonly check?: string;
}

/** `asterclick mock`, and the command of net-mock-ami: a simulated Asterisk for AMI programs in any language. */
export function mockCommand(name = 'mock'): Command {
  return new Command(name)
    .summary('runs a simulated Asterisk that listens for AMI')
    .description(
      'Runs a simulated Asterisk until Ctrl-C: AMI over TCP, and where asked for AMI over HTTP and a control API for test suites. Without --config it is a small office: phones 1001 to 1008, AMI user admin, secret adminpw.',
    )
    .option('--port <n>', 'of AMI; 0: any free one', portOption, 5038)
    .option('--host <address>', 'to listen on', '127.0.0.1')
    .option(
      '--http-port <n>',
      'of AMI over HTTP (/rawman, /mxml, /manager; /arawman ... by digest); off where not given',
      portOption,
    )
    .option('--control <port>', '[HOST:]PORT of the control API (HTTP, WebSocket); off where not given', listenOption)
    .option('--control-token-file <file>', 'holds the token of the control API; needed beyond this machine')
    .option('--config <folder>', "Asterisk's configuration files")
    .option('--play <scenario>', 'a name of the library, or a YAML file: played once the first client has logged in')
    .addOption(
      new Option('--fault <fault>', 'NAME[=VALUE], there from the start; may be repeated')
        .argParser(faultOption)
        .default([], 'none'),
    )
    .option('--busy-hour <n>', 'so many calls at a time, until Ctrl-C; how it goes stands on stderr', busyHourOption)
    .option('--seed <n>', 'of chance; the same seed gives the same ids', seedOption, 1)
    .option('--asterisk <version>', 'which Asterisk it is: 22', asteriskOption)
    .option('--speed <n>', 'how much faster than life', paceOption, 1)
    .option('--list', 'names the scenarios of the library instead of running')
    .option('--json', 'the ports as one line of JSON, once they listen; with --list the scenarios')
    .option('--ready-file <file>', 'gets that line too, once all ports listen; it goes when the mock ends')
    .option('--check <file>', 'instead of running: whether the mock that wrote this ready file answers')
    .addHelpText('after', `\nFaults: ${FAULTS.map(({ name: fault }) => fault).join(', ')}`)
    .action(run);
}

async function run(options: MockCommandOptions): Promise<void> {
  if (options.list === true) list(options);
  else if (options.check !== undefined) process.stdout.write(`${await checkReady(options.check)}\n`);
  else await mock(options);
}

function list({ json }: MockCommandOptions): void {
  process.stdout.write(libraryListing(json === true));
}

async function mock(options: MockCommandOptions): Promise<void> {
  const scenario = options.play === undefined ? undefined : findScenario(options.play).scenario;
  const pbx = await startPbx(options, scenario);
  try {
    for (const note of configNotes(pbx.stage.warnings)) process.stderr.write(`${note}\n`);
    const http = await startHttp(pbx, options);
    const stopped = untilStopped();
    const forgetFile = options.readyFile === undefined ? () => {} : writeReadyFile(options.readyFile, ports(pbx, http));
    process.stdout.write(options.json ? `${JSON.stringify(ports(pbx, http))}\n` : addresses(pbx, http));
    const busy = startBusyHour(pbx, options);
    const failure = scenario === undefined ? undefined : playAfterLogin(pbx, scenario);
    await Promise.race([stopped, ...(failure === undefined ? [] : [failure])]).finally(forgetFile);
    busy?.stop();
    await http?.close();
  } finally {
    await pbx.close();
  }
}

/** @throws CliError `CLI_NO_FILE`, `CLI_BAD_OPTION` */
function readToken(file: string): string {
  let text: string;
  try {
    text = readFileSync(file, 'utf8').trim();
  } catch (error) {
    throw new CliError('CLI_NO_FILE', `cannot read ${file}; --control-token-file wants a file with the token`, {
      cause: error,
    });
  }
  if (!/^[\x21-\x7e]{8,}$/.test(text))
    throw new CliError('CLI_BAD_OPTION', `${file} holds no token: at least 8 characters, without spaces`);
  return text;
}

async function startPbx(options: MockCommandOptions, scenario: Scenario | undefined): Promise<MockPbx> {
  const { port, host, config, control, controlTokenFile, seed, speed, fault, busyHour, asterisk } = options;
  const token = controlTokenFile === undefined ? undefined : readToken(controlTokenFile);
  try {
    return await MockPbx.listen({
      port,
      host,
      seed,
      ...(asterisk === undefined ? {} : { profile: asterisk }),
      speed,
      faults: Object.fromEntries(fault.map(({ name, values }) => [name, values])),
      ...officeOf(config, busyHour, seed),
      ...(control === undefined ? {} : { control: { ...control, ...(token === undefined ? {} : { token }) } }),
      ...(scenario?.config === undefined ? {} : { changes: scenario.config }),
      ...(scenario?.given?.phones === undefined ? {} : { registered: scenario.given.phones }),
      ...(scenario?.given?.mailboxes === undefined ? {} : { mailboxes: scenario.given.mailboxes }),
    });
  } catch (error) {
    if (error instanceof AmiError || control === undefined) throw listenError(error, 'AMI', port, '--port');
    throw listenError(error, 'the control API', control.port, '--control');
  }
}

function officeOf(config: string | undefined, busyHour: number | undefined, seed: number): MockPbxOptions {
  if (config !== undefined) return { config };
  return busyHour === undefined ? {} : { config: busyOffice(busyHour, seed) };
}

async function startHttp(pbx: MockPbx, { httpPort, host, seed }: MockCommandOptions): Promise<AjamServer | undefined> {
  if (httpPort === undefined) return undefined;
  const ajam = new Ajam({
    runtime: nodeRuntime({ clock: pbx.stage.clock, random: new SeededRandom(seed) }),
    connect: (user) => pbx.stage.connect(user),
    users: digestUsers(pbx.stage.server),
    prefix: pbx.stage.simulation.config.http.prefix,
    httpTimeoutS: pbx.stage.simulation.config.manager.general.httpTimeoutS,
  });
  try {
    return await listenAjam(ajam, { host, port: httpPort });
  } catch (error) {
    throw listenError(error, 'AMI over HTTP', httpPort, '--http-port');
  }
}

/** The built-in office has a queue and a meeting room; of another one's dialplan nothing is known. */
const OFFICE_SERVICES = { queue: '610', meeting: '500' };
const REPORT_EVERY_MS = 10_000;

function startBusyHour(pbx: MockPbx, { busyHour, config, seed }: MockCommandOptions): BusyHour | undefined {
  if (busyHour === undefined) return undefined;
  const services = config === undefined ? { services: OFFICE_SERVICES } : {};
  const busy = new BusyHour(pbx.stage, { calls: busyHour, seed, ...services });
  busy.start(REPORT_EVERY_MS, (statistics) => process.stderr.write(`${statisticsLine(statistics)}\n`));
  return busy;
}

function statisticsLine({ running, begun, channels, events, actions, sessions }: BusyHourStatistics): string {
  return `calls now ${running}, begun ${begun}; channels ${channels}; events ${events}; clients ${sessions}, their actions ${actions}`;
}

/** Never resolves; rejects where the scenario fails. */
function playAfterLogin(pbx: MockPbx, { config: _config, given: _given, ...scenario }: Scenario): Promise<never> {
  return new Promise((_resolve, reject) => {
    const stop = pbx.journal.onChange(({ action, answer }) => {
      if (action.toLowerCase() !== 'login' || answer?.response !== 'Success') return;
      stop();
      pbx.play(scenario).catch(reject);
    });
  });
}

function ports(pbx: MockPbx, http: AjamServer | undefined): ListeningPorts {
  return { host: pbx.host, amiPort: pbx.port, httpPort: http?.port ?? null, controlUrl: pbx.control?.httpUrl ?? null };
}

function addresses(pbx: MockPbx, http: AjamServer | undefined): string {
  return [
    `AMI listens on ${pbx.host}:${pbx.port}. Ctrl-C ends it.`,
    ...(http === undefined ? [] : [`AMI over HTTP: http://${pbx.host}:${http.port}/rawman`]),
    ...(pbx.control === undefined ? [] : [`Control API: ${pbx.control.httpUrl}/v1/`]),
    '',
  ].join('\n');
}
