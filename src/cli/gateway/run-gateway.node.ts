import { nodeRuntime } from '../../ami/runtime.node.ts';
import { connectTcp } from '../../ami/tcp-link.node.ts';
import { AuditFile } from '../../gateway/audit-file.node.ts';
import { Gateway, type GatewayRules } from '../../gateway/gateway.ts';
import { GatewayServer } from '../../gateway/gateway-server.node.ts';
import { MetricsServer } from '../../gateway/metrics-server.node.ts';
import { CliError } from '../../mock-ami/command/cli-error.ts';
import { errorReport } from '../../mock-ami/command/error-report.ts';
import { listenError } from '../../mock-ami/command/listen-error.ts';
import { needingRestart } from './check-report.ts';
import type { GatewayLog } from './gateway-log.node.ts';
import { type GatewayParts, type PbxParts, readParts } from './gateway-parts.node.ts';
import type { LoadedSettings } from './load-settings.node.ts';
import type { Settings } from './settings.ts';

/** Everything that one gateway process is made of, and what signals do to it. */
export class RunningGateway {
  readonly gateway: Gateway;
  readonly #log: GatewayLog;
  readonly #load: () => LoadedSettings;
  #audit: AuditFile | undefined;
  #loaded: LoadedSettings;
  #parts: GatewayParts;
  #server: GatewayServer | undefined;
  #metrics: MetricsServer | undefined;
  #reloading = Promise.resolve();

  /**
   * @param load reads the settings anew, for a reload
   * @throws CliError `CLI_NO_FILE`
   */
  constructor(loaded: LoadedSettings, parts: GatewayParts, log: GatewayLog, load: () => LoadedSettings) {
    this.#loaded = loaded;
    this.#parts = parts;
    this.#log = log;
    this.#load = load;
    const { settings } = loaded;
    this.#audit = settings.audit === undefined ? undefined : openAudit(settings.audit, loaded, log);
    const runtime = nodeRuntime();
    const { ticketKey } = parts;
    this.gateway = new Gateway({
      runtime,
      pbx: parts.pbxs.map(({ name, context }) => ({
        name,
        connect: () => connect(this.#pbx(name)),
        credentials: () => ({ username: this.#pbx(name).user, secret: this.#pbx(name).secret }),
        ...(context !== undefined && { context }),
      })),
      log,
      ...rules(settings, parts),
      ...(ticketKey !== undefined && { ticketKey }),
      ...(this.#audit && { audit: this.#audit.write }),
    });
  }

  /**
   * Listens for browsers, and where asked for with metrics.
   * @throws CliError `CLI_PORT_IN_USE`, `CLI_CANNOT_LISTEN`
   */
  async listen(): Promise<{ readonly server: GatewayServer; readonly metrics: MetricsServer | undefined }> {
    const { listen, origins, hosts, keepAlive, ping, deflate, metrics } = this.#loaded.settings;
    const { tls, staticFolder, metricsToken } = this.#parts;
    const { gateway } = this;
    try {
      this.#server = await GatewayServer.listen({
        gateway,
        ...listen,
        origins,
        hosts,
        deflate,
        keepAliveMs: keepAlive,
        pingMs: ping,
        ...(tls && { tls }),
        ...(staticFolder !== undefined && { staticFolder }),
      });
    } catch (error) {
      throw listenError(error, 'browsers', listen.port, '--listen');
    }
    if (metrics === undefined) return { server: this.#server, metrics: undefined };
    try {
      this.#metrics = await MetricsServer.listen({
        gateway,
        ...metrics.listen,
        ...(metricsToken !== undefined && { token: metricsToken }),
      });
    } catch (error) {
      throw listenError(error, 'metrics', metrics.listen.port, '--metrics');
    }
    return { server: this.#server, metrics: this.#metrics };
  }

  /** Takes over what has changed in files and settings; where anything of it is not good, nothing. Browsers stay. */
  reload(): Promise<void> {
    this.#reloading = this.#reloading.then(() => this.#reload());
    return this.#reloading;
  }

  /** Sends browsers away, each to come back at a time of its own, and lets go of everything. */
  async drain(): Promise<void> {
    const { spread, within } = this.#loaded.settings.drain;
    this.#log.info('Going down', { browsers: this.gateway.connections });
    await this.#server?.drain({ spreadMs: spread, withinMs: within });
    await this.close();
  }

  async close(): Promise<void> {
    await this.#server?.close();
    this.#server = undefined;
    await this.#metrics?.close();
    this.#metrics = undefined;
    this.#audit?.close();
    this.#audit = undefined;
  }

  async #reload(): Promise<void> {
    try {
      const loaded = this.#load();
      const { passing } = this.#parts;
      const parts = await readParts(loaded, passing);
      const waiting = needingRestart(this.#loaded, loaded);
      this.#audit?.reopen();
      if (parts.tls && this.#parts.tls) this.#server?.renewCertificate(parts.tls);
      this.#server?.renewOrigins(loaded.settings.origins, loaded.settings.hosts);
      this.#log.setLevel(loaded.settings.log.level);
      this.#parts = {
        ...parts,
        pbxs: this.#parts.pbxs.map((pbx) => parts.pbxs.find(({ name }) => name === pbx.name) ?? pbx),
      };
      this.gateway.renew(rules(loaded.settings, parts));
      this.gateway.retryNow();
      this.#loaded = {
        ...loaded,
        settings: { ...loaded.settings, tls: this.#loaded.settings.tls && loaded.settings.tls },
      };
      this.#log.info('Reloaded', { users: parts.users.users.length, browsers: this.gateway.connections });
      for (const note of parts.notes) this.#log.warn(note);
      if (waiting.length > 0)
        this.#log.warn('Changed, but taken over only at the next start', { settings: waiting.join(' ') });
    } catch (error) {
      this.#log.error('Not reloaded: everything stays as it was', { error: errorReport(error).text });
    }
  }

  #pbx(name: string): PbxParts {
    return this.#parts.pbxs.find((pbx) => pbx.name === name) as PbxParts;
  }
}

function rules({ limits }: Settings, { users, tokens }: GatewayParts): GatewayRules {
  const { hello, outboxBytes, ...counts } = limits;
  return { users, tokens, limits: counts, helloTimeoutMs: hello, outboxBytes };
}

function connect({ ami, tls }: PbxParts) {
  const { clock } = nodeRuntime();
  if (tls === undefined) return connectTcp({ ...ami, clock });
  const { ca, name } = tls;
  return connectTcp({
    ...ami,
    clock,
    tls: { ...(ca !== undefined && { ca }), ...(name !== undefined && { servername: name }) },
  });
}

function openAudit(path: string, { origins }: LoadedSettings, log: GatewayLog): AuditFile {
  try {
    return new AuditFile(path, log);
  } catch (cause) {
    const { code } = cause as { code?: string };
    const namer = origins.get('audit') ?? 'audit';
    throw new CliError('CLI_NO_FILE', `cannot write ${path}, which ${namer} names: ${code}`, { cause });
  }
}
