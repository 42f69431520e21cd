/** Where the gateway says what an operator may want to know. Fields are plain data and hold no secret. */
export interface Log {
  info(message: string, fields?: Readonly<Record<string, unknown>>): void;
  warn(message: string, fields?: Readonly<Record<string, unknown>>): void;
}

/** Says nothing. */
export const SILENT: Log = { info: () => {}, warn: () => {} };
