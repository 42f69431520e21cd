import { ScenarioError } from './scenario-error.ts';
import type { Trace, TraceHeader, TraceLine } from './trace.ts';

/** Reads a trace's JSON lines; `file` is its name in errors. @throws ScenarioError `SCENARIO_TRACE` */
export function readTraceFile(text: string, file = 'trace'): Trace {
  const rows = text.split('\n').flatMap((row, at) => (row.trim() === '' ? [] : [{ row, line: at + 1 }]));
  const [header, ...lines] = rows.map(({ row, line }) => {
    try {
      return { value: JSON.parse(row) as unknown, line };
    } catch (cause) {
      throw wrong('this line is no JSON', line, file, cause);
    }
  });
  if (header === undefined || !isObject(header.value) || !('scenario' in header.value)) {
    throw wrong('a trace begins with its header, a line such as {"scenario": "hold-unhold", ...}', 1, file);
  }
  for (const { value, line } of lines) {
    if (!isTraceLine(value)) throw wrong('a line of a trace has "t" in ms and "dir": in, out or close', line, file);
  }
  return { header: header.value as unknown as TraceHeader, lines: lines.map(({ value }) => value as TraceLine) };
}

export function writeTraceFile({ header, lines }: Trace): string {
  return [header, ...lines].map((row) => `${JSON.stringify(row)}\n`).join('');
}

function isTraceLine(value: unknown): boolean {
  return isObject(value) && typeof value['t'] === 'number' && ['in', 'out', 'close'].includes(String(value['dir']));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function wrong(message: string, line: number, file: string, cause?: unknown): ScenarioError {
  return new ScenarioError('SCENARIO_TRACE', [{ message, at: { line, column: 1 } }], { file, cause });
}
