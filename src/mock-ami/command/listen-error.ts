import { CliError } from './cli-error.ts';

/** What to say where a server can't listen: which port, why, and what would be right. Other errors stay as they are. */
export function listenError(error: unknown, what: string, port: number, option: string): unknown {
  const code = systemCode(error);
  if (code === 'EADDRINUSE') {
    const message = `port ${port}, wanted for ${what}, is in use by another program; stop it, or give another port with ${option} (0: any free one)`;
    return new CliError('CLI_PORT_IN_USE', message, { cause: error });
  }
  if (code === 'EACCES' || code === 'EADDRNOTAVAIL') {
    const why = code === 'EACCES' ? 'ports below 1024 need special rights' : 'the address is not one of this machine';
    return new CliError('CLI_CANNOT_LISTEN', `can't listen on port ${port} for ${what}: ${why}; see ${option}`, {
      cause: error,
    });
  }
  return error;
}

/** The system's own code, also where it lies under an error of ours. */
function systemCode(error: unknown): string | undefined {
  for (let at = error; at instanceof Error; at = at.cause) {
    const { code } = at as { code?: unknown };
    if (typeof code === 'string' && /^E[A-Z]+$/.test(code)) return code;
  }
  return undefined;
}
