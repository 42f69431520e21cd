import { type ExpressionValue, numberOf, numberValue, textOf, textValue } from './expression-values.ts';
import { fromNumber, parseRational, toNumber, zero } from './rational.ts';
import type { SubstitutionEnvironment } from './substitution-environment.ts';

const oneArgument: ReadonlyMap<string, (x: number) => number> = new Map([
  ['COS', Math.cos],
  ['SIN', Math.sin],
  ['TAN', Math.tan],
  ['ACOS', Math.acos],
  ['ASIN', Math.asin],
  ['ATAN', Math.atan],
  ['SQRT', Math.sqrt],
  ['FLOOR', Math.floor],
  ['CEIL', Math.ceil],
  ['ROUND', (x) => Math.sign(x) * Math.round(Math.abs(x))],
  ['RINT', roundHalfToEven],
  ['TRUNC', Math.trunc],
  ['EXP', Math.exp],
  ['EXP2', (x) => 2 ** x],
  ['EXP10', (x) => 10 ** x],
  ['LOG', Math.log],
  ['LOG2', Math.log2],
  ['LOG10', Math.log10],
  ['ABS', Math.abs],
]);

const twoArguments: ReadonlyMap<string, (x: number, y: number) => number> = new Map([
  ['ATAN2', Math.atan2],
  ['POW', (x, y) => x ** y],
  ['REMAINDER', (x, y) => x - y * roundHalfToEven(x / y)],
]);

/** A function within `$[...]`: of mathematics, or any dialplan function by its name. Source: main/ast_expr2.y, op_func. */
export function callExpressionFunction(
  name: string,
  args: readonly ExpressionValue[],
  environment: SubstitutionEnvironment,
): ExpressionValue {
  if (!/^[A-Z_0-9]+$/.test(name)) {
    environment.warn?.(`"${name}" is not the name of a function`);
    return numberValue(zero);
  }
  const one = oneArgument.get(name);
  const two = twoArguments.get(name);
  if (one === undefined && two === undefined) return dialplanFunction(name, args, environment);
  const [x, y] = args.map((argument) => toNumber(numberOf(argument) ?? zero));
  if (one !== undefined && x !== undefined && args.length === 1) return numberValue(fromNumber(one(x)));
  if (two !== undefined && x !== undefined && y !== undefined && args.length === 2)
    return numberValue(fromNumber(two(x, y)));
  environment.warn?.(`${name} takes ${one === undefined ? 'two arguments' : 'one argument'}`);
  return numberValue(zero);
}

function dialplanFunction(
  name: string,
  args: readonly ExpressionValue[],
  environment: SubstitutionEnvironment,
): ExpressionValue {
  const text = environment.callFunction(name, args.map(textOf).join(','));
  return /^[-0-9. \t]*$/.test(text) ? numberValue(parseRational(text)) : textValue(text);
}

function roundHalfToEven(x: number): number {
  const rounded = Math.round(x);
  return Math.abs(x % 1) === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded;
}
