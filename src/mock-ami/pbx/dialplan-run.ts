import { splitArguments } from '../dialplan/split-arguments.ts';
import { clearAbsoluteTimeout } from './absolute-timeout.ts';
import type { ApplicationResult } from './application.ts';
import { publish, SOFT_HANGUP, softHangup } from './channel.ts';
import { hangupSoon } from './hangup.ts';
import type { Pbx } from './pbx.ts';
import { goToSpecial } from './special-extensions.ts';
import type { Channel, Continuation, DialplanRun } from './state.ts';
import { handle, type TaskHandler, task } from './task.ts';
import { getVariable, substituteFor } from './variables.ts';

/** After so many priorities without a wait the run takes a moment of time, so that an endless loop of Gotos cannot hang the PBX. */
const MAX_STEPS_AT_ONCE = 500;

const runDialplan = task<{ channel: string }>('dialplan.run');
/** An application that has waited is done. */
export const applicationDone = task<{ channel: string; result: ApplicationResult }>('dialplan.applicationDone');

export const dialplanTasks: readonly TaskHandler[] = [
  handle(runDialplan, (pbx, { channel }) => run(pbx, channel)),
  handle(applicationDone, (pbx, { channel, result }) => finishApplication(pbx, channel, result)),
];

/** Gives the channel a thread of its own that runs the dialplan from where the channel is. Source: `ast_pbx_start`. */
export function startPbx(pbx: Pbx, channel: Channel): void {
  pbx.state.callsProcessed++;
  channel.runs = [{ kind: 'pbx', gosubDepth: channel.gosub.length }];
  pbx.after(0.1, runDialplan, { channel: channel.uniqueid });
}

/**
 * Runs the dialplan from where the channel is, as a part of something else, until Return takes it back to `gosubDepth` frames; `then` goes on
 * after its end. `afterHangup`: the end of the call does not stop it.
 */
export function startSubroutine(
  pbx: Pbx,
  channel: Channel,
  then: Continuation,
  gosubDepth: number,
  afterHangup = false,
): void {
  channel.runs.push({ kind: 'sub', gosubDepth, then, afterHangup });
  run(pbx, channel.uniqueid);
}

/** The application that runs on the channel has ended so. */
export function finishApplication(pbx: Pbx, uniqueid: string, result: ApplicationResult): void {
  const channel = pbx.channel(uniqueid);
  if (channel === undefined) return;
  channel.activity = undefined;
  if (conclude(pbx, channel, result)) run(pbx, uniqueid);
}

function run(pbx: Pbx, uniqueid: string): void {
  for (let steps = 0; steps < MAX_STEPS_AT_ONCE; steps++) {
    const channel = pbx.channel(uniqueid);
    const current = channel?.runs.at(-1);
    if (channel === undefined || current === undefined) return;
    if (channel.hangupRequested && !current.afterHangup) return endRun(pbx, channel, current);
    const found = pbx.find(channel.context, channel.exten, channel.priority, channel.caller.num);
    if (found === undefined) {
      if (leaveExtension(pbx, channel, current)) continue;
      return;
    }
    const result = execute(pbx, channel, found.app, found.args);
    if (result === 'wait') return;
    if (!conclude(pbx, channel, result)) return;
  }
  pbx.after(0.1, runDialplan, { channel: uniqueid });
}

/** Runs one application: Newexten, then what it does. Source: `pbx_exec`, main/pbx_app.c. */
export function execute(pbx: Pbx, channel: Channel, app: string, rawArgs: string): ApplicationResult {
  const args = substituteFor(pbx, channel, rawArgs);
  channel.application = pbx.machinery.applicationNames.get(app.toLowerCase()) ?? app;
  channel.applicationData = args;
  publish(pbx, channel);
  const application = pbx.machinery.applications.get(app.toLowerCase());
  // Asterisk ends the call where it does not know the application; here it is NoOp, as the warning at loading said.
  return application === undefined ? 'next' : application(pbx, channel, args);
}

/**
 * Runs an application from within another one, at the same place, so that nothing tells of it; `args` are taken as they are.
 * Source: `pbx_exec`, main/pbx_app.c, which puts back what the channel showed before.
 */
export function executeInside(pbx: Pbx, channel: Channel, app: string, args: string): ApplicationResult {
  const { application, applicationData } = channel;
  channel.application = pbx.machinery.applicationNames.get(app.toLowerCase()) ?? app;
  channel.applicationData = args;
  publish(pbx, channel);
  const result = pbx.machinery.applications.get(app.toLowerCase())?.(pbx, channel, args) ?? 'next';
  if (result !== 'wait') Object.assign(channel, { application, applicationData });
  return result;
}

/** What follows from an application's end; false where the run is over. */
function conclude(pbx: Pbx, channel: Channel, ended: ApplicationResult): boolean {
  const result = channel.redirected && !channel.hangupRequested ? 'jump' : ended;
  channel.redirected = false;
  channel.application = '';
  channel.applicationData = '';
  const current = channel.runs.at(-1);
  if (result === 'next' && !current?.once) channel.priority++;
  if (current !== undefined && (result === 'hangup' || current.once)) {
    endRun(pbx, channel, current, result);
    return false;
  }
  return current !== undefined;
}

/**
 * No such extension: `i` or `e` takes the call, and true. No such priority: it falls through, with a tone that tells why.
 * Source: `__ast_pbx_run`, main/pbx.c (autofallthrough).
 */
function leaveExtension(pbx: Pbx, channel: Channel, current: DialplanRun): boolean {
  if (current.kind !== 'pbx' || current.afterHangup) endRun(pbx, channel, current);
  else if (pbx.find(channel.context, channel.exten, 1, channel.caller.num) !== undefined)
    fallThrough(pbx, channel, current);
  else if (goToSpecial(pbx, channel, 'i')) return true;
  else endRun(pbx, channel, current);
  return false;
}

function fallThrough(pbx: Pbx, channel: Channel, current: DialplanRun): void {
  const status = getVariable(pbx, channel, 'DIALSTATUS');
  const tone =
    status === 'BUSY' ? 'busy' : status === 'CONGESTION' || status === 'CHANUNAVAIL' ? 'congestion' : undefined;
  const application = tone === undefined ? undefined : pbx.machinery.applications.get(tone);
  if (application?.(pbx, channel, '10') !== 'wait') endRun(pbx, channel, current);
}

/** A run is over: the one it was a part of goes on (and hears how a run of one application ended), or the channel's thread ends and hangs it up. */
export function endRun(pbx: Pbx, channel: Channel, current: DialplanRun, result?: ApplicationResult): void {
  channel.runs = channel.runs.filter((other) => other !== current);
  channel.gosub.length = Math.min(channel.gosub.length, current.gosubDepth);
  if (current.then !== undefined) {
    const { task, data } = current.then;
    pbx.continueNow(current.once ? { task, data: { ...(data as object), result } } : current.then);
    return;
  }
  if (current.afterHangup) return hangupSoon(pbx, channel);
  if (goesOnAfterItsTime(pbx, channel)) {
    channel.runs = [{ kind: 'pbx', gosubDepth: channel.gosub.length }];
    return run(pbx, channel.uniqueid);
  }
  softHangup(pbx, channel, SOFT_HANGUP.appUnload);
  runHangupExtension(pbx, channel, channel.context);
}

/** The extension `h` of the context runs, where there is one, and the channel ends. Source: `ast_pbx_h_exten_run`, main/pbx.c. */
export function runHangupExtension(pbx: Pbx, channel: Channel, context: string): void {
  if (pbx.find(context, 'h', 1, channel.caller.num) === undefined) return hangupSoon(pbx, channel);
  channel.context = context;
  channel.exten = 'h';
  channel.priority = 1;
  channel.runs = [{ kind: 'pbx', gosubDepth: channel.gosub.length, afterHangup: true }];
  run(pbx, channel.uniqueid);
}

/** The channel was to end as its time is over, and its dialplan has a place for that. */
function goesOnAfterItsTime(pbx: Pbx, channel: Channel): boolean {
  if (!channel.hangupRequested || !clearAbsoluteTimeout(channel) || !goToSpecial(pbx, channel, 'T')) return false;
  channel.hangupRequested = false;
  return true;
}

/** The arguments of an application, split at commas outside quotes and parentheses. */
export function argumentsOf(args: string): string[] {
  return splitArguments(args);
}

/**
 * Sends the channel to another place of the dialplan; false where a label is not there. A number is taken as it is: a place that does not
 * exist is found out by whoever goes on there. Empty parts keep what is. Source: `pbx_parseable_goto`, main/pbx.c.
 */
export function goTo(pbx: Pbx, channel: Channel, target: string): boolean {
  const place = resolvePlace(pbx, channel, target);
  if (place === undefined) return false;
  Object.assign(channel, place);
  return true;
}

/** As {@link goTo}, only to a place that exists. */
export function goToExisting(pbx: Pbx, channel: Channel, target: string): boolean {
  const place = resolvePlace(pbx, channel, target);
  if (place === undefined) return false;
  if (pbx.find(place.context, place.exten, place.priority, channel.caller.num) === undefined) return false;
  Object.assign(channel, place);
  return true;
}

/** The place that `context,exten,priority` names for the channel; `undefined` where that is no priority, or a label that is not there. */
export function resolvePlace(
  pbx: Pbx,
  channel: Channel,
  target: string,
): { context: string; exten: string; priority: number } | undefined {
  const parts = splitArguments(target).map((part) => part.trim());
  const written = parts.at(-1) ?? '';
  const exten = (parts.length > 1 ? parts.at(-2) : '') || channel.exten;
  const context = (parts.length > 2 ? parts.at(-3) : '') || channel.context;
  const relative = /^[+-]\d+$/.test(written) ? channel.priority + Number(written) : undefined;
  const priority = /^\d+$/.test(written) ? Number(written) : relative;
  if (priority !== undefined) return priority > 0 ? { context, exten, priority } : undefined;
  const found = pbx.find(context, exten, written, channel.caller.num);
  return found === undefined ? undefined : { context, exten, priority: found.priority };
}
