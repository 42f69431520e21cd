/** What text of the dialplan can ask for while it is read. */
export interface SubstitutionEnvironment {
  /** A variable's value; `undefined` where it is not set. */
  variable(name: string): string | undefined;
  /** Reads a dialplan function; `args` is what stands between its parentheses. An unknown one gives an empty text. */
  callFunction(name: string, args: string): string;
  /** Hears what Asterisk would log. */
  readonly warn?: (message: string) => void;
}
