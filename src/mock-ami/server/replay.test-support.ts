import { labConfig, type RecordedTrace, readTrace } from '../../../test/fixtures.ts';
import type { Link } from '../../ami/link.ts';
import { ManualClock } from '../../ami/manual-clock.ts';
import { memoryLinks } from '../../ami/memory-link.ts';
import { PbxFramer } from '../../ami/pbx-framer.ts';
import { nodeRuntime } from '../../ami/runtime.node.ts';
import type { ConfigChanges } from '../../scenarios/stage.ts';
import type { TraceLine } from '../../scenarios/trace.ts';
import { overlayFiles } from '../config/overlay.ts';
import { readPbxConfig } from '../config/pbx-config.ts';
import { createPbx } from '../pbx/create-pbx.ts';
import type { Pbx } from '../pbx/pbx.ts';
import { AmiServer } from './ami-server.ts';

/** What one session saw, in the order in which it came. */
export interface SeenSession {
  /** Messages, each with its line ends. */
  readonly messages: { readonly t: number; readonly text: string }[];
  /** When the connection ended; absent where it did not. */
  closedAt?: number;
}

export interface Replay {
  readonly trace: RecordedTrace;
  readonly server: AmiServer;
  readonly pbx: Pbx;
  readonly seen: ReadonlyMap<string, SeenSession>;
}

export interface ReplayOptions {
  /** Laid over the lab's files. */
  readonly config?: Readonly<Record<string, ConfigChanges>>;
  /** Changes what a client of the recording sent, given what its session has seen so far. */
  readonly rewrite?: (raw: string, seen: SeenSession) => string;
  /** Phones that are registered; all by default. */
  readonly registered?: readonly string[];
  /** Only what was sent before that time, in ms. */
  readonly until?: number;
  /** Done before the first byte. */
  readonly prepare?: (pbx: Pbx, server: AmiServer) => void;
}

/** Sends what the clients of a recording sent, at their times, to a server with the lab's configuration. */
export function replay(name: string, options: ReplayOptions = {}): Replay {
  const trace = readTrace(name);
  const clock = new ManualClock(trace.header.startEpochMs ?? 0);
  const runtime = nodeRuntime({ clock });
  const files = new Map(overlayFiles(labConfig(), options.config ?? {}));
  const pbx = createPbx({
    runtime,
    config: readPbxConfig(files).config,
    seed: 1,
    ...(options.registered === undefined ? {} : { registered: options.registered }),
  });
  const server = new AmiServer({ pbx, runtime });
  server.administration = { files, power: { reload: () => {}, restart: () => {}, stop: () => {} } };
  options.prepare?.(pbx, server);
  const start = clock.now();
  const seen = new Map<string, SeenSession>();
  const links = new Map<string, Link>();

  const connect = (conn: string): Link => {
    const [near, far] = memoryLinks(clock, { near: { address: '127.0.0.1', port: 40_000 + links.size } });
    const session: SeenSession = { messages: [] };
    const framer = new PbxFramer();
    const take = (bytes: Uint8Array): void => {
      for (const frame of framer.push(bytes)) {
        const end = session.messages.length === 0 ? '' : '\r\n';
        session.messages.push({ t: clock.now() - start, text: runtime.text.decode(frame.bytes).text + end });
      }
    };
    near.attach({
      data: take,
      end: () => {
        session.closedAt ??= clock.now() - start;
        near.end();
      },
      close: () => {
        session.closedAt ??= clock.now() - start;
      },
    });
    server.accept(far);
    seen.set(conn, session);
    links.set(conn, near);
    return near;
  };

  for (const line of trace.lines) {
    if (line.t >= (options.until ?? Number.POSITIVE_INFINITY)) break;
    clock.advance(Math.max(0, start + line.t - clock.now()));
    const conn = line.conn ?? '';
    const link = links.get(conn) ?? connect(conn);
    clock.advance(0);
    const raw = line.dir === 'out' ? (line.raw ?? '') : '';
    const session = seen.get(conn);
    if (raw === '' || session === undefined) continue;
    link.write(runtime.text.encode(options.rewrite?.(raw, session) ?? raw, line.encoding));
    if (isLastOf(trace.lines, line) && !raw.includes('Logoff')) link.end();
  }
  clock.advance(1500);
  return { trace, server, pbx, seen };
}

/** The client sends no more, and the recording goes on to the end of the connection. */
function isLastOf(lines: readonly TraceLine[], line: TraceLine): boolean {
  return lines.findLast((other) => other.conn === line.conn && other.dir === 'out') === line;
}

/** What a session of the recording saw. */
export function recorded(trace: RecordedTrace, conn: string): readonly { readonly t: number; readonly text: string }[] {
  const lines = trace.lines.filter((line) => (line.conn ?? '') === conn && line.dir === 'in');
  return lines.map((line) => ({ t: line.t, text: line.raw ?? '' }));
}

/** Text without what differs from run to run: clocks, ports, addresses in memory, random numbers. */
export function withoutClocks(text: string): string {
  return text
    .replace(/^(Timestamp): .*\r$/gm, '$1: <clock>\r')
    .replace(/^(EventTV|SessionTV): (?!1970).*\r$/gm, '$1: <clock>\r')
    .replace(/^(SessionID): .*\r$/gm, '$1: <id>\r')
    .replace(/^(RemoteAddress): .*\r$/gm, '$1: <address>\r')
    .replace(/^(Uptime|LastReload|Challenge|LoginTime|CoreProcessedCalls): \d+\r$/gm, '$1: <number>\r')
    .replace(/^(Core\w+(Date|Time)): .*\r$/gm, '$1: <clock>\r')
    .replace(/^(RegExpire|ExpirationTime|RoundtripUsec|CallI[dD]): .*\r$/gm, '$1: <varies>\r');
}

const SECURITY =
  /^Event: (SuccessfulAuth|InvalidPassword|RequestBadFormat|SessionLimit|RequestNotAllowed|InvalidAccountID|FailedACL)\r/;

/** Events of the class security are made by another thread: they come somewhere after what they tell of. */
export function isSecurityEvent(text: string): boolean {
  return SECURITY.test(text);
}
