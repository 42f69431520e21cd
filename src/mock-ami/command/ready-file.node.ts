import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { nodeRuntime } from '../../ami/runtime.node.ts';
import { connectTcp } from '../../ami/tcp-link.node.ts';
import { CliError } from './cli-error.ts';

/** Where everything listens: the line of `--json`, and what a ready file holds. */
export interface ListeningPorts {
  readonly host: string;
  readonly amiPort: number;
  readonly httpPort: number | null;
  readonly controlUrl: string | null;
}

const CHECK_TIMEOUT_MS = 2000;

/**
 * Writes a ready file, whole at once: who sees it sees all of it. Returns how to take it away.
 * @throws CliError `CLI_NO_FILE`
 */
export function writeReadyFile(file: string, ports: ListeningPorts): () => void {
  const unfinished = `${file}.${process.pid}`;
  try {
    writeFileSync(unfinished, `${JSON.stringify(ports)}\n`);
    renameSync(unfinished, file);
  } catch (cause) {
    throw new CliError('CLI_NO_FILE', `cannot write ${file}; --ready-file wants a file in a folder that is there`, {
      cause,
    });
  }
  return () => rmSync(file, { force: true });
}

/**
 * Says where the mock that wrote a ready file answers.
 * @throws CliError `CLI_NOT_READY` where there is no such file, or nobody who answers as AMI does
 */
export async function checkReady(file: string): Promise<string> {
  const ports = readPorts(file);
  const host = new Map([
    ['0.0.0.0', '127.0.0.1'],
    ['::', '::1'],
  ]).get(ports.host);
  const place = { host: host ?? ports.host, port: ports.amiPort };
  const banner = await bannerAt(place);
  return `${banner} at ${place.host}:${place.port}`;
}

function readPorts(file: string): ListeningPorts {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as ListeningPorts;
  } catch (cause) {
    throw new CliError('CLI_NOT_READY', `${file} is not there, or was not written with --ready-file`, { cause });
  }
}

async function bannerAt(place: { readonly host: string; readonly port: number }): Promise<string> {
  const { clock } = nodeRuntime();
  const where = `${place.host}:${place.port}`;
  const link = await connectTcp({ ...place, clock, timeoutMs: CHECK_TIMEOUT_MS }).catch((cause: unknown) => {
    throw new CliError('CLI_NOT_READY', `nothing answers at ${where}`, { cause });
  });
  const said = await new Promise<string>((resolve) => {
    const timer = clock.setTimer(CHECK_TIMEOUT_MS, () => resolve(''));
    const done = (text: string): void => {
      timer.cancel();
      resolve(text);
    };
    link.attach({ data: (bytes) => done(String.fromCharCode(...bytes)), end: () => done(''), close: () => done('') });
  });
  link.destroy();
  const [banner] = /^Asterisk Call Manager\/[\d.]+/.exec(said) ?? [];
  if (banner === undefined) throw new CliError('CLI_NOT_READY', `what answers at ${where} is no AMI`);
  return banner;
}
