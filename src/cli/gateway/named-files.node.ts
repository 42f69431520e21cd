import { readFileSync, statSync } from 'node:fs';
import { CliError } from '../../mock-ami/command/cli-error.ts';

const READ_BY_ALL = 0o004;

/** Reads files that settings name, and says of what can't be read who named it. */
export class NamedFiles {
  readonly #origins: ReadonlyMap<string, string>;
  readonly #notes: string[];

  /** @param notes gets what an operator should know of a file, though it is no fault */
  constructor(origins: ReadonlyMap<string, string>, notes: string[]) {
    this.#origins = origins;
    this.#notes = notes;
  }

  /** What nobody but the gateway should read. */
  secret(path: string, setting: string): Buffer {
    const bytes = this.bytes(path, setting);
    if ((statSync(path).mode & READ_BY_ALL) !== 0)
      this.#notes.push(`${path} holds a secret, and everybody on this machine can read it (chmod 600)`);
    return bytes;
  }

  bytes(path: string, setting: string): Buffer {
    try {
      return readFileSync(path);
    } catch (cause) {
      throw new CliError('CLI_NO_FILE', `cannot read ${path}, which ${this.namer(setting)} names: ${whyNot(cause)}`, {
        cause,
      });
    }
  }

  text(path: string, setting: string): string {
    return this.bytes(path, setting).toString('utf8');
  }

  /** A secret that is the only line of a file. */
  line(path: string, setting: string, what: string): string {
    const text = this.secret(path, setting)
      .toString('utf8')
      .replace(/\r?\n$/, '');
    if (text !== '' && !/[\r\n\0]/.test(text)) return text;
    throw this.bad(path, setting, `does not hold one line; it wants ${what}`);
  }

  bad(path: string, setting: string, what: string, cause?: unknown): CliError {
    return new CliError('CLI_BAD_SETTING', `${path}, which ${this.namer(setting)} names, ${what}`, { cause });
  }

  /** `--secret-file`, or `pbx.secretFile in gateway.yaml:4`. */
  namer(setting: string): string {
    const origin = this.#origins.get(setting) ?? setting;
    return /^(?:--|ASTERCLICK_)/.test(origin) || origin === setting ? origin : `${setting} (${origin})`;
  }
}

function whyNot(cause: unknown): string {
  const { code } = cause as { code?: string };
  if (code === 'ENOENT') return 'there is no such file';
  if (code === 'EACCES') return 'its rights do not allow it';
  if (code === 'EISDIR') return 'it is a folder';
  return code ?? String(cause);
}

/** What `make` makes; where it can't, the error that says why. */
export function attempt<Result>(make: () => Result, refuse: (cause: unknown) => Error): Result {
  try {
    return make();
  } catch (cause) {
    throw refuse(cause);
  }
}
