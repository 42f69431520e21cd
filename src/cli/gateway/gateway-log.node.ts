import { pino } from 'pino';
import type { Log } from '../../gateway/log.ts';
import { lineLog } from '../line-log.ts';
import type { LOG_LEVELS } from './settings.ts';

export type LogLevel = (typeof LOG_LEVELS)[number];

export interface GatewayLog extends Log {
  /** What is told from now on. */
  setLevel(level: LogLevel): void;
}

/** Fields that could hold a secret are never written, wherever they come from. */
const SECRET_FIELDS = ['secret', 'password', 'token', 'ticket', 'key', 'authorization'];

/**
 * A log of objects, a line of JSON each (`json`), or of sentences for a person (`text`).
 * @param write takes whole lines
 */
export function gatewayLog(
  write: (line: string) => void,
  { level, format }: { readonly level: LogLevel; readonly format: 'json' | 'text' },
): GatewayLog {
  return format === 'json' ? jsonLog(write, level) : lineLog(write, level);
}

function jsonLog(write: (line: string) => void, level: LogLevel): GatewayLog {
  const logger = pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: SECRET_FIELDS.flatMap((name) => [name, `*.${name}`]), censor: '***' },
    },
    { write },
  );
  return {
    error: (message, fields = {}) => logger.error(fields, message),
    warn: (message, fields = {}) => logger.warn(fields, message),
    info: (message, fields = {}) => logger.info(fields, message),
    debug: (message, fields = {}) => logger.debug(fields, message),
    setLevel: (next) => {
      logger.level = next;
    },
  };
}
