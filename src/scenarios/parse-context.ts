import { ExpressionError } from './expression.ts';
import type { Position } from './scenario-error.ts';
import { splitText } from './text.ts';
import type { Step } from './types.ts';
import type { Source } from './yaml-source.ts';

/** What parsers of parts share: where problems and places go. */
export interface ParseContext {
  readonly lines: readonly string[];
  wrong(message: string, at: Position): void;
  place(step: Step, at: Position): void;
}

/** A plain text; anything else is a problem. Its `${...}` must be right. */
export function parseText(source: Source | undefined, what: string, context: ParseContext): string | undefined {
  if (source === undefined) return undefined;
  if (source.kind !== 'text') {
    context.wrong(`${what} must be one text; put a text with { or [ at its start in quotes`, source.at);
    return undefined;
  }
  checkText(source.text, source.at, context);
  return source.text;
}

/** Reports what is wrong with the `${...}` in a text. */
export function checkText(written: string, at: Position, context: ParseContext): void {
  try {
    splitText(written);
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    context.wrong(error.message, at);
  }
}
