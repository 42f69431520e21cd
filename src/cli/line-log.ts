import type { Log } from '../gateway/log.ts';

const LEVELS = ['error', 'warn', 'info', 'debug'] as const;
type Level = (typeof LEVELS)[number];

/** Says each thing in one line: what happened, then its fields. What is below `level` is not said. */
export function lineLog(write: (line: string) => void, level: Level): Log & { setLevel(level: Level): void } {
  let told = LEVELS.indexOf(level);
  const sayAt =
    (own: Level) =>
    (message: string, fields: Readonly<Record<string, unknown>> = {}): void => {
      if (LEVELS.indexOf(own) > told) return;
      const details = Object.entries(fields)
        .filter(([, value]) => value !== undefined)
        .map(([name, value]) => `${name}=${shown(value)}`);
      write(`${[`${message}${details.length > 0 ? ':' : ''}`, ...details].join(' ')}\n`);
    };
  return {
    error: sayAt('error'),
    warn: sayAt('warn'),
    info: sayAt('info'),
    debug: sayAt('debug'),
    setLevel: (next) => {
      told = LEVELS.indexOf(next);
    },
  };
}

/** Values may come from anybody: control characters never reach a terminal. */
function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return /^[\w.:@/-]+$/.test(text) ? text : JSON.stringify(text).replace(/[\x7f-\x9f]/g, '?');
}
