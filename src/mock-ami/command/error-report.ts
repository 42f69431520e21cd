/** What the command line says of an error, and the status that it ends with. */
export interface ErrorReport {
  readonly text: string;
  /** 1: what was asked could not be done. 70: a fault of this program (`EX_SOFTWARE`). */
  readonly status: 1 | 70;
}

/** One line for an error that has a stable code, ours or the system's; the whole stack for anything else. */
export function errorReport(error: unknown): ErrorReport {
  if (!(error instanceof Error)) return { text: `unexpected: ${String(error)}`, status: 70 };
  const { code } = error as Error & { code?: unknown };
  if (typeof code !== 'string' || !/^[A-Z][A-Z0-9_]+$/.test(code)) {
    return { text: `unexpected: ${error.stack ?? error.message}`, status: 70 };
  }
  const message = error.message.replace(/\s*\n\s*/g, ' ');
  return { text: message.includes(code) ? message : `${message} [${code}]`, status: 1 };
}
