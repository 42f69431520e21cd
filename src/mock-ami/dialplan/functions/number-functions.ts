import { splitArguments } from '../split-arguments.ts';
import { formatText } from './format-text.ts';
import type { FunctionEnvironment, PureFunction } from './pure-function.ts';

/** Functions of numbers. Source: funcs/func_math.c, func_rand.c. */
export const numberFunctions: Readonly<Record<string, PureFunction>> = {
  MATH: { read: (environment, args) => math(environment, args) },
  INC: { read: (environment, variable) => step(environment, variable, 1) },
  DEC: { read: (environment, variable) => step(environment, variable, -1) },
  MIN: { read: (_environment, args) => formatText('%g', [String(Math.min(...numbers(args)))]) },
  MAX: { read: (_environment, args) => formatText('%g', [String(Math.max(...numbers(args)))]) },
  ABS: { read: (_environment, args) => formatText('%g', [String(Math.abs(Number.parseFloat(args) || 0))]) },
  RAND: {
    read: (environment, args) => {
      const [low = '', high = ''] = splitArguments(args);
      const bounds = [Number.parseInt(low, 10) || 0, high.trim() === '' ? 0x7fffffff : Number.parseInt(high, 10) || 0];
      const [from, to] = [Math.min(...bounds), Math.max(...bounds)];
      return String(from + Math.floor(environment.random() * (to - from + 1)));
    },
  },
};

type Operation = (a: number, b: number) => number | boolean;

/** Longer signs first, so that `>=` is not read as `>`. */
const operations: readonly (readonly [sign: string, operation: Operation])[] = [
  ['AND', (a, b) => Number(BigInt.asIntN(32, BigInt(Math.trunc(a)) & BigInt(Math.trunc(b))))],
  ['XOR', (a, b) => Math.trunc(a) ^ Math.trunc(b)],
  ['OR', (a, b) => Math.trunc(a) | Math.trunc(b)],
  ['>=', (a, b) => a >= b],
  ['<=', (a, b) => a <= b],
  ['==', (a, b) => a === b],
  ['<<', (a, b) => Math.trunc(a) << Math.trunc(b)],
  ['>>', (a, b) => Math.trunc(a) >> Math.trunc(b)],
  ['>', (a, b) => a > b],
  ['<', (a, b) => a < b],
  ['+', (a, b) => a + b],
  ['-', (a, b) => a - b],
  ['*', (a, b) => a * b],
  ['/', (a, b) => a / b],
  ['%', (a, b) => Math.trunc(a) % Math.trunc(b)],
];

/** `expression,type`: float by default, int, hex or char; comparisons are TRUE or FALSE. */
function math(environment: FunctionEnvironment, args: string): string {
  const [expression = '', type = 'float'] = splitArguments(args).map((part) => part.trim());
  const parts = findOperation(expression);
  if (parts === undefined) {
    environment.warn?.(`MATH cannot read "${expression}"; write a number, an operator and a number, such as 7*6,int`);
    return '';
  }
  const result = parts.operation(parts.a, parts.b);
  if (typeof result === 'boolean') return result ? 'TRUE' : 'FALSE';
  return formatResult(result, type.toLowerCase());
}

/** The operator may not stand first: there a `-` is a sign. */
function findOperation(
  expression: string,
): { readonly operation: Operation; readonly a: number; readonly b: number } | undefined {
  for (let at = 1; at < expression.length; at += 1) {
    const found = operations.find(([sign]) => expression.slice(at).toUpperCase().startsWith(sign));
    if (found === undefined) continue;
    const [a, b] = [Number(expression.slice(0, at)), Number(expression.slice(at + found[0].length))];
    return Number.isNaN(a) || Number.isNaN(b) ? undefined : { operation: found[1], a, b };
  }
  return undefined;
}

function formatResult(result: number, type: string): string {
  const finite = Number.isFinite(result) ? result : 0;
  if (type.startsWith('i')) return String(Math.trunc(finite));
  if (type.startsWith('h')) return (Math.trunc(finite) >>> 0).toString(16);
  if (type.startsWith('c')) return String.fromCharCode(Math.trunc(finite) & 0xff);
  return finite.toFixed(6);
}

function step(environment: FunctionEnvironment, variable: string, by: number): string {
  const name = variable.trim();
  const value = String((Number.parseInt(environment.variable(name) ?? '0', 10) || 0) + by);
  environment.setVariable(name, value);
  return value;
}

function numbers(args: string): readonly number[] {
  return splitArguments(args).map((part) => Number.parseFloat(part) || 0);
}
