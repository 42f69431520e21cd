/** Something in a configuration file that is wrong or unknown, as data. */
export interface ConfigWarning {
  /** Name of the file, as it was given (`extensions.conf`). */
  readonly file: string;
  /** Counted from 1; 0 where no single line is meant. */
  readonly line: number;
  /** `error`: Asterisk would refuse the whole file; `warning`: it would skip what the line says. */
  readonly severity: 'error' | 'warning';
  /** What is wrong, and what would be right. */
  readonly message: string;
}

/** Where a warning of a reader goes. */
export type WarningSink = (warning: ConfigWarning) => void;

/** `file:line: message`, on one line. */
export function describeConfigWarning(warning: ConfigWarning): string {
  const place = warning.line > 0 ? `${warning.file}:${warning.line}` : warning.file;
  return `${place}: ${warning.message}`;
}
