/**
 * The format in which sessions are recorded (version 1): JSON lines. The first is a {@link TraceHeader}, each later one a
 * {@link TraceLine}. Recordings of a real PBX and of the simulation have the same form, so that they can be compared.
 */

export interface TraceHeader {
  readonly version?: 1;
  readonly scenario: string;
  readonly description: string;
  readonly amiBanner?: string;
  readonly asteriskVersion?: string;
  /** ISO 8601, of the trace's time 0. */
  readonly recordedAt?: string;
  readonly startEpochMs?: number;
  readonly phones?: Readonly<Record<string, string>>;
  readonly sessions?: readonly string[];
  readonly steps?: readonly { readonly t: number; readonly step: string }[];
}

export interface TraceLine {
  /** Milliseconds since the start. */
  readonly t: number;
  /** `in` is from the PBX, `out` to it; `close` is the end of the connection. */
  readonly dir: 'in' | 'out' | 'close';
  /** The message's exact text, its line ends included. Absent on `close`. */
  readonly raw?: string;
  readonly encoding?: 'latin1';
  /** Messages with equal numbers came in one read. */
  readonly chunk?: number;
  /** Label of the session; absent where there is only one. */
  readonly conn?: string;
}

export interface Trace {
  readonly header: TraceHeader;
  readonly lines: readonly TraceLine[];
}
