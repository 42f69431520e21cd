type Say = (message: string, fields?: Readonly<Record<string, unknown>>) => void;

/** Where the gateway says what an operator may want to know. Fields are plain data and hold no secret. */
export interface Log {
  /** Somebody has to do something. */
  readonly error: Say;
  /** Trouble that passes, or somebody who was refused. */
  readonly warn: Say;
  readonly info: Say;
  /** Each coming and going. */
  readonly debug: Say;
}

/** Says nothing. */
export const SILENT: Log = { error: () => {}, warn: () => {}, info: () => {}, debug: () => {} };
