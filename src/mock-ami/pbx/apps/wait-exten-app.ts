import { type ActivityHandler, activityData, beginActivity } from '../activity.ts';
import type { Application } from '../application.ts';
import { argumentsOf, finishApplication } from '../dialplan-run.ts';
import type { Pbx } from '../pbx.ts';
import type { Channel } from '../state.ts';
import { handle, type TaskHandler, task } from '../task.ts';

const WAITING = 'waitExten';
const waitIsOver = task<{ channel: string }>('waitExten.over');

interface WaitExtenData {
  digits: string;
  timer: number;
}

/** Between the digits of a number, and for the first. Source: `ast_pbx_alloc` defaults, main/pbx.c. */
const DIGIT_TIMEOUT_MS = 5000;
const RESPONSE_TIMEOUT_MS = 10_000;

/** Sends the caller to that extension of its context; false where there is none. */
function goOnAt(pbx: Pbx, channel: Channel, exten: string): boolean {
  if (pbx.find(channel.context, exten, 1, channel.caller.num) === undefined) return false;
  channel.exten = exten;
  channel.priority = 1;
  return true;
}

/** Whether more digits could lead to another extension of the context. */
function couldGoOn(pbx: Pbx, channel: Channel, digits: string): boolean {
  return [...'0123456789*#'].some(
    (next) => pbx.find(channel.context, digits + next, 1, channel.caller.num) !== undefined,
  );
}

function digitPressed(pbx: Pbx, channel: Channel, digit: string): void {
  const data = activityData<WaitExtenData>(channel, WAITING);
  if (data === undefined) return;
  pbx.cancel(data.timer);
  data.digits += digit;
  const found = pbx.find(channel.context, data.digits, 1, channel.caller.num) !== undefined;
  if (found && !couldGoOn(pbx, channel, data.digits)) return decide(pbx, channel, data);
  data.timer = pbx.after(DIGIT_TIMEOUT_MS, waitIsOver, { channel: channel.uniqueid });
}

/** The number is complete: there, else at `i`, else the call ends. Nothing dialled: at `t`. Source: `pbx_builtin_waitexten` and `__ast_pbx_run`. */
function decide(pbx: Pbx, channel: Channel, data: WaitExtenData): void {
  pbx.cancel(data.timer);
  const dialled = data.digits !== '';
  const goes = (dialled && goOnAt(pbx, channel, data.digits)) || goOnAt(pbx, channel, dialled ? 'i' : 't');
  finishApplication(pbx, channel.uniqueid, goes ? 'jump' : dialled ? 'hangup' : 'next');
}

export const waitExtenApplications: Readonly<Record<string, Application>> = {
  waitexten: (pbx, channel, args) => {
    const seconds = Number(argumentsOf(args)[0] ?? '');
    const ms = seconds > 0 ? seconds * 1000 : RESPONSE_TIMEOUT_MS;
    const timer = pbx.after(ms, waitIsOver, { channel: channel.uniqueid });
    beginActivity(channel, WAITING, { digits: '', timer } satisfies WaitExtenData);
    return 'wait';
  },
};

export const waitExtenActivity: ActivityHandler = {
  name: WAITING,
  hungUp: (pbx, channel) => {
    pbx.cancel(activityData<WaitExtenData>(channel, WAITING)?.timer);
    finishApplication(pbx, channel.uniqueid, 'hangup');
  },
  digit: digitPressed,
};

export const waitExtenTasks: readonly TaskHandler[] = [
  handle(waitIsOver, (pbx, { channel: uniqueid }) => {
    const channel = pbx.channel(uniqueid);
    const data = activityData<WaitExtenData>(channel, WAITING);
    if (channel !== undefined && data !== undefined) decide(pbx, channel, data);
  }),
];
