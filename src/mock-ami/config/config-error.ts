/** Why a PBX's configuration could not be had at all. */
export type ConfigErrorCode =
  /** The folder named for the PBX's configuration is not there, or is a file. */
  | 'CONFIG_FOLDER_NOT_FOUND'
  /** No file in that folder ends in .conf. */
  | 'CONFIG_FOLDER_EMPTY'
  /** A configuration file that is there can't be read. */
  | 'CONFIG_FILE_UNREADABLE';

export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly code: ConfigErrorCode;

  constructor(code: ConfigErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
