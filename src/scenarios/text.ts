import { type Expression, ExpressionError, parseExpression } from './expression.ts';

/** Where the values in a text come from when it is played. */
export interface Scope {
  /** A value by its name, or one header of a kept message. */
  value(name: string, header: string | undefined): string | undefined;
  /** Name of the newest channel of that phone. */
  channelOf(phone: string): string | undefined;
  md5(text: string): string;
}

/** A text cut at its `${...}`. @throws ExpressionError */
export function splitText(text: string): (string | Expression)[] {
  const parts: (string | Expression)[] = [];
  let plain = '';
  let at = 0;
  while (at < text.length) {
    if (text.startsWith('$${', at)) {
      plain += '${';
      at += 3;
    } else if (text.startsWith('${', at)) {
      const end = endOfExpression(text, at + 2);
      if (plain !== '') parts.push(plain);
      plain = '';
      parts.push(parseExpression(text.slice(at + 2, end)));
      at = end + 1;
    } else {
      plain += text[at];
      at++;
    }
  }
  if (plain !== '') parts.push(plain);
  return parts;
}

/** The text with its values. @throws ExpressionError naming a value that there is not. */
export function fillText(text: string, scope: Scope): string {
  if (!text.includes('$')) return text;
  return splitText(text)
    .map((part) => (typeof part === 'string' ? part : evaluate(part, scope)))
    .join('');
}

function evaluate(expression: Expression, scope: Scope): string {
  switch (expression.kind) {
    case 'literal':
      return expression.text;
    case 'value':
      return known(scope.value(expression.name, expression.header), [expression.name, expression.header]);
    case 'channel': {
      const channel = scope.channelOf(expression.phone);
      if (channel === undefined) throw new ExpressionError(`phone ${expression.phone} has had no channel yet`);
      return channel;
    }
    case 'md5':
      return scope.md5(evaluate(expression.of, scope));
    case 'sum':
      return expression.parts.map((part) => evaluate(part, scope)).join('');
    case 'times': {
      const count = evaluate(expression.count, scope);
      if (!/^\d{1,7}$/.test(count)) throw new ExpressionError(`'${count}' after 'x' is no number of times`);
      return evaluate(expression.of, scope).repeat(Number(count));
    }
  }
}

function known(value: string | undefined, path: readonly (string | undefined)[]): string {
  if (value !== undefined) return value;
  throw new ExpressionError(`there is no value \${${path.filter((part) => part !== undefined).join('.')}}`);
}

function endOfExpression(text: string, from: number): number {
  let quote = '';
  for (let at = from; at < text.length; at++) {
    const letter = text[at];
    if (quote !== '') {
      if (letter === quote) quote = '';
    } else if (letter === "'" || letter === '"') quote = letter;
    else if (letter === '}') return at;
  }
  throw new ExpressionError(`'${text.slice(from - 2)}' has no '}'; for a literal \${ write $\${`);
}
