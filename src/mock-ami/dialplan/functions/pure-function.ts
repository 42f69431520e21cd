import type { SubstitutionEnvironment } from '../substitution-environment.ts';

/** What dialplan functions may ask for. */
export interface FunctionEnvironment extends SubstitutionEnvironment {
  /** Milliseconds since the epoch. */
  readonly nowMs: number;
  /** A number in [0, 1). */
  random(): number;
  /** 32 lower-case hex digits. */
  md5(text: string): string;
  /** Sets a variable of the channel. */
  setVariable(name: string, value: string): void;
}

/**
 * A dialplan function that needs nothing but its arguments and variables. Functions that need more of a channel (CALLERID,
 * CHANNEL, CDR, HASH, DB, DEVICE_STATE ...) are the PBX's.
 */
export interface PureFunction {
  /** `${NAME(args)}`. */
  read?(environment: FunctionEnvironment, args: string): string;
  /** `Set(NAME(args)=value)`. */
  write?(environment: FunctionEnvironment, args: string, value: string): void;
}
