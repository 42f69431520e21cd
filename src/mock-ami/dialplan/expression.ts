import { callExpressionFunction } from './expression-functions.ts';
import { type ExpressionToken, expressionTokens } from './expression-tokens.ts';
import { applyBinary, complement, type ExpressionValue, holds, negated, textOf } from './expression-values.ts';
import type { SubstitutionEnvironment } from './substitution-environment.ts';

/** From loosest to tightest; all group from the left. */
const precedence: ReadonlyMap<string, number> = new Map([
  ['?', 1],
  ...level(2, '|', '||'),
  ...level(3, '&', '&&'),
  ...level(4, '=', '==', '>', '<', '>=', '<=', '!='),
  ...level(5, '+', '-'),
  ...level(6, '*', '/', '%'),
  ...level(8, ':', '=~', '~~'),
]);
const signPrecedence = 7;
const maxDepth = 500;

function level(rank: number, ...operators: readonly string[]): readonly (readonly [string, number])[] {
  return operators.map((operator) => [operator, rank]);
}

/**
 * The value of what stands between `$[` and `]`, variables replaced already. Text stays in its quotes; a wrong expression is
 * `0`, an empty one an empty text.
 * Source: main/ast_expr2.y.
 */
export function evaluateExpression(text: string, environment: SubstitutionEnvironment): string {
  const tokens = expressionTokens(text);
  if (tokens.length === 0) return '';
  const parser = new ExpressionParser(tokens, environment);
  const value = parser.parse();
  if (value !== undefined) return textOf(value);
  environment.warn?.(`"${text}" is no expression`);
  return '0';
}

/** Reads and computes in one go; `undefined` is a syntax error. */
class ExpressionParser {
  readonly #tokens: readonly ExpressionToken[];
  readonly #environment: SubstitutionEnvironment;
  #at = 0;
  #depth = 0;

  constructor(tokens: readonly ExpressionToken[], environment: SubstitutionEnvironment) {
    this.#tokens = tokens;
    this.#environment = environment;
  }

  parse(): ExpressionValue | undefined {
    const value = this.#expression(1);
    return this.#at < this.#tokens.length ? undefined : value;
  }

  #expression(minimum: number): ExpressionValue | undefined {
    if (this.#depth >= maxDepth) return undefined;
    this.#depth += 1;
    const value = this.#operations(minimum);
    this.#depth -= 1;
    return value;
  }

  #operations(minimum: number): ExpressionValue | undefined {
    let left = this.#operand();
    for (;;) {
      const operator = this.#operator();
      const rank = precedence.get(operator);
      if (left === undefined || rank === undefined || rank < minimum) return left;
      this.#at += 1;
      left = operator === '?' ? this.#condition(left) : this.#binary(operator, left, rank);
    }
  }

  #binary(operator: string, left: ExpressionValue, rank: number): ExpressionValue | undefined {
    const right = this.#expression(rank + 1);
    return right && applyBinary(operator, left, right, this.#warn);
  }

  #condition(left: ExpressionValue): ExpressionValue | undefined {
    const yes = this.#expression(1);
    if (yes === undefined || this.#operator() !== '::') return undefined;
    this.#at += 1;
    const no = this.#expression(2);
    return no && (holds(left) ? yes : no);
  }

  #operand(): ExpressionValue | undefined {
    const token = this.#tokens[this.#at];
    if (token === undefined) return undefined;
    this.#at += 1;
    if (token.kind === 'operator') return this.#prefixed(token.operator);
    return this.#operator() === '(' ? this.#call(token.text) : token;
  }

  #prefixed(operator: string): ExpressionValue | undefined {
    if (operator === '-' || operator === '!') {
      const operand = this.#expression(signPrecedence);
      return operand && (operator === '-' ? negated(operand, this.#warn) : complement(operand));
    }
    if (operator !== '(') return undefined;
    const value = this.#expression(1);
    return this.#take(')') ? value : undefined;
  }

  /** `NAME(a, b)`: one of the expressions' own functions, or a dialplan function. */
  #call(name: string): ExpressionValue | undefined {
    this.#at += 1;
    const values: ExpressionValue[] = [];
    do {
      const empty = values.length > 0 && [',', ')'].includes(this.#operator());
      const value: ExpressionValue | undefined = empty ? { kind: 'string', text: '' } : this.#expression(1);
      if (value === undefined) return undefined;
      values.push(value);
    } while (this.#take(','));
    return this.#take(')') ? callExpressionFunction(name, values, this.#environment) : undefined;
  }

  /** The operator that comes next; empty where none does. */
  #operator(): string {
    const token = this.#tokens[this.#at];
    return token?.kind === 'operator' ? token.operator : '';
  }

  #take(operator: string): boolean {
    const taken = this.#operator() === operator;
    if (taken) this.#at += 1;
    return taken;
  }

  readonly #warn = (message: string): void => this.#environment.warn?.(message);
}
