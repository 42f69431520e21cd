import { own } from '../own.ts';
import type { Pbx } from '../pbx.ts';
import { requestHangup } from '../request-hangup.ts';
import { soundMs } from '../sounds.ts';
import type { Channel } from '../state.ts';
import { answerChannel } from '../technology.ts';
import { setVariable, substituteFor } from '../variables.ts';

/**
 * What a command comes to: an answer at once, one after some time (with what is set then), or an application to run.
 * `code` is 200 for all but what AGI does not know.
 */
export type AgiOutcome =
  | { readonly kind: 'answer'; readonly code: number; readonly text: string }
  | { readonly kind: 'later'; readonly afterMs: number; readonly text: string; readonly playback: boolean }
  | { readonly kind: 'application'; readonly name: string; readonly args: string }
  | { readonly kind: 'break' };

type AgiCommand = (pbx: Pbx, channel: Channel, args: readonly string[]) => AgiOutcome;

const UNKNOWN: AgiOutcome = { kind: 'answer', code: 510, text: 'Invalid or unknown command' };

function result(value: string): AgiOutcome {
  return { kind: 'answer', code: 200, text: `result=${value}` };
}

/** Eight samples make a millisecond. */
const SAMPLES_PER_MS = 8;

/** By their words in upper case. Source: `commands`, res/res_agi.c; recording `async-agi`. */
const COMMANDS: Readonly<Record<string, AgiCommand>> = {
  ANSWER: (pbx, channel) => {
    if (channel.state !== 'Up') answerChannel(pbx, channel);
    return result('0');
  },
  'ASYNCAGI BREAK': () => ({ kind: 'break' }),
  'CHANNEL STATUS': (_pbx, channel) => result(channel.state === 'Up' ? '6' : '4'),
  EXEC: (_pbx, _channel, [name = '', ...args]) => ({ kind: 'application', name, args: args.join(',') }),
  'GET FULL VARIABLE': (pbx, channel, [expression = '']) => {
    const value = substituteFor(pbx, channel, expression);
    return value === '' ? result('0') : result(`1 (${value})`);
  },
  'GET VARIABLE': (pbx, channel, [name = '']) => {
    const value = substituteFor(pbx, channel, `\${${name}}`);
    return value === '' ? result('0') : result(`1 (${value})`);
  },
  HANGUP: (pbx, channel) => {
    requestHangup(pbx, channel, 0);
    return result('1');
  },
  NOOP: () => result('0'),
  'SET CONTEXT': (_pbx, channel, [context = '']) => {
    channel.context = context;
    return result('0');
  },
  'SET EXTENSION': (_pbx, channel, [exten = '']) => {
    channel.exten = exten;
    return result('0');
  },
  'SET PRIORITY': (_pbx, channel, [priority = '']) => {
    channel.priority = Number(priority) || channel.priority;
    return result('0');
  },
  'SET VARIABLE': (pbx, channel, [name = '', value = '']) => {
    setVariable(pbx, channel, name, value);
    return result('1');
  },
  'STREAM FILE': (_pbx, _channel, [file = '']) => {
    const afterMs = soundMs(file);
    return { kind: 'later', afterMs, text: `result=0 endpos=${Math.round(afterMs * SAMPLES_PER_MS)}`, playback: true };
  },
  VERBOSE: () => result('1'),
};

/** Does a command on a channel, as far as it can be done at once. */
export function runAgiCommand(pbx: Pbx, channel: Channel, line: string): AgiOutcome {
  const words = wordsOf(line);
  for (const length of [3, 2, 1]) {
    const command = own(COMMANDS, words.slice(0, length).join(' ').toUpperCase());
    if (command !== undefined && words.length >= length) return command(pbx, channel, words.slice(length));
  }
  return UNKNOWN;
}

/** Words, in quotes where they have blanks. */
function wordsOf(line: string): string[] {
  return [...line.matchAll(/"((?:[^"\\]|\\.)*)"|(\S+)/g)].map(([, quoted, plain]) =>
    quoted === undefined ? (plain ?? '') : quoted.replace(/\\(.)/g, '$1'),
  );
}
