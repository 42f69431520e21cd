import { conditionHolds } from '../../dialplan/functions/condition-functions.ts';
import { timeHolds } from '../../dialplan/functions/time-holds.ts';
import { splitArguments } from '../../dialplan/split-arguments.ts';
import type { Application, ApplicationResult } from '../application.ts';
import { executeInside, finishApplication, goTo, goToExisting } from '../dialplan-run.ts';
import { dropFrame, popFrame, pushFrame, readGosub } from '../gosub.ts';
import type { Pbx } from '../pbx.ts';
import { raiseException } from '../special-extensions.ts';
import type { Channel } from '../state.ts';
import { continuation, handle, type TaskHandler, task } from '../task.ts';
import { getVariable, setVariable, substituteFor } from '../variables.ts';

const tried = task<{ channel: string; result?: ApplicationResult }>('tryExec.tried');

/** Applications that go elsewhere in the dialplan, or run another application. Source: main/pbx_builtins.c, apps/app_stack.c, apps/app_exec.c. */
export const jumpApplications: Readonly<Record<string, Application>> = {
  goto: jump,
  gotoif: (pbx, channel, args) => {
    const { condition, yes, no } = split(args);
    return jumpIfNamed(pbx, channel, conditionHolds(condition) ? yes : no);
  },
  gotoiftime: (pbx, channel, args) => {
    const { condition, yes, no } = split(args);
    const tested = /^\d+/.exec(getVariable(pbx, channel, 'TESTTIME') ?? '')?.[0];
    const nowMs = tested === undefined ? pbx.now : Number(tested) * 1000;
    return jumpIfNamed(pbx, channel, timeHolds(condition, { nowMs }) ? yes : no);
  },
  gosub,
  gosubif: (pbx, channel, args) => {
    const target = choose(args);
    return target === '' ? 'next' : gosub(pbx, channel, target);
  },
  return: (pbx, channel, args) => {
    const current = channel.runs.at(-1);
    const frame = popFrame(pbx, channel, args);
    if (frame === undefined) return 'hangup';
    if (current?.kind === 'sub' && channel.gosub.length <= current.gosubDepth) return 'hangup';
    channel.context = frame.context;
    channel.exten = frame.exten;
    channel.priority = frame.priority;
    return 'jump';
  },
  stackpop: (pbx, channel) => {
    dropFrame(pbx, channel);
    return 'next';
  },
  execif: (pbx, channel, args) => {
    const { name, inner } = callOf(choose(args));
    return name === '' ? 'next' : executeInside(pbx, channel, name, inner);
  },
  execiftime: (pbx, channel, args) => {
    const { condition, rest } = cut(args, '?');
    if (rest === undefined) return 'hangup';
    const { name, inner } = callOf(rest);
    return timeHolds(condition, { nowMs: pbx.now }) ? executeInside(pbx, channel, name, inner) : 'next';
  },
  exec: (pbx, channel, args) => {
    const { name, inner } = callOf(args);
    return name === '' ? 'next' : executeInside(pbx, channel, name, substituteFor(pbx, channel, inner));
  },
  tryexec: tryExec,
  raiseexception: (_pbx, channel, reason) => {
    raiseException(channel, reason);
    return 'jump';
  },
};

function jump(pbx: Pbx, channel: Channel, target: string): ApplicationResult {
  return goTo(pbx, channel, target) ? 'jump' : 'hangup';
}

function jumpIfNamed(pbx: Pbx, channel: Channel, target: string | undefined): ApplicationResult {
  return target === undefined || target === '' ? 'next' : jump(pbx, channel, target);
}

function gosub(pbx: Pbx, channel: Channel, args: string): ApplicationResult {
  const { target, args: values } = readGosub(args);
  const returnTo = { context: channel.context, exten: channel.exten, priority: channel.priority + 1 };
  if (!goToExisting(pbx, channel, target)) return 'hangup';
  pushFrame(pbx, channel, returnTo, values);
  return 'jump';
}

/** Runs an application whose failure does not end the dialplan: TRYSTATUS says how it went. Source: `tryexec_exec`, apps/app_exec.c. */
function tryExec(pbx: Pbx, channel: Channel, args: string): ApplicationResult {
  const { name, inner } = callOf(args);
  if (!pbx.machinery.applications.has(name.toLowerCase())) return tell(pbx, channel, 'NOAPP');
  const then = continuation(tried, { channel: channel.uniqueid });
  const run = { kind: 'sub', gosubDepth: channel.gosub.length, once: true, then } as const;
  channel.runs.push(run);
  const result = executeInside(pbx, channel, name, substituteFor(pbx, channel, inner));
  if (result === 'wait') return 'wait';
  channel.runs = channel.runs.filter((other) => other !== run);
  tell(pbx, channel, result === 'hangup' ? 'FAILED' : 'SUCCESS');
  return result === 'jump' ? 'jump' : 'next';
}

function tell(pbx: Pbx, channel: Channel, status: string): ApplicationResult {
  setVariable(pbx, channel, 'TRYSTATUS', status);
  return 'next';
}

export const jumpTasks: readonly TaskHandler[] = [
  handle(tried, (pbx, { channel: uniqueid, result }) => {
    const channel = pbx.channel(uniqueid);
    if (channel === undefined) return;
    tell(pbx, channel, result === 'hangup' ? 'FAILED' : 'SUCCESS');
    finishApplication(pbx, uniqueid, result === 'jump' ? 'jump' : 'next');
  }),
];

/** `condition?yes:no`, cut at the first of each, wherever it stands. */
function split(args: string): { condition: string; yes?: string; no?: string } {
  const { condition, rest } = cut(args, '?');
  if (rest === undefined) return { condition };
  const { condition: yes, rest: no } = cut(rest, ':');
  return { condition, yes, ...(no === undefined ? {} : { no }) };
}

function cut(text: string, at: string): { condition: string; rest?: string } {
  const found = text.indexOf(at);
  return found < 0
    ? { condition: text.trim() }
    : { condition: text.slice(0, found).trim(), rest: text.slice(found + 1).trim() };
}

/** The branch of `condition?then:else`, where what stands in parentheses stays together. */
function choose(args: string): string {
  const [condition = '', branches = ''] = splitArguments(args, { separator: '?', max: 2, raw: true });
  const [yes = '', no = ''] = splitArguments(branches, { separator: ':', max: 2, raw: true });
  return (conditionHolds(condition.trim()) ? yes : no).trim();
}

/** `Application(arguments)` */
function callOf(text: string): { name: string; inner: string } {
  const open = text.indexOf('(');
  if (open < 0) return { name: text.trim(), inner: '' };
  const close = text.lastIndexOf(')');
  return { name: text.slice(0, open).trim(), inner: text.slice(open + 1, close < open ? undefined : close) };
}
