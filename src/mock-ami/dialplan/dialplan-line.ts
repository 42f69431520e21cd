/** The parts of `exten => exten/callerid,priority(label),App(args)`, as written. */
export interface DialplanLineText {
  readonly exten: string;
  readonly callerId?: string;
  /** `1`, `n`, `s`, `hint` or a label. */
  readonly priority: string;
  /** What a `+` adds to it. */
  readonly plus: number;
  readonly label?: string;
  readonly app: string;
  readonly args: string;
}

/** A line that cannot be read: what is wrong with it. */
export interface DialplanLineFault {
  readonly fault: string;
}

/** Splits the extension off; a comma within brackets belongs to it. */
export function splitExtension(value: string): { readonly exten: string; readonly rest: string } {
  let brackets = 0;
  for (let at = 0; at < value.length; at += 1) {
    if (value[at] === '\\') at += 1;
    else if (value[at] === '[') brackets += 1;
    else if (value[at] === ']') brackets = Math.max(0, brackets - 1);
    else if (value[at] === ',' && brackets === 0)
      return { exten: value.slice(0, at).trim(), rest: value.slice(at + 1) };
  }
  return { exten: value.trim(), rest: '' };
}

/** Reads a line of the dialplan behind its extension. Source: pbx/pbx_config.c, pbx_load_config. */
export function parseDialplanLine(extension: string, rest: string): DialplanLineText | DialplanLineFault {
  const slash = extension.indexOf('/');
  const comma = rest.indexOf(',');
  const priority = readPriority((comma < 0 ? rest : rest.slice(0, comma)).trim());
  if ('fault' in priority) return priority;
  const action = readAction(comma < 0 ? '' : rest.slice(comma + 1).trimStart());
  if ('fault' in action) return action;
  return {
    exten: slash < 0 ? extension : extension.slice(0, slash),
    ...(slash < 0 ? {} : { callerId: phoneNumber(extension.slice(slash + 1)) }),
    ...priority,
    ...action,
  };
}

/** A caller id without what people write between its digits, `(030) 12-34`. Source: main/callerid.c, ast_shrink_phone_number. */
function phoneNumber(text: string): string {
  let bracketed = false;
  let number = '';
  for (const character of text) {
    if (character === '[') bracketed = true;
    else if (character === ']') bracketed = false;
    if (!bracketed && ' ()-'.includes(character)) continue;
    number += character;
  }
  return number;
}

function readPriority(text: string): Pick<DialplanLineText, 'priority' | 'plus' | 'label'> | DialplanLineFault {
  const open = text.indexOf('(');
  const close = text.indexOf(')', open + 1);
  if (open >= 0 && close < 0) return { fault: `the label of "${text}" has no closing ")"; write ${text})` };
  const before = open < 0 ? text : text.slice(0, open);
  const plusAt = before.indexOf('+');
  const priority = plusAt < 0 ? before : before.slice(0, plusAt);
  const plus = plusAt < 0 ? 0 : Number.parseInt(before.slice(plusAt + 1), 10) || 0;
  return { priority: priority.trim(), plus, ...(open < 0 ? {} : { label: text.slice(open + 1, close) }) };
}

function readAction(text: string): Pick<DialplanLineText, 'app' | 'args'> | DialplanLineFault {
  const open = text.indexOf('(');
  const app = open < 0 ? text : text.slice(0, open);
  // A variable before any parenthesis: the text is a hint's device such as DAHDI/g0/${GLOBAL(x)}, with no arguments.
  if (open < 0 || app.includes('${') || app.includes('$[')) return { app: text, args: '' };
  const close = text.lastIndexOf(')');
  if (close < open) return { fault: `"${text}" has no closing ")"; write ${text})` };
  return { app, args: text.slice(open + 1, close) };
}
