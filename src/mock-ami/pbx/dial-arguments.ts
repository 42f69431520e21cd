import { splitArguments } from '../dialplan/split-arguments.ts';

/** One destination of Dial: `PJSIP/1002`, `Local/1002@from-phones/n`. */
export interface DialDestination {
  readonly tech: string;
  readonly resource: string;
  /** What stood between the parentheses or spaces that tell the number: the resource as written. */
  readonly text: string;
}

/** Dial's options by letter, with what stood in parentheses after it. */
export type DialOptions = Readonly<Record<string, string>>;

export interface DialArguments {
  readonly destinations: readonly DialDestination[];
  /** 0: no limit. */
  readonly timeoutMs: number;
  readonly options: DialOptions;
}

/** Reads `PJSIP/1002&PJSIP/1003,20,tTb(predial^s^1)`. */
export function readDialArguments(args: string): DialArguments {
  const [destinations = '', timeout = '', options = ''] = splitArguments(args);
  const seconds = Number(timeout.split('^')[0]);
  return {
    destinations: destinations
      .split('&')
      .filter((text) => text.includes('/'))
      .map((text) => ({ tech: text.slice(0, text.indexOf('/')), resource: text.slice(text.indexOf('/') + 1), text })),
    timeoutMs: Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : 0,
    options: readOptions(options),
  };
}

/** Option letters with their parenthesised arguments: `tTb(predial^s^1)`. Source: `ast_app_parse_options`, main/app.c. */
export function readOptions(text: string): DialOptions {
  const options: Record<string, string> = {};
  for (let at = 0; at < text.length; at++) {
    const letter = text[at] ?? '';
    const close = text[at + 1] === '(' ? text.indexOf(')', at) : -1;
    options[letter] = close < 0 ? '' : text.slice(at + 2, close);
    if (close >= 0) at = close;
  }
  return options;
}
