import { Command } from 'commander';
import type { GatewayServer } from '../gateway/gateway-server.node.ts';
import type { MetricsServer } from '../gateway/metrics-server.node.ts';
import { errorReport } from '../mock-ami/command/error-report.ts';
import { untilStopped } from '../mock-ami/command/until-stopped.node.ts';
import { withHint } from './gateway/ami-hint.ts';
import { checkText, usedSettings } from './gateway/check-report.ts';
import { explainText, explainUser } from './gateway/explain-user.ts';
import { gatewayLog } from './gateway/gateway-log.node.ts';
import { type GatewayParts, readParts } from './gateway/gateway-parts.node.ts';
import { type LoadedSettings, loadSettings } from './gateway/load-settings.node.ts';
import { RunningGateway } from './gateway/run-gateway.node.ts';
import { SETTING_OPTIONS } from './gateway/settings-sources.ts';
import { listOption } from './options.ts';

interface GatewayCommandOptions extends Readonly<Record<string, unknown>> {
  readonly check?: true;
  readonly explain?: string;
  readonly verbose?: true;
  readonly json?: true;
}

/** `asterclick gateway`: shows PBXs to browsers. */
export function gatewayCommand(): Command {
  const command = new Command('gateway')
    .summary('shows a PBX to browsers')
    .description(
      'Logs in to AMI and shows the PBX to browsers, over WebSocket and with the panel as a page, until Ctrl-C. Browsers never see the AMI secret: they log in as users of the gateway (see "asterclick user"). Everything can stand in a file (--config), where there are more settings; a variable of the environment (ASTERCLICK_SECRET_FILE for --secret-file) counts more than the file, an option more than both. SIGHUP reads files anew, SIGTERM sends browsers away and ends.',
    )
    .option('--config <file>', 'settings, in YAML or JSON; see docs/gateway.md')
    .option('--check', 'only looks whether all is good, and says what would be used and who said so')
    .option('--explain <user>', 'only says what that user may see and do');
  for (const { flag, value, about, kind } of SETTING_OPTIONS) {
    const flags = value === '' ? flag : `${flag} ${value}`;
    if (kind === 'list' || kind === 'pairs') command.option(flags, about, listOption, []);
    else command.option(flags, about);
  }
  return command
    .option('--verbose', 'tell about logins and commands too: --log-level info')
    .option('--json', 'what is printed, as JSON')
    .action(gateway);
}

async function gateway(options: GatewayCommandOptions): Promise<void> {
  const load = () => loadSettings(withVerbose(options), process.env);
  const loaded = load();
  const parts = await readParts(loaded);
  if (options.check)
    return print(options, { settings: usedSettings(loaded), notes: parts.notes }, checkText(loaded, parts));
  if (options.explain !== undefined) {
    const explained = explainUser(options.explain, parts);
    return print(options, explained, explainText(explained));
  }
  await run(options, loaded, parts, load);
}

async function run(
  options: GatewayCommandOptions,
  loaded: LoadedSettings,
  parts: GatewayParts,
  load: () => LoadedSettings,
): Promise<void> {
  const { level, format = process.stderr.isTTY ? 'text' : 'json' } = loaded.settings.log;
  const log = gatewayLog((line) => process.stderr.write(line), { level, format });
  const running = new RunningGateway(loaded, parts, log, load);
  const hangUp = () => void running.reload();
  try {
    const { server, metrics } = await running.listen();
    const opened = running.gateway
      .open()
      .catch((error: unknown) => Promise.reject(withHint(error, parts.pbxs, loaded.settings.wait)));
    if (loaded.settings.wait)
      opened.catch((error: unknown) =>
        log.warn('A PBX is not there; trying again', { error: errorReport(error).text }),
      );
    else await opened;
    for (const note of parts.notes) log.warn(note);
    process.on('SIGHUP', hangUp);
    const stopped = untilStopped();
    process.stdout.write(greeting(server, metrics, options, parts));
    await stopped;
    await running.drain();
  } finally {
    process.off('SIGHUP', hangUp);
    await running.close();
  }
}

function withVerbose({ verbose, ...options }: GatewayCommandOptions): Readonly<Record<string, unknown>> {
  return { ...options, ...(verbose && options['logLevel'] === undefined && { logLevel: 'info' }) };
}

function print({ json }: GatewayCommandOptions, value: unknown, text: string): void {
  process.stdout.write(json ? `${JSON.stringify(value)}\n` : text);
}

function greeting(
  server: GatewayServer,
  metrics: MetricsServer | undefined,
  { json }: GatewayCommandOptions,
  { passing }: GatewayParts,
): string {
  const { url, webSocketUrl } = server;
  const login = passing && { user: passing.user, secret: passing.secret };
  if (json) return `${JSON.stringify({ url, webSocketUrl, ...(metrics && { metricsUrl: metrics.url }), ...login })}\n`;
  const lines = [`Open ${url}; programs connect to ${webSocketUrl}. Ctrl-C ends it.`];
  if (metrics !== undefined) lines.push(`Metrics are at ${metrics.url}.`);
  if (login !== undefined) lines.push(`Until then log in as ${login.user} with secret ${login.secret}.`);
  return `${lines.join('\n')}\n`;
}
