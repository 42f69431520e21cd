export type ScenarioErrorCode =
  /** The file is no YAML, or YAML that means something else than it seems to. */
  | 'SCENARIO_YAML'
  /** A key, a step or a value that the language does not have. */
  | 'SCENARIO_WRONG'
  /** A file that should be a trace is none. */
  | 'SCENARIO_TRACE'
  /** No scenario of that name in the library. */
  | 'SCENARIO_NOT_FOUND'
  /** A step could not be done, or what was expected or waited for did not come. */
  | 'SCENARIO_FAILED';

/** Where something stands in a scenario's file; both count from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** One thing that is wrong, and what would be right. */
export interface Problem {
  readonly message: string;
  readonly at?: Position;
}

/** What is wrong with a scenario or went wrong while it was played; `problems` has a row for each, `message` all of them. */
export class ScenarioError extends Error {
  override readonly name = 'ScenarioError';
  readonly code: ScenarioErrorCode;
  readonly file: string | undefined;
  readonly problems: readonly Problem[];

  constructor(code: ScenarioErrorCode, problems: readonly Problem[], options: { file?: string; cause?: unknown } = {}) {
    super(problems.map((problem) => place(options.file, problem)).join('\n'), { cause: options.cause });
    this.code = code;
    this.file = options.file;
    this.problems = problems;
  }
}

function place(file: string | undefined, { message, at }: Problem): string {
  const where = [file, at?.line, at?.column].filter((part) => part !== undefined).join(':');
  return where === '' ? message : `${where}: ${message}`;
}
