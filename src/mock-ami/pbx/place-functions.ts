import { absoluteTimeoutLeft, setAbsoluteTimeout } from './absolute-timeout.ts';
import type { PbxFunction } from './machinery.ts';
import type { Pbx } from './pbx.ts';
import { exceptionOf } from './special-extensions.ts';
import type { Channel } from './state.ts';
import { setTimeoutMs, timeoutMs } from './timeouts.ts';

/** Whether a place of the dialplan exists; the context alone, too. */
function exists(pbx: Pbx, channel: Channel | undefined, args: string): string {
  const [context = '', exten, priority = '1'] = args.split(',').map((part) => part.trim());
  if (exten === undefined || exten === '')
    return pbx.dialplan.contexts.some(({ name }) => name === context) ? '1' : '0';
  const wanted = /^\d+$/.test(priority) ? Number(priority) : priority;
  const there = pbx.find(context || (channel?.context ?? ''), exten, wanted, channel?.caller.num ?? '') !== undefined;
  return there ? '1' : '0';
}

/** Functions of places and times in the dialplan. Source: funcs/func_dialplan.c, funcs/func_timeout.c, main/pbx.c. */
export const placeFunctions: Readonly<Record<string, PbxFunction>> = {
  DIALPLAN_EXISTS: { read: exists },
  VALID_EXTEN: { read: exists },
  EXCEPTION: {
    read: (_pbx, channel, field) => {
      const exception = channel === undefined ? undefined : exceptionOf(channel);
      const known = field.toLowerCase();
      if (exception === undefined) return '';
      return known === 'reason' || known === 'context' || known === 'exten' || known === 'priority'
        ? String(exception[known])
        : '';
    },
  },
  TIMEOUT: {
    read: (pbx, channel, kind) => {
      if (channel === undefined) return '';
      if (isAbsolute(kind)) {
        const left = absoluteTimeoutLeft(pbx, channel);
        return left === 0 ? '0' : left.toFixed(3);
      }
      return (timeoutMs(channel, kindOf(kind)) / 1000).toFixed(3);
    },
    write: (pbx, channel, kind, value) => {
      const seconds = Number(value);
      if (channel === undefined || Number.isNaN(seconds) || seconds < 0) return;
      if (isAbsolute(kind)) setAbsoluteTimeout(pbx, channel, seconds);
      else setTimeoutMs(channel, kindOf(kind), seconds * 1000);
    },
  },
};

function isAbsolute(kind: string): boolean {
  return /^a/i.test(kind);
}

/** By the first letter. */
function kindOf(kind: string): 'digit' | 'response' {
  return /^d/i.test(kind) ? 'digit' : 'response';
}
