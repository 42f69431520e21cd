import { byteSlice } from './byte-slice.ts';
import { evaluateExpression } from './expression.ts';
import type { SubstitutionEnvironment } from './substitution-environment.ts';

/**
 * Replaces `${...}` and `$[...]`, inner ones first; text that comes from variables is not read again.
 * Source: main/pbx_variables.c, pbx_substitute_variables_helper_full_location.
 */
export function substitute(text: string, environment: SubstitutionEnvironment): string {
  let result = '';
  let at = 0;
  for (;;) {
    const dollar = text.indexOf('$', at);
    if (dollar < 0) return result + text.slice(at);
    const kind = text[dollar + 1];
    if (kind !== '{' && kind !== '[') {
      result += text.slice(at, dollar + 1);
      at = dollar + 1;
      continue;
    }
    const enclosed =
      kind === '{' ? enclosedIn(text, dollar + 2, '{', '}', '[') : enclosedIn(text, dollar + 2, '[', ']', '{');
    if (!enclosed.closed) environment.warn?.(`"${text.slice(dollar)}" has no closing "${kind === '{' ? '}' : ']'}"`);
    const content = enclosed.nested ? substitute(enclosed.content, environment) : enclosed.content;
    result += text.slice(at, dollar);
    result += kind === '{' ? reference(content, environment) : evaluateExpression(content, environment);
    at = enclosed.end;
  }
}

interface Enclosed {
  readonly content: string;
  /** Behind the closing bracket. */
  readonly end: number;
  readonly closed: boolean;
  /** There is something to replace in it. */
  readonly nested: boolean;
}

function enclosedIn(text: string, start: number, open: string, close: string, otherOpen: string): Enclosed {
  let depth = 1;
  let nested = false;
  let at = start;
  while (depth > 0 && at < text.length) {
    if (text[at] === '$' && (text[at + 1] === open || text[at + 1] === otherOpen)) {
      nested = true;
      if (text[at + 1] === open) depth += 1;
      at += 1;
    } else if (text[at] === open) depth += 1;
    else if (text[at] === close) depth -= 1;
    at += 1;
  }
  return { content: text.slice(start, depth === 0 ? at - 1 : at), end: at, closed: depth === 0, nested };
}

/** What stands between `${` and `}`: a variable or function, perhaps with `:offset:length`. */
function reference(content: string, environment: SubstitutionEnvironment): string {
  const { name, offset, length } = splitReference(content);
  const open = name.indexOf('(');
  const value = open < 0 ? (environment.variable(name) ?? '') : readFunction(name, open, environment);
  return offset === undefined ? value : byteSlice(value, offset, length);
}

/** Calls the function of `NAME(args)`; whatever stands behind the last parenthesis is nothing. */
export function readFunction(call: string, open: number, environment: SubstitutionEnvironment): string {
  const close = call.lastIndexOf(')');
  if (close < open) environment.warn?.(`"${call}" has no closing ")"`);
  return environment.callFunction(call.slice(0, open), call.slice(open + 1, close < open ? undefined : close));
}

function splitReference(content: string): {
  readonly name: string;
  readonly offset?: number;
  readonly length?: number;
} {
  let depth = 0;
  for (let at = 0; at < content.length; at += 1) {
    if (content[at] === '(') depth += 1;
    else if (content[at] === ')') depth -= 1;
    else if (content[at] === ':' && depth === 0) {
      const numbers = /^\s*([+-]?\d+)(?::\s*([+-]?\d+))?/.exec(content.slice(at + 1));
      const name = content.slice(0, at);
      const offset = Number(numbers?.[1] ?? 0);
      return numbers?.[2] === undefined ? { name, offset } : { name, offset, length: Number(numbers[2]) };
    }
  }
  return { name: content };
}
