import { posixRegex } from './posix-regex.ts';
import {
  add,
  compare,
  divide,
  formatRational,
  multiply,
  negate,
  parseRational,
  type Rational,
  rational,
  remainder,
  zero,
} from './rational.ts';

/** A value of an expression: computed, or text that is a number or not. */
export type ExpressionValue =
  | { readonly kind: 'number'; readonly value: Rational }
  | { readonly kind: 'numeric' | 'string'; readonly text: string };

const largestInt = rational(2_147_483_647n);

export function numberValue(value: Rational): ExpressionValue {
  return { kind: 'number', value };
}

/** Text as a value: numeric where it is digits and dots only. */
export function textValue(text: string): ExpressionValue {
  return { kind: /^(?:[\d.][\d.]*|-)$/.test(text) ? 'numeric' : 'string', text };
}

export function textOf(value: ExpressionValue): string {
  return value.kind === 'number' ? formatRational(value.value) : value.text;
}

/** `undefined` for text that is no number. */
export function numberOf(value: ExpressionValue): Rational | undefined {
  if (value.kind === 'number') return value.value;
  return value.kind === 'numeric' ? parseRational(value.text) : undefined;
}

/** The result of an operator with two sides, except `?::`. Source: main/ast_expr2.y. */
export function applyBinary(
  operator: string,
  a: ExpressionValue,
  b: ExpressionValue,
  warn: (message: string) => void,
): ExpressionValue {
  switch (operator) {
    case '|':
    case '||':
      return isZeroOrEmpty(a) ? b : a;
    case '&':
    case '&&':
      return isZeroOrEmpty(a) || isZeroOrEmpty(b) ? numberValue(zero) : a;
    case '=':
    case '==':
      return truth(compareValues(a, b) === 0);
    case '!=':
      return truth(compareValues(a, b) !== 0);
    case '<':
      return truth(compareValues(a, b) < 0);
    case '>':
      return truth(compareValues(a, b) > 0);
    case '<=':
      return truth(compareValues(a, b) <= 0);
    case '>=':
      return truth(compareValues(a, b) >= 0);
    case ':':
      return matchRegex(a, b, true, warn);
    case '=~':
      return matchRegex(a, b, false, warn);
    case '~~':
      return textValue(unquoted(textOf(a)) + unquoted(textOf(b)));
    default:
      return numberValue(compute(operator, numberOf(a), numberOf(b), warn));
  }
}

/** `-a`. */
export function negated(a: ExpressionValue, warn: (message: string) => void): ExpressionValue {
  const value = numberOf(a);
  if (value === undefined) warn('non-numeric argument');
  return numberValue(negate(value ?? zero));
}

/** `!a`: text counts by the whole number that it begins with. */
export function complement(a: ExpressionValue): ExpressionValue {
  if (a.kind === 'number') return truth(a.value.numerator === 0n);
  return truth(!/^\s*[+-]?0*[1-9]/.test(a.text));
}

/** Whether `a ? b :: c` takes `b`. */
export function holds(a: ExpressionValue): boolean {
  if (a.kind === 'string') return a.text !== '' && a.text !== '""' && a.text !== '0';
  return numberOf(a)?.numerator !== 0n;
}

function truth(value: boolean): ExpressionValue {
  return numberValue(rational(value ? 1n : 0n));
}

function isZeroOrEmpty(value: ExpressionValue): boolean {
  if (value.kind === 'string') return value.text === '';
  return numberOf(value)?.numerator === 0n;
}

function compareValues(a: ExpressionValue, b: ExpressionValue): number {
  const left = numberOf(a);
  const right = numberOf(b);
  if (left !== undefined && right !== undefined) return compare(left, right);
  const [leftText, rightText] = [textOf(a), textOf(b)];
  return leftText === rightText ? 0 : leftText < rightText ? -1 : 1;
}

/** A side that is no number counts as if the operator was not there, or as 0. */
function compute(
  operator: string,
  a: Rational | undefined,
  b: Rational | undefined,
  warn: (message: string) => void,
): Rational {
  if (a === undefined || b === undefined) warn('non-numeric argument');
  switch (operator) {
    case '+':
      return add(a ?? zero, b ?? zero);
    case '-':
      return add(a ?? zero, negate(b ?? zero));
    case '*':
      return multiply(a ?? zero, b ?? zero);
    case '/':
      return quotient(a, b, warn);
    default:
      return modulo(a, b, warn);
  }
}

function quotient(a: Rational | undefined, b: Rational | undefined, warn: (message: string) => void): Rational {
  if (a === undefined) return zero;
  if (b === undefined) return largestInt;
  if (b.numerator !== 0n) return divide(a, b);
  warn('division by zero');
  return largestInt;
}

function modulo(a: Rational | undefined, b: Rational | undefined, warn: (message: string) => void): Rational {
  if (a === undefined || b === undefined) return zero;
  if (b.numerator !== 0n) return remainder(a, b);
  warn('div by zero');
  return b;
}

/** `a : b` and `a =~ b`: the first group, or how many characters fit. */
function matchRegex(
  a: ExpressionValue,
  b: ExpressionValue,
  anchored: boolean,
  warn: (message: string) => void,
): ExpressionValue {
  const pattern = unquoted(textOf(b));
  const regex = posixRegex(pattern);
  if (regex === undefined) {
    warn(`"${pattern}" is no regular expression`);
    return textValue('');
  }
  const match = regex.exec(unquoted(textOf(a)));
  if (match === null || (anchored && match.index !== 0)) {
    const groups = (new RegExp(`${regex.source}|`).exec('')?.length ?? 1) - 1;
    return groups === 0 ? numberValue(zero) : textValue('');
  }
  const group = match[1];
  return group === undefined ? numberValue(rational(BigInt(match[0].length))) : textValue(group);
}

/** Text in quotes loses all of them. */
function unquoted(text: string): string {
  return text.startsWith('"') && text.endsWith('"') ? text.replaceAll('"', '') : text;
}
