import type { TimeCondition } from './time-condition.ts';

/** Where a line of the dialplan was written. */
export interface DialplanSource {
  readonly file: string;
  readonly line: number;
}

/** The priority that hints stand at. */
export const hintPriority = -1;

/** One line of an extension: what is done at that priority, or at {@link hintPriority} what is watched. */
export interface DialplanPriority {
  readonly priority: number;
  readonly label?: string;
  /** As written; a hint's devices where the priority is a hint. */
  readonly app: string;
  /** What stood between the outer parentheses, nothing in it replaced yet. */
  readonly args: string;
  /** The module that made it, as ShowDialPlan says: `pbx_config`, `res_parking`. */
  readonly registrar: string;
  readonly source?: DialplanSource;
}

export interface DialplanExtension {
  /** A number or name, or a pattern that starts with `_`. */
  readonly name: string;
  /** Only for calls with that caller number or pattern; `''`: only for those without a number. */
  readonly callerId?: string;
  /** Hint first, then upwards. */
  readonly priorities: readonly DialplanPriority[];
}

export interface DialplanInclude {
  readonly context: string;
  /** Text after the context's name, as written. */
  readonly time?: string;
  /** The context counts only while this holds. */
  readonly condition?: TimeCondition;
  readonly registrar: string;
  readonly source?: DialplanSource;
}

export interface DialplanIgnorePattern {
  readonly pattern: string;
  readonly registrar: string;
}

export interface DialplanContext {
  readonly name: string;
  readonly registrar: string;
  /** In the order in which they are tried. */
  readonly extensions: readonly DialplanExtension[];
  readonly includes: readonly DialplanInclude[];
  readonly ignorePatterns: readonly DialplanIgnorePattern[];
  readonly autohints: boolean;
}

export interface DialplanGlobal {
  readonly name: string;
  readonly value: string;
}

export interface DialplanSettings {
  readonly static: boolean;
  readonly writeProtect: boolean;
  /** A call whose priorities run out ends by the state of its last dial; otherwise it waits for digits. */
  readonly autoFallThrough: boolean;
  readonly clearGlobals: boolean;
}

/** All contexts of a PBX, as plain data. */
export interface Dialplan {
  /** In the order in which Asterisk lists them: the newest first. */
  readonly contexts: readonly DialplanContext[];
  readonly globals: readonly DialplanGlobal[];
  readonly settings: DialplanSettings;
}

export const emptyDialplan: Dialplan = {
  contexts: [],
  globals: [],
  settings: { static: false, writeProtect: false, autoFallThrough: true, clearGlobals: false },
};

/** The context of that name; names count as written. */
export function contextOf(dialplan: Dialplan, name: string): DialplanContext | undefined {
  return dialplan.contexts.find((context) => context.name === name);
}
