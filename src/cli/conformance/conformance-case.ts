/** What a client sends, piece by piece: text (one character a byte), a wait for that many answers before it goes on, or a pause. */
export type Sent = string | { readonly awaitAnswers: number } | { readonly pauseMs: number };

/**
 * One rule of the protocol, as data. Nothing that a case sends changes the PBX.
 *
 * In `send`, `{user}` and `{secret}` are those given, `{md5}` is the proof of a challenge that was answered before. An expected answer is its rows;
 * `*` stands for any text in a row, a row `...` for any rows.
 */
export interface ConformanceCase {
  readonly name: string;
  /** The rule, in a sentence. */
  readonly rule: string;
  /** The recording that shows it. */
  readonly source: string;
  /** The case itself says what it sends before a login; else it is logged in with `Events: off`. */
  readonly stranger?: true;
  readonly send: readonly Sent[];
  /** Every byte by itself; else each piece of `send` at once. */
  readonly byteByByte?: true;
  readonly expect: readonly string[];
  /** The server ends the connection then; else it answers a last Ping. */
  readonly closes?: true;
  /** The client ends its side behind what it sends. */
  readonly halfCloses?: true;
  /** A login that fails, which a server may count against the sender. */
  readonly failsToLogIn?: true;
}
