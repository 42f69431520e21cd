/** A way to set something without a file: an option of the command line, and the variable of the environment of that name. */
export interface SettingOption {
  /** `--secret-file`. */
  readonly flag: string;
  /** What stands behind it in the help; '' for a switch. */
  readonly value: string;
  /** The key in the configuration file. */
  readonly path: readonly string[];
  readonly about: string;
  /** `pairs`: `user=CLAIM`, each a key below the path. */
  readonly kind: 'text' | 'list' | 'switch' | 'pairs';
}

function option(
  flag: string,
  value: string,
  path: string,
  about: string,
  kind: SettingOption['kind'] = 'text',
): SettingOption {
  return { flag, value, path: path.split('.'), about, kind };
}

export const SETTING_OPTIONS: readonly SettingOption[] = [
  option('--ami', '<host:port>', 'pbx.ami', 'where the PBX listens for AMI'),
  option('--user', '<name>', 'pbx.user', 'its AMI user, as in manager.conf'),
  option('--secret-file', '<file>', 'pbx.secretFile', 'file that holds the secret of that user, and nothing else'),
  option('--ami-tls', '', 'pbx.tls', 'AMI over TLS; the certificate is checked', 'switch'),
  option('--ami-ca', '<file>', 'pbx.tls.ca', "certificates that vouch for the PBX's; those of the system by default"),
  option('--ami-name', '<name>', 'pbx.tls.name', 'the name that its certificate must have; the host by default'),
  option('--context', '<name>', 'pbx.context', 'dialplan context for numbers that users dial; by default their own'),
  option('--listen', '<host:port>', 'listen', 'for browsers; 127.0.0.1:8088 by default; port 0: any free one'),
  option('--tls-cert', '<file>', 'tls.cert', 'certificate for browsers, with what vouches for it'),
  option('--tls-key', '<file>', 'tls.key', 'its key'),
  option('--users', '<file>', 'users', 'who may log in; without it there is one user, whose secret is printed'),
  option('--jwks', '<file or url>', 'tokens.jwks', 'public keys by which signed tokens (JWT) are checked'),
  option('--jwt-secret-file', '<file>', 'tokens.secretFile', 'the secret by which they are, instead'),
  option('--jwt-issuer', '<text>', 'tokens.issuer', 'the "iss" that a token must have'),
  option('--jwt-audience', '<text>', 'tokens.audience', 'the "aud" that a token must have'),
  option('--jwt-claim', '<what=name>', 'tokens.claims', 'where a token names user, role, extension or pbx', 'pairs'),
  option('--ticket-key-file', '<file>', 'ticketKeyFile', 'key by which resume tickets outlive a restart'),
  option('--origin', '<url>', 'origins', 'a page from there may connect too; may be given several times', 'list'),
  option('--host', '<name>', 'hosts', 'a name by which browsers may ask for it, several times; any by default', 'list'),
  option('--static', '<folder>', 'static', 'pages to serve; the panel by default'),
  option('--audit', '<file>', 'audit', 'adds a line of JSON for every command: who, what, and what came of it'),
  option('--keep-alive', '<time>', 'keepAlive', 'idle time after which the kernel looks for a browser; 300s, or off'),
  option('--ping', '<time>', 'ping', 'how often browsers are sent a WebSocket ping; off by default'),
  option('--deflate', '', 'deflate', 'packs snapshots and lists for slow links, at some 250 KB a browser', 'switch'),
  option('--metrics', '<host:port>', 'metrics.listen', 'serves /metrics there; 127.0.0.1:9464 is usual'),
  option('--metrics-token-file', '<file>', 'metrics.tokenFile', 'a token that must be shown for /metrics'),
  option('--log-level', '<level>', 'log.level', 'error, warn (the default), info or debug'),
  option('--log-format', '<format>', 'log.format', 'json, or text as on a terminal'),
  option('--wait', '', 'wait', 'start also where the PBX is not there yet, and go on trying', 'switch'),
];

const PREFIX = 'ASTERCLICK_';

/** `ASTERCLICK_SECRET_FILE` for `--secret-file`. */
export function variableOf(flag: string): string {
  return PREFIX + flag.replace(/^--/, '').replaceAll('-', '_').toUpperCase();
}

/** The variable that names the configuration file. */
export const CONFIG_VARIABLE = variableOf('--config');

/** Variables that are meant for the gateway, known or not. */
export function isOurs(variable: string): boolean {
  return variable.startsWith(PREFIX);
}
