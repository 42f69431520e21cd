import type { Log } from '../gateway/log.ts';

/** Says each thing in one line: what happened, then its fields. What is no trouble is said only where `verbose`. */
export function lineLog(write: (line: string) => void, { verbose }: { readonly verbose: boolean }): Log {
  const say = (message: string, fields: Readonly<Record<string, unknown>> = {}) => {
    const details = Object.entries(fields)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => `${name}=${shown(value)}`);
    write(`${[`${message}${details.length > 0 ? ':' : ''}`, ...details].join(' ')}\n`);
  };
  return { info: verbose ? say : () => {}, warn: say };
}

/** Values may come from anybody: control characters never reach a terminal. */
function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return /^[\w.:@/-]+$/.test(text) ? text : JSON.stringify(text).replace(/[\x7f-\x9f]/g, '?');
}
