/**
 * What may stand in `${...}`:
 * a value (`n`, `asked.Challenge`, a name of `with`), `'text'`, `'y' x 897`, `channel of 1001`, `md5 of a + 'b'`, `a + b`.
 */
export type Expression =
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'value'; readonly name: string; readonly header?: string }
  | { readonly kind: 'channel'; readonly phone: string }
  | { readonly kind: 'md5'; readonly of: Expression }
  | { readonly kind: 'sum'; readonly parts: readonly Expression[] }
  | { readonly kind: 'times'; readonly of: Expression; readonly count: Expression };

/** Thrown for text between `${` and `}` that is none of these; the message says what would be right. */
export class ExpressionError extends Error {
  override readonly name = 'ExpressionError';
}

/** @throws ExpressionError */
export function parseExpression(source: string): Expression {
  const reader = new Reader(source);
  const expression = reader.sum();
  reader.expectEnd();
  return expression;
}

const TOKEN = /\s*('(?:[^'])*'|"(?:[^"])*"|\+|[^\s+'"]+)/y;

class Reader {
  readonly #source: string;
  readonly #tokens: string[] = [];
  #next = 0;

  constructor(source: string) {
    this.#source = source;
    TOKEN.lastIndex = 0;
    while (source.slice(TOKEN.lastIndex).trim() !== '') {
      const token = TOKEN.exec(source)?.[1];
      if (token === undefined) throw this.#fault('has a quote without its end');
      this.#tokens.push(token);
    }
  }

  sum(): Expression {
    const parts = [this.#product()];
    while (this.#accept('+')) parts.push(this.#product());
    const [only] = parts;
    return only !== undefined && parts.length === 1 ? only : { kind: 'sum', parts };
  }

  expectEnd(): void {
    const rest = this.#tokens[this.#next];
    if (rest !== undefined) throw this.#fault(`goes on with '${rest}', where it should end or go on with '+' or 'x'`);
  }

  #product(): Expression {
    const of = this.#operand();
    return this.#accept('x') ? { kind: 'times', of, count: this.#operand() } : of;
  }

  #operand(): Expression {
    const token = this.#tokens[this.#next++];
    if (token === undefined) throw this.#fault("ends too early: a value or 'text' is missing");
    if (token === '+') throw this.#fault("has a '+' with nothing before it");
    if (/^['"]/.test(token)) return { kind: 'literal', text: token.slice(1, -1) };
    if (/^\d+$/.test(token)) return { kind: 'literal', text: token };
    if (this.#accept('of')) return this.#of(token);
    const [, name, header] = /^([A-Za-z_][\w-]*)(?:\.(.+))?$/.exec(token) ?? [];
    if (name === undefined) throw this.#fault(`has '${token}', which is no name of a value`);
    return header === undefined ? { kind: 'value', name } : { kind: 'value', name, header };
  }

  #of(what: string): Expression {
    if (what === 'md5') return { kind: 'md5', of: this.sum() };
    if (what !== 'channel') throw this.#fault(`asks for '${what} of'; there is 'channel of PHONE' and 'md5 of ...'`);
    const phone = this.#tokens[this.#next++];
    if (phone === undefined) throw this.#fault("ends too early: write 'channel of 1001'");
    return { kind: 'channel', phone };
  }

  #accept(token: string): boolean {
    if (this.#tokens[this.#next] !== token) return false;
    this.#next++;
    return true;
  }

  #fault(what: string): ExpressionError {
    return new ExpressionError(`\${${this.#source}} ${what}`);
  }
}
