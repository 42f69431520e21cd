export type CliErrorCode =
  /** An option or argument whose value can't be used. */
  | 'CLI_BAD_OPTION'
  /** A file or folder that is not there, or can't be read or written. */
  | 'CLI_NO_FILE'
  /** A configuration file that Asterisk would refuse; see the line that is named. */
  | 'CLI_BAD_CONFIG'
  /** A setting of the gateway that makes no sense; the message says where it stands, in a file, the environment or an option. */
  | 'CLI_BAD_SETTING'
  /** Another program listens on that port. */
  | 'CLI_PORT_IN_USE'
  /** The port is below 1024, or the address is not this machine's. */
  | 'CLI_CANNOT_LISTEN'
  /** The mock that is asked after does not answer, or not yet. */
  | 'CLI_NOT_READY'
  /** The page was not built. */
  | 'CLI_NOT_BUILT';

/** What was asked of the command line can't be done: one line that says what is wrong, where, and what would be right. */
export class CliError extends Error {
  override readonly name = 'CliError';
  readonly code: CliErrorCode;
  constructor(code: CliErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
