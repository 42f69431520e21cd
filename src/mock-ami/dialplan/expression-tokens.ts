/** A word of an expression: an operator, or text with what it counts as. */
export type ExpressionToken =
  | { readonly kind: 'operator'; readonly operator: string }
  | { readonly kind: 'numeric' | 'string'; readonly text: string };

const operators = /^(?:\|\||&&|==|=~|~~|>=|<=|!=|::|[|&=<>+,\-*/%?!:()])/;
const number = /^\d+(?:\.\d+)?/;
const word = /^(?:[a-zA-Z0-9.';\\_^#@\u0080-\uffff]|\$[^{])+/;
const quoted = /^"[^"]*"/;
const variable = /^\$\{[^}]*\}/;

/**
 * Cuts an expression into words. Quoted text keeps its quotes; characters that mean nothing are left out.
 * Source: main/ast_expr2.fl.
 */
export function expressionTokens(text: string): readonly ExpressionToken[] {
  const tokens: ExpressionToken[] = [];
  for (let at = 0; at < text.length; ) {
    const rest = text.slice(at);
    const found = nextToken(rest);
    if (found === undefined) {
      at += 1;
      continue;
    }
    tokens.push(found.token);
    at += found.length;
  }
  return tokens;
}

function nextToken(rest: string): { readonly token: ExpressionToken; readonly length: number } | undefined {
  const operator = operators.exec(rest)?.[0];
  if (operator !== undefined) return { token: { kind: 'operator', operator }, length: operator.length };
  const numeric = number.exec(rest)?.[0] ?? '';
  const text = word.exec(rest)?.[0] ?? quoted.exec(rest)?.[0] ?? variable.exec(rest)?.[0] ?? '';
  if (numeric === '' && text === '') return undefined;
  // The longest word wins; of two equally long ones it is a number.
  if (numeric.length >= text.length) return { token: { kind: 'numeric', text: numeric }, length: numeric.length };
  return { token: { kind: 'string', text }, length: text.length };
}
