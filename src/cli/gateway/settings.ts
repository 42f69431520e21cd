import { z } from 'zod';
import { DEFAULT_LIMITS } from '../../gateway/limits.ts';
import { DEFAULT_OUTBOX_BYTES } from '../../gateway/outbox.ts';
import type { HostPort } from '../../mock-ami/command/options.node.ts';

/** Levels of the log, the quietest first. */
export const LOG_LEVELS = ['error', 'warn', 'info', 'debug'] as const;

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, min: 60_000, h: 3_600_000 };
const DURATION = /^(\d+(?:\.\d+)?)(ms|s|min|h)$/;
/** What a kernel and a timer can take. */
const MAX_DURATION_MS = 2 ** 31 - 1;

function duration(whatItIs: string) {
  return z
    .string()
    .regex(DURATION, 'is a time such as 500ms, 30s, 5min or 1h')
    .transform(toMs)
    .refine((ms) => ms <= MAX_DURATION_MS, 'is longer than 24 days')
    .describe(whatItIs);
}

/** A time, or that there is none: 0. */
function durationOrOff(whatItIs: string) {
  return z
    .string()
    .regex(/^(?:off|\d+(?:\.\d+)?(?:ms|s|min|h))$/, 'is a time such as 30s or 5min, or off')
    .transform((text) => (text === 'off' ? 0 : toMs(text)))
    .refine((ms) => ms <= MAX_DURATION_MS, 'is longer than 24 days')
    .describe(whatItIs);
}

function toMs(text: string): number {
  const [, amount, unit = ''] = DURATION.exec(text) ?? [];
  return Number(amount) * (UNITS[unit] ?? 1);
}

/** `HOST:PORT`, or a host alone, which then has the usual port. */
function hostPort(usualPort: number, whatItIs: string) {
  return z
    .string()
    .regex(
      /^(?:\[[0-9A-Fa-f:.]+\]|[^\s:[\]]+)(?::\d{1,5})?$/,
      `is written HOST:PORT, as in 127.0.0.1:${usualPort} or [::1]:${usualPort}`,
    )
    .transform((text): HostPort => {
      const [, bracketed, plain, port] = /^(?:\[(.+)\]|([^:]+))(?::(\d+))?$/.exec(text) ?? [];
      return { host: bracketed ?? plain ?? '', port: port === undefined ? usualPort : Number(port) };
    })
    .refine(({ port }) => port <= 65_535, 'has a port above 65535')
    .describe(whatItIs);
}

const file = (whatItIs: string) => z.string().min(1, 'is empty; it names a file').describe(whatItIs);
const word = (whatItIs: string) => z.string().min(1, 'is empty').describe(whatItIs);
const count = (whatItIs: string) => z.int().min(1).max(1_000_000_000).describe(whatItIs);

const pbxSchema = z.strictObject({
  ami: hostPort(5038, 'where the PBX listens for AMI: HOST or HOST:PORT'),
  user: word('its AMI user, as in manager.conf'),
  secretFile: file('file that holds the secret of that user, and nothing else'),
  tls: z
    .union([
      z.boolean(),
      z.strictObject({
        ca: file('certificates (PEM) that vouch for that of the PBX; those of the system by default').optional(),
        name: word('the name that the certificate must have; the host of `ami` by default').optional(),
      }),
    ])
    .default(false)
    .describe('AMI over TLS; certificate and name are always checked'),
  context: word('dialplan context for numbers that users dial; that of their phone by default').optional(),
});

const tokensSchema = z
  .strictObject({
    jwks: word('public keys by which tokens are checked: a file or a URL').optional(),
    secretFile: file('the secret by which they are, instead').optional(),
    issuer: word('the `iss` that a token must have'),
    audience: word('the `aud` that a token must have'),
    claims: z
      .strictObject({
        user: word('`sub` by default').optional(),
        role: word('`role` by default').optional(),
        extension: word('`extension` by default').optional(),
        pbx: word('`pbx` by default').optional(),
      })
      .default({})
      .describe('where a token names these'),
  })
  .refine(({ jwks, secretFile }) => (jwks === undefined) !== (secretFile === undefined), {
    message: 'are checked by jwks or by secretFile: one of them, not both',
  });

const tlsSchema = z.strictObject({
  cert: file('certificate and what vouches for it (PEM)'),
  key: file('its key (PEM)'),
});

const limitsSchema = z.strictObject({
  connectionsPerUser: count('connections at once as one user').default(DEFAULT_LIMITS.connectionsPerUser),
  connectionsPerAddress: count('connections at once from one address').default(DEFAULT_LIMITS.connectionsPerAddress),
  messagesPerSecond: count('messages a second that one browser may go on sending').default(
    DEFAULT_LIMITS.messagesPerSecond,
  ),
  messageBurst: count('messages that it may send at once').default(DEFAULT_LIMITS.messageBurst),
  views: count('different views of one PBX at once: of roles, own extensions and subscriptions').default(
    DEFAULT_LIMITS.views,
  ),
  uncountedAddresses: z
    .array(z.string())
    .default([...DEFAULT_LIMITS.uncountedAddresses])
    .describe('addresses that stand for many: reverse proxies'),
  hello: duration('how long a browser may take to log in').default(10_000),
  outboxBytes: count('bytes that may wait for one browser to read them').default(DEFAULT_OUTBOX_BYTES),
});

/** Names of PBXs: they stand on every message, and in metrics. */
const PBX_NAME = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,31}$/;

/** Everything that can be said about a gateway, as it stands in its configuration file. */
export const settingsSchema = z
  .strictObject({
    $schema: z.string().optional().describe('for editors; has no effect'),
    pbx: pbxSchema.optional().describe('the PBX, where there is one'),
    pbxs: z
      .record(z.string().regex(PBX_NAME, 'is no name for a PBX: letters, digits, _ . -'), pbxSchema)
      .refine((pbxs) => Object.keys(pbxs).length > 0, 'names no PBX')
      .optional()
      .describe('several PBXs by name; clients that ask for none see the first'),
    listen: hostPort(8088, 'where browsers connect; port 0: any free one').default({ host: '127.0.0.1', port: 8088 }),
    tls: tlsSchema.optional().describe('TLS for browsers'),
    users: file('who may log in, as `asterclick user add` writes it').optional(),
    tokens: tokensSchema.optional().describe("signed tokens (JWT) of the operator's own login"),
    ticketKeyFile: file(
      '32 bytes or more, of chance: resume tickets then outlive a restart; by default they end with the process',
    ).optional(),
    origins: z
      .array(z.string().regex(/^(?:\*|https?:\/\/[^/\s]+)$/, 'is no origin such as https://panel.example.org'))
      .default([])
      .describe('pages from there may connect too; * for all'),
    hosts: z
      .array(
        z.string().regex(/^[^\s:/]+$|^\[[0-9A-Fa-f:.]+\]$/, 'is no name such as panel.example.org, without a port'),
      )
      .default([])
      .describe('names by which browsers may ask for it; any by default'),
    static: file('folder of pages to serve; the panel by default').optional(),
    audit: file('gets a line of JSON for every command').optional(),
    limits: limitsSchema.prefault({}).describe('what one user, address and browser may ask for'),
    keepAlive: durationOrOff('idle time after which the kernel asks whether a browser is still there, or off').default(
      300_000,
    ),
    ping: durationOrOff('how often browsers are sent a WebSocket ping; one that does not answer is closed').default(0),
    deflate: z
      .boolean()
      .default(false)
      .describe('packs snapshots and lists for slow links (permessage-deflate), at some 250 KB a browser'),
    metrics: z
      .strictObject({
        listen: hostPort(9464, 'where /metrics, /healthz and /readyz are served'),
        tokenFile: file('a token that must be shown for /metrics: `Authorization: Bearer ...`').optional(),
      })
      .optional()
      .describe('Prometheus metrics, on a port of their own'),
    log: z
      .strictObject({
        level: z.enum(LOG_LEVELS).default('warn').describe('what is told'),
        format: z.enum(['json', 'text']).optional().describe('text by default on a terminal, else json'),
      })
      .prefault({})
      .describe('the log, on standard error'),
    drain: z
      .strictObject({
        spread: duration('browsers are told to come back after a random time within this').default(10_000),
        within: duration('the process ends within this, whatever is still open').default(10_000),
      })
      .prefault({})
      .describe('what happens at SIGTERM'),
    wait: z.boolean().default(false).describe('start also where a PBX is not there yet, and go on trying'),
  })
  .refine(({ pbx, pbxs }) => (pbx === undefined) !== (pbxs === undefined), {
    message: 'there must be a PBX: `pbx` for one (--ami, --user, --secret-file), or `pbxs` for several; not both',
  });

export type Settings = z.output<typeof settingsSchema>;
export type PbxSettings = z.output<typeof pbxSchema>;
export type TokenSettings = z.output<typeof tokensSchema>;

/** Keys whose values are paths: in a file they count from the folder of that file. */
export const PATH_KEYS: ReadonlySet<string> = new Set([
  'secretFile',
  'ca',
  'cert',
  'key',
  'users',
  'jwks',
  'static',
  'audit',
  'tokenFile',
  'ticketKeyFile',
]);

/** The schema for editors and for whoever writes such a file by program. */
export function settingsJsonSchema(): object {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Configuration of asterclick gateway',
    ...z.toJSONSchema(settingsSchema, { io: 'input', target: 'draft-2020-12' }),
  };
}
