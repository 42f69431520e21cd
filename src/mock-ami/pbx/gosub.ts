import { splitArguments } from '../dialplan/split-arguments.ts';
import { goToExisting, startSubroutine } from './dialplan-run.ts';
import { setLocal } from './local-variables.ts';
import type { Pbx } from './pbx.ts';
import type { Channel, Continuation } from './state.ts';
import { handle, type TaskHandler, task } from './task.ts';
import { setVariable } from './variables.ts';

interface SavedPlace {
  readonly channel: string;
  readonly context: string;
  readonly exten: string;
  readonly priority: number;
  readonly application: string;
  readonly applicationData: string;
  readonly then: Continuation;
}

const subEnded = task<SavedPlace>('gosub.ended');

/** Opens a frame: the arguments become ARG1, ARG2 ..., and their number ARGC. Source: `gosub_exec`, apps/app_stack.c. */
export function pushFrame(
  pbx: Pbx,
  channel: Channel,
  returnTo: { context: string; exten: string; priority: number },
  args: readonly string[],
): void {
  channel.gosub.push({ ...returnTo, locals: {} });
  // The arguments are told while the channel stands just before the subroutine's first line.
  channel.priority--;
  args.forEach((value, index) => {
    setLocal(pbx, channel, `ARG${index + 1}`, value);
  });
  setLocal(pbx, channel, 'ARGC', String(args.length));
  channel.priority++;
}

/** Closes the innermost frame: what its locals hid comes back, and GOSUB_RETVAL is set. Returns where it came from. */
export function popFrame(
  pbx: Pbx,
  channel: Channel,
  value: string,
): { context: string; exten: string; priority: number } | undefined {
  const frame = channel.gosub.pop();
  if (frame === undefined) return undefined;
  channel.context = frame.context;
  channel.exten = frame.exten;
  channel.priority = frame.priority - 1;
  for (const [name, hidden] of Object.entries(frame.locals).reverse()) setVariable(pbx, channel, name, hidden);
  setVariable(pbx, channel, 'GOSUB_RETVAL', value);
  return frame;
}

/** Takes the innermost frame away, and goes on here: what its locals hid comes back. Source: `pop_exec`, apps/app_stack.c. */
export function dropFrame(pbx: Pbx, channel: Channel): void {
  const frame = channel.gosub.pop();
  for (const [name, hidden] of Object.entries(frame?.locals ?? {}).reverse()) setVariable(pbx, channel, name, hidden);
}

/** Splits `context,exten,priority(arg1,arg2)`. */
export function readGosub(text: string): { target: string; args: string[] } {
  const open = text.indexOf('(');
  if (open < 0) return { target: text, args: [] };
  const inner = text.slice(open + 1, text.lastIndexOf(')') < open ? undefined : text.lastIndexOf(')'));
  return { target: text.slice(0, open), args: inner === '' ? [] : splitArguments(inner) };
}

/**
 * Runs a Gosub on a channel that another application has in hand, from `predial^s^1` or a context's name alone; `then` goes on after it,
 * with the channel where it was. `afterHangup`: the end of the call does not stop it.
 * Source: `ast_app_exec_sub`, main/app.c; recording `call-with-gosubs-and-variables`.
 */
export function startGosub(pbx: Pbx, channel: Channel, written: string, then: Continuation, afterHangup = false): void {
  const { target, args } = readGosub(written.replaceAll('^', ','));
  const parts = splitArguments(target);
  const full = parts.length === 1 ? `${target},s,1` : parts.length === 2 ? `${target},1` : target;
  const saved: SavedPlace = {
    channel: channel.uniqueid,
    context: channel.context,
    exten: channel.exten,
    priority: channel.priority,
    application: channel.application,
    applicationData: channel.applicationData,
    then,
  };
  const depth = channel.gosub.length;
  if (!goToExisting(pbx, channel, full)) {
    pbx.continueNow(then);
    return;
  }
  pushFrame(pbx, channel, { ...saved, priority: saved.priority + 1 }, args);
  startSubroutine(pbx, channel, { task: subEnded.name, data: saved }, depth, afterHangup);
}

export const gosubTasks: readonly TaskHandler[] = [
  handle(subEnded, (pbx, saved) => {
    const channel = pbx.channel(saved.channel);
    if (channel !== undefined) {
      channel.context = saved.context;
      channel.exten = saved.exten;
      channel.priority = saved.priority;
      channel.application = saved.application;
      channel.applicationData = saved.applicationData;
    }
    pbx.continueNow(saved.then);
  }),
];
